package io.tributary.provider;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Identifiers;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One way to ask a provider: a path, what it needs, what it costs, and how its answers are read. Thread-safe. */
public interface Operation {
    /** The provider's name, as in its file. */
    String provider();

    /** The operation's name inside the provider, for instance {@code person-bulk}. */
    String name();

    EntityKind entity();

    /** The fields of its entity that an answer may fill; all of them where that is not known. */
    default Set<Field> brings() {
        return Set.copyOf(Field.of(entity()));
    }

    /** The most asks that one call may carry; 1 for a single look-up. */
    int batchSize();

    /** The most credits that one ask can cost; budgets are cut by this figure. */
    double worstCaseCredits();

    /** The quota windows' endpoint that calls of this operation count against. */
    String endpoint();

    /** Whether these inputs are enough to ask. */
    boolean accepts(Identifiers inputs);

    /**
     * The inputs that would be sent, in a canonical text: the same subject asked the same way always gives the same text,
     * so that it can be part of the entry key. Holds personal data; hash it before it is shown.
     */
    String canonicalInput(Identifiers inputs);

    /** What may be done when the outcome of such an ask is unknown, where {@code usual} is the provider's rule. */
    default ReAsk reAsk(ReAsk usual) {
        return usual;
    }

    /** How long a run waits for an answer that is fetched in this way; empty where it looks once. */
    default Optional<Patience> patience() {
        return Optional.empty();
    }

    /**
     * The request for these asks, without credentials.
     *
     * @throws IllegalArgumentException if there are none, more than {@link #batchSize()}, or one is not accepted
     */
    HttpCall render(List<Ask> asks);

    /**
     * The same without some of the fields that the provider's file asks for by name.
     *
     * @param without fields that the account may not see
     */
    default HttpCall render(List<Ask> asks, Set<String> without) {
        return render(asks);
    }

    /** Understands a complete response to {@link #render} of the same asks. Never throws on any response. */
    Reading read(List<Ask> asks, HttpAnswer answer);
}
