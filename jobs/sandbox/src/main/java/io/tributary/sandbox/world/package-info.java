/**
 * Invented people and companies, and what each provider knows of them: pure functions of a seed and an input, with no
 * provider's format in it. Start at {@link io.tributary.sandbox.world.World}.
 */
package io.tributary.sandbox.world;
