package io.tributary.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    private static final LegalForms FORMS = LegalForms.shipped();

    private static String company(String name) {
        Reading<CompanyName> reading = CompanyName.read(name, FORMS);
        return reading.value()
                .map(CompanyName::folded)
                .orElseGet(() -> "refused " + reading.refusal().orElseThrow());
    }

    private static String person(String full) {
        Reading<PersonName> reading = PersonName.read(Optional.empty(), Optional.empty(), Optional.of(full));
        return reading.value()
                .map(PersonName::folded)
                .orElseGet(() -> "refused " + reading.refusal().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Akzo Nobel N.V. | akzo nobel",
                "* AKZO NOBEL NV | akzo nobel",
                "Akzo Nobel N. V. | akzo nobel",
                "The Coca-Cola Company | coca cola",
                "Société Générale S.A. | societe generale",
                "Johnson & Johnson, Inc. | johnson and johnson",
                "Johnson + Johnson | johnson and johnson",
                "Müller Maschinenbau GmbH & Co. KG | muller maschinenbau",
                "Acme Tools, LLC. | acme tools",
                "株式会社日立製作所 | 株式会社日立製作所",
                "L'Oréal | loreal",
                "Cibox Inter@ctive | cibox inter ctive",
            })
    void foldsCompanyNames(String name, String folded) {
        assertEquals(folded, company(name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Merck KGaA | Merck & Co., Inc.",
                "Phoenix GmbH | Phoenix Inc",
                "Phoenix | Phoenix Inc",
                "Software AG | Software Inc",
                "Global Systems Ltd | Global Systems GmbH",
                "3M Company | 3M GmbH",
                "SAS Institute Inc | Institute Inc",
                "Siemens Holding AG | Siemens AG",
            })
    void keepsTheFormWhereItTellsCompaniesApart(String one, String other) {
        assertNotEquals(company(one), company(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Phoenix, Inc. | Phoenix Incorporated",
                "Siemens AG | SIEMENS Aktiengesellschaft",
                "Merck & Co., Inc. | MERCK AND CO INC",
            })
    void theSpellingOfAFormTellsNothing(String one, String other) {
        assertEquals(company(one), company(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "001Ec00000GINb1IAH | refused crm_id",
                "Self-employed | refused not_a_company",
                "Retired | refused not_a_company",
                "ada@acme.com | refused not_a_company",
                "!!! | refused not_a_company",
            })
    void refusesWhatNamesNoCompany(String name, String refusal) {
        assertEquals(refusal, company(name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ada Lovelace | ada lovelace",
                "ADA  LOVELACE | ada lovelace",
                "Lovelace, Ada | ada lovelace",
                "Dr. Ada Lovelace | ada lovelace",
                "Prof. Dr. Ada Lovelace, Ph.D. | ada lovelace",
                "Ada Lovelace, PhD | ada lovelace",
                "Ada Lovelace MBA | ada lovelace",
                "Martin Luther King Jr. | martin luther king jr",
                "José Ñúñez | jose nunez",
                "Jürgen Groß | jurgen gross",
                "Łukasz Żółty | lukasz zolty",
                "Yo-Yo Ma | yo yo ma",
                "Conan O’Brien | conan obrien",
                "山田太郎 | 山田太郎",
                "Ada | refused incomplete",
                "Dr. Ada | refused incomplete",
                "A. Lovelace | refused initial_only",
                "Ada L. | refused initial_only",
            })
    void foldsPersonNames(String name, String folded) {
        assertEquals(folded, person(name));
    }

    @Test
    void everyShippedSpellingOfAFormIsOneThatNamesAreFoldedTo() {
        List<String> unreachable = Resource.lines("legal-forms.txt", "#").stream()
                .flatMap(line -> java.util.Arrays.stream(line.split("\t")))
                .filter(spelling -> !String.join(" ", FoldedText.wordsWithInitialsJoined(spelling))
                        .equals(spelling))
                .toList();
        assertEquals(List.of(), unreachable);
    }

    @Test
    void keepsTheOrderOfNames() {
        assertNotEquals(person("Alan Robert"), person("Robert Alan"));
    }

    @Test
    void firstAndLastNameStandBeforeTheFullName() {
        assertEquals(
                "ada lovelace",
                PersonName.read(Optional.of("Ada"), Optional.of("Lovelace"), Optional.of("Countess"))
                        .value()
                        .orElseThrow()
                        .folded());
        assertEquals(
                Optional.of("incomplete"),
                PersonName.read(Optional.of("Ada"), Optional.empty(), Optional.empty())
                        .refusal());
    }

    @Property
    void foldingTwiceIsFoldingOnce(@ForAll String text) {
        List<String> words = FoldedText.wordsWithInitialsJoined(text);
        assertEquals(words, FoldedText.wordsWithInitialsJoined(String.join(" ", words)));
    }

    @Property
    void cellTextOfCellTextIsTheSame(@ForAll String text) {
        String visible = CellText.visible(text);
        assertEquals(visible, CellText.visible(visible));
    }

    @Property
    void aFoldedCompanyNameIsFolded(@ForAll String text) {
        CompanyName.read(CellText.visible(text), FORMS)
                .value()
                .filter(name -> !CrmIds.looksLikeCrmId(name.folded()))
                .ifPresent(name -> assertEquals(name.folded(), company(name.folded())));
    }
}
