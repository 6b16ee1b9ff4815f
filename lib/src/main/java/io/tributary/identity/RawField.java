package io.tributary.identity;

import java.util.Locale;

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

    /** The name in reasons: {@code email}, {@code second_phone}; the company's name is just {@code company}. */
    public String id() {
        return this == COMPANY_NAME ? "company" : name().toLowerCase(Locale.ROOT);
    }
}
