package io.tributary.sandbox.world;

import java.util.List;
import java.util.UUID;

/**
 * Repeatable randomness: a point in an endless tree of numbers, reached from a seed by naming branches. The same branches
 * always give the same numbers. Strings are hashed by FNV-1a, and every step is mixed by the finaliser of SplitMix64.
 */
public record Noise(long state) {
    /** The branch of that name. */
    public Noise at(String branch) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < branch.length(); i++) {
            hash = (hash ^ branch.charAt(i)) * 0x100000001b3L;
        }
        return at(hash);
    }

    /** The branch of that number. */
    public Noise at(long branch) {
        return new Noise(mix(state + 0x9e3779b97f4a7c15L + mix(branch)));
    }

    /** A number from 0 (inclusive) to 1 (exclusive). */
    public double unit() {
        return (mix(state) >>> 11) * 0x1.0p-53;
    }

    /** A whole number from 0 (inclusive) to the bound (exclusive). */
    public int below(int bound) {
        return (int) (unit() * bound);
    }

    /** One of several. */
    public <T> T pick(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** A number of the standard normal distribution, by the Box-Muller transform. */
    public double gaussian() {
        return Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * at(1).unit());
    }

    /** Sixteen hexadecimal digits. */
    public String hex() {
        return String.format("%016x", mix(state));
    }

    /** A name-based identifier in the form of a UUID. */
    public String uuid() {
        return new UUID((mix(state) & ~0xf000L) | 0x4000L, (at(2).state >>> 2) | 0x8000000000000000L).toString();
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
