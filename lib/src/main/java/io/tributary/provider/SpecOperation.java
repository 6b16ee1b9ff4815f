package io.tributary.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tributary.model.EntityKind;
import io.tributary.model.Identifiers;
import io.tributary.model.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An operation as a provider's file describes it. Immutable. */
final class SpecOperation implements Operation {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String provider;
    private final String name;
    private final List<Set<Identifiers.Input>> needs;
    private final RequestTemplate request;
    private final Optional<BatchRule> batch;
    private final List<Rule> rules;
    private final NodePath result;
    private final SubjectRule subject;

    SpecOperation(
            String provider,
            String name,
            List<Set<Identifiers.Input>> needs,
            RequestTemplate request,
            Optional<BatchRule> batch,
            List<Rule> rules,
            NodePath result,
            SubjectRule subject) {
        this.provider = provider;
        this.name = name;
        this.needs = List.copyOf(needs);
        this.request = request;
        this.batch = batch;
        this.rules = List.copyOf(rules);
        this.result = result;
        this.subject = subject;
    }

    /** This operation at another address. */
    SpecOperation at(java.net.URI base) {
        return new SpecOperation(provider, name, needs, request.at(base), batch, rules, result, subject);
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
        JsonNode json;
        try {
            json = answer.body().length == 0 ? MissingNode.getInstance() : JSON.readTree(answer.body());
        } catch (JsonProcessingException notJson) {
            json = null;
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory does not fail", e);
        }
        Optional<Rule> rule = ruled(answer, json == null ? MissingNode.getInstance() : json);
        if (rule.isPresent()) {
            return byRule(rule.get(), asks);
        }
        if (answer.status() / 100 != 2) {
            return UsualStatus.of(answer.status(), asks.size()).reading(asks, subject);
        }
        if (json == null || json.isMissingNode()) {
            return new Reading(Verdict.UNREADABLE, "unreadable_body", List.of());
        }
        List<ItemReading> items = batch.isPresent() ? batchItems(batch.get(), asks, json) : single(asks.get(0), json);
        return new Reading(Verdict.ANSWERED, "", shareStatedCost(items, json));
    }

    private Optional<Rule> ruled(HttpAnswer answer, JsonNode json) {
        return rules.stream().filter(rule -> rule.when().holds(answer, json)).findFirst();
    }

    private Reading byRule(Rule rule, List<Ask> asks) {
        if (rule.verdict().isPresent()) {
            return new Reading(rule.verdict().get(), rule.reason(), List.of());
        }
        return new Reading(
                Verdict.ANSWERED,
                rule.reason(),
                asks.stream()
                        .map(ask -> subject.without(ask.reference(), rule, ""))
                        .toList());
    }

    private List<ItemReading> single(Ask ask, JsonNode json) {
        return List.of(subject.read(ask.reference(), result.find(json), ""));
    }

    private List<ItemReading> batchItems(BatchRule rule, List<Ask> asks, JsonNode json) {
        JsonNode array = rule.items().find(json);
        List<ItemReading> items = new ArrayList<>();
        Alignment alignment = Alignment.of(rule, asks, array);
        for (Ask ask : asks) {
            int index = alignment.indexOf(ask);
            if (index >= 0) {
                JsonNode node = result.find(array.get(index));
                String pointer = "/" + rule.items().text().replace('.', '/') + "/" + index;
                items.add(
                        subject.read(ask.reference(), node, rule.items().text().isEmpty() ? "/" + index : pointer));
            } else if (rule.leftOutIsNotFound() && array.isArray()) {
                items.add(subject.read(ask.reference(), MissingNode.getInstance(), ""));
            }
        }
        return items;
    }

    /** Where the response states what the call cost, the items with data share it. */
    private List<ItemReading> shareStatedCost(List<ItemReading> items, JsonNode json) {
        Optional<JsonNode> stated =
                subject.credits().stated().map(path -> path.find(json)).filter(JsonNode::isNumber);
        long paying = items.stream().filter(item -> item.outcome().hasData()).count();
        if (stated.isEmpty() || paying == 0 || stated.get().doubleValue() < 0) {
            return items;
        }
        double each = stated.get().doubleValue() / paying;
        return items.stream()
                .map(item -> item.outcome().hasData()
                        ? new ItemReading(
                                item.reference(),
                                item.outcome(),
                                item.reason(),
                                each,
                                item.confidence(),
                                item.profiles(),
                                item.jobId(),
                                item.bodyPath())
                        : item)
                .toList();
    }

    /** What a status means where the file says nothing else. */
    private record UsualStatus(Verdict verdict, Optional<Outcome> outcome, String reason) {
        static UsualStatus of(int status, int asks) {
            return switch (status) {
                case 400, 422 -> new UsualStatus(Verdict.ANSWERED, Optional.of(Outcome.REJECTED), "invalid_input");
                case 401, 403 -> new UsualStatus(Verdict.BAD_CREDENTIAL, Optional.empty(), "http_" + status);
                case 402 -> new UsualStatus(Verdict.CREDITS_GONE, Optional.empty(), "http_402");
                case 404, 405, 410 -> new UsualStatus(Verdict.MISCONFIGURED, Optional.empty(), "no_such_path");
                case 413 ->
                    new UsualStatus(asks > 1 ? Verdict.SPLIT : Verdict.MISCONFIGURED, Optional.empty(), "too_large");
                case 429 -> new UsualStatus(Verdict.RATE_LIMITED, Optional.empty(), "http_429");
                case 451 -> new UsualStatus(Verdict.ANSWERED, Optional.of(Outcome.SUPPRESSED), "legal");
                case 504 -> new UsualStatus(asks > 1 ? Verdict.SPLIT : Verdict.TRANSIENT, Optional.empty(), "http_504");
                default ->
                    status >= 500
                            ? new UsualStatus(Verdict.TRANSIENT, Optional.empty(), "http_" + status)
                            : new UsualStatus(Verdict.MISCONFIGURED, Optional.empty(), "unexpected_" + status);
            };
        }

        Reading reading(List<Ask> asks, SubjectRule subject) {
            if (outcome.isEmpty()) {
                return new Reading(verdict, reason, List.of());
            }
            Rule rule = new Rule(
                    new Condition(List.of(), java.util.Map.of(), java.util.Map.of()),
                    Optional.empty(),
                    outcome,
                    reason);
            return new Reading(
                    verdict,
                    reason,
                    asks.stream()
                            .map(ask -> subject.without(ask.reference(), rule, ""))
                            .toList());
        }
    }
}
