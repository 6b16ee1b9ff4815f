package io.tributary.jobs.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import io.tributary.call.ProviderResult;
import io.tributary.call.Question;
import io.tributary.call.ScheduledLoop;
import io.tributary.call.TransportSettings;
import io.tributary.call.Waterfall;
import io.tributary.credential.GrantedCredentials;
import io.tributary.credential.KeyDesk;
import io.tributary.journal.Entry;
import io.tributary.journal.Intent;
import io.tributary.model.Identifiers;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import io.tributary.model.Profile;
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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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

    /** A night as the sandbox booked it and as we understood it. */
    private record Night(List<KeyResult> results, Map<String, Truth> truths, Counts counts) {
        private Map<String, String> misread() {
            Map<String, String> misread = new HashMap<>();
            for (KeyResult result : results) {
                Truth truth = truths.getOrDefault(subject(result), Truth.UNANSWERED);
                Outcome outcome = result.results().get(0).outcome();
                if (meaning(outcome) != truth) {
                    misread.put(
                            subject(result),
                            truth + " read as " + outcome + " "
                                    + result.results().get(0).reason());
                }
            }
            return misread;
        }

        private long having(Truth truth) {
            return truths.values().stream().filter(truth::equals).count();
        }

        private double credits() {
            return results.stream()
                    .mapToDouble(result -> result.results().get(0).credits())
                    .sum();
        }

        private long found() {
            return results.stream()
                    .filter(result -> result.results().get(0).outcome().hasData())
                    .count();
        }

        /** The records that we hold, by ZoomInfo's own names. */
        private Set<String> records() {
            Set<String> records = new HashSet<>();
            for (KeyResult result : results) {
                ProviderResult first = result.results().get(0);
                Profile profile = first.outcome().hasData()
                        ? first.profiles().get(result.key().kind().entity())
                        : Profile.of(result.key().kind().entity(), Map.of());
                profile.values().forEach((field, value) -> {
                    if (field.path().equals("id")) {
                        records.add(result.key().kind().entity() + " " + value);
                    }
                });
            }
            return records;
        }

        private static String subject(KeyResult result) {
            return result.key().value();
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
                List<KeyResult> results = asked(spec, desk, transport, questions);
                return new Night(
                        results,
                        truths(sandbox.ledger().entries(provider)),
                        sandbox.ledger().counts(provider));
            }
        }
    }

    private static List<KeyResult> asked(
            ProviderSpec spec, KeyDesk desk, HttpClient5Transport transport, List<Question> questions) {
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
        CallSettings settings = new CallSettings(
                new Backoff(8, Duration.ofMillis(20), Duration.ofMillis(200)),
                usual.batchLinger(),
                usual.prepareAhead(),
                usual.maxPause(),
                true,
                10_000);
        List<KeyResult> results = new ArrayList<>();
        try (ScheduledLoop loop = new ScheduledLoop("night", clock);
                Waterfall waterfall = new Waterfall(
                        loop,
                        transport,
                        new Forgetful(),
                        List.of(new Waterfall.Source(port, lane, Budget.unlimited())),
                        Answered.nothing(),
                        settings,
                        () -> 0.5)) {
            KeyResults coming = waterfall.results(questions.iterator());
            coming.forEachRemaining(results::add);
        }
        return results;
    }

    /** A journal that nobody reads. */
    private static final class Forgetful implements CallLog {
        @Override
        public CompletionStage<Void> intend(List<Intent> intents) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> append(List<Entry> entries) {
            return CompletableFuture.completedFuture(null);
        }
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

    private static void assertSame(Night night) {
        assertEquals(Map.of(), night.misread());
        assertEquals(0, night.counts().repeats());
        assertEquals(0, night.counts().refusedByWindow());
        assertEquals(night.records().size(), night.counts().billedCredits(), "a credit for each record");
        assertEquals(night.found(), night.credits(), "we count a credit for each key");
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
        Night night = night("zoominfo-legacy", file("zoominfo-legacy"), PASSWORD, questions, legacy(FAULTS, 0.05));
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
        Night night =
                night("zoominfo-legacy", bulk(), signing(), questions, legacy("\"500\": 0.03, \"torn\": 0.03", 0.05));
        assertSame(night);
        assertTrue(night.having(Truth.FOUND) > 2000);
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
                        FaultProfile.parse("{\"quirks\": {\"all\": 0, \"" + provider + "." + quirk + "\": 0.3}}"));
                assertSame(night);
                assertTrue(
                        night.results().stream()
                                .anyMatch(result -> result.disposition() == KeyResult.Disposition.DEFERRED),
                        provider + " " + quirk);
            }
        }
    }

    private static FaultProfile legacy(String faults, double rate) {
        return profile(
                faults,
                "\"all\": " + rate + ", \"zoominfo-legacy.limit-exceeded\": 0, \"zoominfo-legacy.credit-limit\": 0,"
                        + " \"zoominfo-legacy.field-refused\": 0, \"zoominfo-legacy.no-bulk\": 0");
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
