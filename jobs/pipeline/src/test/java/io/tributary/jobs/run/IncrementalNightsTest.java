package io.tributary.jobs.run;

import io.tributary.jobs.Figures;
import io.tributary.jobs.SparkTest;
import io.tributary.jobs.StopRequest;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.read.Interval;
import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.table.Lake;
import io.tributary.model.EntityKind;
import io.tributary.privacy.Identifier;
import io.tributary.settings.ImportSettings;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights that look at what has changed, beside nights that look at all: they ask the same, and leave the same tables. */
@Tag("long")
class IncrementalNightsTest extends SparkTest {
    private static final Figures FIGURES = new Figures("incremental");
    private static final Instant FIRST = Instant.parse("2026-08-21T02:00:00Z");
    private static final String SHORT = "{confident-for: 90h, ordinary-for: 40h, negative-for: 20h}";
    private static final Pattern EMAIL = Pattern.compile("\"email\" ?: ?\"([^\"]+)\"|linkedin\\.com/in/([a-z0-9-]+)");

    @TempDir
    Path dir;

    private ProviderStub provider;
    private int day;

    @BeforeEach
    void key() throws IOException {
        Files.writeString(dir.resolve("stub.key"), "key-of-a-stub");
    }

    @Test
    void aNightLooksAtWhatHasChangedAndAtNothingElse() throws IOException {
        CrmEdits crm = new CrmEdits(1, 200);
        try (ProviderStub stub = new ProviderStub(request -> new ProviderStub.Reply(
                200, "{\"id\": \"x\", \"title\": \"Engineer\", \"name\": \"Firm\", \"confidence\": 0.95}"))) {
            provider = stub;
            Settings settings = settings("lake", "{}", "{}");
            RunSummary first = night(settings, crm, 0, false);
            Assertions.assertTrue(first.lookedAt().orElseThrow().all(), "there was no night before");
            // Whoever was asked about is looked at once more.
            RunSummary second = night(settings, crm, 1, false);
            Assertions.assertEquals(0, count(second, "golden_changed"));
            Assertions.assertEquals(0, count(second, "unchanged"));
            provider.takeRequests();

            crm.retitle(2);
            RunSummary third = night(settings, crm, 2, false);

            Assertions.assertEquals(List.of(), provider.takeRequests(), "nobody is due");
            FIGURES.exactly("records merged where 2 of 206 have changed", 2L, 206 - count(third, "unchanged"));
            FIGURES.exactly("keys planned where 2 of 206 have changed", 2L, count(third, "keys"));
            FIGURES.exactly("golden rows changed", 2L, count(third, "golden_changed"));
            Assertions.assertEquals(second.filled().get(1), third.filled().get(1), "figures of whole tables");
            Assertions.assertEquals(206, count(third, "rows_read"));
        }
    }

    @Test
    void aNightLooksAtAllWhereItCanNotTellWhatHasChanged() throws IOException {
        CrmEdits crm = new CrmEdits(1, 10);
        try (ProviderStub stub = new ProviderStub(request -> found(request, 0))) {
            provider = stub;
            Settings settings = settings("lake", "{}", "{}");
            String history = new Wiring(settings).lake().history().ref().sql();
            Assertions.assertEquals(Looking.FIRST, because(night(settings, crm, 0, false)));
            Assertions.assertEquals("", because(night(settings, crm, 1, false)));
            Assertions.assertEquals("--full", because(night(settings, crm, 2, true)));
            spark().sql("ALTER TABLE " + history + " SET TBLPROPERTIES ('delta.enableChangeDataFeed' = 'false')");
            RunSummary blind = night(settings, crm, 3, false);
            Assertions.assertTrue(because(blind).startsWith("which answers are new can't be told"), because(blind));
            Assertions.assertTrue(
                    blind.notes().contains("all records were looked at: " + because(blind)),
                    blind.notes().toString());
            Assertions.assertEquals("", because(night(settings, crm, 4, false)), "the feed is on again");
            Settings others = settings("lake", "{person: {title: overwrite}}", "{}");
            Assertions.assertTrue(because(night(others, crm, 5, false))
                    .startsWith("the settings, a provider's file or this program"));
            Assertions.assertTrue(because(night(others, crm, 4, false)).startsWith("the night's clock"));
            PlanReport plan = new Nightly(others, spark(), Clock.systemUTC(), Progress.silent(), line -> {})
                    .plan(new RunOptions(Optional.of(FIRST.plus(Duration.ofDays(6))), Interval.ALL));
            Assertions.assertTrue(
                    plan.notices().stream().anyMatch(notice -> notice.contains("as the night before left them")),
                    plan.notices().toString());
        }
    }

    private static String because(RunSummary summary) {
        return summary.lookedAt().orElseThrow().because();
    }

    @Test
    void randomNightsLeaveTheTablesThatFullOnesLeave() throws IOException {
        play(7, 7);
    }

    private void play(long seed, int nights) throws IOException {
        CrmEdits crm = new CrmEdits(seed, 40);
        try (ProviderStub stub = new ProviderStub(request -> found(request, day))) {
            provider = stub;
            String merge = "{}";
            for (day = 0; day < nights; day++) {
                String what = "seed " + seed + ", night " + day;
                // On some days other people do something to the lake.
                String listed = crm.address();
                String bought = crm.address();
                merge = day == 4 ? "{person: {title: overwrite}}" : merge;
                Settings some = settings("some-" + seed, merge, SHORT);
                Settings all = settings("all-" + seed, merge, SHORT);
                for (Settings settings : List.of(some, all)) {
                    if (day == 1 || day == 5) {
                        suppress(settings).add(List.of(Identifier.parse(listed)), "request");
                    }
                    if (day == 2) {
                        bought(settings, bought);
                    }
                }
                provider.takeRequests();
                RunSummary looked = night(some, crm, day, false);
                List<String> asked = asked();
                RunSummary full = night(all, crm, day, true);

                Assertions.assertEquals(asked(), asked, what + ": who was asked about");
                for (EntityKind entity : EntityKind.values()) {
                    Assertions.assertEquals(rows(all, entity), rows(some, entity), what + ": " + entity);
                }
                for (String count :
                        List.of("rows_read", "work", "answers", "matched", "not_found", "deferred", "golden_changed")) {
                    Assertions.assertEquals(count(full, count), count(looked, count), what + ": " + count);
                }
                Assertions.assertEquals(full.filled(), looked.filled(), what);
                Assertions.assertEquals(
                        day == 0 || day == 4, looked.lookedAt().orElseThrow().all(), what + ": " + looked.notes());
                crm.day();
            }
        }
    }

    private static long count(RunSummary summary, String name) {
        return Math.round(summary.count(name));
    }

    private List<String> asked() {
        return provider.takeRequests().stream()
                .map(request -> request.path() + request.query() + request.body())
                .sorted()
                .toList();
    }

    /** All that a golden table says, but for what names a run, an answer or a second. */
    private List<String> rows(Settings settings, EntityKind entity) {
        Lake lake = new Wiring(settings).lake();
        return lake.golden(entity).read(spark()).drop("_run_id", "_content_hash").toJSON().collectAsList().stream()
                .map(row -> row.replaceAll("\"response_id\":\"[^\"]*\"", "")
                        .replaceAll("(T\\d\\d):\\d\\d:\\d\\d(\\.\\d+)?", "$1"))
                .sorted()
                .toList();
    }

    private RunSummary night(Settings settings, CrmEdits crm, int day, boolean full) throws IOException {
        crm.write(dir);
        return new Nightly(settings, spark(), Clock.systemUTC(), Progress.silent(), line -> {})
                .run(new RunOptions(
                        Optional.of(FIRST.plus(Duration.ofDays(day))), Interval.ALL, ForceRefresh.NONE, full));
    }

    private Suppress suppress(Settings settings) {
        return new Suppress(settings, spark(), Clock.systemUTC(), line -> {});
    }

    /** Something that was bought elsewhere comes into history: of somebody who is in the CRM, and of a page. */
    private void bought(Settings settings, String email) throws IOException {
        Files.writeString(
                dir.resolve("bought.csv"),
                "row,email,title,page,date\n1," + email + ",Chair," + CrmEdits.page(email) + ",2026-08-20\n");
        Files.writeString(dir.resolve("import.yaml"), """
                {name: bought, provider: example, object: contact, format: csv, path: "%s", confidence: 0.97,
                 mapping: {entity: person, record-id: row, modified-at: date,
                           fields: {email: email, title: title, linkedin: page}}}
                """.formatted(dir.resolve("bought.csv")));
        new HistoryImport(
                        settings,
                        ImportSettings.load(dir.resolve("import.yaml"), settings),
                        spark(),
                        Clock.fixed(FIRST.plus(Duration.ofDays(day)), ZoneOffset.UTC),
                        Progress.silent(),
                        line -> {},
                        new StopRequest())
                .run(cut -> {});
    }

    /** Says something else each day, and to some nothing at all. */
    private static ProviderStub.Reply found(ProviderStub.Request request, int day) {
        if (request.path().contains("company")) {
            String domain = request.query().substring("domain=".length());
            return new ProviderStub.Reply(
                    200,
                    "{\"id\": \"c\", \"domain\": \"" + domain + "\", \"name\": \"Firm\", \"industry\": \"I" + day
                            + "\", \"confidence\": 0.8}");
        }
        Matcher named = EMAIL.matcher(request.body());
        String who = named.find() ? Optional.ofNullable(named.group(1)).orElse(named.group(2)) : request.body();
        // Whether asked by address or by page: it is one person, and which answer came last is nobody's choice.
        String name = who.split("[@-]")[0];
        return switch (Math.floorMod((name + day).hashCode(), 8)) {
            case 0 -> new ProviderStub.Reply(404, "{\"error\": \"not found\"}");
            case 1 -> new ProviderStub.Reply(500, "{\"error\": \"broken\"}");
            default -> new ProviderStub.Reply(200, person(name, day));
        };
    }

    private static String person(String name, int day) {
        String page = CrmEdits.page(name + "@");
        int dice = Math.floorMod((name + day).hashCode(), 97);
        List<String> cells = new ArrayList<>(List.of(
                "\"id\": \"x\"", "\"linkedin\": \"" + page + "\"", "\"confidence\": " + (dice % 2 == 0 ? 0.95 : 0.7)));
        cells.add("\"title\": " + (dice % 5 == 0 ? "null" : "\"T" + dice + "\""));
        cells.add("\"phone\": " + (dice % 3 == 0 ? "null" : "\"+4420794609" + (10 + dice % 80) + "\""));
        cells.add(
                "\"company\": {\"name\": \"Employer " + dice % 4 + "\", \"domain\": \"employer" + dice % 4 + ".com\"}");
        return "{" + String.join(", ", cells) + "}";
    }

    private Settings settings(String lake, String merge, String freshness) {
        String people = "{entity: person, record-id: id, account-id: account, fields: {name.full: name, email: email,"
                + " title: title, linkedin: page}, life-cycle: {opted-out: no_mail}}";
        String firms = "{entity: company, record-id: id, fields: {name: name}, identifiers: {website: site}}";
        return Settings.load(
                Path.of("../../conf"),
                List.of(
                        "lake={root: \"" + dir.resolve(lake) + "\"}",
                        "sources=[" + source("contact", "people", people) + ", " + source("account", "firms", firms)
                                + "]",
                        "providers={example: {keys: [\"file:" + dir.resolve("stub.key") + "\"], base-url: \""
                                + provider.url() + "\", match-rate-guard: false, quota: [{calls: 1000000, per: 1s}]}}",
                        "waterfall={person: {order: [example], wants: {title: max-age 3d, phone: any}}, company: [example]}",
                        "freshness=" + freshness,
                        "limits={buckets: 2, tries: 1}",
                        "merge=" + merge,
                        "budget={}"));
    }

    private String source(String object, String file, String mapping) {
        return "{name: " + file + ", crm: crm, object: " + object + ", format: csv, path: \""
                + dir.resolve(file + ".csv") + "\", allow-unchanged: true, mapping: " + mapping + "}";
    }
}
