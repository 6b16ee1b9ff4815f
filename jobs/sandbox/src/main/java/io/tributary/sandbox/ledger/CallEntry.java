package io.tributary.sandbox.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Truth;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * One subject of one call; a call without a readable subject has one entry with empty entity and input.
 *
 * @param call the number of the call at its provider, from 0; items of one batch share it
 * @param clientPort whence it came, to tell connections apart; 0 if it came over none
 */
public record CallEntry(
        long call,
        int clientPort,
        long timeMillis,
        String provider,
        String operation,
        String entity,
        String input,
        int status,
        Fate fate,
        Truth truth,
        double billedCredits) {

    /** The entry as one line of {@code GET /_ledger/calls}. */
    public ObjectNode json() {
        return Json.object()
                .put("call", call)
                .put("client_port", clientPort)
                .put("time", timeMillis)
                .put("provider", provider)
                .put("operation", operation)
                .put("entity", entity)
                .put("input_hash", input.isEmpty() ? "" : sha256(provider + "|" + entity + "|" + input))
                .put("input", input)
                .put("status", status)
                .put("fate", fate.name().toLowerCase(Locale.ROOT))
                .put("truth", truth.id())
                .put("billed_credits", billedCredits);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
