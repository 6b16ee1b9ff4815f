package io.tributary.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AssertionTest {
    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");
    private static final String SPEC = """
            name: acme
            hosts: {api: "https://api.acme.example"}
            auth:
              kind: token
              request:
                path: /authenticate
                headers: {Authorization: "Bearer ${assertion}"}
                assertion:
                  claims: {aud: enterprise_api, iss: api-client@acme.example, client_id: "${client-id}"}
              token: jwt
              lifetime: 60m
            quota: [{calls: 60, per: 60s}]
            re-ask: hold
            operations:
              person:
                entity: person
                needs: [[email]]
                request: {method: get, path: /people, query: {email: "${email}"}}
                confidence: {otherwise: 0.5}
                credits: {worst: 1}
                fields: {person: {title: title}}
            """;

    private static KeyPair pair;

    @BeforeAll
    static void makeAKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        pair = generator.generateKeyPair();
    }

    private static String pem(String name, byte[] content) {
        return "-----BEGIN " + name + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END " + name
                + "-----\n";
    }

    private static String pkcs8() {
        return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
    }

    /** What PKCS #8 wraps: the last value of the encoded key. */
    private static String pkcs1() {
        byte[] all = pair.getPrivate().getEncoded();
        // SEQUENCE of 4 bytes of head, version of 3, algorithm of 15, head of the OCTET STRING of 4.
        return pem("RSA PRIVATE KEY", Arrays.copyOfRange(all, 26, all.length));
    }

    private static String bearer(String pem) {
        Auth.Token auth = (Auth.Token) ProviderSpec.parse("acme.yaml", SPEC).auth();
        HttpCall call = auth.exchange().request(Map.of("client-id", "c1", "private-key", pem), NOW);
        assertEquals(0, call.body().length);
        return call.headers().get("Authorization").substring("Bearer ".length());
    }

    @Test
    void theClientSignsWhoItIs() throws Exception {
        for (String pem : new String[] {pkcs8(), pkcs1()}) {
            String[] parts = bearer(pem).split("\\.");
            JsonNode header = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[0]));
            JsonNode claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
            assertEquals("{\"alg\":\"RS256\",\"typ\":\"JWT\"}", header.toString());
            assertEquals(
                    "{\"aud\":\"enterprise_api\",\"iss\":\"api-client@acme.example\",\"client_id\":\"c1\",\"iat\":"
                            + NOW.getEpochSecond() + ",\"exp\":" + (NOW.getEpochSecond() + 300) + "}",
                    claims.toString());
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(pair.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            assertTrue(signature.verify(Base64.getUrlDecoder().decode(parts[2])));
        }
    }

    @Test
    void whatIsNoPrivateKeyIsNotQuoted() {
        for (String wrong : new String[] {"s3cret", pem("PRIVATE KEY", "s3cret".getBytes(StandardCharsets.UTF_8))}) {
            IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> bearer(wrong));
            assertTrue(refused.getMessage().contains("private-key"), refused.getMessage());
            assertFalse(refused.getMessage().contains("s3cret"), refused.getMessage());
            assertEquals(null, refused.getCause());
        }
    }

    @Test
    void thePartsOfAKeyDecideHowATokenIsAskedFor() {
        Auth.Token auth = (Auth.Token) ShippedSpecsTest.spec("zoominfo-legacy").auth();
        HttpCall password = auth.exchange().request(Map.of("username", "ada", "password", "p"), NOW);
        assertEquals("{\"username\":\"ada\",\"password\":\"p\"}", new String(password.body(), StandardCharsets.UTF_8));
        assertFalse(password.headers().containsKey("Authorization"));
        HttpCall signed =
                auth.exchange().request(Map.of("username", "ada", "client-id", "c1", "private-key", pkcs8()), NOW);
        assertEquals(0, signed.body().length);
        assertEquals(
                3,
                signed.headers()
                        .get("Authorization")
                        .substring("Bearer ".length())
                        .split("\\.")
                        .length);
        assertEquals(Set.of(), auth.lacking(Set.of("username", "client-id", "private-key")));
        assertEquals(Set.of("password"), auth.lacking(Set.of("username")));
    }

    @Test
    void aKeyWithoutAPartIsRefusedByItsName() {
        Auth.Token auth = (Auth.Token) ProviderSpec.parse("acme.yaml", SPEC).auth();
        assertEquals(
                "the key lacks the part client-id; it has private-key",
                assertThrows(IllegalArgumentException.class, () -> auth.exchange()
                                .request(Map.of("private-key", pkcs8()), NOW))
                        .getMessage());
    }
}
