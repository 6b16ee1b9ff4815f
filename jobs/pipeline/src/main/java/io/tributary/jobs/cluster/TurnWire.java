package io.tributary.jobs.cluster;

/** The way from a task to the driver, which knows whether another attempt at the same partition is still at work. Thread-safe. */
public final class TurnWire {
    private final DriverWire.Line line;
    private final String run;

    TurnWire(DriverWire.Line line, String run) {
        this.line = line;
        this.run = run;
    }

    /**
     * Whether a task may begin.
     *
     * @param attempt Spark's number of the task
     * @throws Exception if the driver can't be reached, or no such run is at work there
     */
    public boolean mayBegin(int stage, int partition, long attempt) throws Exception {
        Object answer = line.ask(TurnMessages.question(new TurnMessages.Question(run, stage, partition, attempt)));
        return TurnMessages.answer((byte[]) answer);
    }
}
