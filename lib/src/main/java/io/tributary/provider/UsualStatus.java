package io.tributary.provider;

import io.tributary.model.Outcome;
import java.util.Optional;

/** What a status means where the provider's file says nothing about it. */
record UsualStatus(Verdict verdict, Optional<Outcome> outcome, String reason) {
    /** Whether the body of this status is an answer to be read; other statuses speak for themselves. */
    static boolean isRead(int status) {
        return status == 200 || status == 201 || status == 203;
    }

    /**
     * @param status one that {@link #isRead} refuses
     * @param asks how many asks the call carried
     */
    static UsualStatus of(int status, int asks) {
        return switch (status) {
            case 202 -> new UsualStatus(Verdict.ANSWERED, Optional.of(Outcome.PENDING), "accepted");
            case 400, 422 -> new UsualStatus(Verdict.ANSWERED, Optional.of(Outcome.REJECTED), "invalid_input");
            case 401, 403 -> new UsualStatus(Verdict.BAD_CREDENTIAL, Optional.empty(), "http_" + status);
            case 402 -> new UsualStatus(Verdict.CREDITS_GONE, Optional.empty(), "http_402");
            case 404, 405, 410 -> new UsualStatus(Verdict.MISCONFIGURED, Optional.empty(), "no_such_path");
            case 408, 425 -> new UsualStatus(Verdict.TRANSIENT, Optional.empty(), "http_" + status);
            case 413 ->
                new UsualStatus(asks > 1 ? Verdict.SPLIT : Verdict.MISCONFIGURED, Optional.empty(), "too_large");
            case 429 -> new UsualStatus(Verdict.RATE_LIMITED, Optional.empty(), "http_429");
            case 451 -> new UsualStatus(Verdict.ANSWERED, Optional.of(Outcome.SUPPRESSED), "legal");
            case 504 -> new UsualStatus(asks > 1 ? Verdict.SPLIT : Verdict.TRANSIENT, Optional.empty(), "http_504");
            default -> other(status);
        };
    }

    private static UsualStatus other(int status) {
        if (status >= 500) {
            return new UsualStatus(Verdict.TRANSIENT, Optional.empty(), "http_" + status);
        }
        return new UsualStatus(
                status / 100 == 2 ? Verdict.UNREADABLE : Verdict.MISCONFIGURED,
                Optional.empty(),
                "unexpected_" + status);
    }
}
