package io.tributary.model;

import static io.tributary.model.EntityKind.COMPANY;
import static io.tributary.model.EntityKind.PERSON;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Every field of the model, declared once: its path in answers and specs, its column in the golden tables, its type and
 * a sentence. Tables, schemas and documentation are generated from this list, so no column name is typed twice.
 */
public enum Field {
    PERSON_ID(PERSON, "id", "provider_person_id", FieldType.STRING, "The provider's own id of the person"),
    PERSON_EMAIL(PERSON, "email", "email", FieldType.STRING, "Work e-mail address"),
    PERSON_FULL_NAME(PERSON, "name.full", "full_name", FieldType.STRING, "Full name as the person writes it"),
    PERSON_FIRST_NAME(PERSON, "name.first", "first_name", FieldType.STRING, "Given name"),
    PERSON_LAST_NAME(PERSON, "name.last", "last_name", FieldType.STRING, "Family name"),
    PERSON_TITLE(PERSON, "title", "title", FieldType.STRING, "Job title"),
    PERSON_SENIORITY(PERSON, "seniority", "seniority", FieldType.STRING, "Seniority word of the provider, lower case"),
    PERSON_DEPARTMENT(PERSON, "department", "department", FieldType.STRING, "Department or function, lower case"),
    PERSON_PHONE(
            PERSON, "phone", "phone", FieldType.STRING, "Phone number; in golden tables E.164 where it could be read"),
    PERSON_LINKEDIN(PERSON, "linkedin", "linkedin", FieldType.STRING, "LinkedIn profile, linkedin.com/in/…"),
    PERSON_COMPANY_ID(
            PERSON, "company.id", "provider_company_id", FieldType.STRING, "The provider's id of the employer"),
    PERSON_COMPANY_NAME(PERSON, "company.name", "company_name", FieldType.STRING, "Employer"),
    PERSON_COMPANY_DOMAIN(
            PERSON, "company.domain", "company_domain", FieldType.STRING, "Registrable domain of the employer"),
    PERSON_CITY(PERSON, "location.city", "city", FieldType.STRING, "City"),
    PERSON_STATE(PERSON, "location.state", "state", FieldType.STRING, "State or region"),
    PERSON_COUNTRY(
            PERSON,
            "location.country",
            "country",
            FieldType.STRING,
            "Country as the provider names it; in golden tables its ISO 3166 code"),
    PERSON_LAST_UPDATED(
            PERSON,
            "last_updated",
            "provider_last_updated",
            FieldType.STRING,
            "When the provider last updated the record, ISO 8601"),

    COMPANY_ID(COMPANY, "id", "provider_company_id", FieldType.STRING, "The provider's own id of the company"),
    COMPANY_NAME(COMPANY, "name", "name", FieldType.STRING, "Name in use"),
    COMPANY_LEGAL_NAME(COMPANY, "legal_name", "legal_name", FieldType.STRING, "Registered name"),
    COMPANY_DOMAIN(COMPANY, "domain", "domain", FieldType.STRING, "Registrable domain"),
    COMPANY_INDUSTRY(COMPANY, "industry", "industry", FieldType.STRING, "Industry as the provider names it"),
    COMPANY_SUB_INDUSTRY(COMPANY, "sub_industry", "sub_industry", FieldType.STRING, "Finer industry"),
    COMPANY_EMPLOYEE_COUNT(COMPANY, "employee_count", "employee_count", FieldType.LONG, "Number of employees"),
    COMPANY_EMPLOYEE_RANGE(
            COMPANY, "employee_range", "employee_range", FieldType.STRING, "Range of employees, such as 51-200"),
    COMPANY_REVENUE(COMPANY, "revenue", "revenue", FieldType.LONG, "Yearly revenue in US dollars"),
    COMPANY_REVENUE_RANGE(
            COMPANY, "revenue_range", "revenue_range", FieldType.STRING, "Range of revenue, such as $10M-$50M"),
    COMPANY_FOUNDED_YEAR(COMPANY, "founded_year", "founded_year", FieldType.LONG, "Year of foundation"),
    COMPANY_CITY(COMPANY, "location.city", "city", FieldType.STRING, "City of the head office"),
    COMPANY_STATE(COMPANY, "location.state", "state", FieldType.STRING, "State or region of the head office"),
    COMPANY_COUNTRY(
            COMPANY,
            "location.country",
            "country",
            FieldType.STRING,
            "Country of the head office; in golden tables its ISO 3166 code"),
    COMPANY_TECHNOLOGIES(COMPANY, "technologies", "technologies", FieldType.STRING_LIST, "Technologies in use"),
    COMPANY_LINKEDIN(COMPANY, "social.linkedin", "linkedin", FieldType.STRING, "LinkedIn page, linkedin.com/company/…"),
    COMPANY_TWITTER(COMPANY, "social.twitter", "twitter", FieldType.STRING, "Twitter handle without @"),
    COMPANY_PHONE(
            COMPANY,
            "phone",
            "phone",
            FieldType.STRING,
            "Main phone number; in golden tables E.164 where it could be read"),
    COMPANY_LAST_UPDATED(
            COMPANY,
            "last_updated",
            "provider_last_updated",
            FieldType.STRING,
            "When the provider last updated the record, ISO 8601");

    private final EntityKind entity;
    private final String path;
    private final String column;
    private final FieldType type;
    private final String sentence;

    Field(EntityKind entity, String path, String column, FieldType type, String sentence) {
        this.entity = entity;
        this.path = path;
        this.column = column;
        this.type = type;
        this.sentence = sentence;
    }

    public EntityKind entity() {
        return entity;
    }

    /** The path in the model, as specs and merge rules write it: {@code name.first}. */
    public String path() {
        return path;
    }

    /** The column of the golden table: {@code first_name}. */
    public String column() {
        return column;
    }

    public FieldType type() {
        return type;
    }

    /** What the field holds, in one line: the comment of its column. */
    public String sentence() {
        return sentence;
    }

    /** The fields of one entity, in the order of the golden columns. */
    public static List<Field> of(EntityKind entity) {
        return Arrays.stream(values()).filter(field -> field.entity == entity).toList();
    }

    /** The field of that entity at that path, if there is one. */
    public static Optional<Field> at(EntityKind entity, String path) {
        return Arrays.stream(values())
                .filter(field -> field.entity == entity && field.path.equals(path))
                .findFirst();
    }
}
