package io.tributary.stores;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** S3Mock on loopback, with two buckets. */
final class S3Process implements AutoCloseable {
    static final String BUCKET = "lake";

    /** Hadoop keeps one connection a bucket and process, whatever a later one asks for: who reaches it otherwise has another. */
    static final String RACES = "races";

    /** The first is the one on loopback; the simulator insists on a second, which nobody uses. */
    private static final Pattern PORT = Pattern.compile("Tomcat started on ports (\\d+) \\(http\\)");

    private final Process process;
    private final int port;

    private S3Process(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static S3Process start(Path disk) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx400m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        "target/s3mock.jar",
                        "--server.address=127.0.0.1",
                        "--server.port=0",
                        "--server.ssl.enabled=false",
                        "--http.port=0",
                        "--com.adobe.testing.s3mock.store.initial-buckets=" + BUCKET + "," + RACES,
                        "--com.adobe.testing.s3mock.store.root=" + disk))
                .redirectErrorStream(true)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
            Matcher port = PORT.matcher(line);
            if (port.find()) {
                drain(out);
                return new S3Process(process, Integer.parseInt(port.group(1)));
            }
        }
        throw new IOException("the S3 simulator ended before it was ready:\n" + said);
    }

    private static void drain(BufferedReader out) {
        Thread reader = new Thread(() -> {
            try {
                while (out.readLine() != null) {
                    // Nobody reads on: a full pipe would stop it.
                }
            } catch (IOException ended) {
                // So did what it wrote.
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** What Hadoop needs to reach S3 there. */
    static Map<String, String> settings(String url) {
        return Map.of(
                "fs.s3a.endpoint", url,
                "fs.s3a.endpoint.region", "us-east-1",
                "fs.s3a.path.style.access", "true",
                "fs.s3a.access.key", "key",
                "fs.s3a.secret.key", "secret",
                "fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
                "fs.s3a.connection.ssl.enabled", "false",
                "fs.s3a.fast.upload.buffer", "array");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
