package io.tributary.call;

import io.tributary.provider.Auth;
import io.tributary.provider.HttpCall;
import io.tributary.secret.Secret;
import io.tributary.secret.SecretRef;
import io.tributary.secret.SecretSource;
import java.util.List;

/** Keys from references, put on calls as the provider's file says. Immutable; prints as nothing but the references. */
record RingCredentials(Auth auth, List<Secret> secrets) implements Credentials {
    RingCredentials {
        secrets = List.copyOf(secrets);
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("a provider with keys needs at least one");
        }
    }

    static RingCredentials resolve(Auth auth, List<SecretRef> refs, SecretSource source) {
        return new RingCredentials(
                auth, refs.stream().distinct().map(source::resolve).toList());
    }

    @Override
    public int keys() {
        return secrets.size();
    }

    @Override
    public HttpCall apply(HttpCall call, int keyIndex) {
        return auth.sign(call, secrets.get(keyIndex).reveal());
    }

    @Override
    public void rejected(int keyIndex) {}
}
