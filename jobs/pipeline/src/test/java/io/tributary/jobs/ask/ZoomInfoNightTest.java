package io.tributary.jobs.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.call.Answered;
import io.tributary.call.Breaker;
import io.tributary.call.CallLog;
import io.tributary.call.CallSettings;
import io.tributary.call.HttpClient5Transport;
import io.tributary.call.KeyResult;
import io.tributary.call.KeyResults;
import io.tributary.call.Lane;
import io.tributary.call.MatchWatch;
import io.tributary.call.ProviderPort;
import io.tributary.call.Question;
import io.tributary.call.ScheduledLoop;
import io.tributary.call.TransportSettings;
import io.tributary.call.Waterfall;
import io.tributary.credential.GrantedCredentials;
import io.tributary.credential.KeyDesk;
import io.tributary.journal.Entry;
import io.tributary.journal.Intent;
import io.tributary.model.EntityKind;
import io.tributary.model.Identifiers;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import io.tributary.provider.ProviderSpec;
import io.tributary.quota.Backoff;
import io.tributary.quota.Budget;
import io.tributary.quota.Gate;
import io.tributary.quota.GateSettings;
import io.tributary.quota.GuavaPacer;
import io.tributary.quota.RetryBudget;
import io.tributary.quota.Share;
import io.tributary.sandbox.SandboxOptions;
import io.tributary.sandbox.SandboxServer;
import io.tributary.sandbox.fault.FaultProfile;
import io.tributary.sandbox.ledger.CallEntry;
import io.tributary.sandbox.ledger.Counts;
import io.tributary.sandbox.wire.Truth;
import io.tributary.secret.Secret;
import io.tributary.secret.SecretRef;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * ZoomInfo's files against ZoomInfo as the sandbox speaks it, over HTTP and with every habit that it has: what each answer
 * was taken for is held against what was meant.
 */
class ZoomInfoNightTest {
    private static final Map<String, String> GTM_KEY =
            Map.of("client-id", "sandbox-zoominfo-id", "client-secret", "sandbox-zoominfo-secret");
    private static final Map<String, String> PASSWORD =
            Map.of("username", "sandbox-zoominfo-user", "password", "sandbox-zoominfo-password");

    /** What answers do on their way; asking again is free at ZoomInfo. */
    private static final String FAULTS =
            "\"500\": 0.03, \"torn\": 0.03, \"batch_short\": 0.05, \"batch_reordered\": 0.05, \"batch_doubled\": 0.05";

    /** A night as the sandbox booked it and as our journal has it. */
    private record Night(List<KeyResult> results, Journal journal, Map<String, Truth> truths, Counts counts) {
        private Map<String, String> misread() {
            Map<String, Entry> ends = journal.ends();
            Map<String, String> misread = new TreeMap<>();
            for (KeyResult result : results) {
                String subject = result.key().value();
                Truth meant = truths.getOrDefault(subject, Truth.UNANSWERED);
                Truth read = Optional.ofNullable(ends.get(subject))
                        .map(end -> meaning(end.outcome()))
                        .orElse(Truth.UNANSWERED);
                if (meant != read) {
                    misread.put(subject, meant + " read as " + ends.get(subject));
                }
            }
            return misread;
        }

        private long having(Truth truth) {
            return truths.values().stream().filter(truth::equals).count();
        }
    }

    /** A journal in memory. */
    private static final class Journal implements CallLog {
        private final List<Entry> entries = Collections.synchronizedList(new ArrayList<>());

        @Override
        public CompletionStage<Void> intend(List<Intent> intents) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> append(List<Entry> more) {
            entries.addAll(more);
            return CompletableFuture.completedFuture(null);
        }

        /** The last word about each subject. */
        private Map<String, Entry> ends() {
            return List.copyOf(entries).stream()
                    .filter(Entry::last)
                    .collect(Collectors.toMap(
                            entry -> entry.lookupKey()
                                    .substring(entry.lookupKey().indexOf(':') + 1),
                            entry -> entry,
                            (old, young) -> young));
        }

        private double credits() {
            return List.copyOf(entries).stream().mapToDouble(Entry::credits).sum();
        }

        private long found() {
            return ends().values().stream()
                    .filter(end -> end.outcome().hasData())
                    .count();
        }

        /** The records that we hold, by ZoomInfo's own names. */
        private Set<String> records() throws IOException {
            Set<String> records = new HashSet<>();
            for (Entry end : ends().values()) {
                if (end.outcome().hasData()) {
                    String entity = end.operation().replace("-bulk", "");
                    records.add(entity
                            + new ObjectMapper()
                                    .readTree(end.profiles())
                                    .path(entity)
                                    .path("id")
                                    .asText());
                }
            }
            return records;
        }
    }

    private static Truth meaning(Outcome outcome) {
        return switch (outcome) {
            case MATCHED, PARTIAL -> Truth.FOUND;
            case NOT_FOUND -> Truth.MISSED;
            case SUPPRESSED -> Truth.SUPPRESSED;
            case REJECTED -> Truth.UNREADABLE;
            case PENDING -> Truth.LATER;
            case FAILED, UNKNOWN -> Truth.UNANSWERED;
        };
    }

    /** Keys stand for what the sandbox calls the subject, so that both books can be laid side by side. */
    private static Question question(String provider, KeyKind kind, String subject, Map<Input, String> inputs) {
        return new Question(new LookupKey(kind, subject), new Identifiers(inputs), List.of(provider), Map.of());
    }

    /** By address, by telephone number, and by name, with many of the same last name and of the same company. */
    private static List<Question> people(String provider, int number) {
        List<String> firsts = List.of("Ada", "Bo", "Cy", "Di", "Eve", "Flo", "Gus");
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            String first = firsts.get(i % firsts.size());
            String company = "Firm " + i % 40;
            String mail = first.toLowerCase(Locale.ROOT) + ".n" + i + "@firm-" + i % 40 + ".example";
            switch (i % 5) {
                case 3 -> {
                    String phone = "+1303555" + (1000 + i);
                    questions.add(question(provider, KeyKind.PHONE, phone, Map.of(Input.PHONE, phone)));
                }
                case 4 ->
                    questions.add(question(
                            provider,
                            KeyKind.NAME_COMPANY,
                            (first + " lee" + i % 9 + "|" + company).toLowerCase(Locale.ROOT),
                            Map.of(
                                    Input.FIRST_NAME,
                                    first,
                                    Input.LAST_NAME,
                                    "Lee" + i % 9,
                                    Input.COMPANY_NAME,
                                    company)));
                default -> questions.add(question(provider, KeyKind.EMAIL, mail, Map.of(Input.EMAIL, mail)));
            }
        }
        return questions.stream()
                .collect(Collectors.toMap(one -> one.key().value(), one -> one, (one, same) -> one, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    private static List<Question> companies(String provider, int number) {
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            String domain = "firm-" + i + ".example";
            questions.add(question(provider, KeyKind.DOMAIN, domain, Map.of(Input.DOMAIN, domain)));
        }
        return questions;
    }

    private static Night night(
            String provider, String text, Map<String, String> key, List<Question> questions, FaultProfile faults)
            throws IOException {
        try (SandboxServer sandbox = SandboxServer.start(SandboxOptions.builder()
                        .matchRate(0.8)
                        .pending(0, Duration.ofMillis(150))
                        .faults(faults)
                        .build());
                HttpClient5Transport transport = new HttpClient5Transport(TransportSettings.DEFAULT)) {
            ProviderSpec spec =
                    ProviderSpec.parse(provider + ".yaml", text).behind(URI.create(sandbox.baseUrl() + "/" + provider));
            Map<String, SecretRef> places = key.keySet().stream()
                    .collect(Collectors.toMap(part -> part, part -> SecretRef.parse("file:/" + part)));
            try (KeyDesk desk = new KeyDesk(
                            ref -> new Secret(ref, key.get(ref.name().substring(1))),
                            transport,
                            Clock.systemUTC(),
                            Duration.ofHours(1),
                            warning -> {})
                    .with(provider, spec.auth(), List.of(places))) {
                Journal journal = new Journal();
                List<KeyResult> results = asked(spec, desk, transport, journal, questions);
                return new Night(
                        results,
                        journal,
                        truths(sandbox.ledger().entries(provider)),
                        sandbox.ledger().counts(provider));
            }
        }
    }

    private static List<KeyResult> asked(
            ProviderSpec spec,
            KeyDesk desk,
            HttpClient5Transport transport,
            Journal journal,
            List<Question> questions) {
        ProviderPort port = ProviderPort.of(spec);
        Clock clock = Clock.systemUTC();
        Lane lane = new Lane(
                new Gate(spec.windows(), GateSettings.of(Share.ALL, spec.maxInFlight()), GuavaPacer::new),
                new Breaker(spec.name(), 50, Duration.ofMinutes(1), clock),
                new GrantedCredentials(spec.name(), spec.auth(), desk, (delay, action) -> {}, clock),
                new RetryBudget(1, 1000),
                MatchWatch.none(),
                notice -> {});
        CallSettings usual = CallSettings.DEFAULT;
        // All keys of a job are to be in it, on a slow machine too.
        boolean jobs = spec.operationFor(EntityKind.PERSON, questions.get(0).inputs())
                        .orElseThrow()
                        .batchSize()
                > 25;
        Duration linger = jobs ? Duration.ofMillis(300) : usual.batchLinger();
        CallSettings settings = new CallSettings(
                new Backoff(8, Duration.ofMillis(20), Duration.ofMillis(200)),
                linger,
                usual.prepareAhead(),
                usual.maxPause(),
                true,
                10_000);
        List<KeyResult> results = new ArrayList<>();
        try (ScheduledLoop loop = new ScheduledLoop("night", clock);
                Waterfall waterfall = new Waterfall(
                        loop,
                        transport,
                        journal,
                        List.of(new Waterfall.Source(port, lane, Budget.unlimited())),
                        Answered.nothing(),
                        settings,
                        () -> 0.5)) {
            KeyResults coming = waterfall.results(questions.iterator());
            coming.forEachRemaining(results::add);
        }
        return results;
    }

    /** What the latest answer about each subject means. */
    private static Map<String, Truth> truths(List<CallEntry> entries) {
        return entries.stream()
                .filter(entry -> !entry.entity().isEmpty())
                .collect(Collectors.toMap(CallEntry::input, CallEntry::truth, (old, young) -> young));
    }

    private static String file(String provider) throws IOException {
        return Files.readString(Path.of("../../conf/providers").resolve(provider + ".yaml"));
    }

    private static FaultProfile profile(String faults, String quirks) {
        return FaultProfile.parse("{\"rates\": {" + faults + "}, \"quirks\": {" + quirks + "}}");
    }

    private static void assertSame(Night night) throws IOException {
        assertEquals(Map.of(), night.misread());
        assertEquals(0, night.counts().repeats());
        assertEquals(0, night.counts().refusedByWindow());
        assertEquals(night.journal().records().size(), night.counts().billedCredits(), "a credit for each record");
        assertEquals(night.journal().found(), night.journal().credits(), "we count a credit for each key");
    }

    @Test
    void whatGtmMeansIsUnderstood() throws IOException {
        List<Question> questions = new ArrayList<>(people("zoominfo", 600));
        questions.addAll(companies("zoominfo", 100));
        Night night = night(
                "zoominfo",
                file("zoominfo"),
                GTM_KEY,
                questions,
                profile(
                        FAULTS,
                        "\"all\": 0.05, \"zoominfo.limit-exceeded\": 0, \"zoominfo.credit-limit\": 0,"
                                + " \"zoominfo.field-refused\": 0"));
        assertSame(night);
        assertTrue(night.having(Truth.FOUND) > 300);
        for (Truth truth : List.of(Truth.MISSED, Truth.SUPPRESSED, Truth.UNREADABLE)) {
            assertTrue(night.having(truth) > 5, truth + " came often enough to be misread");
        }
    }

    @Test
    void whatTheEnterpriseApiMeansIsUnderstood() throws IOException {
        List<Question> questions = new ArrayList<>(people("zoominfo-legacy", 600));
        questions.addAll(companies("zoominfo-legacy", 100));
        Night night = night(
                "zoominfo-legacy",
                file("zoominfo-legacy"),
                PASSWORD,
                questions,
                legacy(FAULTS, 0.05, "zoominfo-legacy.no-bulk"));
        assertSame(night);
        assertTrue(night.having(Truth.FOUND) > 300);
        for (Truth truth : List.of(Truth.MISSED, Truth.SUPPRESSED, Truth.UNREADABLE)) {
            assertTrue(night.having(truth) > 5, truth + " came often enough to be misread");
        }
    }

    /** Under a token for what the client signed. A page that fails takes its keys along: they come again. */
    @Test
    void whatBulkJobsMeanIsUnderstoodPageByPage() throws IOException {
        List<Question> questions = new ArrayList<>(people("zoominfo-legacy", 4000));
        questions.addAll(companies("zoominfo-legacy", 700));
        Night night = night(
                "zoominfo-legacy",
                bulk(),
                signing(),
                questions,
                legacy("\"500\": 0.03, \"torn\": 0.03", 0.05, "zoominfo-legacy.job-failed"));
        assertSame(night);
        assertTrue(night.having(Truth.FOUND) > 1000);
    }

    @Test
    void whoeverWasOnAPageThatFailedHasNoAnswer() throws IOException {
        Night night = night(
                "zoominfo-legacy",
                bulk(),
                signing(),
                people("zoominfo-legacy", 4000),
                FaultProfile.parse("{\"quirks\": {\"all\": 0, \"zoominfo-legacy.page-failed\": 0.5,"
                        + " \"zoominfo-legacy.page-gap\": 1, \"zoominfo-legacy.capitals\": 1}}"));
        assertSame(night);
        assertTrue(night.having(Truth.UNANSWERED) > 0);
        assertTrue(night.having(Truth.FOUND) > 0);
    }

    @Test
    void aFieldThatTheAccountMayNotSeeIsLeftOut() throws IOException {
        for (String provider : List.of("zoominfo", "zoominfo-legacy")) {
            Night night = night(
                    provider,
                    file(provider),
                    provider.equals("zoominfo") ? GTM_KEY : PASSWORD,
                    people(provider, 60),
                    FaultProfile.parse("{\"quirks\": {\"all\": 0, \"" + provider + ".field-refused\": 1}}"));
            assertSame(night);
            assertTrue(night.having(Truth.FOUND) > 30, provider);
        }
    }

    @Test
    void creditsThatEndInsideATwoHundredEndTheNightAndCostNothing() throws IOException {
        for (String provider : List.of("zoominfo", "zoominfo-legacy")) {
            for (String quirk : List.of("limit-exceeded", "credit-limit")) {
                Night night = night(
                        provider,
                        file(provider),
                        provider.equals("zoominfo") ? GTM_KEY : PASSWORD,
                        people(provider, 300),
                        FaultProfile.parse("{\"quirks\": {\"all\": 0, \"" + provider + "." + quirk + "\": 0.5}}"));
                assertSame(night);
                assertTrue(
                        night.results().stream()
                                .anyMatch(result -> result.disposition() == KeyResult.Disposition.DEFERRED),
                        provider + " " + quirk);
            }
        }
    }

    /** Without what ends a night, and without one more. */
    private static FaultProfile legacy(String faults, double rate, String without) {
        return profile(
                faults,
                "\"" + without + "\": 0, \"all\": " + rate
                        + ", \"zoominfo-legacy.limit-exceeded\": 0, \"zoominfo-legacy.credit-limit\": 0,"
                        + " \"zoominfo-legacy.field-refused\": 0");
    }

    /** The file with its bulk operations in use, and less patience for their jobs. */
    private static String bulk() throws IOException {
        return file("zoominfo-legacy")
                .replace("use: false", "use: true")
                .replaceAll("(?m)^(  (?:person|company):)$", "$1\n    use: false")
                .replace("first: 10s, longest: 60s", "first: 50ms, longest: 100ms");
    }

    private static Map<String, String> signing() throws IOException {
        try (InputStream in = SandboxServer.class.getResourceAsStream("dialect/sandbox-zoominfo-key.pem")) {
            return Map.of(
                    "username",
                    "sandbox-zoominfo-user",
                    "client-id",
                    "sandbox-zoominfo-client",
                    "private-key",
                    new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        }
    }
}
