package io.tributary.jobs.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.credential.Grant;
import io.tributary.credential.Grants;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests and answers about keys, as bytes. An answer has grants, or a fault, or says that it is not known yet. */
final class KeyMessages {
    private static final ObjectMapper JSON = new ObjectMapper();

    private KeyMessages() {}

    static byte[] request(KeyRequest request) throws IOException {
        return JSON.writeValueAsBytes(request);
    }

    static KeyRequest request(byte[] message) throws IOException {
        return JSON.readValue(message, KeyRequest.class);
    }

    static byte[] grants(Grants grants) throws IOException {
        var root =
                JSON.createObjectNode().put("validForMillis", grants.validFor().toMillis());
        var keys = root.putArray("keys");
        for (Grant grant : grants.keys()) {
            var parts = keys.addObject()
                    .put("version", grant.version())
                    .put("live", grant.live())
                    .putObject("parts");
            grant.parts().forEach(parts::put);
        }
        return JSON.writeValueAsBytes(root);
    }

    static byte[] fault(String why) throws IOException {
        return JSON.writeValueAsBytes(JSON.createObjectNode().put("fault", why));
    }

    static byte[] notYet() {
        return new byte[0];
    }

    static byte[] done() {
        return notYet();
    }

    /**
     * The grants of an answer.
     *
     * @return empty if they are not known yet
     * @throws IOException if the driver tells of a fault; it holds no secret
     */
    static Optional<Grants> answer(byte[] message) throws IOException {
        if (message.length == 0) {
            return Optional.empty();
        }
        JsonNode root = JSON.readTree(message);
        if (root.has("fault")) {
            throw new IOException(root.path("fault").asText());
        }
        List<Grant> keys = new ArrayList<>();
        for (JsonNode key : root.path("keys")) {
            Map<String, String> parts = new LinkedHashMap<>();
            key.path("parts")
                    .properties()
                    .forEach(part -> parts.put(part.getKey(), part.getValue().asText()));
            keys.add(new Grant(key.path("version").asLong(), key.path("live").asBoolean(), parts));
        }
        return Optional.of(
                new Grants(keys, Duration.ofMillis(root.path("validForMillis").asLong())));
    }
}
