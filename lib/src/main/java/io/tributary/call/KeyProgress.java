package io.tributary.call;

import io.tributary.model.Outcome;
import io.tributary.model.Profile;
import io.tributary.provider.Operation;
import io.tributary.wanted.WantedFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** How far one key has come down its waterfall, and what is still missing. Confined to the event loop. */
final class KeyProgress {
    private final Question question;
    private final CompletableFuture<KeyResult> done;
    private final List<ProviderResult> results = new ArrayList<>();
    private WantedFields missing;

    KeyProgress(Question question, CompletableFuture<KeyResult> done) {
        this.question = question;
        this.done = done;
        this.missing = question.wanted();
    }

    Question question() {
        return question;
    }

    /** What was said so far, to be added to. */
    List<ProviderResult> results() {
        return results;
    }

    /** Whether the question says which fields are wanted. */
    boolean isWanting() {
        return !question.wanted().isEmpty();
    }

    /** Whether an answer of that operation could bring anything that is still missing. */
    boolean hasUseFor(Operation operation) {
        return !isWanting() || missing.anyOf(operation.brings());
    }

    /** Takes in an answer with data, and says whether no more is needed. */
    boolean isEnough(ProviderResult result, boolean partialSatisfies) {
        if (!isWanting()) {
            return result.outcome() == Outcome.MATCHED || partialSatisfies;
        }
        Profile profile = result.profiles().get(question.key().kind().entity());
        if (profile != null) {
            missing = missing.after(profile, result.confidence().orElse(Double.NaN));
        }
        return missing.isEmpty();
    }

    /** All that could be of use were asked, and it was not enough. */
    void exhausted() {
        end(KeyResult.Disposition.EXHAUSTED, isWanting() ? missing.reason() : "");
    }

    void end(KeyResult.Disposition disposition, String reason) {
        done.complete(new KeyResult(
                question.key(), results, disposition, reason, isWanting() ? Optional.of(missing) : Optional.empty()));
    }

    /** The journal or our own code failed. */
    void fail(Throwable fault) {
        done.completeExceptionally(fault);
    }
}
