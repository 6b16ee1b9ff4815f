package io.tributary.provider;

import io.tributary.identity.Identify;
import io.tributary.identity.Options;
import io.tributary.identity.RawField;
import io.tributary.identity.RawSubject;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.LookupKey;
import io.tributary.model.Profile;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * When an answer about one entity is an answer about another too: a person's that carries the whole company, or the other
 * way round. The other is known by the key that its CRM record would get, so that it need not be asked for.
 *
 * @param needs by entity, what must be known of it
 */
record AlsoAnswers(Map<EntityKind, Set<Field>> needs) {
    static final AlsoAnswers NONE = new AlsoAnswers(Map.of());

    /** What gives the best key of its entity, whatever else is known. */
    private static final Map<Field, RawField> BEST =
            Map.of(Field.PERSON_EMAIL, RawField.EMAIL, Field.COMPANY_DOMAIN, RawField.WEBSITE);

    private static final Map<Field, RawField> IDENTIFYING = new EnumMap<>(Map.ofEntries(
            Map.entry(Field.PERSON_EMAIL, RawField.EMAIL),
            Map.entry(Field.PERSON_LINKEDIN, RawField.LINKEDIN),
            Map.entry(Field.PERSON_FULL_NAME, RawField.FULL_NAME),
            Map.entry(Field.PERSON_FIRST_NAME, RawField.FIRST_NAME),
            Map.entry(Field.PERSON_LAST_NAME, RawField.LAST_NAME),
            Map.entry(Field.PERSON_COMPANY_NAME, RawField.COMPANY_NAME),
            Map.entry(Field.PERSON_COMPANY_DOMAIN, RawField.WEBSITE),
            Map.entry(Field.COMPANY_DOMAIN, RawField.WEBSITE),
            Map.entry(Field.COMPANY_LINKEDIN, RawField.LINKEDIN),
            Map.entry(Field.COMPANY_NAME, RawField.COMPANY_NAME)));

    // A provider that answers about a host of the documentation's was asked about one: the plan has allowed it.
    private static final Identify IDENTIFY = Identify.standard(new Options(true));

    AlsoAnswers {
        needs = Map.copyOf(needs);
    }

    /** The key of an entity of which enough is known; nothing otherwise. */
    Optional<LookupKey> key(Profile profile) {
        Set<Field> needed = needs.get(profile.entity());
        if (needed == null || !profile.values().keySet().containsAll(needed)) {
            return Optional.empty();
        }
        // Mostly the best identifier is there, and the others, which take longer to read, need not be looked at.
        return key(profile, BEST).or(() -> key(profile, IDENTIFYING));
    }

    private static Optional<LookupKey> key(Profile profile, Map<Field, RawField> identifying) {
        Map<RawField, String> cells = new EnumMap<>(RawField.class);
        identifying.forEach(
                (field, cell) -> profile.value(field).ifPresent(value -> cells.put(cell, String.valueOf(value))));
        return cells.isEmpty()
                ? Optional.empty()
                : IDENTIFY.of(new RawSubject(profile.entity(), cells)).key();
    }
}
