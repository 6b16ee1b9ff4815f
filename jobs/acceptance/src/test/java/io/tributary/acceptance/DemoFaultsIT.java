package io.tributary.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo while its providers fail: 5xx, hangs, torn answers, refusals, 202, 400, 422, a revoked key. */
@Order(5)
@Tag("long")
class DemoFaultsIT {
    @TempDir
    static Path folder;

    private static DemoRun demo;

    @BeforeAll
    static void runTheDemo() throws IOException {
        demo = DemoRun.in(folder, "--faults", "--quota-scale", "5");
    }

    @Test
    void endsWellOrWithWorkDeferred() {
        assertTrue(demo.exitCode() == 0 || demo.exitCode() == 3, "exit code " + demo.exitCode());
        assertTrue(demo.booked("refused_by_fault") > 0, "no fault was injected");
    }

    @Test
    void everyPromiseThatTheDemoShowsIsKept() {
        assertEquals(List.of(), demo.broken(4));
    }

    @Test
    void noWindowIsPassed() {
        assertEquals(0, demo.booked("refused_by_window"));
    }

    @Test
    void noAnswerThatWasPaidForIsLost() throws IOException {
        JsonNode books = demo.comparedWithTheBooks();
        assertTrue(books.path("billed").asInt() > 300, books.toString());
        assertEquals(0, books.path("missing").size(), books.toString());
        assertEquals(0, books.path("unanswered").size(), books.toString());
    }

    @Test
    void whatWasBilledLiesWithinWhatTheSummariesSay() {
        double sure = demo.credits("credits");
        double atMost = sure + demo.credits("credits_uncertain");
        double billed = demo.billedCredits();
        assertTrue(sure <= billed && billed <= atMost, billed + " credits billed, told: " + sure + " to " + atMost);
    }

    @Test
    void everyRepeatIsSaid() {
        assertTrue(
                demo.booked("repeats") <= demo.sum("repeats"),
                () -> "the providers booked " + demo.booked("repeats") + " repeats, the summaries say "
                        + demo.sum("repeats"));
    }
}
