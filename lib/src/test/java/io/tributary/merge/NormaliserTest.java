package io.tributary.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.model.Field;
import io.tributary.model.Profile;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormaliserTest {
    private static final Normaliser ALL = new Normaliser(EnumSet.allOf(NormalForm.class));

    private static Object said(Field field, Object value) {
        return ALL.said(field, Profile.empty(field.entity()).with(field, value)).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+1 303-555-0100       | United States | +13035550100",
                "(303) 555-0100        | USA           | +13035550100",
                "13035550100           | Canada        | +13035550100",
                "030 901820            | Deutschland   | +4930901820",
                "+49 (0)30 901820      |               | +4930901820",
                "+44 20 7946 0018 x 12 | GB            | +442079460018;ext=12",
                "030 901820            |               | 030 901820",
                "030 901820            | Atlantis      | 030 901820",
                "call reception        | US            | call reception",
                "+1 5                  | US            | +1 5"
            })
    void aPhoneNumberIsReadWithTheCountryOfItsAnswerOrStaysAsSaid(String text, String country, String expected) {
        for (Field field : List.of(Field.PERSON_PHONE, Field.COMPANY_PHONE)) {
            Field at = field == Field.PERSON_PHONE ? Field.PERSON_COUNTRY : Field.COMPANY_COUNTRY;
            Profile answer = Profile.empty(field.entity()).with(field, text).with(at, country == null ? "" : country);
            assertEquals(Optional.of(expected), ALL.said(field, answer));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "US, US",
        "usa, US",
        "U.S.A., US",
        "United States of America, US",
        "united kingdom, GB",
        "UK, GB",
        "DEU, DE",
        "Germany, DE",
        "Österreich, AT",
        "Côte d'Ivoire, CI",
        "Türkiye, TR",
        "Viet Nam, VN",
        "EMEA, EMEA",
        "Atlantis, Atlantis"
    })
    void aCountryIsItsCodeOrStaysAsSaid(String text, String expected) {
        assertEquals(expected, said(Field.PERSON_COUNTRY, text));
        assertEquals(expected, said(Field.COMPANY_COUNTRY, text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "51-200                | 51-200",
                "51 – 200              | 51-200",
                "51 to 200             | 51-200",
                "201 - 500 employees   | 201-500",
                "1,001-5,000 employees | 1001-5000",
                "1.001-5.000           | 1001-5000",
                "1K-5K                 | 1000-5000",
                "1.5k-5k               | 1500-5000",
                "10001+                | 10001+",
                "10,000+ people        | 10000+",
                "100K+                 | 100000+",
                "200-51                | 200-51",
                "150                   | 150",
                "self-employed         | self-employed",
                "Large (enterprise)    | Large (enterprise)"
            })
    void aRangeOfEmployeesHasOneSpelling(String text, String expected) {
        assertEquals(expected, said(Field.COMPANY_EMPLOYEE_RANGE, text));
    }

    @ParameterizedTest
    @CsvSource({"1, 1-10", "10, 1-10", "11, 11-50", "200, 51-200", "10000, 5001-10000", "10001, 10001+", "0, ", "-3, "})
    void aCountLiesInOneRange(long count, String expected) {
        assertEquals(Optional.ofNullable(expected), ALL.derived(Field.COMPANY_EMPLOYEE_RANGE, count));
    }

    @Test
    void aFormThatIsTurnedOffLeavesWhatWasSaid() {
        Normaliser none = new Normaliser(List.of());
        Profile answer = Profile.empty(io.tributary.model.EntityKind.PERSON)
                .with(Field.PERSON_PHONE, "+49 30 901820")
                .with(Field.PERSON_COUNTRY, "Germany");

        assertEquals(Optional.of("+49 30 901820"), none.said(Field.PERSON_PHONE, answer));
        assertEquals(Optional.of("Germany"), none.said(Field.PERSON_COUNTRY, answer));
        assertEquals(Optional.empty(), none.source(Field.PERSON_SENIORITY));
    }
}
