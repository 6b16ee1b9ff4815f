/**
 * What a person or a company is, whichever provider answered, and what became of a question: immutable values that
 * depend on nothing but the JDK. Start at {@link io.tributary.model.Profile} and {@link io.tributary.model.Outcome}.
 */
package io.tributary.model;
