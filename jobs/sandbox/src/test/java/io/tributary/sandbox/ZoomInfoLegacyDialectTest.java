package io.tributary.sandbox;

import static io.tributary.sandbox.ZoomInfoLegacyCalls.ADA;
import static io.tributary.sandbox.ZoomInfoLegacyCalls.BO;
import static io.tributary.sandbox.ZoomInfoLegacyCalls.LOGIN;
import static io.tributary.sandbox.ZoomInfoLegacyCalls.PASSWORD;
import static io.tributary.sandbox.ZoomInfoLegacyCalls.asking;
import static io.tributary.sandbox.ZoomInfoLegacyCalls.billed;
import static io.tributary.sandbox.ZoomInfoLegacyCalls.contacts;
import static io.tributary.sandbox.ZoomInfoLegacyCalls.enrich;
import static io.tributary.sandbox.ZoomInfoLegacyCalls.item;
import static io.tributary.sandbox.ZoomInfoLegacyCalls.login;
import static io.tributary.sandbox.ZoomInfoLegacyCalls.people;
import static io.tributary.sandbox.ZoomInfoLegacyCalls.send;
import static io.tributary.sandbox.ZoomInfoLegacyCalls.showing;
import static io.tributary.sandbox.ZoomInfoLegacyCalls.truths;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.fault.FaultKind;
import io.tributary.sandbox.fault.FaultProfile;
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
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZoomInfoLegacyDialectTest {
    private final ManualClock clock = new ManualClock();
    private final Asking all = asking(clock, 1, FaultProfile.NONE.withQuirks(0));

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
        Asking always = showing(clock, quirk, 1);
        JsonNode item = item(enrich(always, ADA), 0);
        assertEquals(status, item.path("matchStatus").asText());
        assertEquals(records, item.path("data").size());
        assertEquals(quirk.equals("negative-id"), item.at("/data/0/id").asLong() < 0);
        assertEquals(Map.of("ada.example@acme.example", truth), truths(always));
        assertEquals(price, billed(always));
        Asking never = showing(clock, quirk, 0);
        JsonNode plain = item(enrich(never, ADA), 0);
        assertEquals("FULL_MATCH", plain.path("matchStatus").asText());
        assertEquals("Ada", plain.at("/data/0/firstName").asText());
        assertEquals("Acme", plain.at("/data/0/company/name").asText());
        assertEquals(1, billed(never));
    }

    @Test
    void anItemThatFailedIsAnsweredTheNextTime() {
        Asking failing = showing(clock, "service-error", 1);
        enrich(failing, ADA);
        assertEquals(
                "FULL_MATCH", item(enrich(failing, ADA), 0).path("matchStatus").asText());
        assertEquals(1, billed(failing));
    }

    @Test
    void anOlderAccountTellsAMissByAnEmptyListAlone() {
        Asking old =
                asking(clock, 0, FaultProfile.parse("{\"quirks\": {\"all\": 0, \"zoominfo-legacy.no-status\": 1}}"));
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
        Asking refusing = showing(clock, quirk, 1);
        Reply reply = send(refusing, path, contacts(ADA, BO));
        assertEquals(status, reply.status());
        assertTrue(
                Asking.json(reply).path("error").asText().contains(words.replace("\"", "'")),
                Asking.json(reply).toString());
        assertEquals(status, Asking.json(reply).path("statusCode").asInt());
        assertEquals(Set.of(Truth.UNANSWERED), new HashSet<>(truths(refusing).values()));
        assertEquals(0, billed(refusing));
        assertEquals(
                200, send(showing(clock, quirk, 0), path, contacts(ADA, BO)).status());
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
            Asking faulty =
                    asking(clock, 1, FaultProfile.ofRates(Map.of(kind, 1.0)).withQuirks(0));
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
