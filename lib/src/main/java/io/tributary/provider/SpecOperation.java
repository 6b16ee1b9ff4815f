package io.tributary.provider;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Identifiers;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An operation as a provider's file describes it. Immutable. */
final class SpecOperation implements Operation {
    private final String provider;
    private final String name;
    private final List<Set<Identifiers.Input>> needs;
    private final RequestTemplate request;
    private final ResponseRule response;
    private final Set<Field> brings;

    SpecOperation(
            String provider,
            String name,
            List<Set<Identifiers.Input>> needs,
            RequestTemplate request,
            ResponseRule response) {
        this.provider = provider;
        this.name = name;
        this.needs = List.copyOf(needs);
        this.request = request;
        this.response = response;
        this.brings = response.subject().brings();
    }

    /** The sets of inputs of which one must be known whole. */
    List<Set<Identifiers.Input>> needs() {
        return needs;
    }

    /** What its responses mean. */
    ResponseRule response() {
        return response;
    }

    SubjectRule subject() {
        return response.subject();
    }

    /** Scheme, host and perhaps a path prefix. */
    URI base() {
        return request.base();
    }

    /** This operation at another address. */
    SpecOperation at(URI base) {
        return new SpecOperation(provider, name, needs, request.at(base), response);
    }

    /** How an answer of this operation that is pending is fetched. */
    Resumption resumption(PendingRule rule) {
        return rule.poll()
                .map(poll -> Resumption.byJob(this, polling(poll), rule.patience()))
                .orElseGet(() -> Resumption.bySameRequest(this, rule.patience()));
    }

    /** How the pages of a finished job are fetched; empty where a job has none. */
    Optional<Resumption> pages(PendingRule rule) {
        return rule.poll().flatMap(poll -> poll.pages()
                .map(pages -> Resumption.byJob(
                        this,
                        fetching(poll.pageRequest().orElse(poll.request()), poll, Optional.of(pages.inPage())),
                        Optional.of(PageRule.PATIENCE))));
    }

    private SpecOperation polling(PendingRule.Poll poll) {
        return fetching(poll.request(), poll, poll.pages());
    }

    private SpecOperation fetching(RequestTemplate how, PendingRule.Poll poll, Optional<PageRule> pages) {
        return new SpecOperation(provider, name, List.of(Set.of()), how, response.ofJob(poll, pages));
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
        return response.subject().entity();
    }

    @Override
    public Set<Field> brings() {
        return brings;
    }

    @Override
    public int batchSize() {
        return response.batch().map(BatchRule::size).orElse(1);
    }

    @Override
    public double worstCaseCredits() {
        return response.subject().credits().worst();
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

    @Override
    public Reading read(List<Ask> asks, HttpAnswer answer) {
        return response.read(asks, answer);
    }
}
