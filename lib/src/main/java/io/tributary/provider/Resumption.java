package io.tributary.provider;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Identifiers;
import io.tributary.model.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Fetches the answer to an ask that was accepted, under the key of that ask. What the acceptance cost is not paid again:
 * only what the answer costs beyond it counts. Immutable.
 */
final class Resumption implements Operation {
    private final SpecOperation asked;
    private final SpecOperation sent;
    private final boolean polls;
    private final Optional<Patience> patience;
    private final double paid;

    private Resumption(SpecOperation asked, SpecOperation sent, boolean polls, Optional<Patience> patience) {
        this.asked = asked;
        this.sent = sent;
        this.polls = polls;
        this.patience = patience;
        this.paid = asked.subject().without("", Outcome.PENDING, "", "").credits();
    }

    /** By making the same request again. */
    static Resumption bySameRequest(SpecOperation asked, Optional<Patience> patience) {
        return new Resumption(asked, asked, false, patience);
    }

    /** By asking for the job. */
    static Resumption byJob(SpecOperation asked, SpecOperation poll, Optional<Patience> patience) {
        return new Resumption(asked, poll, true, patience);
    }

    /** Whether a pending answer can be fetched in this way. */
    boolean takes(Pending pending) {
        return !polls || !pending.jobId().isEmpty();
    }

    /** What the responses mean in which the answer is fetched. */
    ResponseRule response() {
        return sent.response();
    }

    @Override
    public String provider() {
        return asked.provider();
    }

    @Override
    public String name() {
        return asked.name();
    }

    @Override
    public EntityKind entity() {
        return asked.entity();
    }

    @Override
    public Set<Field> brings() {
        return asked.brings();
    }

    @Override
    public int batchSize() {
        return sent.batchSize();
    }

    @Override
    public double worstCaseCredits() {
        return Math.max(0, asked.worstCaseCredits() - paid);
    }

    @Override
    public String endpoint() {
        return sent.endpoint();
    }

    @Override
    public boolean accepts(Identifiers inputs) {
        return polls || asked.accepts(inputs);
    }

    @Override
    public String canonicalInput(Identifiers inputs) {
        return asked.canonicalInput(inputs);
    }

    /** Asking how a job is buys nothing. */
    @Override
    public ReAsk reAsk(ReAsk usual) {
        return polls ? ReAsk.FREE : usual;
    }

    @Override
    public Optional<Patience> patience() {
        return patience;
    }

    @Override
    public HttpCall render(List<Ask> asks) {
        return sent.render(asks);
    }

    @Override
    public HttpCall render(List<Ask> asks, Set<String> without) {
        return sent.render(asks, without);
    }

    @Override
    public Reading read(List<Ask> asks, HttpAnswer answer) {
        Reading reading = sent.read(asks, answer);
        return new Reading(
                reading.verdict(),
                reading.reason(),
                reading.items().stream().map(item -> resumed(asks, item)).toList(),
                reading.refusedFields());
    }

    private ItemReading resumed(List<Ask> asks, ItemReading item) {
        ItemReading priced = item.costing(Math.max(0, item.credits() - paid));
        if (item.outcome() != Outcome.PENDING || item.jobId().isPresent()) {
            return priced;
        }
        Optional<String> job = asks.stream()
                .filter(ask -> ask.reference().equals(item.reference()))
                .flatMap(ask -> ask.pending().stream())
                .map(Pending::jobId)
                .filter(id -> !id.isEmpty())
                .findFirst();
        return priced.ofJob(job);
    }
}
