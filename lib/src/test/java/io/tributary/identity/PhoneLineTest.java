package io.tributary.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PhoneLineTest {
    @Test
    void readsEveryPublishedSpellingOrRefusesIt() {
        List<String> wrong = new ArrayList<>();
        List<Map<String, String>> rows = TestData.csv("phones/phones.csv");
        for (Map<String, String> row : rows) {
            Optional<String> region = Optional.of(row.get("default_region")).filter(text -> !text.isEmpty());
            Optional<PhoneLine> read = CellText.of(RawField.PHONE, row.get("input"))
                    .flatMap(text -> PhoneLine.read(text, region).value());
            String numbers = read.map(PhoneLine::e164).orElse("") + " "
                    + read.map(PhoneLine::extension).orElse("");
            if (!numbers.equals(row.get("expected_e164") + " " + row.get("expected_ext"))) {
                wrong.add(row.get("id") + ": " + numbers);
            }
        }
        assertEquals(5_072, rows.size());
        assertEquals(List.of(), wrong);
        Figures.put("phones.read_as_expected", rows.size() - wrong.size());
    }

    @Test
    void saysWhyANumberWasNotRead() {
        assertEquals(
                Optional.of("no_country"),
                PhoneLine.read("030 1234567", Optional.empty()).refusal());
        assertEquals(
                Optional.of("not_a_number"),
                PhoneLine.read("12", Optional.of("DE")).refusal());
        assertEquals(
                Optional.of("not_a_number"),
                PhoneLine.read("ask Ada", Optional.of("DE")).refusal());
    }

    @Test
    void anExtensionIsAnotherLine() {
        assertEquals(
                "+12125550123;ext=7",
                PhoneLine.read("(212) 555-0123 ext. 7", Optional.of("US"))
                        .value()
                        .orElseThrow()
                        .line());
    }
}
