package io.tributary.call;

import java.util.Objects;

/** An exchange that brought no complete response. The message names the kind of fault only, never the address. */
public final class TransportException extends Exception {
    private static final long serialVersionUID = 1L;

    private static final String TOO_LATE = "too_late";

    /** Whether the provider can have seen the request. */
    public enum Sent {
        /** For certain not: nothing was bought. */
        NO,
        /** It may have, so it may have been bought. */
        MAYBE
    }

    private final Sent sent;
    private final String reason;
    private final int status;
    private final transient byte[] received;

    /**
     * @param reason a stable code in snake case, for instance {@code timeout}
     * @param status of the response as far as it came; 0 for none
     * @param received the body as far as it came
     */
    public TransportException(Sent sent, String reason, int status, byte[] received, Throwable cause) {
        super("no complete answer: " + reason, cause);
        this.sent = Objects.requireNonNull(sent, "sent");
        this.reason = Objects.requireNonNull(reason, "reason");
        this.status = status;
        this.received = received.clone();
    }

    /** A request that never left. */
    public static TransportException notSent(String reason, Throwable cause) {
        return new TransportException(Sent.NO, reason, 0, new byte[0], cause);
    }

    /** A request that might not leave any more when its turn came. */
    static TransportException tooLate() {
        return notSent(TOO_LATE, null);
    }

    /** A request that may have been received, without any answer. */
    public static TransportException noAnswer(String reason) {
        return new TransportException(Sent.MAYBE, reason, 0, new byte[0], null);
    }

    public Sent sent() {
        return sent;
    }

    public String reason() {
        return reason;
    }

    /** Whether nothing was sent because the call might not leave any more when its turn came. */
    public boolean isTooLate() {
        return reason.equals(TOO_LATE);
    }

    public int status() {
        return status;
    }

    public byte[] received() {
        return received == null ? new byte[0] : received.clone();
    }
}
