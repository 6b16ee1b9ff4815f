package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** How a provider's account is looked at, as its file describes it. Immutable. */
public final class BalanceQuery {
    /**
     * Which of several meters is the one that our operations spend.
     *
     * @param among where they lie
     * @param where what holds for ours; the first counts
     */
    record Choice(NodePath among, Condition where) {
        Optional<JsonNode> of(JsonNode json) {
            return among.findAll(json).stream().filter(where::bodyHolds).findFirst();
        }
    }

    private final String host;
    private final RequestTemplate request;
    private final List<Rule> rules;
    private final Optional<Choice> choice;
    private final Optional<Meter> remaining;
    private final Optional<Meter> used;
    private final Optional<Meter> limit;

    /**
     * @param host the name of the host that it goes to
     * @param rules what responses mean; the first that holds decides
     * @param choice empty where paths start from the whole body
     * @param limit what remaining and used add up to; with either of them the other one is known
     */
    BalanceQuery(
            String host,
            RequestTemplate request,
            List<Rule> rules,
            Optional<Choice> choice,
            Optional<Meter> remaining,
            Optional<Meter> used,
            Optional<Meter> limit) {
        this.host = host;
        this.request = request;
        this.rules = List.copyOf(rules);
        this.choice = choice;
        this.remaining = remaining;
        this.used = used;
        this.limit = Objects.requireNonNull(limit, "limit");
    }

    String host() {
        return host;
    }

    /** The same look at another address. */
    BalanceQuery at(URI base) {
        return new BalanceQuery(host, request.at(base), rules, choice, remaining, used, limit);
    }

    /** What its calls count against where a window is per endpoint. */
    public String endpoint() {
        return request.path();
    }

    /** The call, without credentials. */
    public HttpCall call() {
        return request.render(List.of(), Set.of());
    }

    /** What a response means; never throws for anything that a provider can say. */
    public BalanceReading read(HttpAnswer answer) {
        JsonNode json = ResponseRule.parsed(answer.body());
        Optional<Rule> rule =
                rules.stream().filter(each -> each.when().holds(answer, json)).findFirst();
        boolean isRead = UsualStatus.isRead(answer.status());
        boolean answered = rule.isEmpty() || rule.get().verdict().equals(Optional.of(Verdict.ANSWERED_LAST));
        if (rule.isPresent() && !(isRead && answered)) {
            return new BalanceReading(
                    rule.get().verdict().orElse(Verdict.ANSWERED), rule.get().reason(), Optional.empty());
        }
        if (!isRead) {
            UsualStatus usual = UsualStatus.of(answer.status(), 1);
            return new BalanceReading(usual.verdict(), usual.reason(), Optional.empty());
        }
        Optional<JsonNode> within =
                choice.isEmpty() ? Optional.of(json) : choice.get().of(json);
        return within.flatMap(node -> balance(answer, node))
                .map(told -> new BalanceReading(Verdict.ANSWERED, "", Optional.of(told)))
                .orElseGet(() -> new BalanceReading(Verdict.UNREADABLE, "no_balance_in_it", Optional.empty()));
    }

    private Optional<Balance> balance(HttpAnswer answer, JsonNode within) {
        OptionalDouble left = amount(remaining, answer, within);
        OptionalDouble spent = amount(used, answer, within);
        OptionalDouble all = amount(limit, answer, within);
        OptionalDouble leftOver = left.isPresent() ? left : rest(all, spent);
        OptionalDouble spentInAll = spent.isPresent() ? spent : rest(all, left);
        return leftOver.isEmpty() && spentInAll.isEmpty()
                ? Optional.empty()
                : Optional.of(new Balance(leftOver, spentInAll));
    }

    private static OptionalDouble amount(Optional<Meter> meter, HttpAnswer answer, JsonNode within) {
        return meter.map(each -> each.amount(answer, within)).orElse(OptionalDouble.empty());
    }

    /** Nothing is left of a limit that was passed. */
    private static OptionalDouble rest(OptionalDouble all, OptionalDouble part) {
        return all.isPresent() && part.isPresent()
                ? OptionalDouble.of(Math.max(0, all.getAsDouble() - part.getAsDouble()))
                : OptionalDouble.empty();
    }
}
