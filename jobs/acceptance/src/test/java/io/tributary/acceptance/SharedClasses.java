package io.tributary.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Spark's classes as one process has loaded them, kept in a file that later processes map instead of reading and linking each class
 * again: a third of what a driver or an executor costs that lives for a minute. Worth it from a few such processes on.
 *
 * @param archive of the form that this Java writes; one that does not suit a process is passed over by it
 */
record SharedClasses(Path archive) {
    private static final String QUIET = " -Xlog:cds=off -Xlog:cds+dynamic=off";

    /**
     * Keeps the classes that a command loads, which it runs in a process of its own.
     *
     * @param folder for the archive and the log
     * @param command of a {@link WarmDriver}
     */
    static SharedClasses of(Path folder, List<String> command) throws IOException, InterruptedException {
        Path archive = folder.resolve("spark.jsa");
        String dumped = Home.SHORT_LIVED + " -XX:ArchiveClassesAtExit=" + archive + QUIET;
        Path log = folder.resolve("shared-classes.log");
        try (WarmDriver driver = WarmDriver.start(log, dumped)) {
            int exitCode = driver.run(command);
            if (exitCode != 0) {
                throw new IOException(command + " ended with " + exitCode + ", see " + log);
            }
            driver.end();
        }
        return new SharedClasses(archive);
    }

    /** For processes with {@link Home#SHORT_LIVED}: classes are shared between such as check them alike. */
    String options() {
        return Home.SHORT_LIVED + " -XX:SharedArchiveFile=" + archive + QUIET;
    }
}
