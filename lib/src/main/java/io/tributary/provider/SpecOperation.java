package io.tributary.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tributary.model.EntityKind;
import io.tributary.model.Identifiers;
import io.tributary.model.Outcome;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** An operation as a provider's file describes it. Immutable. */
final class SpecOperation implements Operation {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String provider;
    private final String name;
    private final List<Set<Identifiers.Input>> needs;
    private final RequestTemplate request;
    private final Optional<BatchRule> batch;
    private final List<Rule> rules;
    private final SubjectRule subject;
    private final Optional<NodePath> job;

    SpecOperation(
            String provider,
            String name,
            List<Set<Identifiers.Input>> needs,
            RequestTemplate request,
            Optional<BatchRule> batch,
            List<Rule> rules,
            SubjectRule subject,
            Optional<NodePath> job) {
        this.provider = provider;
        this.name = name;
        this.needs = List.copyOf(needs);
        this.request = request;
        this.batch = batch;
        this.rules = List.copyOf(rules);
        this.subject = subject;
        this.job = job;
    }

    /** The sets of inputs of which one must be known whole. */
    List<Set<Identifiers.Input>> needs() {
        return needs;
    }

    SubjectRule subject() {
        return subject;
    }

    /** Scheme, host and perhaps a path prefix. */
    URI base() {
        return request.base();
    }

    /** This operation at another address. */
    SpecOperation at(URI base) {
        return new SpecOperation(provider, name, needs, request.at(base), batch, rules, subject, job);
    }

    /** How an answer of this operation that is pending is fetched. */
    Resumption resumption(PendingRule rule) {
        return rule.poll()
                .map(poll -> Resumption.byJob(this, polling(poll)))
                .orElseGet(() -> Resumption.bySameRequest(this));
    }

    private SpecOperation polling(PendingRule.Poll poll) {
        return new SpecOperation(
                provider,
                name,
                List.of(Set.of()),
                poll.request(),
                Optional.empty(),
                poll.rules(),
                subject.at(poll.result(), poll.miss()),
                Optional.empty());
    }

    @Override
    public String provider() {
        return provider;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public EntityKind entity() {
        return subject.entity();
    }

    @Override
    public int batchSize() {
        return batch.map(BatchRule::size).orElse(1);
    }

    @Override
    public double worstCaseCredits() {
        return subject.credits().worst();
    }

    @Override
    public String endpoint() {
        return request.path();
    }

    @Override
    public boolean accepts(Identifiers inputs) {
        return needs.stream().anyMatch(set -> set.stream().allMatch(inputs::has));
    }

    @Override
    public String canonicalInput(Identifiers inputs) {
        StringBuilder text = new StringBuilder();
        for (String used : request.used()) {
            Template.value(inputs, used)
                    .ifPresent(
                            value -> text.append(used).append('=').append(value).append('\n'));
        }
        return text.toString();
    }

    @Override
    public HttpCall render(List<Ask> asks) {
        if (asks.isEmpty() || asks.size() > batchSize()) {
            throw new IllegalArgumentException(name + " takes 1 to " + batchSize() + " asks, not " + asks.size());
        }
        if (!asks.stream().allMatch(ask -> accepts(ask.inputs()))) {
            throw new IllegalArgumentException(name + " does not accept these inputs");
        }
        return request.render(asks);
    }

    @Override
    public Reading read(List<Ask> asks, HttpAnswer answer) {
        JsonNode json = parsed(answer.body());
        Optional<Rule> rule =
                rules.stream().filter(each -> each.when().holds(answer, json)).findFirst();
        if (rule.isPresent()) {
            return spoken(
                    rule.get().verdict().orElse(Verdict.ANSWERED),
                    rule.get().outcome(),
                    rule.get().reason(),
                    asks,
                    json);
        }
        if (!UsualStatus.isRead(answer.status())) {
            UsualStatus usual = UsualStatus.of(answer.status(), asks.size());
            return spoken(usual.verdict(), usual.outcome(), usual.reason(), asks, json);
        }
        if (json.isMissingNode()
                || batch.isPresent() && !batch.get().items().find(json).isArray()) {
            return new Reading(Verdict.UNREADABLE, "unreadable_body", List.of());
        }
        List<ItemReading> items = batch.isPresent()
                ? batchItems(batch.get(), asks, json)
                : List.of(subject.read(asks.get(0).reference(), json, ""));
        if (!items.isEmpty() && items.stream().allMatch(item -> item.outcome() == Outcome.UNKNOWN)) {
            return new Reading(Verdict.UNREADABLE, "unrecognised_body", List.of());
        }
        return new Reading(Verdict.ANSWERED, "", shareStatedCost(items, json));
    }

    /** A missing node where there is no JSON document, or something after it. */
    private static JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory does not fail", e);
        }
    }

    private Reading spoken(Verdict verdict, Optional<Outcome> outcome, String reason, List<Ask> asks, JsonNode json) {
        return new Reading(
                verdict,
                reason,
                outcome.stream()
                        .flatMap(each -> asks.stream().map(ask -> spoken(ask, each, reason, json)))
                        .toList());
    }

    private ItemReading spoken(Ask ask, Outcome outcome, String reason, JsonNode json) {
        ItemReading reading = subject.without(ask.reference(), outcome, reason, "");
        return switch (outcome) {
            case PENDING ->
                reading.ofJob(job.map(path -> path.find(json))
                        .filter(JsonNode::isValueNode)
                        .map(JsonNode::asText)
                        .filter(id -> !id.isBlank()));
            case UNKNOWN -> reading.ofJob(ask.pending().map(Pending::jobId));
            default -> reading;
        };
    }

    private List<ItemReading> batchItems(BatchRule rule, List<Ask> asks, JsonNode json) {
        JsonNode array = rule.items().find(json);
        List<ItemReading> items = new ArrayList<>();
        Alignment alignment = Alignment.of(rule, asks, array);
        String folder =
                rule.items().text().isEmpty() ? "/" : "/" + rule.items().text().replace('.', '/') + "/";
        boolean strange = alignment.strays(array).anyMatch(item -> !subject.recognises(item));
        for (Ask ask : asks) {
            int index = alignment.indexOf(ask);
            if (index >= 0) {
                items.add(subject.read(ask.reference(), array.get(index), folder + index));
            } else if (strange) {
                // What cannot be understood may be this ask's answer.
                items.add(subject.without(ask.reference(), Outcome.UNKNOWN, "unrecognised", ""));
            } else if (rule.leftOutIsNotFound()) {
                items.add(subject.without(ask.reference(), Outcome.NOT_FOUND, "no_match", ""));
            }
        }
        return items;
    }

    /** Where the response states what the call cost, the items with data share it; without any, all that are known do. */
    private List<ItemReading> shareStatedCost(List<ItemReading> items, JsonNode json) {
        double stated = subject.credits()
                .stated()
                .map(path -> path.find(json))
                .filter(JsonNode::isNumber)
                .map(JsonNode::doubleValue)
                .orElse(-1.0);
        if (!Double.isFinite(stated) || stated < 0) {
            return items;
        }
        boolean data = items.stream().anyMatch(item -> item.outcome().hasData());
        Predicate<ItemReading> shares = item -> data ? item.outcome().hasData() : item.outcome() != Outcome.UNKNOWN;
        long sharers = items.stream().filter(shares).count();
        return items.stream()
                .map(item -> shares.test(item) ? item.costing(stated / sharers) : item)
                .toList();
    }
}
