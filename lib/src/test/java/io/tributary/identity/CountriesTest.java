package io.tributary.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountriesTest {
    private final Countries countries = Countries.shipped();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "US | US",
                "usa | US",
                "U.S. | US",
                "U.S.A. | US",
                "United States of America | US",
                "UK | GB",
                "England | GB",
                "DEU | DE",
                "Deutschland | DE",
                "Côte d'Ivoire | CI",
                "Korea, Republic of | KR",
                "Viet Nam | VN",
                "Türkiye | TR",
                "Curaçao | CW",
            })
    void knowsTheSpellingsOfPeople(String text, String alpha2) {
        assertEquals(Optional.of(alpha2), countries.alpha2(text));
    }

    @Test
    void knowsEveryCountryOfTheSampleButOneThatIsGone() {
        TreeSet<String> unknown = new TreeSet<>();
        for (String file : List.of("customers", "organizations")) {
            TestData.csv("datablist/" + file + "-10000.csv").stream()
                    .map(row -> row.get("Country"))
                    .filter(country -> countries.alpha2(country).isEmpty())
                    .forEach(unknown::add);
        }
        assertEquals(new TreeSet<>(List.of("Netherlands Antilles")), unknown);
    }
}
