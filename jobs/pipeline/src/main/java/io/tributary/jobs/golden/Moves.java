package io.tributary.jobs.golden;

import io.tributary.identity.Employer;
import io.tributary.identity.Identify;
import io.tributary.identity.Options;
import io.tributary.identity.RawSubject;
import io.tributary.merge.FieldLineage;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Profile;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells when somebody seems to work elsewhere by now: the newest answer names another employer than the record does. */
record Moves(Options options) implements Serializable {
    /** The reason of a golden row that is enriched, and whose person seems to have moved. */
    static final String REASON = "moved";

    private static final List<Field> EMPLOYER = List.of(Field.PERSON_COMPANY_DOMAIN, Field.PERSON_COMPANY_NAME);

    /**
     * Whether the newest answer that names an employer names another.
     *
     * @param crm what a person typed; where that names no employer, what we filled in counts
     * @param before what we had filled in, and from which answer
     */
    boolean told(Profile crm, Map<Field, FieldLineage> before, List<Said> said) {
        Optional<Said> newest = said.stream()
                .filter(Said::hasData)
                .filter(one -> EMPLOYER.stream()
                        .anyMatch(field -> one.profile().value(field).isPresent()))
                .max(Comparator.comparing(Said::fetchedAt).thenComparing(Said::responseId));
        if (newest.isEmpty()) {
            return false;
        }
        Identify identify = Identify.standard(options);
        Employer known = identify.employer(RawSubject.of(crm));
        if (!known.isKnown()) {
            known = identify.employer(RawSubject.of(filledIn(before)));
        }
        return identify.employer(RawSubject.of(employer(newest.get().profile())))
                .differsFrom(known);
    }

    private static Profile employer(Profile answer) {
        Profile employer = Profile.empty(EntityKind.PERSON);
        for (Field field : EMPLOYER) {
            Optional<String> value = answer.text(field);
            employer = value.isPresent() ? employer.with(field, value.get()) : employer;
        }
        return employer;
    }

    private static Profile filledIn(Map<Field, FieldLineage> before) {
        Profile employer = Profile.empty(EntityKind.PERSON);
        for (Field field : EMPLOYER) {
            if (before.containsKey(field)) {
                employer = employer.with(field, before.get(field).value());
            }
        }
        return employer;
    }
}
