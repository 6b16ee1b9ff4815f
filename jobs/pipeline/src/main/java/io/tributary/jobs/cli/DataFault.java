package io.tributary.jobs.cli;

import java.util.Optional;
import org.apache.spark.SparkThrowable;

/** An expression that Spark accepted and that then failed on a row: a condition of the user's, as ours are made to yield null. */
final class DataFault {
    /** SQL's class of data exceptions: a cast, a division, an index that the data does not allow. */
    private static final String DATA_EXCEPTION = "22";

    private DataFault() {}

    /** What to tell the user, without the value, which may be somebody's; nothing if it was something else. */
    static Optional<String> of(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SparkThrowable said
                    && said.getSqlState() != null
                    && said.getSqlState().startsWith(DATA_EXCEPTION)
                    && said.getQueryContext().length > 0) {
                // A record that can't be read is of the same class, and of no expression.
                return Optional.of("an expression of the settings or the command line fails on the data: "
                        + said.getQueryContext()[0].fragment()
                        + " (" + said.getCondition() + "). What may not fit every row needs try_cast, try_divide or"
                        + " try_element_at, which yield null.");
            }
        }
        return Optional.empty();
    }
}
