package io.tributary.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.coordinator.Simulation.Night;
import io.tributary.coordinator.Simulation.Outcome;
import io.tributary.provider.QuotaWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Bad nights, and how much of the quota each used: the numbers are a checked-in page, so that a change of the arithmetic shows
 * as a change of the page. To write it anew: {@code mvn -pl lib test -Dtest=SimulationReportTest -Dtributary.update=true}.
 */
class SimulationReportTest {
    private static final Path PAGE = Path.of("src/test/resources/quota/simulation-report.md");
    private static final QuotaWindow SECOND = new QuotaWindow(100, Duration.ofSeconds(1), false);
    private static final QuotaWindow MINUTE = new QuotaWindow(5000, Duration.ofMinutes(1), false);

    /**
     * One line of the page.
     *
     * @param least the least part of the quota that has to be used
     * @param from the seconds between which, besides, the shortest window has to be used to 95 %; the same for none
     */
    private record Scenario(
            String name, Night night, UnaryOperator<Simulation> events, double least, double from, double to) {
        Scenario(String name, Night night, double least) {
            this(name, night, quiet -> quiet, least, 0, 0);
        }
    }

    private static Night night(List<QuotaWindow> windows, double rtt, long... work) {
        return new Night(windows, work, rtt, 0, 10, 1e-4, Duration.ofHours(1), 7);
    }

    private static long[] work(int executors, long each) {
        long[] work = new long[executors];
        Arrays.fill(work, each);
        return work;
    }

    private static List<Scenario> scenarios() {
        List<QuotaWindow> both = List.of(SECOND, MINUTE);
        List<QuotaWindow> one = List.of(SECOND);
        long[] skewed = {13_500, 500, 500, 500};
        Night lossy = new Night(one, work(4, 3000), 5, 0.05, 200, 1e-4, Duration.ofHours(1), 7);
        return List.of(
                new Scenario("even work, 5 ms", night(one, 5, work(4, 3000)), 0.97),
                new Scenario("90 % of the work on one of four, 5 ms", night(one, 5, skewed), 0.97),
                new Scenario("the same, and 5,000 a minute", night(both, 5, skewed), 0.97),
                new Scenario("the same at 50 ms", night(one, 50, skewed), 0.92),
                new Scenario("the same at 200 ms", night(one, 200, skewed), 0.75),
                new Scenario("5 % of messages lost, all late by up to 200 ms", lossy, 0.95),
                new Scenario(
                        "an executor dies, and Spark says so",
                        night(one, 5, work(4, 1500)),
                        run -> run.at(20, at -> at.kill(0, true)),
                        0.95,
                        25,
                        45),
                new Scenario(
                        "an executor dies, and nobody says so",
                        night(one, 5, work(4, 1500)),
                        run -> run.at(20, at -> at.kill(0, false)),
                        0.90,
                        25,
                        45),
                new Scenario(
                        "an executor is frozen for 30 s",
                        night(one, 5, work(4, 2500)),
                        run -> run.at(20, at -> at.freeze(0, 30)),
                        0.90,
                        25,
                        49),
                new Scenario(
                        "it comes back",
                        night(one, 5, work(4, 2500)),
                        run -> run.at(20, at -> at.freeze(0, 30)),
                        0.90,
                        55,
                        75),
                new Scenario(
                        "an executor more",
                        night(one, 5, 2000, 2000, 2000, 0),
                        run -> run.at(20, at -> at.add(3, 2000)),
                        0.95,
                        25,
                        45),
                new Scenario(
                        "two a second, eight executors",
                        night(List.of(new QuotaWindow(2, Duration.ofSeconds(1), false)), 20, work(8, 150)),
                        0.93),
                new Scenario(
                        "60 a minute, 3,000 a day",
                        night(
                                List.of(
                                        new QuotaWindow(60, Duration.ofMinutes(1), false),
                                        new QuotaWindow(3000, Duration.ofDays(1), false)),
                                50,
                                work(4, 300)),
                        0.95),
                new Scenario("500 executors, three windows, drift and loss, 10 minutes", crowd(10), 0.97));
    }

    /** Work beyond what the quota lets through in that time, most of it on a few of 500 executors. */
    private static Night crowd(int minutes) {
        Random random = new Random(3);
        long[] work = new long[500];
        for (int i = 0; i < work.length; i++) {
            work[i] = 1 + (long) (Math.pow(random.nextDouble(), 4) * 20 * 60 * minutes / (work.length * 0.12));
        }
        List<QuotaWindow> three = List.of(
                new QuotaWindow(20, Duration.ofSeconds(1), false),
                new QuotaWindow(1000, Duration.ofMinutes(1), false),
                new QuotaWindow(50_000, Duration.ofHours(1), false));
        return new Night(three, work, 20, 0.03, 50, 2e-4, Duration.ofMinutes(minutes), 5);
    }

    @Test
    void noNightPassesAWindowOrWastesIt() throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "# Simulated nights",
                "",
                "Calls that arrived, of those that the provider's windows allow from the first call until less work is left than one",
                "window holds; and by how many calls any strict sliding window was passed. *Later* is the shortest window's use in",
                "the seconds stated, after what happens has happened at 20 s.",
                "",
                "| night | used | later | passed by |",
                "| --- | --- | --- | --- |"));
        List<String> broken = new ArrayList<>();
        for (Scenario scenario : scenarios()) {
            Outcome outcome =
                    scenario.events().apply(new Simulation(scenario.night())).run();
            double used = outcome.used();
            boolean hasLater = scenario.to() > scenario.from();
            double later = hasLater ? outcome.usedBetween(scenario.from(), scenario.to()) : 1;
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %.1f %% | %s | %d |",
                    scenario.name(),
                    100 * used,
                    hasLater
                            ? String.format(
                                    Locale.ROOT,
                                    "%.1f %% (%.0f to %.0f s)",
                                    100 * later,
                                    scenario.from(),
                                    scenario.to())
                            : "",
                    Math.max(0, outcome.excess())));
            if (used < scenario.least() || later < 0.95 || outcome.excess() > 0) {
                broken.add(lines.get(lines.size() - 1));
            }
        }
        String page = lines.stream().collect(Collectors.joining("\n", "", "\n"));
        if (Boolean.getBoolean("tributary.update")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        assertEquals(List.of(), broken);
        assertEquals(Files.readString(PAGE), page);
    }

    @Test
    @Tag("long")
    void tenHoursOf500Executors() {
        Outcome outcome = new Simulation(crowd(600)).run();
        System.out.printf(
                Locale.ROOT,
                "10 simulated hours, 500 executors: used %.4f, passed by %d%n",
                outcome.used(),
                outcome.excess());
        assertEquals(0, Math.max(0, outcome.excess()));
        assertTrue(outcome.used() >= 0.98, "used " + outcome.used());
    }
}
