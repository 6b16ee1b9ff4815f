package io.tributary.jobs.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.call.KeyResult;
import io.tributary.call.Question;
import io.tributary.model.Identifiers;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import io.tributary.sandbox.SandboxServer;
import io.tributary.sandbox.fault.FaultProfile;
import io.tributary.sandbox.wire.Truth;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * ZoomInfo's files against ZoomInfo as the sandbox speaks it, over HTTP and with every habit that it has: what each answer
 * was taken for is held against what was meant.
 */
class ZoomInfoNightTest {
    private static final Map<String, String> GTM_KEY =
            Map.of("client-id", "sandbox-zoominfo-id", "client-secret", "sandbox-zoominfo-secret");
    private static final Map<String, String> PASSWORD =
            Map.of("username", "sandbox-zoominfo-user", "password", "sandbox-zoominfo-password");

    /** What answers do on their way; asking again is free at ZoomInfo. */
    private static final String FAULTS =
            "\"500\": 0.03, \"torn\": 0.03, \"batch_short\": 0.05, \"batch_reordered\": 0.05, \"batch_doubled\": 0.05";

    /** Keys stand for what the sandbox calls the subject, so that both books can be laid side by side. */
    private static Question question(String provider, KeyKind kind, String subject, Map<Input, String> inputs) {
        return new Question(new LookupKey(kind, subject), new Identifiers(inputs), List.of(provider), Map.of());
    }

    /** By address, by telephone number, and by name, with many of the same last name and of the same company. */
    private static List<Question> people(String provider, int number) {
        List<String> firsts = List.of("Ada", "Bo", "Cy", "Di", "Eve", "Flo", "Gus");
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            String first = firsts.get(i % firsts.size());
            String company = "Firm " + i % 40;
            String mail = first.toLowerCase(Locale.ROOT) + ".n" + i + "@firm-" + i % 40 + ".example";
            switch (i % 5) {
                case 3 -> {
                    String phone = "+1303555" + (1000 + i);
                    questions.add(question(provider, KeyKind.PHONE, phone, Map.of(Input.PHONE, phone)));
                }
                case 4 ->
                    questions.add(question(
                            provider,
                            KeyKind.NAME_COMPANY,
                            (first + " lee" + i % 9 + "|" + company).toLowerCase(Locale.ROOT),
                            Map.of(
                                    Input.FIRST_NAME,
                                    first,
                                    Input.LAST_NAME,
                                    "Lee" + i % 9,
                                    Input.COMPANY_NAME,
                                    company)));
                default -> questions.add(question(provider, KeyKind.EMAIL, mail, Map.of(Input.EMAIL, mail)));
            }
        }
        return questions.stream()
                .collect(Collectors.toMap(one -> one.key().value(), one -> one, (one, same) -> one, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    private static List<Question> companies(String provider, int number) {
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            String domain = "firm-" + i + ".example";
            questions.add(question(provider, KeyKind.DOMAIN, domain, Map.of(Input.DOMAIN, domain)));
        }
        return questions;
    }

    private static String file(String provider) throws IOException {
        return Files.readString(Path.of("../../conf/providers").resolve(provider + ".yaml"));
    }

    private static FaultProfile profile(String faults, String quirks) {
        return FaultProfile.parse("{\"rates\": {" + faults + "}, \"quirks\": {" + quirks + "}}");
    }

    private static void assertSame(ProviderNight night) throws IOException {
        assertEquals(Map.of(), night.misread());
        assertEquals(0, night.counts().repeats());
        assertEquals(0, night.counts().refusedByWindow());
        assertEquals(night.journal().records().size(), night.counts().billedCredits(), "a credit for each record");
        assertEquals(night.journal().found(), night.journal().credits(), "we count a credit for each key");
    }

    @Test
    void whatGtmMeansIsUnderstood() throws IOException {
        List<Question> questions = new ArrayList<>(people("zoominfo", 600));
        questions.addAll(companies("zoominfo", 100));
        ProviderNight night = ProviderNight.night(
                "zoominfo",
                file("zoominfo"),
                GTM_KEY,
                questions,
                profile(
                        FAULTS,
                        "\"all\": 0.05, \"zoominfo.limit-exceeded\": 0, \"zoominfo.credit-limit\": 0,"
                                + " \"zoominfo.field-refused\": 0"));
        assertSame(night);
        assertTrue(night.having(Truth.FOUND) > 300);
        for (Truth truth : List.of(Truth.MISSED, Truth.SUPPRESSED, Truth.UNREADABLE)) {
            assertTrue(night.having(truth) > 5, truth + " came often enough to be misread");
        }
    }

    @Test
    void whatTheEnterpriseApiMeansIsUnderstood() throws IOException {
        List<Question> questions = new ArrayList<>(people("zoominfo-legacy", 600));
        questions.addAll(companies("zoominfo-legacy", 100));
        ProviderNight night = ProviderNight.night(
                "zoominfo-legacy",
                file("zoominfo-legacy"),
                PASSWORD,
                questions,
                legacy(FAULTS, 0.05, "zoominfo-legacy.no-bulk"));
        assertSame(night);
        assertTrue(night.having(Truth.FOUND) > 300);
        for (Truth truth : List.of(Truth.MISSED, Truth.SUPPRESSED, Truth.UNREADABLE)) {
            assertTrue(night.having(truth) > 5, truth + " came often enough to be misread");
        }
    }

    /** Under a token for what the client signed. A page that fails takes its keys along: they come again. */
    @Test
    void whatBulkJobsMeanIsUnderstoodPageByPage() throws IOException {
        List<Question> questions = new ArrayList<>(people("zoominfo-legacy", 4000));
        questions.addAll(companies("zoominfo-legacy", 700));
        ProviderNight night = ProviderNight.night(
                "zoominfo-legacy",
                bulk(),
                signing(),
                questions,
                legacy("\"500\": 0.03, \"torn\": 0.03", 0.05, "zoominfo-legacy.job-failed"));
        assertSame(night);
        assertTrue(night.having(Truth.FOUND) > 1000);
    }

    @Test
    void whoeverWasOnAPageThatFailedHasNoAnswer() throws IOException {
        ProviderNight night = ProviderNight.night(
                "zoominfo-legacy",
                bulk(),
                signing(),
                people("zoominfo-legacy", 4000),
                FaultProfile.parse("{\"quirks\": {\"all\": 0, \"zoominfo-legacy.page-failed\": 0.5,"
                        + " \"zoominfo-legacy.page-gap\": 1, \"zoominfo-legacy.capitals\": 1}}"));
        assertSame(night);
        assertTrue(night.having(Truth.UNANSWERED) > 0);
        assertTrue(night.having(Truth.FOUND) > 0);
    }

    @Test
    void aFieldThatTheAccountMayNotSeeIsLeftOut() throws IOException {
        for (String provider : List.of("zoominfo", "zoominfo-legacy")) {
            ProviderNight night = ProviderNight.night(
                    provider,
                    file(provider),
                    provider.equals("zoominfo") ? GTM_KEY : PASSWORD,
                    people(provider, 60),
                    FaultProfile.parse("{\"quirks\": {\"all\": 0, \"" + provider + ".field-refused\": 1}}"));
            assertSame(night);
            assertTrue(night.having(Truth.FOUND) > 30, provider);
        }
    }

    @Test
    void creditsThatEndInsideATwoHundredEndTheNightAndCostNothing() throws IOException {
        for (String provider : List.of("zoominfo", "zoominfo-legacy")) {
            for (String quirk : List.of("limit-exceeded", "credit-limit")) {
                ProviderNight night = ProviderNight.night(
                        provider,
                        file(provider),
                        provider.equals("zoominfo") ? GTM_KEY : PASSWORD,
                        people(provider, 300),
                        FaultProfile.parse("{\"quirks\": {\"all\": 0, \"" + provider + "." + quirk + "\": 0.5}}"));
                assertSame(night);
                assertTrue(
                        night.results().stream()
                                .anyMatch(result -> result.disposition() == KeyResult.Disposition.DEFERRED),
                        provider + " " + quirk);
            }
        }
    }

    /** Without what ends a night, and without one more. */
    private static FaultProfile legacy(String faults, double rate, String without) {
        return profile(
                faults,
                "\"" + without + "\": 0, \"all\": " + rate
                        + ", \"zoominfo-legacy.limit-exceeded\": 0, \"zoominfo-legacy.credit-limit\": 0,"
                        + " \"zoominfo-legacy.field-refused\": 0");
    }

    /** The file with its bulk operations in use, and less patience for their jobs. */
    private static String bulk() throws IOException {
        return file("zoominfo-legacy")
                .replace("use: false", "use: true")
                .replaceAll("(?m)^(  (?:person|company):)$", "$1\n    use: false")
                .replace("first: 10s, longest: 60s", "first: 50ms, longest: 100ms");
    }

    private static Map<String, String> signing() throws IOException {
        try (InputStream in = SandboxServer.class.getResourceAsStream("dialect/sandbox-zoominfo-key.pem")) {
            return Map.of(
                    "username",
                    "sandbox-zoominfo-user",
                    "client-id",
                    "sandbox-zoominfo-client",
                    "private-key",
                    new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        }
    }
}
