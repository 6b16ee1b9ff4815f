package io.tributary.jobs.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.settings.Prices;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a summary says of money and of accounts, to people and to machines. */
class RunSummaryTest {
    private static final Prices PRICES =
            new Prices("EUR", Map.of("hunter", new BigDecimal("0.1"), "lusha", new BigDecimal("0.333")));

    private static RunSummary summary(Prices prices) {
        Instant now = Instant.parse("2026-08-22T02:00:00Z");
        return new RunSummary(
                "r",
                "nightly",
                RunSummary.Status.DONE,
                now,
                now,
                now,
                Map.of("credits", 127.5),
                List.of(),
                List.of(line("apollo", 4.5), line("hunter", 3), line("lusha", 120)),
                List.of(),
                List.of(),
                List.of(
                        new AccountLine(
                                "hunter",
                                OptionalDouble.of(1200),
                                OptionalDouble.of(1196.5),
                                OptionalDouble.of(3.5),
                                3),
                        new AccountLine(
                                "lusha", OptionalDouble.of(7), OptionalDouble.empty(), OptionalDouble.empty(), 120)),
                prices,
                Map.of(),
                Optional.of(new LookedAt("", 7, 1, 0, "ab12")),
                List.of());
    }

    private static RunSummary.ProviderLine line(String provider, double credits) {
        return new RunSummary.ProviderLine(provider, 5, 5, 4, 1, credits, 0);
    }

    @Test
    void peopleReadWhatItCostByProviderAndInAll() {
        List<String> lines = SummaryText.of(summary(PRICES)).lines().toList();
        assertTrue(lines.stream().anyMatch(line -> line.matches("  which cost +40\\.26 EUR")), lines.toString());
        assertTrue(lines.stream().anyMatch(line -> line.matches("provider .* refused +cost")), lines.toString());
        assertTrue(lines.stream().anyMatch(line -> line.matches("hunter .* 0 +0\\.30")), lines.toString());
        assertTrue(lines.stream().anyMatch(line -> line.matches("lusha .* 0 +39\\.96")), lines.toString());
        assertTrue(lines.stream().anyMatch(line -> line.matches("apollo .* 4\\.50 +0")), "it has no price");
        assertTrue(lines.stream().allMatch(line -> line.length() <= 100), lines.toString());
    }

    @Test
    void peopleReadTheProvidersOwnCountWhereItIsTold() {
        String text = SummaryText.of(summary(Prices.NONE));
        assertTrue(text.contains("\nhunter: credits 3, by the provider's account 3.50\n"), text);
        assertFalse(text.contains("lusha: credits"), text);
    }

    @Test
    void machinesReadTheSame() throws IOException {
        JsonNode json = new ObjectMapper().readTree(summary(PRICES).toJson());
        assertEquals(
                "40.26 EUR",
                json.get("cost").asText() + " " + json.get("currency").asText());
        assertEquals("0.3", json.at("/providers/1/cost").asText());
        assertFalse(json.at("/providers/0").has("cost"), "apollo has no price");
        assertEquals(
                "[{\"provider\":\"hunter\",\"before\":1200.0,\"after\":1196.5,\"by_provider\":3.5,\"by_us\":3.0},"
                        + "{\"provider\":\"lusha\",\"before\":7.0,\"by_us\":120.0}]",
                json.get("balance").toString());
    }

    @Test
    void theNextNightReadsWhereTheLakeStood() throws IOException {
        JsonNode json = new ObjectMapper().readTree(summary(PRICES).toJson());
        assertEquals("changed", json.at("/looked_at/records").asText());
        assertEquals(summary(PRICES).lookedAt(), LookedAt.in(json));
        assertEquals(Optional.empty(), LookedAt.in(new ObjectMapper().readTree("{}")));
    }

    @Test
    void withoutAPriceNoMoneyIsSpokenOf() {
        assertFalse(SummaryText.of(summary(Prices.NONE)).contains("cost"));
        assertFalse(summary(Prices.NONE).toJson().contains("cost"));
        assertFalse(summary(Prices.NONE).toJson().contains("currency"));
    }

    @Test
    void everyNameOfMoneyAndAccountsIsExplained() throws IOException {
        String page = Files.readString(Path.of("../../docs/json.md"));
        JsonNode json = new ObjectMapper().readTree(summary(PRICES).toJson());
        Set<String> names = new TreeSet<>();
        json.fieldNames().forEachRemaining(names::add);
        json.at("/providers/1").fieldNames().forEachRemaining(names::add);
        json.at("/balance/0").fieldNames().forEachRemaining(names::add);
        json.at("/looked_at").fieldNames().forEachRemaining(names::add);
        names.removeIf(name -> page.matches("(?s).*[`.]" + name + "[`\\[].*"));
        assertEquals(Set.of(), names, "not in docs/json.md");
    }

    @Test
    void countsContradictEachOtherByMoreThanWhatIsUncertain() {
        assertFalse(told(3).contradicts(0));
        assertFalse(told(4).contradicts(1), "an ask of unknown outcome may have cost that");
        assertTrue(told(4.5).contradicts(1));
        assertTrue(told(2.5).contradicts(1), "it took less than we count");
        assertFalse(new AccountLine("x", OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), 3)
                .contradicts(0));
    }

    private static AccountLine told(double credits) {
        return new AccountLine("x", OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.of(credits), 3);
    }
}
