package io.tributary.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.merge.FreshnessPolicy;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.provider.QuotaWindow;
import io.tributary.secret.SecretRef;
import io.tributary.wanted.WantedFields;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @TempDir
    Path folder;

    private Settings load(String pipeline, String... overrides) {
        return SettingsFolder.in(folder).load(pipeline, overrides);
    }

    @Test
    void aPriceIsTheDecimalThatIsWritten() {
        Settings settings = load(SettingsFolder.GOOD, "providers.acme.price-per-credit=0.049", "currency=EUR");
        assertEquals(new Prices("EUR", Map.of("acme", new BigDecimal("0.049"))), settings.prices());
        assertEquals(Prices.NONE, load(SettingsFolder.GOOD).prices());
    }

    @Test
    void fillsInEveryDefault() {
        Settings settings = load(SettingsFolder.GOOD);

        assertEquals(FreshnessPolicy.defaults(), settings.freshness());
        assertEquals(
                new LimitSettings(
                        3,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(15),
                        5,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        64,
                        16),
                settings.limits());
        assertEquals(new JournalSettings(folder + "/lake/journal", 200, Duration.ofSeconds(1)), settings.journal());
        assertEquals("fill-empty", settings.merge().rule(Field.PERSON_EMAIL));
        assertEquals(new LifeCycleSettings(true, false), settings.lifeCycle());
        assertEquals(new HttpSettings(Optional.empty(), Optional.empty()), settings.http());
        assertEquals(UnknownOutcome.BY_SPEC, settings.unknownOutcome());
        assertEquals(OptionalDouble.empty(), settings.budget().caps().perRun());
        assertEquals(OptionalDouble.empty(), settings.budget().caps().perDay());
        assertEquals(Optional.empty(), settings.budget().first());
        assertFalse(settings.allowTestHosts());
        SourceSettings source = settings.sources().get(0);
        assertEquals("contacts", source.crm());
        assertEquals("UTF-8", source.encoding());
        assertEquals(new RejectLimit.Share(0.05), source.maxRejects());
        assertEquals(0.5, source.maxShrink());
        assertTrue(source.full());
        assertFalse(source.allowUnchanged());
        assertEquals("", source.delimiter());
        assertEquals("", source.records());
        ProviderSettings acme = settings.providers().get("acme");
        assertEquals(folder + "/providers/acme.yaml", acme.spec());
        assertEquals(64, acme.maxInFlight());
        assertEquals(1, acme.quotaScale());
        assertEquals(List.of(), acme.quota());
        assertEquals(settings.freshness(), acme.freshness());
        assertEquals(List.of(acme), settings.providersFor(EntityKind.PERSON));
        assertEquals(List.of(), settings.providersFor(EntityKind.COMPANY));
        assertEquals(WantedFields.NOTHING, settings.wanted());
    }

    @Test
    void readsWhatIsWrittenInPlaceOfDefaults() {
        Settings settings = load("""
                lake: {root: main.crm, files: s3a://bucket/tributary, tables: {history: big.lake.history, work: ../w}}
                sources:
                  - name: c
                    crm: sf
                    object: lead
                    format: csv
                    path: /data/lead-{date}.csv
                    delimiter: ;
                    encoding: windows-1252
                    kind: incremental
                    max-rejects: 12
                    max-shrink: 12.5%
                    allow-unchanged: true
                    drop: [Secret]
                    mapping: {entity: person, record-id: Id, fields: {email: [A, B]}, drop: [Born]}
                providers:
                  acme:
                    keys: [env:ONE, {client-id: env:TWO, client-secret: file:secrets/three}]
                    base-url: http://127.0.0.1:8080/acme
                    quota: [{calls: 5, per: 1m, per-endpoint: true}]
                    quota-scale: 20
                    max-in-flight: 7
                    freshness: {ordinary-for: 7d}
                waterfall: {person: [acme], company: []}
                merge: {policy: guide, person: {title: fill-empty above 0.85, name.first: never}}
                budget: {max-credits-per-run: 0.5, max-credits-per-day: 2, max-credits-per-month: 9, zone: Europe/Berlin,
                  first: cast(amount as double)}
                journal: {path: ../j, max-answers: 10, max-age: 200ms}
                retention: {time-travel: 3d, journals: 2d, work: 9d, raw-bodies: 400d}
                http: {proxy: http://proxy.example.net:3128, ca-bundle: mappings/people.yaml}
                allow-test-hosts: true
                unknown-outcome: hold
                """);

        assertEquals("main.crm.contacts", settings.lake().table("contacts"));
        assertEquals("big.lake.history", settings.lake().table("history"));
        assertEquals(folder.getParent() + "/w", settings.lake().table("work"));
        assertEquals("s3a://bucket/tributary", settings.lake().files());
        SourceSettings source = settings.sources().get(0);
        assertEquals("sf", source.crm());
        assertEquals("/data/lead-{date}.csv", source.path());
        assertEquals(";", source.delimiter());
        assertEquals(new RejectLimit.Count(12), source.maxRejects());
        assertEquals(0.125, source.maxShrink());
        assertEquals(List.of("A", "B"), source.mapping().fields().get("email"));
        assertEquals(List.of("Born", "Secret"), List.copyOf(source.mapping().drop()));
        ProviderSettings acme = settings.providers().get("acme");
        assertEquals(
                List.of(
                        new Credential(Map.of("key", new SecretRef(SecretRef.Kind.ENV, "ONE"))),
                        new Credential(Map.of(
                                "client-id", new SecretRef(SecretRef.Kind.ENV, "TWO"),
                                "client-secret", new SecretRef(SecretRef.Kind.FILE, folder + "/secrets/three")))),
                acme.keys());
        assertTrue(acme.isOnLoopback());
        assertEquals(List.of(new QuotaWindow(5, Duration.ofMinutes(1), true)), acme.quota());
        assertEquals(7, acme.maxInFlight());
        assertEquals(
                new FreshnessPolicy(Duration.ofDays(90), Duration.ofDays(7), 0.9, Duration.ofDays(30)),
                acme.freshness());
        assertEquals("fill-empty above 0.85", settings.merge().rule(Field.PERSON_TITLE));
        assertEquals("never", settings.merge().rule(Field.PERSON_FIRST_NAME));
        assertEquals("overwrite", settings.merge().rule(Field.PERSON_LAST_NAME));
        assertEquals(OptionalDouble.of(0.5), settings.budget().caps().perRun());
        assertEquals(OptionalDouble.of(2), settings.budget().caps().perDay());
        assertEquals(OptionalDouble.of(9), settings.budget().caps().perMonth());
        assertEquals(Optional.of("cast(amount as double)"), settings.budget().first());
        assertEquals(folder.getParent() + "/j", settings.journal().path());
        assertEquals(
                new RetentionSettings(
                        Duration.ofDays(3), Duration.ofDays(2), Duration.ofDays(9), Optional.of(Duration.ofDays(400))),
                settings.retention());
        assertEquals("proxy.example.net", settings.http().proxy().orElseThrow().getHost());
        assertEquals(UnknownOutcome.HOLD, settings.unknownOutcome());
    }

    @Test
    void keepsTheOrderOfProvidersAndLeavesOutDisabledOnes() {
        SettingsFolder.in(folder).write("providers/beta.yaml", "").write("providers/alpha.yaml", "");
        Settings settings = load(SettingsFolder.GOOD.replace("waterfall: {person: [acme]}", "") + """
                  beta: {max-credits-per-run: 1}
                  alpha: {enabled: false}
                waterfall: {person: [beta, alpha, acme]}
                """);

        assertEquals(
                List.of("acme", "beta", "alpha"),
                List.copyOf(settings.providers().keySet()));
        assertEquals(List.of("beta", "acme"), settings.waterfall().get(EntityKind.PERSON));
    }

    @Test
    void aWaterfallMaySayWhatIsWantedOfIt() {
        Settings settings = load(
                SettingsFolder.GOOD.replace("waterfall: {person: [acme]}", ""),
                "waterfall={company: [acme], person: {order: [acme], wants: {email: above 0.8, phone: type mobile}}}",
                "waterfall.person.wants.title=max-age 180d");

        assertEquals(List.of("acme"), settings.waterfall().get(EntityKind.PERSON));
        assertEquals(List.of("acme"), settings.waterfall().get(EntityKind.COMPANY));
        assertEquals(
                List.of("email", "title", "phone"),
                settings.wanted().of(EntityKind.PERSON).paths());
        assertEquals("max-age 180d", settings.wanted().rule(Field.PERSON_TITLE));
        assertTrue(settings.wanted().of(EntityKind.COMPANY).isEmpty());
        Settings order = load(SettingsFolder.GOOD, "waterfall.person={order: [acme]}");
        assertEquals(List.of("acme"), order.waterfall().get(EntityKind.PERSON));
        assertEquals(WantedFields.NOTHING, order.wanted());
    }

    @Test
    void anOrderMayBeMeasured() {
        Settings settings =
                load(SettingsFolder.GOOD, "waterfall={person: {order: auto, among: [acme]}, company: {order: [acme]}}");
        assertEquals(List.of("acme"), settings.waterfall().get(EntityKind.PERSON));
        assertEquals(Map.of(EntityKind.PERSON, 0.0), settings.explored(), "exploring costs, so nobody does unasked");

        Settings exploring =
                load(SettingsFolder.GOOD, "waterfall={person: {order: auto, among: [acme], explore: 0.05}}");
        assertEquals(Map.of(EntityKind.PERSON, 0.05), exploring.explored());
        assertEquals(Map.of(), load(SettingsFolder.GOOD).explored());
    }

    @Test
    void anOverrideReplacesOneValueAndResolvesPathsFromTheWorkingDirectory() {
        Settings settings = load(
                SettingsFolder.GOOD,
                "providers.acme.max-credits-per-run=3",
                "sources[contacts].path=here.csv",
                "sources[0].delimiter=|",
                "merge.person[name.last]=overwrite",
                "journal.max-age=2s");

        assertEquals(
                OptionalDouble.of(3), settings.providers().get("acme").caps().perRun());
        assertEquals(
                Path.of("here.csv").toAbsolutePath().toString(),
                settings.sources().get(0).path());
        assertEquals("|", settings.sources().get(0).delimiter());
        assertEquals("overwrite", settings.merge().rule(Field.PERSON_LAST_NAME));
        assertEquals(Duration.ofSeconds(2), settings.journal().maxAge());
    }

    @Test
    void aSourceSurvivesTheTripToAnExecutor() throws IOException, ClassNotFoundException {
        SourceSettings source = load(SettingsFolder.GOOD).sources().get(0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(source);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertEquals(source, in.readObject());
        }
    }

    @Test
    void aShareOfRejectsIsMeasuredAgainstAllRows() {
        assertTrue(new RejectLimit.Share(0.05).tolerates(5, 100));
        assertFalse(new RejectLimit.Share(0.05).tolerates(6, 100));
        assertTrue(new RejectLimit.Count(6).tolerates(6, 7));
        assertFalse(new RejectLimit.Count(6).tolerates(7, 7_000));
    }

    @Test
    void theShippedPipelineLoads() throws IOException {
        Path conf = Path.of("../conf");
        try (Stream<Path> files = Files.walk(conf)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(conf.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        SettingsFolder.in(folder).write("providers/hunter.yaml", "");

        Settings settings = Settings.load(folder, List.of());

        assertEquals(2, settings.sources().size());
        assertEquals(folder.getParent() + "/lake/contacts", settings.lake().table("contacts"));
    }

    @Test
    void aDayBeginsAtMidnightWhereTheBudgetIsKept() {
        BudgetSettings budget =
                load(SettingsFolder.GOOD, "budget.zone=America/New_York").budget();
        Instant lateInFebruary = Instant.parse("2026-03-01T04:59:59Z");
        assertEquals(Instant.parse("2026-02-28T05:00:00Z"), budget.dayOf(lateInFebruary));
        assertEquals(Instant.parse("2026-02-01T05:00:00Z"), budget.monthOf(lateInFebruary));
        Instant afterTheClocksWent = Instant.parse("2026-03-09T12:00:00Z");
        assertEquals(Instant.parse("2026-03-09T04:00:00Z"), budget.dayOf(afterTheClocksWent));
        assertEquals(Instant.parse("2026-03-01T05:00:00Z"), budget.monthOf(afterTheClocksWent));
    }
}
