package io.tributary.sandbox.dialect;

import io.tributary.sandbox.quota.Limit;
import io.tributary.sandbox.quota.WindowUse;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one provider speaks. The server asks in this order: {@link #operation}, {@link #credential}, the rate windows of the
 * operation's scope, then {@link #answer}. Immutable, thread-safe; whatever a provider remembers lives in the
 * {@link Desk}.
 */
public interface Dialect {
    /** The provider's name, as in {@code conf/providers}. */
    String provider();

    /** The first path segments under which it answers; each stands for one of its hosts. */
    List<String> prefixes();

    /** The key that works from the start. */
    String sandboxKey();

    /** What a request asks for; nothing if the provider has no such path. */
    Optional<Operation> operation(Request request);

    /** The key that a request carries, in any of the forms that the provider takes. */
    Optional<String> credential(Request request);

    /** The published windows of a scope. */
    List<Limit> limits(String scope);

    /** How the provider's windows lie when a setting replaces them. */
    default Limit.Kind windowKind() {
        return Limit.Kind.SLIDING;
    }

    /** Whether a refused credential counts against the rate windows too. */
    default boolean countsUnauthorized() {
        return false;
    }

    /** What stands in the headers of every metered answer. */
    default Map<String, String> rateHeaders(List<WindowUse> windows) {
        return Map.of();
    }

    /** Its habits that can be switched; all names are of this provider. */
    default List<Quirk> quirks() {
        return List.of();
    }

    Reply unknownPath(Request request);

    /** @param given whether the request carried a key at all */
    Reply unauthorized(boolean given);

    /** The same, where it depends on more than that. */
    default Reply unauthorized(Operation operation, Request request) {
        return unauthorized(credential(request).isPresent());
    }

    /** How long a reply is held back before it goes out, besides the usual latency. */
    default Duration heldBack(Reply reply) {
        return Duration.ZERO;
    }

    Reply throttled(Operation operation, Throttle throttle);

    /** The provider's own form of a failure: 400, 402 (credits gone, whatever status that has here), 422, 500 or 503. */
    Reply failure(Operation operation, int kind);

    /** How it says that the credits are gone, where it has several ways. */
    default Reply creditsGone(Operation operation, Desk desk) {
        return failure(operation, 402);
    }

    Reply answer(Operation operation, Request request, Desk desk);
}
