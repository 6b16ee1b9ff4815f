/**
 * The keys of a run: one desk holds them all, reads them from where they are kept, fetches and renews tokens, and decides
 * which are still in use; whoever makes calls holds grants of it. Nothing here knows Spark, and nothing here may print or
 * store a secret.
 */
package io.tributary.credential;
