package io.tributary.jobs.bench;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TetherTest {
    @Test
    void aTiedProcessEndsWithTheOneThatStartedIt() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
            assertTrue(child.isAlive());
            parent.destroyForcibly().waitFor();
            child.onExit().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aTetherThatIsClosedLetsItsProcessLive() throws Exception {
        Process child = new ProcessBuilder("sleep", "600").start();
        try {
            Tether tether = Tether.to(child.toHandle());
            tether.close();
            assertFalse(child.waitFor(200, TimeUnit.MILLISECONDS));
        } finally {
            child.destroyForcibly();
        }
    }

    /** Starts a process, says which, and stays. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] none) throws IOException, InterruptedException {
            Process child = Tether.tied(new ProcessBuilder("sleep", "600").start());
            System.out.println(child.pid());
            child.waitFor();
        }
    }
}
