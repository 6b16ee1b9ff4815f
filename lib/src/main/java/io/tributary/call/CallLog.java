package io.tributary.call;

import io.tributary.journal.Entry;
import io.tributary.journal.Intent;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The journal as the caller sees it: never blocks. A failed stage means that nothing more may be asked. */
public interface CallLog {
    /** Completes when the intents are durable; none of these asks may be sent before. */
    CompletionStage<Void> intend(List<Intent> intents);

    /** Completes when the entries are taken; they are durable at the next flush, and unknown if the power goes before. */
    CompletionStage<Void> append(List<Entry> entries);

    /** So much waits for the journal that it should not wait for more. */
    default void hurry() {}
}
