package io.tributary.sandbox.dialect;

import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Truth;
import io.tributary.sandbox.world.Company;
import io.tributary.sandbox.world.Person;
import io.tributary.sandbox.world.Sight;
import java.util.Optional;

/**
 * What is found for one input, however a surface words it.
 *
 * @param status the matchStatus
 * @param told whether the status is told
 * @param person who is found; empty where nobody is, or companies are asked for
 * @param company what is shown of a company, the employer's too
 * @param record ZoomInfo's id of what is found, which is what is billed; 0 for nothing
 */
record ZoomInfoMatch(
        ZoomInfoAsk ask,
        String status,
        boolean told,
        Truth truth,
        Sight sight,
        Optional<Person> person,
        Optional<Company> company,
        long record) {

    boolean found() {
        return truth == Truth.FOUND;
    }

    /** Its price as if it was bought for the first time. */
    Charge charge() {
        return found()
                ? Charge.once(ask.entity(), ask.input(), 200, 1)
                : Charge.free(ask.entity(), ask.input(), 200).meaning(truth);
    }

    /** A record is under management for a year from its first enrichment, by whatever input. */
    static Charge priced(Charge charge, long record, Desk desk) {
        return charge.credits() == 0 || desk.memory().buys(charge.entity() + "|" + Math.abs(record))
                ? charge
                : Charge.free(charge.entity(), charge.input(), charge.status()).meaning(charge.truth());
    }
}
