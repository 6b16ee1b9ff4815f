package io.tributary.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What travels to a cluster: our own code and what no cluster brings, and nothing that a cluster has already. */
@Order(3)
class JobJarIT {
    private static final List<String> OF_THE_CLUSTER = List.of(
            "org/apache/spark/",
            "org/apache/hadoop/",
            "org/apache/logging/",
            "org/slf4j/",
            "io/delta/",
            "scala/",
            "com/fasterxml/",
            "com/github/luben/",
            "kotlin/");

    /** Another version of these on the cluster would win, so ours have names of their own. */
    private static final List<String> RENAMED = List.of("com/google/", "org/apache/hc/");

    private static List<String> classes() throws IOException {
        try (JarFile jar = new JarFile(Home.JOB_JAR.toFile())) {
            return jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class"))
                    .toList();
        }
    }

    @Test
    void holdsNothingOfTheClustersAndNothingUnderANameThatTheClusterMayUse() throws IOException {
        assertEquals(
                List.of(),
                classes().stream()
                        .filter(name -> OF_THE_CLUSTER.stream().anyMatch(name::startsWith)
                                || RENAMED.stream().anyMatch(name::startsWith))
                        .toList());
    }

    @Test
    void holdsTheJobTheLibraryAndGuavaUnderItsOwnNameButNoSimulatorAndNoModule() throws IOException {
        List<String> classes = classes();
        for (String name : List.of(
                "io/tributary/jobs/cli/Tributary.class",
                "io/tributary/call/Waterfall.class",
                "io/tributary/shaded/guava/util/concurrent/RateLimiter.class")) {
            assertTrue(classes.contains(name), name + " is missing");
        }
        assertEquals(
                List.of(),
                classes.stream()
                        .filter(name -> name.startsWith("io/tributary/sandbox/")
                                || name.startsWith("software/amazon/")
                                || name.matches("io/tributary/secret/[a-z]+/.*"))
                        .toList());
    }
}
