package io.tributary.sandbox;

import static io.tributary.sandbox.ZoomInfoCalls.ADA;
import static io.tributary.sandbox.ZoomInfoCalls.BASIC;
import static io.tributary.sandbox.ZoomInfoCalls.BO;
import static io.tributary.sandbox.ZoomInfoCalls.COMPANIES;
import static io.tributary.sandbox.ZoomInfoCalls.CONTACTS;
import static io.tributary.sandbox.ZoomInfoCalls.GRANT;
import static io.tributary.sandbox.ZoomInfoCalls.asking;
import static io.tributary.sandbox.ZoomInfoCalls.billed;
import static io.tributary.sandbox.ZoomInfoCalls.companies;
import static io.tributary.sandbox.ZoomInfoCalls.contacts;
import static io.tributary.sandbox.ZoomInfoCalls.send;
import static io.tributary.sandbox.ZoomInfoCalls.showing;
import static io.tributary.sandbox.ZoomInfoCalls.status;
import static io.tributary.sandbox.ZoomInfoCalls.token;
import static io.tributary.sandbox.ZoomInfoCalls.truths;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.sandbox.fault.FaultKind;
import io.tributary.sandbox.fault.FaultProfile;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Truth;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZoomInfoDialectTest {
    private final ManualClock clock = new ManualClock();
    private final Asking all = asking(clock, 1, FaultProfile.NONE.withQuirks(0));

    @Test
    void aTokenIsGivenForBothPartsInTheHeaderOrTheForm() {
        JsonNode granted = Asking.json(token(all, GRANT, BASIC));
        assertEquals(3600, granted.path("expires_in").asInt());
        String parts = "&client_id=sandbox-zoominfo-id&client_secret=sandbox-zoominfo-secret";
        assertEquals(200, token(all, GRANT + parts, "").status());
        assertEquals(401, token(all, GRANT + parts + "x", "").status());
        assertEquals(
                401,
                token(all, GRANT + parts, BASIC.replace("Basic ", "Basic x")).status());
        assertEquals(400, token(all, "grant_type=password", BASIC).status());
        assertEquals(
                "ZI0001", Asking.json(token(all, GRANT, "")).at("/error/code").asText());
    }

    @Test
    void aTokenEndsAndCoversItsScopesOnly() {
        assertEquals(400, token(all, GRANT + "&scope=api:data:nothing", BASIC).status());
        String narrow = "Bearer "
                + Asking.json(token(all, GRANT + "&scope=api:data:company", BASIC))
                        .path("access_token")
                        .asText();
        Reply refused = all.send("POST", CONTACTS, "{}", Map.of("authorization", narrow))
                .reply();
        assertEquals(403, refused.status());
        assertEquals("ZI0002", Asking.json(refused).at("/error/code").asText());
        assertEquals(
                400,
                all.send("POST", COMPANIES, "{}", Map.of("authorization", narrow))
                        .reply()
                        .status());
        clock.advance(Duration.ofSeconds(3600));
        assertEquals(
                401,
                all.send("POST", COMPANIES, "{}", Map.of("authorization", narrow))
                        .reply()
                        .status());
    }

    @Test
    void aResourceForEachInputInTheirOrder() {
        Reply reply = contacts(all, ADA, "{\"emailAddress\":\"no address\"}", BO);
        assertEquals("application/vnd.api+json", reply.contentType());
        JsonNode data = Asking.json(reply).path("data");
        assertEquals("Contact", data.at("/0/type").asText());
        assertEquals("Ada", data.at("/0/attributes/firstName").asText());
        assertTrue(data.at("/0/id").isTextual());
        assertTrue(data.at("/0/attributes/hasCanadianEmail").isBoolean());
        assertEquals("Acme", data.at("/0/attributes/company/name").asText());
        assertEquals(
                "Ada.Example@acme.example",
                data.at("/0/meta/input/emailAddress").asText(),
                "the case of the echo is kept");
        assertEquals("NoMatch", data.at("/1/type").asText());
        assertEquals("0", data.at("/1/id").asText());
        assertFalse(data.path(1).has("attributes"));
        assertEquals("INVALID_INPUT", data.at("/1/meta/matchStatus").asText());
        assertEquals("Bo", data.at("/2/attributes/firstName").asText());
        assertEquals(
                Map.of(
                        "ada.example@acme.example",
                        Truth.FOUND,
                        "no address",
                        Truth.UNREADABLE,
                        "bo sample|other",
                        Truth.FOUND),
                truths(all));
        assertEquals(2, billed(all));
    }

    @Test
    void aRecordIsPaidOnceByWhateverInput() {
        String byName = "{\"fullName\":\"Ada Example\",\"companyName\":\"Acme\"}";
        JsonNode both = Asking.json(contacts(all, ADA, byName)).path("data");
        assertEquals(both.at("/0/id").asText(), both.at("/1/id").asText());
        assertEquals(1, billed(all));
        contacts(all, ADA);
        assertEquals(1, billed(all));
        assertEquals(0, all.gateway().ledger().counts("zoominfo").repeats());
        companies(all, "{\"companyWebsite\":\"http://www.acme.example\"}", "{\"companyName\":\"Acme\"}");
        assertEquals(2, billed(all));
    }

    @Test
    void aCompanySaysItsRevenueInThousands() {
        JsonNode data = Asking.json(companies(
                        all,
                        IntStream.range(0, 10)
                                .mapToObj(i -> "{\"companyWebsite\":\"http://www.firm" + i + ".example\"}")
                                .toArray(String[]::new)))
                .path("data");
        assertEquals("Company", data.at("/0/type").asText());
        assertTrue(data.findValues("revenue").stream()
                .filter(JsonNode::isNumber)
                .allMatch(revenue -> revenue.asLong() > 100 && revenue.asLong() < 10_000_000));
        assertEquals(10, billed(all));
        Asking none = asking(clock, 0, FaultProfile.NONE.withQuirks(0));
        assertEquals("NO_MATCH", status(companies(none, "{\"companyName\":\"Acme\"}"), 0));
        assertEquals(Map.of("acme", Truth.MISSED), truths(none));
    }

    @Test
    void filtersOfOnesOwnKeepARecordBackAndCostNothing() {
        Set<String> statuses = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            statuses.add(status(
                    send(
                            all,
                            CONTACTS,
                            "{\"data\":{\"type\":\"ContactEnrich\",\"attributes\":{\"matchPersonInput\":[{\"emailAddress\":\"p"
                                    + i
                                    + "@acme.example\"}],\"outputFields\":[\"id\"],\"requiredFields\":[\"email\"]}}}"),
                    0));
        }
        assertEquals(Set.of("FULL_MATCH", "NON_MATCH_BY_REQUIRED_FIELDS"), statuses);
        assertTrue(billed(all) < 40);
        Asking fresh = asking(clock, 1, FaultProfile.NONE.withQuirks(0));
        Reply late = contacts(
                fresh,
                ADA.replace("}", ",\"lastUpdatedDateAfter\":\"2027-01-01\"}"),
                ADA.replace("}", ",\"validDateAfter\":\"2027-01-01\"}"),
                ADA.replace("}", ",\"contactAccuracyScoreMin\":100}"));
        assertEquals("NON_MATCH_BY_LAST_UPDATED_DATE", status(late, 0));
        assertEquals("NON_MATCH_BY_VALID_DATE", status(late, 1));
        assertEquals("NON_MATCH_BY_CONTACT_ACCURACY_MIN", status(late, 2));
        assertEquals(0, billed(fresh));
    }

    @ParameterizedTest
    @CsvSource({
        "opt-out, OPT_OUT, NoMatch, SUPPRESSED, 0",
        "company-only, COMPANY_ONLY_MATCH, Contact, MISSED, 0",
        "contact-only, CONTACT_ONLY_MATCH, Contact, FOUND, 1",
        "invalid-input, INVALID_INPUT, NoMatch, UNREADABLE, 0",
        "limit-exceeded, LIMIT_EXCEEDED, NoMatch, UNANSWERED, 0",
        "one-record, FULL_MATCH, Contact, FOUND, 1",
        "warnings, FULL_MATCH, Contact, FOUND, 1"
    })
    void aQuirkShowsAtItsRateAndOnlyThen(String quirk, String status, String type, Truth truth, double price) {
        Asking always = showing(clock, quirk, 1);
        Reply reply = contacts(always, ADA);
        assertEquals(status, status(reply, 0));
        assertEquals(type, Asking.json(reply).at("/data/0/type").asText());
        assertEquals(Map.of("ada.example@acme.example", truth), truths(always));
        assertEquals(price, billed(always));
        Asking never = showing(clock, quirk, 0);
        JsonNode plain = Asking.json(contacts(never, ADA)).at("/data/0");
        assertEquals("FULL_MATCH", plain.at("/meta/matchStatus").asText());
        assertEquals("Ada", plain.at("/attributes/firstName").asText());
        assertEquals("Acme", plain.at("/attributes/company/name").asText());
        assertFalse(plain.path("meta").has("warnings"));
        assertEquals(1, billed(never));
    }

    @Test
    void aCompanyAloneSaysNothingOfThePersonAndAContactAloneNothingOfTheCompany() {
        JsonNode company =
                Asking.json(contacts(showing(clock, "company-only", 1), ADA)).at("/data/0");
        assertEquals("0", company.path("id").asText());
        assertEquals(Set.of("company"), names(company.path("attributes")));
        JsonNode contact =
                Asking.json(contacts(showing(clock, "contact-only", 1), ADA)).at("/data/0");
        assertFalse(contact.path("attributes").has("company"));
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void inputsOfOneCompanyCanResolveToOneRecord() {
        Asking one = showing(clock, "one-record", 1);
        JsonNode data =
                Asking.json(contacts(one, ADA, ADA.replace("Ada", "Bo"))).path("data");
        assertEquals(data.at("/0/id").asText(), data.at("/1/id").asText());
        assertEquals(1, billed(one));
        assertEquals(2, truths(one).size());
        assertEquals(Set.of(Truth.FOUND), new HashSet<>(truths(one).values()));
    }

    @Test
    void aFilterOfTheAccountIsAnyOfFour() {
        Asking filtered = showing(clock, "own-filter", 1);
        Set<String> statuses = IntStream.range(0, 40)
                .mapToObj(i -> status(contacts(filtered, "{\"emailAddress\":\"p" + i + "@acme.example\"}"), 0))
                .collect(Collectors.toSet());
        assertEquals(4, statuses.size());
        assertTrue(statuses.stream().allMatch(each -> each.startsWith("NON_MATCH_BY_")));
        assertEquals(Set.of(Truth.MISSED), new HashSet<>(truths(filtered).values()));
        assertEquals(0, billed(filtered));
        assertEquals("FULL_MATCH", status(contacts(showing(clock, "own-filter", 0), ADA), 0));
    }

    @Test
    void aFieldThatMayNotBeSeenFailsTheWholeRequest() {
        Asking refusing = showing(clock, "field-refused", 1);
        Reply reply = contacts(refusing, ADA, BO);
        assertEquals(400, reply.status());
        assertEquals("PFAPI0009", Asking.json(reply).at("/errors/0/code").asText());
        assertTrue(Asking.json(reply).at("/errors/0/detail").asText().contains("'firstName'"));
        assertEquals(Set.of(Truth.UNANSWERED), new HashSet<>(truths(refusing).values()));
        assertEquals(0, billed(refusing));
        Reply left = send(
                refusing,
                CONTACTS,
                "{\"data\":{\"type\":\"ContactEnrich\",\"attributes\":{\"matchPersonInput\":[" + ADA
                        + "],\"outputFields\":[\"id\"]}}}");
        assertEquals("FULL_MATCH", status(left, 0));
        assertEquals(200, contacts(showing(clock, "field-refused", 0), ADA).status());
    }

    @Test
    void creditsEndInsideATwoHundredOrAsAFourHundred() {
        Asking gone = showing(clock, "credit-limit", 1);
        Reply reply = contacts(gone, ADA, BO);
        assertEquals(400, reply.status());
        assertEquals("PFAPI0011", Asking.json(reply).at("/errors/0/code").asText());
        assertEquals(Set.of(Truth.UNANSWERED), new HashSet<>(truths(gone).values()));
        assertEquals(0, billed(gone));
        assertEquals(200, contacts(showing(clock, "credit-limit", 0), ADA).status());
        Asking poor =
                asking(clock, 1, FaultProfile.parse("{\"quirks\": {\"all\": 0}, \"credits\": {\"zoominfo\": 1}}"));
        Reply last = contacts(poor, ADA, ADA, BO);
        assertEquals("FULL_MATCH", status(last, 0));
        assertEquals("FULL_MATCH", status(last, 1), "a record that is paid for needs no credit");
        assertEquals("LIMIT_EXCEEDED", status(last, 2));
        assertEquals(1, billed(poor));
        assertEquals(
                "PFAPI0011",
                Asking.json(contacts(poor, ADA)).at("/errors/0/code").asText());
    }

    @Test
    void aCallThatIsTooLargeTimesOutAndBuysNothing() {
        Asking slow = showing(clock, "timeout", 1);
        Reply both = contacts(slow, ADA, BO);
        assertEquals(504, both.status());
        assertEquals("PFAPI0010", Asking.json(both).at("/errors/0/code").asText());
        assertEquals(0, billed(slow));
        assertEquals(200, contacts(slow, ADA).status());
        assertEquals(200, contacts(showing(clock, "timeout", 0), ADA, BO).status());
    }

    @Test
    void whatIsLeftCanBeUnknown() {
        for (double rate : new double[] {0, 1}) {
            Asking asking = Asking.of(SandboxOptions.builder()
                    .clock(clock)
                    .matchRate(1)
                    .faults(FaultProfile.parse(
                            "{\"quirks\": {\"all\": 0, \"zoominfo.quota-unknown\": " + rate + "}}")));
            Map<String, String> headers = contacts(asking, ADA).headers();
            assertEquals(rate == 1 ? "-1" : "24", headers.get("x-ratelimit-remaining-second"));
            assertEquals(rate == 1 ? "-1" : "53999", headers.get("x-ratelimit-remaining-hour"));
            assertEquals(rate == 1 ? "-1" : "647999", headers.get("x-ratelimit-remaining-day"));
            assertEquals(rate == 1 ? "-1" : "24", headers.get("x-ratelimit-remaining"));
        }
    }

    @Test
    void threeWindowsTellWhichOneIsFull() {
        Asking narrow = Asking.of(SandboxOptions.builder()
                .clock(clock)
                .matchRate(1)
                .quota("zoominfo:account", "2/1s,3/1h,4/1d")
                .faults(FaultProfile.NONE.withQuirks(0)));
        Map<String, String> headers = headers(narrow);
        assertEquals("2", headers.get("x-ratelimit-limit-second"));
        assertEquals("1", headers.get("x-ratelimit-remaining-second"));
        assertEquals("1", headers.get("x-ratelimit-remaining"));
        assertEquals("2", headers.get("x-ratelimit-remaining-hour"));
        assertEquals("3", headers.get("x-ratelimit-remaining-day"));
        assertFalse(headers.containsKey("retry-after"));
        headers(narrow);
        Map<String, String> refused = headers(narrow);
        assertEquals("second", refused.get("x-ratelimit-rejected-bucket"));
        assertEquals("1", refused.get("retry-after"));
        assertEquals(Long.toString(clock.instant().getEpochSecond() + 1), refused.get("x-ratelimit-reset"));
        clock.advance(Duration.ofSeconds(1));
        headers(narrow);
        assertEquals("hour", headers(narrow).get("x-ratelimit-rejected-bucket"));
        clock.advance(Duration.ofHours(1));
        headers(narrow);
        Map<String, String> day = headers(narrow);
        assertEquals("day", day.get("x-ratelimit-rejected-bucket"));
        assertTrue(Integer.parseInt(day.get("retry-after")) > 3600);
        assertEquals(3, narrow.gateway().ledger().counts("zoominfo").refusedByWindow());
    }

    private static Map<String, String> headers(Asking asking) {
        Reply reply = contacts(asking, ADA);
        assertEquals(
                reply.status() == 429 ? "ZI0004" : "",
                Asking.json(reply).at("/error/code").asText());
        return reply.headers();
    }

    @Test
    void theStandardPackageIsTheUsualOne() {
        Asking usual = Asking.of(SandboxOptions.builder().clock(clock).matchRate(1));
        Map<String, String> headers = contacts(usual, ADA).headers();
        assertEquals(
                List.of("25", "54000", "648000"),
                Stream.of("second", "hour", "day")
                        .map(name -> headers.get("x-ratelimit-limit-" + name))
                        .toList());
    }

    @Test
    void refusesWhatItCannotReadAndAWrongVerbWith404() {
        assertEquals(400, send(all, CONTACTS, "{}").status());
        assertEquals(400, contacts(all, new String[0]).status());
        String[] many = IntStream.range(0, 26).mapToObj(i -> ADA).toArray(String[]::new);
        assertEquals(400, contacts(all, many).status());
        assertEquals(
                "PFAPI0003",
                Asking.json(contacts(all, many)).at("/errors/0/code").asText());
        Reply verb = all.get(CONTACTS);
        assertEquals(404, verb.status());
        assertEquals("ZI9998", Asking.json(verb).at("/error/code").asText());
    }

    @Test
    void aBatchCanComeShortReversedOrDoubledAndBillsWhatItHolds() {
        for (FaultKind kind : Set.of(FaultKind.BATCH_SHORT, FaultKind.BATCH_REORDERED, FaultKind.BATCH_DOUBLED)) {
            Asking faulty =
                    asking(clock, 1, FaultProfile.ofRates(Map.of(kind, 1.0)).withQuirks(0));
            JsonNode data = Asking.json(contacts(faulty, ADA, BO)).path("data");
            assertEquals(kind == FaultKind.BATCH_SHORT ? 1 : 2, billed(faulty), kind.id());
            assertEquals(
                    kind == FaultKind.BATCH_SHORT ? 1 : kind == FaultKind.BATCH_DOUBLED ? 3 : 2,
                    data.size(),
                    kind.id());
        }
    }
}
