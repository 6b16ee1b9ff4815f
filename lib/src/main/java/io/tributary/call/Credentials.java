package io.tributary.call;

import io.tributary.provider.Auth;
import io.tributary.provider.HttpCall;
import io.tributary.secret.SecretRef;
import io.tributary.secret.SecretSource;
import java.util.List;

/** The rotation set of one provider's keys. Thread-safe. */
public interface Credentials {
    /** How many keys there are, at least 1. */
    int keys();

    /**
     * The call with a key added, to be sent at once and never stored.
     *
     * @param keyIndex from 0
     */
    HttpCall apply(HttpCall call, int keyIndex);

    /**
     * Begins to renew what stands for a key, if it is one that can be renewed.
     *
     * @return whether a call that the provider did not accept is worth another try shortly after
     */
    default boolean renew(int keyIndex) {
        return false;
    }

    /** The provider did not accept this key. */
    void rejected(int keyIndex);

    /**
     * Keys by reference, first choice first; all are resolved at once, so that a missing one is found before the first call.
     *
     * @throws io.tributary.secret.SecretUnavailableException if one is not there
     * @throws IllegalArgumentException if there are no references
     */
    static Credentials of(Auth auth, List<SecretRef> refs, SecretSource source) {
        return RingCredentials.resolve(auth, refs, source);
    }

    /** A provider that wants no key. */
    static Credentials none() {
        return new Credentials() {
            @Override
            public int keys() {
                return 1;
            }

            @Override
            public HttpCall apply(HttpCall call, int keyIndex) {
                return call;
            }

            @Override
            public void rejected(int keyIndex) {}
        };
    }
}
