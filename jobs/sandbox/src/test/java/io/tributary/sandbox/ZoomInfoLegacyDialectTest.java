package io.tributary.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.fault.FaultKind;
import io.tributary.sandbox.fault.FaultProfile;
import io.tributary.sandbox.ledger.CallEntry;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Truth;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZoomInfoLegacyDialectTest {
    private static final String LOGIN = "/zoominfo-legacy/authenticate";
    private static final String PASSWORD =
            "{\"username\":\"sandbox-zoominfo-user\",\"password\":\"sandbox-zoominfo-password\"}";
    private static final String ADA = "{\"emailAddress\":\"Ada.Example@acme.example\"}";
    private static final String BO = "{\"firstName\":\"Bo\",\"lastName\":\"Sample\",\"companyName\":\"Other\"}";
    private final ManualClock clock = new ManualClock();
    private final Asking all = asking(1, FaultProfile.NONE.withQuirks(0));

    private Asking asking(double rate, FaultProfile faults) {
        return Asking.of(SandboxOptions.builder()
                .clock(clock)
                .matchRate(rate)
                .quotasOff()
                .faults(faults));
    }

    /** Of all quirks this one only. */
    private Asking showing(String quirk, double rate) {
        return asking(
                1, FaultProfile.parse("{\"quirks\": {\"all\": 0, \"zoominfo-legacy." + quirk + "\": " + rate + "}}"));
    }

    private static Reply login(Asking asking, String body) {
        return asking.send("POST", LOGIN, body, Map.of()).reply();
    }

    private static Reply send(Asking asking, String path, String body) {
        String token = Asking.json(login(asking, PASSWORD)).path("jwt").asText();
        return asking.send(
                        path.equals("/lookup/usage") ? "GET" : "POST",
                        "/zoominfo-legacy" + path,
                        body,
                        Map.of("authorization", "Bearer " + token))
                .reply();
    }

    private static String contacts(String... inputs) {
        return "{\"matchPersonInput\":[" + String.join(",", inputs)
                + "],\"outputFields\":[\"id\",\"firstName\",\"lastName\",\"email\",\"jobTitle\",\"companyName\","
                + "\"hasCanadianEmail\",\"personHasMoved\",\"lastUpdatedDate\"]}";
    }

    private static Reply enrich(Asking asking, String... inputs) {
        return send(asking, "/enrich/contact", contacts(inputs));
    }

    private static String[] people(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> "{\"emailAddress\":\"p" + i + "@firm" + i + ".example\"}")
                .toArray(String[]::new);
    }

    private static JsonNode item(Reply reply, int item) {
        return Asking.json(reply).at("/data/result/" + item);
    }

    private static double billed(Asking asking) {
        return asking.gateway().ledger().counts("zoominfo-legacy").billedCredits();
    }

    /** What the latest answer about each input means. */
    private static Map<String, Truth> truths(Asking asking) {
        return asking.gateway().ledger().entries("zoominfo-legacy").stream()
                .filter(entry -> !entry.entity().isEmpty())
                .collect(Collectors.toMap(CallEntry::input, CallEntry::truth, (old, young) -> young));
    }

    @Test
    void aPasswordIsTakenAsJsonOrAsAFormAndRefusedInPlainText() {
        assertTrue(Asking.json(login(all, PASSWORD)).path("jwt").isTextual());
        assertFalse(Asking.json(login(all, PASSWORD)).has("expires_in"));
        assertEquals(
                200,
                login(all, "username=sandbox-zoominfo-user&password=sandbox-zoominfo-password")
                        .status());
        Reply wrong = login(all, PASSWORD.replace("password\"}", "x\"}"));
        assertEquals(401, wrong.status());
        assertEquals(
                "Invalid username and/or password - please try again.",
                new String(wrong.body(), StandardCharsets.UTF_8));
        assertTrue(wrong.contentType().startsWith("text/plain"));
        String token = Asking.json(login(all, PASSWORD)).path("jwt").asText();
        Map<String, String> bearer = Map.of("authorization", "Bearer " + token);
        String usage = "/zoominfo-legacy/lookup/usage";
        assertEquals(200, all.send("GET", usage, "", bearer).reply().status());
        clock.advance(Duration.ofMinutes(60));
        Reply over = all.send("GET", usage, "", bearer).reply();
        assertEquals(401, over.status());
        assertEquals("Authentication failed", new String(over.body(), StandardCharsets.UTF_8));
    }

    @Test
    void aTokenIsGivenOnceASecond() {
        Asking metered = Asking.of(SandboxOptions.builder().clock(clock));
        assertEquals(200, login(metered, PASSWORD).status());
        assertEquals(429, login(metered, PASSWORD).status());
        clock.advance(Duration.ofSeconds(1));
        assertEquals(200, login(metered, PASSWORD).status());
    }

    @Test
    void whatAClientSignedIsCheckedToTheLastClaim() throws Exception {
        ObjectNode good = claims();
        assertEquals(200, asserted(good, sandboxKey()));
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("RSA");
        pairs.initialize(2048);
        assertEquals(401, asserted(good, pairs.generateKeyPair().getPrivate()));
        for (String claim : List.of("aud", "iss", "client_id", "username")) {
            assertEquals(401, asserted(claims().put(claim, "x"), sandboxKey()), claim);
        }
        long now = clock.instant().getEpochSecond();
        assertEquals(401, asserted(claims().put("exp", now + 301), sandboxKey()), "for too long");
        assertEquals(401, asserted(claims().put("iat", now + 120).put("exp", now + 300), sandboxKey()), "not yet");
        clock.advance(Duration.ofSeconds(300));
        assertEquals(401, asserted(good, sandboxKey()), "over");
    }

    private ObjectNode claims() {
        long now = clock.instant().getEpochSecond();
        return Json.object()
                .put("aud", "enterprise_api")
                .put("iss", "api-client@zoominfo.com")
                .put("client_id", "sandbox-zoominfo-client")
                .put("username", "sandbox-zoominfo-user")
                .put("iat", now)
                .put("exp", now + 300);
    }

    private static PrivateKey sandboxKey() throws IOException, GeneralSecurityException {
        try (InputStream in = SandboxServer.class.getResourceAsStream("dialect/sandbox-zoominfo-key.pem")) {
            String pem = new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----", "");
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
        }
    }

    /** The status that an assertion gets, and with its token the account is asked. */
    private int asserted(ObjectNode claims, PrivateKey key) throws GeneralSecurityException {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String content = base64.encodeToString(Json.write(Json.object().put("alg", "RS256"))) + "."
                + base64.encodeToString(Json.write(claims));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        Reply reply = all.send(
                        "POST",
                        LOGIN,
                        "",
                        Map.of("authorization", "Bearer " + content + "." + base64.encodeToString(signature.sign())))
                .reply();
        if (reply.status() == 200) {
            String token = Asking.json(reply).path("jwt").asText();
            assertEquals(
                    200,
                    all.send("GET", "/zoominfo-legacy/lookup/usage", "", Map.of("authorization", "Bearer " + token))
                            .reply()
                            .status());
        }
        return reply.status();
    }

    @Test
    void theEchoIsInLowerCaseAndTruthsAreTexts() {
        Reply reply = enrich(all, ADA, "{\"phone\":\"+13035550100\"}", "{}");
        JsonNode body = Asking.json(reply);
        assertTrue(body.path("success").asBoolean());
        assertEquals("firstname", body.at("/data/outputFields/0/1").asText());
        assertFalse(body.path("data").has("requiredFields"));
        assertEquals(
                "ada.example@acme.example",
                item(reply, 0).at("/input/emailaddress").asText());
        JsonNode ada = item(reply, 0).at("/data/0");
        assertTrue(ada.path("id").isNumber());
        assertTrue(Set.of("true", "false").contains(ada.path("hasCanadianEmail").textValue()));
        assertTrue(Set.of("Yes", "No", "Uncertain")
                .contains(ada.path("personHasMoved").textValue()));
        assertTrue(ada.path("lastUpdatedDate").asText().matches("\\d{1,2}/\\d{1,2}/2026 \\d{1,2}:\\d\\d [AP]M"));
        assertTrue(ada.at("/company/revenue").asText().matches("\\$\\d+ (Thousand|Million|Billion)"));
        assertTrue(ada.at("/company/revenueNumeric").asLong() > 100_000);
        assertEquals("FULL_MATCH", item(reply, 1).path("matchStatus").asText());
        assertEquals("INVALID_INPUT", item(reply, 2).path("matchStatus").asText());
        assertEquals(0, item(reply, 2).path("data").size());
        assertEquals(2, billed(all));
    }

    @Test
    void aRevenueOfACompanyIsInThousandsOfWhatAContactsIs() {
        long dollars =
                item(enrich(all, ADA), 0).at("/data/0/company/revenueNumeric").asLong();
        JsonNode company = item(
                        send(
                                all,
                                "/enrich/company",
                                "{\"matchCompanyInput\":[{\"companyWebsite\":\"http://www.acme.example\"}],"
                                        + "\"outputFields\":[\"id\",\"name\",\"revenue\"]}"),
                        0)
                .at("/data/0");
        assertEquals("Acme", company.path("name").asText());
        assertEquals(dollars / 1000, company.path("revenue").asLong(dollars / 1000));
    }

    @Test
    void aRecordIsPaidOnceAndThreeMetersCount() {
        Reply first = enrich(all, ADA, BO);
        Reply again = enrich(all, ADA);
        assertEquals(2, billed(all));
        assertEquals(0, all.gateway().ledger().counts("zoominfo-legacy").repeats());
        assertEquals("999998", first.headers().get("x-usage-record-limit-remaining"));
        assertEquals("999997", again.headers().get("x-usage-record-limit-remaining"), "what is free counts too");
        assertEquals("999998", again.headers().get("x-usage-request-limit-remaining"));
        assertEquals("999998", again.headers().get("x-usage-unique-id-limit-remaining"));
        JsonNode usage = Asking.json(send(all, "/lookup/usage", "")).path("usage");
        assertEquals(3, usage.at("/1/currentUsage").asInt());
        assertEquals(2, usage.at("/2/currentUsage").asInt());
    }

    @ParameterizedTest
    @CsvSource({
        "opt-out, OPT_OUT, SUPPRESSED, 0, 0",
        "company-only, COMPANY_ONLY_MATCH, MISSED, 1, 0",
        "contact-only, CONTACT_ONLY_MATCH, FOUND, 1, 1",
        "invalid-input, INVALID_INPUT, UNREADABLE, 0, 0",
        "limit-exceeded, LIMIT_EXCEEDED, UNANSWERED, 0, 0",
        "service-error, SERVICE_ERROR, UNANSWERED, 0, 0",
        "one-record, FULL_MATCH, FOUND, 1, 1",
        "no-status, '', FOUND, 1, 1",
        "negative-id, FULL_MATCH, FOUND, 1, 1"
    })
    void aQuirkShowsAtItsRateAndOnlyThen(String quirk, String status, Truth truth, int records, double price) {
        Asking always = showing(quirk, 1);
        JsonNode item = item(enrich(always, ADA), 0);
        assertEquals(status, item.path("matchStatus").asText());
        assertEquals(records, item.path("data").size());
        assertEquals(quirk.equals("negative-id"), item.at("/data/0/id").asLong() < 0);
        assertEquals(Map.of("ada.example@acme.example", truth), truths(always));
        assertEquals(price, billed(always));
        Asking never = showing(quirk, 0);
        JsonNode plain = item(enrich(never, ADA), 0);
        assertEquals("FULL_MATCH", plain.path("matchStatus").asText());
        assertEquals("Ada", plain.at("/data/0/firstName").asText());
        assertEquals("Acme", plain.at("/data/0/company/name").asText());
        assertEquals(1, billed(never));
    }

    @Test
    void anItemThatFailedIsAnsweredTheNextTime() {
        Asking failing = showing("service-error", 1);
        enrich(failing, ADA);
        assertEquals(
                "FULL_MATCH", item(enrich(failing, ADA), 0).path("matchStatus").asText());
        assertEquals(1, billed(failing));
    }

    @Test
    void anOlderAccountTellsAMissByAnEmptyListAlone() {
        Asking old = asking(0, FaultProfile.parse("{\"quirks\": {\"all\": 0, \"zoominfo-legacy.no-status\": 1}}"));
        JsonNode item = item(enrich(old, ADA), 0);
        assertFalse(item.has("matchStatus"));
        assertTrue(item.path("data").isEmpty());
        assertEquals(Map.of("ada.example@acme.example", Truth.MISSED), truths(old));
    }

    @ParameterizedTest
    @CsvSource({
        "field-refused, /enrich/contact, 403, 'firstName'",
        "credit-limit, /enrich/contact, 400, Exceeded the max limit to enrich new Contacts or Companies",
        "no-bulk, /bulk/enrich/contact, 403, not in your subscription",
        "field-refused, /bulk/enrich/contact, 403, 'firstName'"
    })
    void aCallIsRefusedAsAWhole(String quirk, String path, int status, String words) {
        Asking refusing = showing(quirk, 1);
        Reply reply = send(refusing, path, contacts(ADA, BO));
        assertEquals(status, reply.status());
        assertTrue(
                Asking.json(reply).path("error").asText().contains(words.replace("\"", "'")),
                Asking.json(reply).toString());
        assertEquals(status, Asking.json(reply).path("statusCode").asInt());
        assertEquals(Set.of(Truth.UNANSWERED), new HashSet<>(truths(refusing).values()));
        assertEquals(0, billed(refusing));
        assertEquals(200, send(showing(quirk, 0), path, contacts(ADA, BO)).status());
    }

    private String start(Asking asking, String... inputs) {
        Reply started = send(asking, "/bulk/enrich/contact", contacts(inputs));
        assertEquals(200, started.status());
        String id = Asking.json(started).path("jobId").asText();
        assertTrue(id.matches("[0-9a-f]{40}"), id);
        return id;
    }

    private static JsonNode status(Asking asking, String job) {
        return Asking.json(send(asking, "/bulk/job/status", "{\"jobId\":\"" + job + "\"}"));
    }

    private static Reply page(Asking asking, String job, int page) {
        return send(asking, "/bulk/job/results", "{\"jobId\":\"" + job + "\",\"page\":" + page + "}");
    }

    private static List<Integer> pages(JsonNode status) {
        List<Integer> pages = new ArrayList<>();
        status.path("successfulPages").forEach(page -> pages.add(page.asInt()));
        return pages;
    }

    @Test
    void aJobIsAcceptedAskedForAndReadInPages() {
        String job = start(all, people(1200));
        assertEquals(1200, billed(all));
        assertEquals(Set.of(Truth.LATER), new HashSet<>(truths(all).values()));
        assertEquals("In_Progress", status(all, job).path("status").asText());
        assertFalse(status(all, job).has("successfulPages"));
        assertEquals(404, page(all, job, 1).status());
        clock.advance(Duration.ofSeconds(2));
        JsonNode done = status(all, job);
        assertEquals("Completed", done.path("status").asText());
        assertEquals(List.of(1, 2, 3), pages(done));
        assertEquals(3, done.path("totalPages").asInt());
        assertEquals(1200, done.path("totalRecords").asInt());
        JsonNode last = Asking.json(page(all, job, 3));
        assertEquals(200, last.path("currentResults").asInt());
        assertEquals(
                "p1000@firm1000.example",
                last.at("/result/0/input/emailaddress").asText());
        assertTrue(last.at("/result/0/data").isObject());
        assertTrue(last.at("/result/0/data/id").isNumber());
        assertEquals(400, page(all, job, 4).status());
        page(all, job, 1);
        page(all, job, 2);
        assertEquals(Set.of(Truth.FOUND), new HashSet<>(truths(all).values()));
        assertEquals(1200, billed(all));
        assertEquals(0, all.gateway().ledger().counts("zoominfo-legacy").repeats());
        assertEquals(404, send(all, "/bulk/job/status", "{\"jobId\":\"x\"}").status());
    }

    @Test
    void aPageThatFailsIsNotBilledAndItsRecordsAreOnNoPage() {
        Asking failing = showing("page-failed", 0.5);
        String job = start(failing, people(4000));
        clock.advance(Duration.ofSeconds(2));
        List<Integer> good = pages(status(failing, job));
        assertTrue(!good.isEmpty() && good.size() < 8, good.toString());
        good.forEach(page -> page(failing, job, page));
        assertEquals(500 * good.size(), billed(failing));
        Map<Truth, Long> truths =
                truths(failing).values().stream().collect(Collectors.groupingBy(truth -> truth, Collectors.counting()));
        assertEquals(Map.of(Truth.FOUND, 500L * good.size(), Truth.UNANSWERED, 4000 - 500L * good.size()), truths);
        Asking never = showing("page-failed", 0);
        String whole = start(never, people(1000));
        clock.advance(Duration.ofSeconds(2));
        assertEquals(List.of(1, 2), pages(status(never, whole)));
    }

    @ParameterizedTest
    @CsvSource({
        "job-failed, Failed, 0, 0",
        "capitals, COMPLETED, 3, 1200",
        "page-gap, Completed, 3, 1200",
        "large-pages, Completed, 2, 1200"
    })
    void aJobShowsItsQuirkAtItsRateAndOnlyThen(String quirk, String word, int count, double price) {
        Asking always = showing(quirk, 1);
        String job = start(always, people(1200));
        clock.advance(Duration.ofSeconds(2));
        JsonNode status = status(always, job);
        assertEquals(word, status.path("status").asText());
        assertEquals(count, pages(status).size());
        assertEquals(price, billed(always));
        if (quirk.equals("page-gap")) {
            assertEquals(List.of(1, 3, 4), pages(status));
            assertEquals(4, status.path("totalPages").asInt());
        }
        if (quirk.equals("job-failed")) {
            assertEquals(Set.of(Truth.UNANSWERED), new HashSet<>(truths(always).values()));
        }
        Asking never = showing(quirk, 0);
        String plain = start(never, people(1200));
        clock.advance(Duration.ofSeconds(2));
        assertEquals("Completed", status(never, plain).path("status").asText());
        assertEquals(List.of(1, 2, 3), pages(status(never, plain)));
    }

    @Test
    void creditsEndInTheMiddleOfAJob() {
        Asking poor =
                asking(1, FaultProfile.parse("{\"quirks\": {\"all\": 0}, \"credits\": {\"zoominfo-legacy\": 700}}"));
        String job = start(poor, people(1200));
        assertEquals(700, billed(poor));
        clock.advance(Duration.ofSeconds(2));
        page(poor, job, 3);
        assertEquals(Truth.UNANSWERED, truths(poor).get("p1100@firm1100.example"));
        Reply refused = enrich(poor, ADA);
        assertEquals(400, refused.status());
        assertTrue(Asking.json(refused).path("error").asText().startsWith("Exceeded the max limit"));
    }

    @Test
    void theWindowsAreTheAccountsAndOneFamilyOfHeadersTellsOfTheMinute() {
        Asking usual = Asking.of(SandboxOptions.builder().clock(clock).matchRate(1));
        Map<String, String> headers = enrich(usual, ADA).headers();
        assertEquals("1500", headers.get("x-ratelimit-limit"));
        assertEquals("1499", headers.get("x-ratelimit-remaining"));
        assertEquals(Long.toString(clock.instant().getEpochSecond() + 60), headers.get("x-ratelimit-reset"));
        Asking narrow = Asking.of(SandboxOptions.builder().clock(clock).quota("zoominfo-legacy:account", "1/1m"));
        enrich(narrow, ADA);
        clock.advance(Duration.ofSeconds(1));
        Reply full = enrich(narrow, ADA);
        assertEquals(429, full.status());
        assertEquals("0", full.headers().get("x-ratelimit-remaining"));
        assertFalse(full.headers().containsKey("retry-after"));
    }

    @Test
    void aBatchCanComeShortReversedDoubledOrWithFailedItemsAndBillsWhatItHolds() {
        for (FaultKind kind : Set.of(
                FaultKind.BATCH_SHORT, FaultKind.BATCH_REORDERED, FaultKind.BATCH_DOUBLED, FaultKind.BATCH_PARTIAL)) {
            Asking faulty = asking(1, FaultProfile.ofRates(Map.of(kind, 1.0)).withQuirks(0));
            Reply reply = enrich(faulty, ADA, BO);
            boolean less = kind == FaultKind.BATCH_SHORT || kind == FaultKind.BATCH_PARTIAL;
            assertEquals(less ? 1 : 2, billed(faulty), kind.id());
            if (kind == FaultKind.BATCH_PARTIAL) {
                assertEquals("SERVICE_ERROR", item(reply, 1).path("matchStatus").asText());
            }
        }
    }

    @Test
    void refusesWhatItCannotRead() {
        Reply fieldless = send(all, "/enrich/contact", "{\"matchPersonInput\":[" + ADA + "]}");
        assertEquals(400, fieldless.status());
        assertEquals(
                "Missing required field 'outputFields'",
                Asking.json(fieldless).path("error").asText());
        assertEquals(400, enrich(all, people(26)).status());
        assertEquals(400, send(all, "/enrich/company", "{}").status());
        assertEquals(
                400, send(all, "/bulk/enrich/contact", contacts(people(10_001))).status());
        assertEquals(404, all.get("/zoominfo-legacy/enrich/contact").status());
    }
}
