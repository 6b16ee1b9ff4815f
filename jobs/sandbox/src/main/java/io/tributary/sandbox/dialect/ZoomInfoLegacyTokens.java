package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * The JWT of the Enterprise API: for a user and a password, or for what a client signed. The sandbox knows one private
 * key, which opens nothing else; whoever has it stands for the user of the sandbox's key.
 */
final class ZoomInfoLegacyTokens {
    static final String PATH = "/authenticate";
    static final String USER = "sandbox-zoominfo-user";
    static final String KEY = USER + ":sandbox-zoominfo-password";
    static final String CLIENT = "sandbox-zoominfo-client";
    private static final long SECONDS = 3600;
    private static final long ASSERTED_SECONDS = 300;
    private static final PublicKey PUBLIC = publicKey();

    private ZoomInfoLegacyTokens() {}

    /** Who asks for a token. An assertion whose signature or claims are wrong is nobody's. */
    static Optional<String> client(Request request) {
        Optional<String> assertion = request.bearerToken();
        if (assertion.isPresent()) {
            return Optional.of(
                    claims(assertion.get())
                                    .filter(ZoomInfoLegacyTokens::areOurs)
                                    .isPresent()
                            ? KEY
                            : "");
        }
        Optional<JsonNode> json = request.json().filter(JsonNode::isObject);
        return part("username", request, json)
                .flatMap(user -> part("password", request, json).map(password -> user + ":" + password));
    }

    /** The answer does not say for how long. */
    static Reply grant(Request request, Instant now) {
        Optional<JsonNode> claims = request.bearerToken().flatMap(ZoomInfoLegacyTokens::claims);
        if (claims.isPresent() && !isTimely(claims.get(), now)) {
            return Reply.text(401, "Authentication failed");
        }
        String token = Tokens.issue(client(request).orElseThrow(), now.plusSeconds(SECONDS));
        return Reply.json(200, Json.object().put("success", true).put("jwt", token));
    }

    /** What an assertion claims, if it is signed by the sandbox's private key. */
    private static Optional<JsonNode> claims(String assertion) {
        String[] parts = assertion.split("\\.");
        try {
            if (parts.length != 3 || !decoded(parts[0]).path("alg").asText().equals("RS256")) {
                return Optional.empty();
            }
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(PUBLIC);
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]))
                    ? Optional.of(decoded(parts[1]))
                    : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static JsonNode decoded(String part) {
        return Json.read(Base64.getUrlDecoder().decode(part)).orElse(Json.object());
    }

    private static boolean areOurs(JsonNode claims) {
        return claims.path("aud").asText().equals("enterprise_api")
                && claims.path("iss").asText().equals("api-client@zoominfo.com")
                && claims.path("client_id").asText().equals(CLIENT)
                && claims.path("username").asText().equals(USER);
    }

    /** Issued by now, not over, and for no longer than the provider takes. */
    private static boolean isTimely(JsonNode claims, Instant now) {
        long issued = claims.path("iat").asLong();
        long ends = claims.path("exp").asLong();
        return issued <= now.getEpochSecond() + 60 && ends > now.getEpochSecond() && ends - issued <= ASSERTED_SECONDS;
    }

    private static Optional<String> part(String name, Request request, Optional<JsonNode> json) {
        return Optional.ofNullable(request.form().get(name))
                .map(values -> values.get(0))
                .or(() -> json.flatMap(body -> Json.text(body, name)));
    }

    private static PublicKey publicKey() {
        try (InputStream in = ZoomInfoLegacyTokens.class.getResourceAsStream("sandbox-zoominfo-key.pem")) {
            String pem = new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----", "");
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            RSAPrivateCrtKey key = (RSAPrivateCrtKey) rsa.generatePrivate(
                    new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
            return rsa.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the sandbox's own key can't be read", e);
        }
    }
}
