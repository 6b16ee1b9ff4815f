/**
 * By which identifiers answers are known: each answer's own are kept, and a row that has one of them shares the answer. What
 * contradicts is judged by {@link io.tributary.identity.Aliases}; start at {@link io.tributary.jobs.identities.KnownAs}.
 */
package io.tributary.jobs.identities;
