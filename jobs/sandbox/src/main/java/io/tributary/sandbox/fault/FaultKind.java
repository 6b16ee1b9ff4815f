package io.tributary.sandbox.fault;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What can go wrong with a call. */
public enum FaultKind {
    ERROR_500("500"),
    /** With Retry-After. */
    UNAVAILABLE_503("503"),
    TOO_MANY_429("429"),
    BAD_REQUEST_400("400"),
    INVALID_422("422"),
    /** Credits gone, as the provider says it. */
    CREDITS_402("402"),
    /** Accepted, answered later; only where the provider has such answers. */
    PENDING_202("202"),
    /** The call is taken and billed; no answer comes; the connection closes after a while. */
    HANG("hang"),
    /** Billed; the connection closes in the middle of the body. */
    TORN("torn"),
    /** Billed; a complete answer whose body is no JSON. */
    BROKEN("broken"),
    /** Billed; the connection is reset instead of an answer. */
    RESET("reset"),
    /** Billed; the body comes in two halves with a pause between them. */
    SLOW("slow"),
    /** A batch answers fewer items than were asked, and bills those only. */
    BATCH_SHORT("batch_short"),
    BATCH_REORDERED("batch_reordered"),
    /** A batch answers its first item twice. */
    BATCH_DOUBLED("batch_doubled"),
    /** Some items of a batch fail, where the provider has a status per item; else as a short batch. */
    BATCH_PARTIAL("batch_partial");

    private final String id;

    FaultKind(String id) {
        this.id = id;
    }

    /** The name in profiles and in the ledger. */
    @JsonValue
    public String id() {
        return id;
    }

    /**
     * The inverse of {@link #id()}.
     *
     * @throws IllegalArgumentException naming the known kinds
     */
    @JsonCreator
    public static FaultKind of(String id) {
        return Arrays.stream(values())
                .filter(kind -> kind.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no fault \"" + id + "\"; one of "
                        + Arrays.stream(values()).map(FaultKind::id).collect(Collectors.joining(", "))));
    }

    static final List<FaultKind> ALL = List.of(values());
}
