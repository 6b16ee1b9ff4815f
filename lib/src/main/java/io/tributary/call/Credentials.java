package io.tributary.call;

import io.tributary.provider.HttpCall;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The keys of one provider, of which the first that it still accepts is in use. Thread-safe. */
public interface Credentials {
    /**
     * The call with the key that is in use.
     *
     * @return empty if the provider has refused every key
     */
    Optional<Signed> sign(HttpCall call);

    /** The place in the rotation set of the key that {@link #sign} would take now. */
    default int inUse() {
        return 0;
    }

    /**
     * The provider did not accept this key.
     *
     * @return completes when it is known what is used from now on: whether a call that carried this key is worth another try
     */
    CompletionStage<Boolean> refused(Ticket ticket);

    /** A provider that wants no key. */
    static Credentials none() {
        Ticket nothing = new Ticket(0, 0);
        return new Credentials() {
            @Override
            public Optional<Signed> sign(HttpCall call) {
                return Optional.of(new Signed(call, nothing));
            }

            @Override
            public CompletionStage<Boolean> refused(Ticket ticket) {
                return CompletableFuture.completedFuture(false);
            }
        };
    }
}
