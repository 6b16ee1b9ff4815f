package io.tributary.jobs.run;

import static io.tributary.jobs.store.CrashPoint.Moment.AFTER;
import static io.tributary.jobs.store.CrashPoint.Moment.BEFORE;
import static io.tributary.jobs.store.CrashPoint.Moment.TORN;
import static io.tributary.jobs.store.CrashPoint.Write.ANY;
import static io.tributary.jobs.store.CrashPoint.Write.FILE;
import static io.tributary.jobs.store.CrashPoint.Write.RENAME;
import static io.tributary.jobs.store.CrashPoint.at;

import io.tributary.jobs.SparkTest;
import io.tributary.jobs.run.DoomedNights.Played;
import io.tributary.jobs.store.CrashFileSystem;
import io.tributary.jobs.store.CrashPoint;
import io.tributary.jobs.store.CrashPoint.Moment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wherever between two bytes a night dies, the next one leaves the tables of a night on which nothing went wrong, and has paid
 * for nothing twice but what the summaries tell.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashPointsTest extends SparkTest {
    /** Points of the sweep: this many, evenly over all that a night writes. */
    private static final int SWEPT = Integer.getInteger("tributary.crash.points", 24);

    private static final Duration HOUR = Duration.ofHours(1);

    /** Long enough for a journal to be silent. */
    private static final Duration DAY = Duration.ofHours(25);

    private static final String ENTRY = "/_delta_log/\\d{20}\\.json$";

    private DoomedNights nights;
    private Played peaceful;

    @Override
    public SparkConf conf() {
        SparkConf conf = super.conf();
        CrashFileSystem.settings().forEach(conf::set);
        return conf;
    }

    @BeforeAll
    void playInPeace(@TempDir Path folder) throws IOException {
        runBefore();
        nights = DoomedNights.after(spark(), folder);
        peaceful = nights.play("peace", HOUR);
        Assertions.assertTrue(peaceful.last().isPresent());
        Assertions.assertEquals(List.of(), peaceful.judge().doubled());
        Assertions.assertTrue(peaceful.billed().size() > 3, "answers to lose");
    }

    /** What of the night's answers is bought when the process dies. */
    enum Bought {
        NOTHING,
        SOME,
        ALL
    }

    /**
     * A death.
     *
     * @param refused whether the next night finds that all was done
     */
    record Death(String name, CrashPoint end, Bought bought, boolean refused) {
        Death(String name, CrashPoint end, Bought bought) {
            this(name, end, bought, false);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Death> everyPoint() {
        return Stream.of(
                        Stream.of(
                                commit("work", BEFORE, Bought.NOTHING),
                                commit("work", AFTER, Bought.NOTHING),
                                new Death("work committed, no call made", at(BEFORE, ANY, "/journal/"), Bought.NOTHING),
                                new Death("journal segment not begun", segment(BEFORE), Bought.SOME),
                                new Death("journal segment torn", segment(TORN), Bought.SOME),
                                new Death("journal segment not heard of", segment(AFTER), Bought.SOME)),
                        table("history"),
                        table("identities"),
                        checkpoint("history"),
                        table("contacts"),
                        checkpoint("contacts"),
                        table("accounts"),
                        table("runs"),
                        table("extracts"))
                .flatMap(deaths -> deaths);
    }

    private static Stream<Death> table(String table) {
        return Stream.of(
                new Death(table + ": nothing written", at(BEFORE, ANY, "/" + table + "/"), Bought.ALL),
                new Death(table + ": data file torn", at(TORN, FILE, "/" + table + "/(?!_).*parquet$"), Bought.ALL),
                new Death(table + ": log entry torn", at(TORN, FILE, "/" + table + "/_delta_log/.*json"), Bought.ALL),
                commit(table, BEFORE, Bought.ALL),
                commit(table, AFTER, Bought.ALL));
    }

    private static Death commit(String table, Moment moment, Bought bought) {
        return new Death(
                table + ": " + (moment == BEFORE ? "log entry not there" : "committed and not heard of"),
                at(moment, RENAME, "/" + table + ENTRY),
                bought,
                table.equals("extracts") && moment == AFTER);
    }

    private static Stream<Death> checkpoint(String table) {
        String log = "/" + table + "/_delta_log/";
        return Stream.of(
                new Death(table + ": checkpoint torn", at(TORN, FILE, log + ".*checkpoint.*parquet"), Bought.ALL),
                new Death(table + ": checkpoint there", at(BEFORE, FILE, log + "_last_checkpoint"), Bought.ALL),
                new Death(table + ": _last_checkpoint torn", at(TORN, FILE, log + "_last_checkpoint"), Bought.ALL));
    }

    /** The third: two tasks have written what they are about to ask. */
    private static CrashPoint segment(Moment moment) {
        return at(moment, FILE, "\\.tj$").number(3);
    }

    /** The second dies while it recovers what the first paid for. */
    @Test
    void twoNightsThatDieAreMadeUpForByTheNext() throws IOException {
        hold(nights.play("two", HOUR, segment(TORN), at(AFTER, RENAME, "/history" + ENTRY)), false);
    }

    @Tag("long")
    @Test
    void threeNightsThatDieAreMadeUpForByTheNext() throws IOException {
        hold(
                nights.play(
                        "three",
                        HOUR,
                        segment(TORN),
                        at(AFTER, RENAME, "/history" + ENTRY),
                        at(BEFORE, RENAME, "/contacts" + ENTRY)),
                false);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("everyPoint")
    void aNightMayDieAnywhereInACommit(Death death) throws IOException {
        judge(death);
    }

    static Stream<List<CrashPoint>> twice() {
        CrashPoint beforeHistory = at(BEFORE, FILE, "/history/bucket=");
        return Stream.of(
                // While what the first left is recovered.
                List.of(beforeHistory, at(AFTER, RENAME, "/history" + ENTRY)),
                List.of(beforeHistory, at(BEFORE, ANY, "/runs/")),
                List.of(beforeHistory, at(AFTER, FILE, "/_harvested$")),
                // Where the first did.
                List.of(at(AFTER, RENAME, "/contacts" + ENTRY), at(BEFORE, RENAME, "/accounts" + ENTRY)),
                List.of(segment(TORN), at(TORN, FILE, "\\.tj$")));
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("twice")
    void twoNightsMayDieOneAfterTheOther(List<CrashPoint> ends) throws IOException {
        hold(
                nights.play("twice-" + ends.hashCode(), DAY, ends.toArray(CrashPoint[]::new)),
                !ends.get(0).toString().contains("tj"));
    }

    Stream<CrashPoint> anywhere() {
        int writes = peaceful.writes().size();
        return IntStream.range(0, SWEPT)
                .mapToObj(i -> CrashPoint.atWrite(1 + i * writes / SWEPT, Moment.values()[i % Moment.values().length]));
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("anywhere")
    void aNightMayDieAnywhere(CrashPoint end) throws IOException {
        hold(nights.play("write-" + end.nth(), end.nth() % 2 == 0 ? HOUR : DAY, end), false);
    }

    private void judge(Death death) throws IOException {
        Played played = nights.play(death.name().replaceAll("\\W+", "-"), HOUR, death.end());

        int bought = played.boughtByDead().get(0);
        switch (death.bought()) {
            case NOTHING -> Assertions.assertEquals(0, bought);
            case SOME -> Assertions.assertTrue(bought <= peaceful.billed().size(), "bought " + bought);
            case ALL -> Assertions.assertEquals(peaceful.billed().size(), bought);
        }
        Assertions.assertEquals(death.refused(), played.last().isEmpty());
        hold(played, death.bought() != Bought.SOME);
    }

    /** @param whole whether no answer can have been lost */
    private void hold(Played played, boolean whole) throws IOException {
        long repeats = played.ledger().counts(DoomedNights.PROVIDER).repeats();
        Assertions.assertTrue(
                repeats <= played.judge().told(),
                repeats + " repeats, told of " + played.judge().told());
        Assertions.assertEquals(List.of(), played.judge().lost(played.ledger(), DoomedNights.PROVIDER));
        Assertions.assertEquals(List.of(), played.judge().doubled());
        Assertions.assertEquals(
                List.of(),
                played.judge().differences(peaceful.judge().golden()),
                () -> "of history " + played.judge().rows("history"));
        Assertions.assertEquals(new TreeSet<>(answers(peaceful)), new TreeSet<>(answers(played)));
        Assertions.assertEquals(
                peaceful.judge().lasting("extracts"), played.judge().lasting("extracts"));
        double[] spent = played.judge().spent();
        double[] inPeace = peaceful.judge().spent();
        double billed = played.ledger().totals().billedCredits()
                - peaceful.ledger().totals().billedCredits();
        Assertions.assertTrue(spent[0] - inPeace[0] <= billed, "credits told: " + spent[0]);
        Assertions.assertTrue(
                billed <= spent[0] + spent[1] - inPeace[0], "credits told: " + spent[0] + " and " + spent[1]);
        if (whole) {
            Assertions.assertEquals(0, repeats);
            Assertions.assertEquals(answers(peaceful), answers(played));
            Assertions.assertEquals(peaceful.billed(), played.billed());
        }
    }

    /** Rows of history with an answer, without what is of a run. */
    private static List<String> answers(Played played) {
        return played.judge().rows("history").stream()
                .filter(row -> !row.path("outcome").asText().equals("UNKNOWN"))
                .map(row -> row.path("provider").asText() + " " + row.path("lookup_key") + " " + row.path("outcome")
                        + " " + row.path("credits") + " " + row.path("raw_body"))
                .sorted()
                .toList();
    }
}
