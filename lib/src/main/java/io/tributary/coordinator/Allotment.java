package io.tributary.coordinator;

/**
 * What a run has of a window that it shares with other runs.
 *
 * @param held how many of its calls may occupy the window at once
 * @param elsewhere how many places other runs hold, or have used of late
 */
public record Allotment(int held, int elsewhere) {
    public Allotment {
        if (held < 0 || elsewhere < 0) {
            throw new IllegalArgumentException("parts are never negative");
        }
    }
}
