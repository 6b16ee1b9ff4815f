package io.tributary.jobs.cluster;

import io.tributary.call.Ticket;
import io.tributary.credential.KeyUse;
import java.util.List;

/**
 * What an executor wants of the keys.
 *
 * @param ticket of {@link Kind#REFUSED}
 * @param uses of {@link Kind#USED}
 * @param text of {@link Kind#NOTICE}: what a person should know
 */
record KeyRequest(Kind kind, String run, String provider, Ticket ticket, List<KeyUse> uses, String text) {
    static KeyRequest grants(String run, String provider) {
        return new KeyRequest(Kind.GRANTS, run, provider, null, List.of(), "");
    }

    static KeyRequest refused(String run, String provider, Ticket ticket) {
        return new KeyRequest(Kind.REFUSED, run, provider, ticket, List.of(), "");
    }

    static KeyRequest used(String run, String provider, List<KeyUse> uses) {
        return new KeyRequest(Kind.USED, run, provider, null, uses, "");
    }

    static KeyRequest notice(String run, String text) {
        return new KeyRequest(Kind.NOTICE, run, "", null, List.of(), text);
    }

    enum Kind {
        GRANTS,
        REFUSED,
        USED,
        NOTICE
    }
}
