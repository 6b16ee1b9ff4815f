package io.tributary.jobs.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.jobs.report.RunSummary;
import io.tributary.model.KeyKind;
import io.tributary.order.AutoOrder;
import io.tributary.order.Forecast;
import io.tributary.order.HitRates;
import io.tributary.order.Segment;
import io.tributary.order.Tally;
import io.tributary.quota.Caps;
import io.tributary.settings.Prices;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PlanReportTest {
    private static final PlanReport PLAN = new PlanReport(
            Instant.parse("2026-08-22T02:00:00Z"),
            List.of(new SourceFigures(
                    "salesforce",
                    "contact",
                    102,
                    100,
                    51,
                    Map.of("active", 102L),
                    Map.of("quotes", 3L, "no_identifier", 1200L))),
            Map.of("WORK", 50L, "CACHE_HIT", 1L),
            List.of(new PlanReport.Line("person/hunter", 50, 50, 50, 50, Duration.ofSeconds(4))),
            List.of(new Withheld("hunter", "send_when_unknown", 7)),
            new Prices("EUR", Map.of("hunter", new BigDecimal("0.049"))),
            List.of(new BudgetUse(new Caps.Cap("budget.max-credits-per-day", Optional.empty(), 90, 40), true)),
            List.of("2 earlier runs are not harvested yet"),
            foretold());

    private static Foretold foretold() {
        Segment us = new Segment(KeyKind.EMAIL, "US", Segment.UNKNOWN);
        List<HitRates.Count> counts = List.of(
                new HitRates.Count("hunter", us, new Tally(1_000_000, 620_000, 620_000, 1_000_000)),
                new HitRates.Count("apollo", us, new Tally(1_000_000, 700_000, 700_000, 3_000_000)));
        HitRates rates = new HitRates(Map.of("hunter", 1.0, "apollo", 3.0, "newcomer", 1.0), counts);
        List<Forecast.Group> groups = List.of(new Forecast.Group(
                us, List.of(new Forecast.Step("hunter", false), new Forecast.Step("apollo", false)), 50));
        Map<String, Foretold.Line> lines = Map.of(
                "person/hunter",
                        new Foretold.Line(50, Forecast.of(rates, groups).get("hunter")),
                "person/newcomer", new Foretold.Line(7, new Forecast.Expected(7, 0, 0, false)));
        AutoOrder auto = new AutoOrder(rates, Map.of(), 0.025, 1);
        return new Foretold(lines, SegmentOrder.of(groups, rates, auto, List.of("apollo", "hunter")));
    }

    @Test
    void aPersonReadsRowsKeysAndWhyRowsWereSetAside() {
        String line = PLAN.text().lines().skip(1).findFirst().orElseThrow();

        assertEquals(
                "salesforce contact 102 51 1,203 1200 no_identifier, 3 quotes",
                line.strip().replaceAll(" +", " "));
    }

    @Test
    void aMachineReadsTheSame() throws IOException {
        JsonNode source =
                new ObjectMapper().readTree(PLAN.json()).get("sources").get(0);

        assertEquals(0.5, source.get("keys_per_row").asDouble());
        assertEquals(1203, source.get("rows_rejected").asLong());
        assertEquals(
                "{\"no_identifier\":1200,\"quotes\":3}", source.get("rejects").toString());
    }

    @Test
    void whatMayNotBeSentIsSaidToBoth() throws IOException {
        assertTrue(PLAN.text().contains("withheld from hunter: 7 keys, because its send-when can't tell"), PLAN.text());
        assertEquals(
                "{\"provider\":\"hunter\",\"reason\":\"send_when_unknown\",\"keys\":7}",
                new ObjectMapper().readTree(PLAN.json()).get("withheld").get(0).toString());
    }

    @Test
    void whatTheRunWillFindThatThePlanDoesNotKnowIsSaidToBoth() throws IOException {
        assertTrue(PLAN.text().endsWith("note: 2 earlier runs are not harvested yet" + System.lineSeparator()));
        assertEquals(
                "2 earlier runs are not harvested yet",
                new ObjectMapper().readTree(PLAN.json()).get("notices").get(0).asText());
    }

    @Test
    void thePlanSaysWhatTheCreditsWouldCostAtMost() throws IOException {
        String text = PLAN.text();
        assertTrue(text.lines().anyMatch(line -> line.matches("person/hunter .* 50\\.0 +4s +2\\.45")), text);
        assertTrue(text.contains("worst cost in all: 2.45 EUR" + System.lineSeparator()), text);
        assertTrue(text.lines().allMatch(line -> line.length() <= 100 && line.equals(line.stripTrailing())), text);
        JsonNode json = new ObjectMapper().readTree(PLAN.json());
        assertEquals(2.45, json.get("worst_cost").asDouble());
        assertEquals("EUR", json.get("currency").asText());
        assertEquals(2.45, json.get("providers").get(0).get("worst_cost").asDouble());
    }

    @Test
    void aPlanSaysWhatIsToBeExpectedAndWhyProvidersAreAskedInTheirOrder() throws IOException {
        List<String> lines =
                PLAN.text().lines().map(line -> line.replaceAll(" +", " ")).toList();
        assertTrue(lines.contains("person/hunter 50 50.0 31 62 %"), PLAN.text());
        assertTrue(lines.contains("person/newcomer 7 never asked, so taken to find nothing"), PLAN.text());
        assertTrue(
                lines.contains(" 50 keys, email, US: hunter 62 % for 1.00 before apollo 70 % for 3.00"), PLAN.text());
        assertTrue(lines.contains(" 2.5 % of the keys ask first who is known least"), PLAN.text());
        JsonNode provider =
                new ObjectMapper().readTree(PLAN.json()).get("providers").get(0);
        assertEquals(50, provider.get("expected_calls").asLong());
        assertEquals(50.0, provider.get("expected_credits").asDouble());
        assertEquals(31, provider.get("expected_hits").asLong());
    }

    @Test
    void withoutAPriceNoMoneyIsSpokenOf() {
        PlanReport free = new PlanReport(
                PLAN.asOf(),
                PLAN.sources(),
                PLAN.decisions(),
                PLAN.providers(),
                List.of(),
                Prices.NONE,
                PLAN.budget(),
                PLAN.notices(),
                Foretold.NONE);
        assertFalse(free.text().contains("cost"), free.text());
        assertFalse(free.json().contains("cost") || free.json().contains("currency"), free.json());
    }

    @Test
    void anExtractWithoutRowsHasNoKeysForEach() {
        assertEquals(0, new SourceFigures("crm", "lead", 0, 0, 0, Map.of(), Map.of()).keysPerRow());
    }

    @Test
    void everyNameThatMachinesReadIsExplained() throws IOException {
        String page = Files.readString(Path.of("../../docs/json.md"));
        Set<String> names = new TreeSet<>(RunSummary.NAMES);
        JsonNode plan = new ObjectMapper().readTree(PLAN.json());
        plan.fieldNames().forEachRemaining(names::add);
        plan.get("sources").get(0).fieldNames().forEachRemaining(names::add);
        plan.get("providers").get(0).fieldNames().forEachRemaining(names::add);
        plan.get("keys").fieldNames().forEachRemaining(names::add);
        JsonNode order = plan.get("order").get(0);
        order.fieldNames().forEachRemaining(names::add);
        order.get("providers").get(0).fieldNames().forEachRemaining(names::add);

        names.removeIf(name -> page.matches("(?s).*[`.]" + name + "[`\\[].*"));

        assertTrue(names.isEmpty(), () -> "docs/json.md does not explain " + names);
    }

    @Test
    void bothAreToldWhichCapLeavesWorkOut() throws IOException {
        assertTrue(
                PLAN.text()
                        .contains("budget: 50 credits by budget.max-credits-per-day (90, of which 40 are spent);"
                                + " work is left out"),
                PLAN.text());
        assertEquals(
                "[{\"setting\":\"budget.max-credits-per-day\",\"credits\":90.0,\"spent\":40.0,\"left\":50.0,"
                        + "\"binds\":true}]",
                new ObjectMapper().readTree(PLAN.json()).get("budget").toString());
    }

    @Test
    void aCapIsToBlameOnlyForWhatItWouldNotBear() {
        Caps.Cap acme = new Caps.Cap("providers.acme.max-credits-per-run", Optional.of("acme"), 10, 0);
        Caps.Cap all = new Caps.Cap("budget.max-credits-per-run", Optional.empty(), 20, 5);
        Map<String, Double> spent = Map.of("acme", 9.0, "beta", 5.0);

        assertTrue(BudgetUse.leavesWork(acme, spent, Map.of("acme", 2.0)));
        assertFalse(BudgetUse.leavesWork(acme, spent, Map.of("acme", 1.0)));
        assertFalse(BudgetUse.leavesWork(acme, spent, Map.of("beta", 2.0)));
        assertTrue(BudgetUse.leavesWork(all, spent, Map.of("beta", 2.0)));
        assertFalse(BudgetUse.leavesWork(all, spent, Map.of()));
    }
}
