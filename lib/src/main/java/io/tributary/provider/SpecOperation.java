package io.tributary.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
    /** Some providers let control characters through; what was paid for is read all the same. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String provider;
    private final String name;
    private final List<Set<Identifiers.Input>> needs;
    private final RequestTemplate request;
    private final Optional<BatchRule> batch;
    private final List<Rule> rules;
    private final SubjectRule subject;
    private final Optional<NodePath> job;
    private final List<Join> joins;

    SpecOperation(
            String provider,
            String name,
            List<Set<Identifiers.Input>> needs,
            RequestTemplate request,
            Optional<BatchRule> batch,
            List<Rule> rules,
            SubjectRule subject,
            Optional<NodePath> job,
            List<Join> joins) {
        this.provider = provider;
        this.name = name;
        this.needs = List.copyOf(needs);
        this.request = request;
        this.batch = batch;
        this.rules = List.copyOf(rules);
        this.subject = subject;
        this.job = job;
        this.joins = List.copyOf(joins);
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
        return new SpecOperation(provider, name, needs, request.at(base), batch, rules, subject, job, joins);
    }

    /** How an answer of this operation that is pending is fetched. */
    Resumption resumption(PendingRule rule) {
        return rule.poll()
                .map(poll -> Resumption.byJob(this, polling(poll), rule.patience()))
                .orElseGet(() -> Resumption.bySameRequest(this, rule.patience()));
    }

    private SpecOperation polling(PendingRule.Poll poll) {
        return new SpecOperation(
                provider,
                name,
                List.of(Set.of()),
                poll.request(),
                batch.map(rule -> rule.inJob(poll.items())),
                poll.rules(),
                subject.at(poll.result(), poll.miss()),
                Optional.empty(),
                joins);
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
        for (Set<Identifiers.Input> set : needs) {
            if (inputs.values().keySet().containsAll(set)) {
                return true;
            }
        }
        return false;
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
        return render(asks, Set.of());
    }

    @Override
    public HttpCall render(List<Ask> asks, Set<String> without) {
        if (asks.isEmpty() || asks.size() > batchSize()) {
            throw new IllegalArgumentException(name + " takes 1 to " + batchSize() + " asks, not " + asks.size());
        }
        for (Ask ask : asks) {
            if (!accepts(ask.inputs())) {
                throw new IllegalArgumentException(name + " does not accept these inputs");
            }
        }
        return request.render(asks, without);
    }

    /** Without a name nothing can be left out, and the file asks for what it may not. */
    private Reading refusal(Rule rule, JsonNode json) {
        Set<String> refused =
                RefusedFields.in(rule.names().map(path -> path.find(json)).orElse(json), request.outputFields());
        return refused.isEmpty() || refused.size() == request.outputFields().size()
                ? new Reading(Verdict.MISCONFIGURED, rule.reason(), List.of())
                : new Reading(Verdict.FIELD_REFUSED, rule.reason(), List.of(), refused);
    }

    @Override
    public Reading read(List<Ask> asks, HttpAnswer answer) {
        JsonNode json = parsed(answer.body());
        Optional<Rule> rule =
                rules.stream().filter(each -> each.when().holds(answer, json)).findFirst();
        boolean isRead = UsualStatus.isRead(answer.status());
        Optional<Rule> last = rule.filter(each -> isRead && each.verdict().equals(Optional.of(Verdict.ANSWERED_LAST)));
        if (rule.flatMap(Rule::verdict).filter(Verdict.FIELD_REFUSED::equals).isPresent()) {
            return refusal(rule.get(), json);
        }
        Optional<Outcome> alone = rule.flatMap(Rule::alone).filter(outcome -> asks.size() == 1);
        if (alone.isPresent()) {
            return spoken(Verdict.ANSWERED, alone, rule.get().reason(), asks, json);
        }
        if (rule.isPresent() && last.isEmpty()) {
            return spoken(
                    rule.get().verdict().orElse(Verdict.ANSWERED),
                    rule.get().outcome(),
                    rule.get().reason(),
                    asks,
                    json);
        }
        if (!isRead) {
            UsualStatus usual = UsualStatus.of(answer.status(), asks.size());
            return spoken(usual.verdict(), usual.outcome(), usual.reason(), asks, json);
        }
        if (json.isMissingNode()
                || batch.isPresent() && !batch.get().isItems(batch.get().items().find(json))) {
            return new Reading(Verdict.UNREADABLE, "unreadable_body", List.of());
        }
        Items items = batch.isPresent() ? batchItems(batch.get(), asks, json) : single(asks.get(0), json);
        if (!items.read().isEmpty() && items.read().stream().allMatch(item -> item.outcome() == Outcome.UNKNOWN)) {
            return new Reading(Verdict.UNREADABLE, "unrecognised_body", List.of());
        }
        return items.reading(last, shareStatedCost(items.read(), json));
    }

    /**
     * What the items of a response say.
     *
     * @param unanswered the rules by which items are no answers
     */
    private record Items(List<ItemReading> read, List<Rule> unanswered) {
        Reading reading(Optional<Rule> last, List<ItemReading> priced) {
            Optional<Rule> gone = last.or(() -> unanswered.stream()
                    .filter(rule -> rule.verdict().equals(Optional.of(Verdict.CREDITS_GONE)))
                    .findFirst());
            if (gone.isPresent()) {
                return new Reading(
                        priced.isEmpty() ? Verdict.CREDITS_GONE : Verdict.ANSWERED_LAST,
                        gone.get().reason(),
                        priced);
            }
            return priced.isEmpty() && !unanswered.isEmpty()
                    ? new Reading(Verdict.TRANSIENT, unanswered.get(0).reason(), List.of())
                    : new Reading(Verdict.ANSWERED, "", priced);
        }
    }

    private Items single(Ask ask, JsonNode json) {
        JsonNode item = joined(json, json);
        Optional<Rule> unanswered = subject.unanswered(item);
        return unanswered.isPresent()
                ? new Items(List.of(), List.of(unanswered.get()))
                : new Items(List.of(subject.read(ask, item, "")), List.of());
    }

    private JsonNode joined(JsonNode item, JsonNode json) {
        JsonNode joined = item;
        for (Join join : joins) {
            joined = join.into(joined, json);
        }
        return joined;
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

    private Items batchItems(BatchRule rule, List<Ask> asks, JsonNode json) {
        JsonNode found = rule.items().find(json);
        List<ItemReading> read = new ArrayList<>();
        List<Rule> unanswered = new ArrayList<>();
        Alignment alignment = Alignment.of(rule, asks, found);
        String folder =
                rule.items().text().isEmpty() ? "/" : "/" + rule.items().text().replace('.', '/') + "/";
        boolean strange = alignment.strays().anyMatch(item -> !subject.recognises(item));
        for (Ask ask : asks) {
            Optional<Alignment.Placed> placed = alignment.of(ask);
            if (placed.isPresent()) {
                JsonNode item = joined(placed.get().node(), json);
                // What is shared stands outside of the item, so the whole body is kept.
                String bodyPath = joins.isEmpty() ? folder + placed.get().pointer() : "";
                subject.unanswered(item)
                        .ifPresentOrElse(unanswered::add, () -> read.add(subject.read(ask, item, bodyPath)));
            } else if (strange) {
                // What cannot be understood may be this ask's answer.
                read.add(subject.without(ask.reference(), Outcome.UNKNOWN, "unrecognised", ""));
            } else if (rule.leftOutIsNotFound()) {
                read.add(subject.without(ask.reference(), Outcome.NOT_FOUND, "no_match", ""));
            }
        }
        return new Items(read, unanswered);
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
