package io.tributary.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A Python with exactly the packages of one locked requirements file. */
record Python(String executable) {
    static Python with(String name, Path requirements) throws IOException {
        Home.Ended made = Home.run(
                Home.FOLDER,
                List.of(
                        "python3",
                        Home.FOLDER
                                .resolve("jobs/acceptance/src/test/python/locked_environment.py")
                                .toString(),
                        name,
                        requirements.toString()),
                List.of());
        if (made.exitCode() != 0) {
            throw new IOException("the Python environment could not be made:\n" + made.output());
        }
        return new Python(
                made.output().strip().lines().reduce((first, last) -> last).orElseThrow());
    }
}
