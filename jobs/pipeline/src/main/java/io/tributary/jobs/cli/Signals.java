package io.tributary.jobs.cli;

import io.tributary.jobs.StopRequest;
import org.apache.spark.util.SignalUtils;

/** What a scheduler or a person says to the process. */
final class Signals {
    private Signals() {}

    /** SIGTERM and Ctrl-C ask the run to stop; a second one ends the process at once. */
    static StopRequest stop() {
        StopRequest stop = new StopRequest();
        for (String signal : new String[] {"TERM", "INT"}) {
            SignalUtils.register(signal, () -> {
                boolean first = stop.make();
                if (first) {
                    System.err.println(
                            "SIG" + signal + ": no more calls; what is answered is kept, the rest is deferred."
                                    + " Again, to end at once.");
                }
                return first;
            });
        }
        return stop;
    }
}
