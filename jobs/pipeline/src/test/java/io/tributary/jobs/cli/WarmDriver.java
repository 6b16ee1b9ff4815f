package io.tributary.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.TableRef;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;

/**
 * Runs one command after another in one process, each with a session of its own: what costs a driver most is its first minute. A
 * line of standard input is a command's arguments, as a JSON array; the answer is a line {@code exit CODE}. A line
 * {@code ["empty-lake", FOLDER]} makes a lake whose tables are there and empty.
 */
public final class WarmDriver {
    private WarmDriver() {}

    public static void main(String[] args) throws IOException {
        // What commands print goes with what they log; this is for answers alone.
        PrintStream answers = System.out;
        System.setOut(System.err);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] command = new ObjectMapper().readValue(line, String[].class);
            answers.println(
                    "exit " + (command[0].equals("empty-lake") ? emptyLake(command[1]) : Tributary.run(command)));
            answers.flush();
            // The next command's settings of a file system may be others.
            FileSystem.closeAll();
        }
        System.exit(0);
    }

    private static int emptyLake(String folder) {
        SparkSession spark = Sessions.open(Path.of(folder, "none"));
        try {
            new Lake(name -> new TableRef(Path.of(folder, name).toString())).ensure(spark);
            return 0;
        } finally {
            spark.stop();
        }
    }
}
