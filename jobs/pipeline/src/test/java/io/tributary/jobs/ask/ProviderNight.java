package io.tributary.jobs.ask;

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
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * A night of one provider without Spark, over HTTP, as its sandbox booked it and as our journal has it.
 *
 * @param truths what the latest answer about each subject means
 */
record ProviderNight(List<KeyResult> results, ProviderNight.Journal journal, Map<String, Truth> truths, Counts counts) {
    /** The subjects whose answers were not taken for what they meant. */
    Map<String, String> misread() {
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

    /** The subjects about which that was meant. */
    long having(Truth truth) {
        return truths.values().stream().filter(truth::equals).count();
    }

    /** Asks it all through the provider's file, with the usual quota at both ends. */
    static ProviderNight night(
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
                return new ProviderNight(
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
                new Gate(
                        spec.windows(),
                        GateSettings.of(Share.ALL, spec.maxInFlight()),
                        GuavaPacer::new,
                        java.time.InstantSource.system()),
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

    /** A journal in memory. */
    static final class Journal implements CallLog {
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
        Map<String, Entry> ends() {
            return List.copyOf(entries).stream()
                    .filter(Entry::last)
                    .collect(Collectors.toMap(
                            entry -> entry.lookupKey()
                                    .substring(entry.lookupKey().indexOf(':') + 1),
                            entry -> entry,
                            (old, young) -> young));
        }

        double credits() {
            return List.copyOf(entries).stream().mapToDouble(Entry::credits).sum();
        }

        long found() {
            return ends().values().stream()
                    .filter(end -> end.outcome().hasData())
                    .count();
        }

        /** The records that we hold, by ZoomInfo's own names. */
        Set<String> records() throws IOException {
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
}
