package io.tributary.merge;

import io.tributary.identity.CommonForm;
import io.tributary.model.Field;
import io.tributary.model.Profile;
import java.io.Serializable;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;

/** What one answer says about one field, in its normal form. Immutable and thread-safe; ships to executors. */
final class Normaliser implements Serializable {
    private static final long serialVersionUID = 1L;

    private final EnumSet<NormalForm> forms;

    Normaliser(Collection<NormalForm> forms) {
        this.forms = EnumSet.noneOf(NormalForm.class);
        this.forms.addAll(forms);
    }

    /** The names of its forms. */
    String text() {
        return forms.toString();
    }

    /** The field that another is worked out from where an answer leaves it out; empty for most fields. */
    Optional<Field> source(Field field) {
        return switch (field) {
            case PERSON_SENIORITY, PERSON_DEPARTMENT -> when(NormalForm.TITLE, Field.PERSON_TITLE);
            case COMPANY_EMPLOYEE_RANGE -> when(NormalForm.EMPLOYEE_RANGE, Field.COMPANY_EMPLOYEE_COUNT);
            default -> Optional.empty();
        };
    }

    private Optional<Field> when(NormalForm form, Field field) {
        return forms.contains(form) ? Optional.of(field) : Optional.empty();
    }

    /** What the answer says; empty if it has nothing for the field. */
    Optional<Object> said(Field field, Profile answer) {
        return answer.value(field).map(value -> normal(field, value, answer));
    }

    private Object normal(Field field, Object value, Profile answer) {
        return switch (field) {
            case PERSON_PHONE, COMPANY_PHONE -> phone((String) value, answer);
            case PERSON_COUNTRY, COMPANY_COUNTRY -> form(NormalForm.COUNTRY, value, CommonForm::country);
            case COMPANY_EMPLOYEE_RANGE -> form(NormalForm.EMPLOYEE_RANGE, value, EmployeeRange::read);
            default -> value;
        };
    }

    private Object phone(String text, Profile answer) {
        Optional<String> country = answer.text(
                switch (answer.entity()) {
                    case PERSON -> Field.PERSON_COUNTRY;
                    case COMPANY -> Field.COMPANY_COUNTRY;
                });
        return form(NormalForm.PHONE, text, number -> CommonForm.phone(number, country));
    }

    private Object form(NormalForm form, Object value, java.util.function.Function<String, Optional<String>> reader) {
        return forms.contains(form) ? reader.apply((String) value).orElse((String) value) : value;
    }

    /** What the value of {@link #source} says about the field; empty if nothing can be read from it. */
    Optional<Object> derived(Field field, Object source) {
        return switch (field) {
            case PERSON_SENIORITY -> JobTitle.seniority((String) source).map(word -> word);
            case PERSON_DEPARTMENT -> JobTitle.department((String) source).map(word -> word);
            case COMPANY_EMPLOYEE_RANGE -> EmployeeRange.holding((Long) source).map(range -> range);
            default -> Optional.empty();
        };
    }
}
