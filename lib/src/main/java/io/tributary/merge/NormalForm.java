package io.tributary.merge;

/**
 * Ways in which what answers say is brought into one form before it is compared and taken. What cannot be read stays as
 * it was said. History keeps every answer as it came, and what the CRM holds is never rewritten.
 */
public enum NormalForm {
    /** Phone numbers in E.164, an extension behind {@code ;ext=}; the country of the same answer helps to read them. */
    PHONE,
    /** Countries by their ISO 3166 alpha-2 codes. */
    COUNTRY,
    /** Ranges of employees such as {@code 51-200} and {@code 10001+}; from the count where an answer tells no range. */
    EMPLOYEE_RANGE,
    /** Seniority and department from the title, where an answer does not tell them itself. */
    TITLE
}
