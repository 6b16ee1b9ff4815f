package io.tributary.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a client signs to show who it is: a JSON Web Token by RFC 7519 with RS256 of RFC 7518. Immutable.
 *
 * @param claims beside {@code iat} and {@code exp}; they may name parts of the key
 * @param keyId name of the signing key, for the header
 * @param unique whether each one has a {@code jti} of its own
 * @param lifetime how long one is good
 * @param key the part that holds the private key, as PEM
 */
record Assertion(
        Map<String, Template> claims, Optional<Template> keyId, boolean unique, Duration lifetime, String key) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** What stands before a PKCS #1 key to make it one of PKCS #8: version 0, algorithm rsaEncryption (RFC 5208). */
    private static final byte[] RSA = {
        0x02,
        0x01,
        0x00,
        0x30,
        0x0d,
        0x06,
        0x09,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        0x0d,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };

    Assertion {
        claims = new LinkedHashMap<>(claims);
    }

    /**
     * A new one.
     *
     * @throws IllegalArgumentException if a part is missing, or the private key can't be read; the message holds no secret
     */
    String signed(Parts parts, Instant now) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", "RS256");
        header.put("typ", "JWT");
        keyId.ifPresent(id -> header.put("kid", parts.fill(id)));
        Map<String, Object> body = new LinkedHashMap<>();
        claims.forEach((name, value) -> body.put(name, parts.fill(value)));
        body.put("iat", now.getEpochSecond());
        body.put("exp", now.plus(lifetime).getEpochSecond());
        if (unique) {
            body.put("jti", UUID.randomUUID().toString());
        }
        String content = encoded(header) + "." + encoded(body);
        PrivateKey signer = privateKey(parts.get(key));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(signer);
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the part " + key + " can't sign with RS256");
        }
    }

    private static String encoded(Map<String, Object> content) {
        try {
            return BASE64.encodeToString(JSON.writeValueAsBytes(content));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers can always be written", e);
        }
    }

    /** No cause is kept: what a parser says of a key may quote it. */
    private PrivateKey privateKey(String pem) {
        boolean old = pem.contains("-----BEGIN RSA PRIVATE KEY-----");
        if (!old && !pem.contains("-----BEGIN PRIVATE KEY-----")) {
            throw new IllegalArgumentException("the part " + key
                    + " is no private key in PEM: it needs -----BEGIN PRIVATE KEY----- and no pass phrase");
        }
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(old ? wrapped(bytes) : bytes));
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            throw new IllegalArgumentException("the part " + key + " is no RSA private key that can be read");
        }
    }

    private static byte[] wrapped(byte[] pkcs1) {
        return der(0x30, RSA, der(0x04, pkcs1));
    }

    /** A DER value: tag, length, content (X.690). */
    private static byte[] der(int tag, byte[]... contents) {
        int length = 0;
        for (byte[] content : contents) {
            length += content.length;
        }
        byte[] size = length < 0x80
                ? new byte[] {(byte) length}
                : length < 0x100
                        ? new byte[] {(byte) 0x81, (byte) length}
                        : new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length};
        byte[] value = new byte[1 + size.length + length];
        value[0] = (byte) tag;
        System.arraycopy(size, 0, value, 1, size.length);
        int at = 1 + size.length;
        for (byte[] content : contents) {
            System.arraycopy(content, 0, value, at, content.length);
            at += content.length;
        }
        return value;
    }
}
