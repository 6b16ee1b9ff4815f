package io.tributary.call;

import io.tributary.journal.Entry;
import io.tributary.journal.Intent;
import io.tributary.model.Identifiers;
import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import io.tributary.provider.HttpAnswer;
import io.tributary.provider.HttpCall;
import io.tributary.quota.Budget;
import io.tributary.quota.Gate;
import io.tributary.quota.GateSettings;
import io.tributary.quota.RetryBudget;
import io.tributary.quota.Share;
import io.tributary.quota.TokenPacer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** A simulated night: scripted providers, a journal in memory, one clock, and a trace of what happened. */
final class Night implements Transport, CallLog {
    final FakeTime time = new FakeTime();
    final List<String> trace = new ArrayList<>();
    final List<Entry> entries = new ArrayList<>();
    final List<Intent> intents = new ArrayList<>();
    final Map<String, Lane> lanes = new HashMap<>();
    final Map<String, Budget> budgets = new HashMap<>();
    Duration latency = Duration.ofMillis(100);

    /** Whether answers take from an eighth of the latency to twice as long. */
    boolean uneven;

    Credentials credentials = Credentials.none();
    final List<String> notices = new ArrayList<>();
    final Map<String, MatchWatch> matches = new HashMap<>();
    Answered answered = Answered.nothing();
    CallSettings settings = CallSettings.DEFAULT;
    CallLog log = this;
    boolean journalBroken;
    boolean appendThrows;
    int abandoned;
    private int sends;
    private final List<TestProvider> providers;
    private final Map<String, Deque<String>> scripts = new HashMap<>();
    private final Set<String> durable = new HashSet<>();

    Night(TestProvider... providers) {
        this.providers = List.of(providers);
    }

    /** What a provider says to its calls, one after the other; the last one again and again. */
    Night says(String provider, String... answers) {
        scripts.put(provider, new ArrayDeque<>(Arrays.asList(answers)));
        return this;
    }

    Night cap(String provider, double credits) {
        budgets.put(provider, new Budget(credits));
        return this;
    }

    Waterfall waterfall() {
        List<Waterfall.Source> sources = providers.stream()
                .map(provider -> new Waterfall.Source(
                        provider,
                        lanes.computeIfAbsent(provider.name(), name -> lane(provider)),
                        budgets.computeIfAbsent(provider.name(), name -> Budget.unlimited())))
                .toList();
        return new Waterfall(time, this, log, sources, answered, settings, () -> 0.5);
    }

    private Lane lane(TestProvider provider) {
        Gate gate = new Gate(
                provider.windows(),
                GateSettings.of(Share.ALL, provider.maxInFlight()),
                TokenPacer::new,
                java.time.InstantSource.system());
        return new Lane(
                gate,
                Breaker.standard(provider.name(), time),
                credentials,
                new RetryBudget(0.2, 1000),
                matches.getOrDefault(provider.name(), MatchWatch.none()),
                notices::add);
    }

    /** Asks about people numbered from 0, all at once, and runs to the end. */
    List<KeyResult> ask(int people) {
        Waterfall waterfall = waterfall();
        List<CompletableFuture<KeyResult>> results = IntStream.range(0, people)
                .mapToObj(i -> waterfall.ask(question(i)))
                .toList();
        time.run();
        return results.stream().map(CompletableFuture::join).toList();
    }

    /** Asks one question and runs to the end. */
    KeyResult ask(Question question) {
        CompletableFuture<KeyResult> result = waterfall().ask(question);
        time.run();
        return result.join();
    }

    Question question(int person) {
        String email = email(person);
        return new Question(
                new LookupKey(KeyKind.EMAIL, email),
                new Identifiers(Map.of(Identifiers.Input.EMAIL, email)),
                providers.stream().map(TestProvider::name).toList(),
                Map.of());
    }

    static String email(int person) {
        return "p" + person + "@acme.test";
    }

    @Override
    public CompletableFuture<HttpAnswer> send(HttpCall call, BooleanSupplier mayLeave) {
        String provider = call.uri().getHost().replace(".test", "");
        String key = call.headers().getOrDefault("X-Key", "");
        String size = call.headers().get("X-Size");
        String asked = new String(call.body(), StandardCharsets.UTF_8);
        if (!durable.containsAll(List.of(asked.split(",")))) {
            throw new AssertionError("sent before its intent was durable");
        }
        trace.add(provider + key + (size.equals("1") ? "" : "*" + size) + time.at());
        Deque<String> script = scripts.get(provider);
        String says = script.size() > 1 ? script.removeFirst() : script.getFirst();
        CompletableFuture<HttpAnswer> answer = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterrupt) {
                abandoned++;
                return super.cancel(mayInterrupt);
            }
        };
        sends++;
        time.schedule(
                uneven ? latency.multipliedBy(1 + 37 * sends % 16).dividedBy(8) : latency, () -> respond(answer, says));
        return answer;
    }

    private void respond(CompletableFuture<HttpAnswer> answer, String says) {
        String[] lines = says.split("\\|", 2);
        Map<String, List<String>> headers = new LinkedHashMap<>();
        if (lines.length == 2) {
            String[] header = lines[1].split("=", 2);
            headers.put(header[0], List.of(header[1]));
        }
        if (!says.startsWith("ok")) {
            trace.add(lines[0] + time.at());
        }
        switch (lines[0]) {
            case "refused" -> answer.completeExceptionally(TransportException.notSent("refused", null));
            case "late" -> answer.completeExceptionally(TransportException.tooLate());
            case "timeout", "reset" -> answer.completeExceptionally(TransportException.noAnswer(lines[0]));
            case "torn" ->
                answer.completeExceptionally(new TransportException(
                        TransportException.Sent.MAYBE,
                        "torn",
                        200,
                        "{\"half\":".getBytes(StandardCharsets.UTF_8),
                        null));
            default -> {
                boolean body = !lines[0].matches("[0-9]{3}");
                int status = body ? 200 : Integer.parseInt(lines[0]);
                answer.complete(
                        new HttpAnswer(status, headers, (body ? lines[0] : "").getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    @Override
    public CompletionStage<Void> intend(List<Intent> more) {
        if (journalBroken) {
            return CompletableFuture.failedFuture(new IllegalStateException("the journal can't be written"));
        }
        intents.addAll(more);
        more.forEach(intent -> durable.add(intent.lookupKey().substring("email:".length())));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> append(List<Entry> more) {
        if (appendThrows) {
            throw new IllegalStateException("a fault in the log");
        }
        entries.addAll(more);
        return CompletableFuture.completedFuture(null);
    }

    /** What happened, in one line. */
    String story() {
        return String.join(" ", trace);
    }

    /** The journal as {@code outcome/reason} words; tries that are followed by another in brackets. */
    String journal() {
        return String.join(
                " ",
                entries.stream()
                        .map(e ->
                                e.last() ? e.outcome() + "/" + e.reason() : "(" + e.outcome() + "/" + e.reason() + ")")
                        .toList());
    }
}
