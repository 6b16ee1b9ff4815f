package io.tributary.identity;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import java.util.Locale;
import java.util.Optional;

/** The columns of an extract that can identify somebody, whatever the extract calls them. */
public enum RawField {
    EMAIL,
    SECOND_EMAIL,
    /** A LinkedIn address or handle ({@code in/slug}) of a person or a company. */
    LINKEDIN,
    FIRST_NAME,
    LAST_NAME,
    FULL_NAME,
    COMPANY_NAME,
    /** The company's site, or its bare domain. */
    WEBSITE,
    PHONE,
    SECOND_PHONE,
    /** A country's name, ISO alpha-2 or alpha-3 code; also decides how a national phone number is read. */
    COUNTRY,
    CITY,
    STATE;

    /** The field of the model that says the same of a person or a company; empty if none does. */
    public Optional<Field> field(EntityKind entity) {
        boolean person = entity == EntityKind.PERSON;
        return switch (this) {
            case EMAIL -> person ? Optional.of(Field.PERSON_EMAIL) : Optional.empty();
            case LINKEDIN -> Optional.of(person ? Field.PERSON_LINKEDIN : Field.COMPANY_LINKEDIN);
            case FIRST_NAME -> person ? Optional.of(Field.PERSON_FIRST_NAME) : Optional.empty();
            case LAST_NAME -> person ? Optional.of(Field.PERSON_LAST_NAME) : Optional.empty();
            case FULL_NAME -> person ? Optional.of(Field.PERSON_FULL_NAME) : Optional.empty();
            case COMPANY_NAME -> Optional.of(person ? Field.PERSON_COMPANY_NAME : Field.COMPANY_NAME);
            case WEBSITE -> Optional.of(person ? Field.PERSON_COMPANY_DOMAIN : Field.COMPANY_DOMAIN);
            case PHONE -> Optional.of(person ? Field.PERSON_PHONE : Field.COMPANY_PHONE);
            case COUNTRY -> Optional.of(person ? Field.PERSON_COUNTRY : Field.COMPANY_COUNTRY);
            case CITY -> Optional.of(person ? Field.PERSON_CITY : Field.COMPANY_CITY);
            case STATE -> Optional.of(person ? Field.PERSON_STATE : Field.COMPANY_STATE);
            case SECOND_EMAIL, SECOND_PHONE -> Optional.empty();
        };
    }

    /** The name in reasons: {@code email}, {@code second_phone}; the company's name is just {@code company}. */
    public String id() {
        return this == COMPANY_NAME ? "company" : name().toLowerCase(Locale.ROOT);
    }
}
