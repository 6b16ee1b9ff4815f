package io.tributary.credential;

import io.tributary.call.Ticket;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where keys are granted: the desk itself, or a wire to it. Thread-safe. */
public interface KeySource {
    /** The keys of a provider as they are now; never blocks. */
    CompletionStage<Grants> grants(String provider);

    /** The provider did not accept a key; completes with what is used from now on. Never blocks. */
    CompletionStage<Grants> refused(String provider, Ticket ticket);

    /** For the report of the run; may wait a moment until it is taken. */
    void used(String provider, List<KeyUse> uses);
}
