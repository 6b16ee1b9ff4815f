package io.tributary.call;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Identifiers;
import io.tributary.model.Outcome;
import io.tributary.model.Profile;
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
 * lines, and {@code *} stands for every reference; {@code PENDING:8} names a job; {@code MATCHED:email,title@0.6} says which
 * fields a person's answer holds and how sure it is; a line {@code last} at its end says that the credits are gone with it.
 *
 * @param brings the fields that answers may hold
 */
record TestProvider(
        String name,
        int batchSize,
        ReAsk reAsk,
        List<QuotaWindow> windows,
        int maxInFlight,
        double cost,
        Optional<Patience> patience,
        Set<Field> brings)
        implements ProviderPort, Operation {
    static TestProvider named(String name) {
        return new TestProvider(
                name,
                1,
                ReAsk.ASK_AGAIN,
                List.of(),
                1000,
                1,
                Optional.empty(),
                Set.copyOf(Field.of(EntityKind.PERSON)));
    }

    TestProvider batching(int size) {
        return new TestProvider(name, size, reAsk, windows, maxInFlight, cost, patience, brings);
    }

    TestProvider reAsking(ReAsk rule) {
        return new TestProvider(name, batchSize, rule, windows, maxInFlight, cost, patience, brings);
    }

    TestProvider under(QuotaWindow... limits) {
        return new TestProvider(name, batchSize, reAsk, List.of(limits), maxInFlight, cost, patience, brings);
    }

    TestProvider atOnce(int calls) {
        return new TestProvider(name, batchSize, reAsk, windows, calls, cost, patience, brings);
    }

    TestProvider waiting(Patience time) {
        return new TestProvider(name, batchSize, reAsk, windows, maxInFlight, cost, Optional.of(time), brings);
    }

    TestProvider bringing(Field... fields) {
        return new TestProvider(name, batchSize, reAsk, windows, maxInFlight, cost, patience, Set.of(fields));
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
                    String[] said = words[2].split("[:@]");
                    Outcome outcome = Outcome.valueOf(said[0]);
                    items.add(new ItemReading(
                            ask.reference(),
                            outcome,
                            "",
                            outcome.hasData() ? cost : 0,
                            outcome.hasData() ? OptionalDouble.of(confidence(words[2])) : OptionalDouble.empty(),
                            outcome.hasData() && said.length > 1
                                    ? Map.of(EntityKind.PERSON, profile(said[1]))
                                    : Map.of(),
                            List.of(),
                            outcome == Outcome.PENDING
                                    ? Optional.of("job " + (said.length > 1 ? said[1] : "7"))
                                    : Optional.empty(),
                            ""));
                }
            }
        }
        return body.endsWith("\nlast")
                ? new Reading(Verdict.ANSWERED_LAST, "credits_gone", items)
                : new Reading(Verdict.ANSWERED, "", items);
    }

    private static double confidence(String word) {
        int at = word.indexOf('@');
        return at < 0 ? 0.9 : Double.parseDouble(word.substring(at + 1));
    }

    private static Profile profile(String paths) {
        Profile profile = Profile.empty(EntityKind.PERSON);
        for (String path : paths.split(",")) {
            profile = profile.with(Field.at(EntityKind.PERSON, path).orElseThrow(), "some " + path);
        }
        return profile;
    }
}
