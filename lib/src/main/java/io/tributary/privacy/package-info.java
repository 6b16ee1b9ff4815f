/**
 * How people are named who must not be asked about or must be forgotten, and how what is about them is found: pure functions
 * over {@code identity} and {@code journal}. Start at {@link io.tributary.privacy.Identifier}.
 */
package io.tributary.privacy;
