package io.tributary.call;

import io.tributary.model.EntityKind;
import io.tributary.model.Identifiers;
import io.tributary.model.Outcome;
import io.tributary.provider.Ask;
import io.tributary.provider.HttpAnswer;
import io.tributary.provider.HttpCall;
import io.tributary.provider.ItemReading;
import io.tributary.provider.Operation;
import io.tributary.provider.Patience;
import io.tributary.provider.Pending;
import io.tributary.provider.QuotaWindow;
import io.tributary.provider.RateHeaderNames;
import io.tributary.provider.ReAsk;
import io.tributary.provider.Reading;
import io.tributary.provider.Verdict;
import io.tributary.quota.RateHeaders;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A provider with a plain protocol: the request path lists references, the body of a 200 lists {@code reference outcome}
 * lines, and {@code *} stands for every reference; {@code PENDING:8} names a job; a line
 * {@code last} at its end says that the credits are gone with it.
 */
record TestProvider(
        String name,
        int batchSize,
        ReAsk reAsk,
        List<QuotaWindow> windows,
        int maxInFlight,
        double cost,
        Optional<Patience> patience)
        implements ProviderPort, Operation {
    static TestProvider named(String name) {
        return new TestProvider(name, 1, ReAsk.ASK_AGAIN, List.of(), 1000, 1, Optional.empty());
    }

    TestProvider batching(int size) {
        return new TestProvider(name, size, reAsk, windows, maxInFlight, cost, patience);
    }

    TestProvider reAsking(ReAsk rule) {
        return new TestProvider(name, batchSize, rule, windows, maxInFlight, cost, patience);
    }

    TestProvider under(QuotaWindow... limits) {
        return new TestProvider(name, batchSize, reAsk, List.of(limits), maxInFlight, cost, patience);
    }

    TestProvider waiting(Patience time) {
        return new TestProvider(name, batchSize, reAsk, windows, maxInFlight, cost, Optional.of(time));
    }

    @Override
    public String specVersion() {
        return "1";
    }

    @Override
    public Optional<Operation> operationFor(EntityKind entity, Identifiers inputs) {
        return accepts(inputs) ? Optional.of(this) : Optional.empty();
    }

    /** What was accepted under a job is asked for like anything else. */
    @Override
    public Optional<Operation> resumption(Pending pending) {
        return pending.jobId().isEmpty() ? Optional.empty() : Optional.of(this);
    }

    @Override
    public List<RateHeaderNames> rateHeaders() {
        return RateHeaders.COMMON;
    }

    @Override
    public String provider() {
        return name;
    }

    @Override
    public EntityKind entity() {
        return EntityKind.PERSON;
    }

    @Override
    public double worstCaseCredits() {
        return cost;
    }

    @Override
    public String endpoint() {
        return "look-up";
    }

    @Override
    public boolean accepts(Identifiers inputs) {
        return inputs.has(Identifiers.Input.EMAIL);
    }

    @Override
    public String canonicalInput(Identifiers inputs) {
        return inputs.value(Identifiers.Input.EMAIL).orElseThrow();
    }

    @Override
    public HttpCall render(List<Ask> asks) {
        String emails = asks.stream().map(ask -> canonicalInput(ask.inputs())).collect(Collectors.joining(","));
        return new HttpCall(
                "POST",
                URI.create("http://" + name + ".test/look-up"),
                Map.of("X-Size", Integer.toString(asks.size())),
                emails.getBytes(StandardCharsets.UTF_8),
                Duration.ofSeconds(30));
    }

    @Override
    public Reading read(List<Ask> asks, HttpAnswer answer) {
        return switch (answer.status()) {
            case 200 -> read(asks, answer.text());
            case 401 -> new Reading(Verdict.BAD_CREDENTIAL, "bad_credential", List.of());
            case 402 -> new Reading(Verdict.CREDITS_GONE, "credits_gone", List.of());
            case 413 -> new Reading(Verdict.SPLIT, "too_large", List.of());
            case 429 -> new Reading(Verdict.RATE_LIMITED, "rate_limited", List.of());
            case 460 -> new Reading(Verdict.FIELD_REFUSED, "no_access", List.of(), Set.of("salary"));
            case 498 -> new Reading(Verdict.TOO_CONCURRENT, "too_concurrent", List.of());
            case 500, 503 -> new Reading(Verdict.TRANSIENT, "server_error", List.of());
            default -> new Reading(Verdict.MISCONFIGURED, "misconfigured", List.of());
        };
    }

    private Reading read(List<Ask> asks, String body) {
        if (body.equals("bug")) {
            throw new IllegalStateException("a fault in the reading");
        }
        if (!body.startsWith("ok")) {
            return new Reading(Verdict.UNREADABLE, "unreadable", List.of());
        }
        List<ItemReading> items = new ArrayList<>();
        for (String line : body.split("\n")) {
            String[] words = line.split(" ");
            for (Ask ask : asks) {
                if (words.length == 3 && (words[1].equals("*") || words[1].equals(canonicalInput(ask.inputs())))) {
                    Outcome outcome = Outcome.valueOf(words[2].split(":")[0]);
                    items.add(new ItemReading(
                            ask.reference(),
                            outcome,
                            "",
                            outcome.hasData() ? cost : 0,
                            outcome.hasData() ? OptionalDouble.of(0.9) : OptionalDouble.empty(),
                            Map.of(),
                            List.of(),
                            outcome == Outcome.PENDING
                                    ? Optional.of("job " + (words[2].contains(":") ? words[2].split(":")[1] : "7"))
                                    : Optional.empty(),
                            ""));
                }
            }
        }
        return body.endsWith("\nlast")
                ? new Reading(Verdict.ANSWERED_LAST, "credits_gone", items)
                : new Reading(Verdict.ANSWERED, "", items);
    }
}
