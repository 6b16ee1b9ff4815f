package io.tributary.provider;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tributary.model.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the responses of one operation mean: rules first, then what its status usually means, then its items.
 *
 * @param batch how several asks are told apart; empty where a call carries one
 * @param rules the first that holds decides
 * @param subject how one subject is read
 * @param outputFields what is asked for by name, so that a refusal of one of them can be told
 * @param job where a response that accepts names what it accepted
 * @param joins what items share
 * @param pages how what is left of a job is found; empty where a job comes whole
 */
record ResponseRule(
        Optional<BatchRule> batch,
        List<Rule> rules,
        SubjectRule subject,
        List<String> outputFields,
        Optional<NodePath> job,
        List<Join> joins,
        Optional<PageRule> pages) {
    /** Some providers let control characters through; what was paid for is read all the same. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    ResponseRule {
        rules = List.copyOf(rules);
        outputFields = List.copyOf(outputFields);
        joins = List.copyOf(joins);
    }

    /** What the responses of a job mean that an operation started. */
    ResponseRule ofJob(PendingRule.Poll poll, Optional<PageRule> pages) {
        return new ResponseRule(
                batch.map(rule -> rule.inJob(poll.items())),
                poll.rules(),
                subject.at(poll.result(), poll.miss()),
                List.of(),
                Optional.empty(),
                joins,
                pages);
    }

    /** Without a name nothing can be left out, and the file asks for what it may not. */
    private Reading refusal(Rule rule, JsonNode json) {
        Set<String> refused =
                RefusedFields.in(rule.names().map(path -> path.find(json)).orElse(json), outputFields);
        return refused.isEmpty() || refused.size() == outputFields.size()
                ? new Reading(Verdict.MISCONFIGURED, rule.reason(), List.of())
                : new Reading(Verdict.FIELD_REFUSED, rule.reason(), List.of(), refused);
    }

    /** What a response to these asks means. */
    Reading read(List<Ask> asks, HttpAnswer answer) {
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
        if (!json.isMissingNode() && pages.filter(PageRule::apart).isPresent()) {
            return pages.get().started(asks, json, subject);
        }
        if (json.isMissingNode()
                || batch.isPresent() && !batch.get().isItems(batch.get().items().find(json))) {
            return new Reading(Verdict.UNREADABLE, "unreadable_body", List.of());
        }
        Items items = batch.isPresent() ? batchItems(batch.get(), asks, json) : single(asks.get(0), json);
        if (!items.read().isEmpty() && items.read().stream().allMatch(ResponseRule::isNotUnderstood)) {
            return new Reading(Verdict.UNREADABLE, "unrecognised_body", List.of());
        }
        return items.reading(last, shareStatedCost(items.read(), json));
    }

    /** Of a job that is gone it is known that nothing is known. */
    private static boolean isNotUnderstood(ItemReading item) {
        return item.outcome() == Outcome.UNKNOWN && item.jobId().isEmpty();
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

    /** What one item of a batch says, where it stands alone; empty if it is no answer or none that is understood. */
    Optional<ItemReading> item(Ask ask, JsonNode item) {
        return item.isObject()
                        && subject.recognises(item)
                        && subject.unanswered(item).isEmpty()
                ? Optional.of(subject.read(ask, item, ""))
                : Optional.empty();
    }

    private JsonNode joined(JsonNode item, JsonNode json) {
        JsonNode joined = item;
        for (Join join : joins) {
            joined = join.into(joined, json);
        }
        return joined;
    }

    /** A missing node where there is no JSON document, or something after it. */
    static JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException notJson) {
            // Not only a syntax fault: the first bytes may speak of an encoding that there is no reader for.
            return MissingNode.getInstance();
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
            Optional<ItemReading> elsewhere =
                    placed.isPresent() ? Optional.empty() : pages.flatMap(each -> each.elsewhere(ask, json, subject));
            if (placed.isPresent()) {
                JsonNode item = joined(placed.get().node(), json);
                // What is shared stands outside of the item, so the whole body is kept.
                String bodyPath = joins.isEmpty() ? folder + placed.get().pointer() : "";
                subject.unanswered(item)
                        .ifPresentOrElse(unanswered::add, () -> read.add(subject.read(ask, item, bodyPath)));
            } else if (elsewhere.isPresent()) {
                read.add(elsewhere.get());
            } else if (strange) {
                // What cannot be understood may be this ask's answer.
                read.add(subject.without(ask.reference(), Outcome.UNKNOWN, "unrecognised", ""));
            } else if (rule.leftOut() == BatchRule.LeftOut.NOT_FOUND) {
                read.add(subject.without(ask.reference(), Outcome.NOT_FOUND, "no_match", ""));
            } else if (rule.leftOut() == BatchRule.LeftOut.GONE) {
                read.add(subject.without(ask.reference(), Outcome.UNKNOWN, "left_out", "")
                        .ofJob(ask.pending().map(Pending::jobId)));
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
