package io.tributary.acceptance;

/** What goes wrong in a round of chaos. */
enum ChaosFault {
    EXECUTOR_KILLED("kill -9 of an executor"),
    QUIET_EXECUTOR_KILLED("kill -9 of an executor that has flushed"),
    WORKER_KILLED("kill -9 of a worker"),
    EXECUTOR_FROZEN("an executor stands still for longer than its lease"),
    DRIVER_FROZEN("the driver stands still"),
    NETWORK_STALLED("nothing passes between driver and executors"),
    NETWORK_CUT("the network between driver and executors is cut"),
    NETWORK_LOST("nothing passes between driver and executors for longer than Spark waits for an executor"),
    PROVIDER_FAILS("the provider answers with 500, 503 and 429"),
    JOURNAL_FAILS("the journal's file system throws"),
    JOURNAL_STALLS("the journal's file system stalls"),
    JOURNAL_READ_ONLY("the journal is read-only"),
    JOURNAL_FULL("the journal's disk is full"),
    DRIVER_KILLED("kill -9 of the driver"),
    ALL_KILLED("kill -9 of driver, executors and workers"),
    SEGMENT_TORN("the newest segment is cut in half"),
    SEGMENT_DELETED("the newest segment is deleted");

    private final String words;

    ChaosFault(String words) {
        this.words = words;
    }

    /** For people. */
    String words() {
        return words;
    }

    /** Whether it needs a relay between driver and executors. */
    boolean relayed() {
        return this == NETWORK_STALLED || this == NETWORK_CUT || this == NETWORK_LOST || this == EXECUTOR_FROZEN;
    }

    /** Whether it kills processes. */
    boolean kills() {
        return switch (this) {
            case EXECUTOR_KILLED, QUIET_EXECUTOR_KILLED, WORKER_KILLED, DRIVER_KILLED, ALL_KILLED -> true;
            case EXECUTOR_FROZEN,
                    DRIVER_FROZEN,
                    NETWORK_STALLED,
                    NETWORK_CUT,
                    NETWORK_LOST,
                    PROVIDER_FAILS,
                    JOURNAL_FAILS,
                    JOURNAL_STALLS,
                    JOURNAL_READ_ONLY,
                    JOURNAL_FULL,
                    SEGMENT_TORN,
                    SEGMENT_DELETED -> false;
        };
    }
}
