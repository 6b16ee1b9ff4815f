package io.tributary.jobs.cluster;

import io.tributary.call.Ticket;
import io.tributary.credential.KeyUse;
import java.util.List;

/**
 * What an executor wants of the keys.
 *
 * @param ticket of {@link Kind#REFUSED}
 * @param uses of {@link Kind#USED}
 */
record KeyRequest(Kind kind, String run, String provider, Ticket ticket, List<KeyUse> uses) {
    enum Kind {
        GRANTS,
        REFUSED,
        USED
    }
}
