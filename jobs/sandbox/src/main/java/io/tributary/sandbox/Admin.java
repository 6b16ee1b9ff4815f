package io.tributary.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.fault.FaultProfile;
import io.tributary.sandbox.ledger.CallEntry;
import io.tributary.sandbox.ledger.Ledger;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The sandbox's own paths: the ledger, and switches for keys, faults and match rates. They need no key. */
final class Admin {
    private final Map<String, Provider> providers;
    private final Ledger ledger;

    Admin(Map<String, Provider> providers, Ledger ledger) {
        this.providers = Map.copyOf(providers);
        this.ledger = ledger;
    }

    Delivery handle(Request request) {
        try {
            return (request.method() + " /" + request.prefix() + request.path()).equals("GET /_ledger/calls")
                    ? calls(request.parameter("provider").orElse(""))
                    : Delivery.atOnce(reply(request));
        } catch (IllegalArgumentException wrong) {
            return Delivery.atOnce(error(400, wrong.getMessage()));
        }
    }

    private Reply reply(Request request) {
        return switch (request.method() + " /" + request.prefix() + request.path()) {
            case "GET /_health" -> Reply.json(200, Json.object().put("status", "up"));
            case "GET /_ledger" -> Reply.json(200, ledger.json());
            case "POST /_ledger/reset" -> {
                ledger.reset();
                yield done();
            }
            case "POST /_control/revoke" -> {
                JsonNode order = order(request);
                boolean known = provider(order).revoke(member(order, "key"));
                yield known ? done() : error(404, "the key was not accepted anyway");
            }
            case "POST /_control/keys" -> {
                JsonNode order = order(request);
                provider(order).accept(member(order, "key"));
                yield done();
            }
            case "POST /_control/faults" -> faults(request);
            case "POST /_control/match-rate" -> {
                JsonNode order = order(request);
                double rate = order.path("rate").asDouble(-1);
                chosen(order).forEach(provider -> provider.setMatchRate(rate));
                yield done();
            }
            default -> error(404, "no such path of the sandbox");
        };
    }

    /** Either {@code {"profile": "demo"}} or a whole profile; {@code provider} limits it to one. */
    private Reply faults(Request request) {
        JsonNode order = order(request);
        FaultProfile profile = order.has("profile")
                ? named(order.path("profile").asText())
                : Json.read(Json.write(((ObjectNode) order.deepCopy()).without("provider")), FaultProfile.class);
        chosen(order).forEach(provider -> provider.setFaults(profile));
        return done();
    }

    /** No files here: a request must not choose what the server reads. */
    private static FaultProfile named(String name) {
        return switch (name) {
            case "none" -> FaultProfile.NONE;
            case "demo" -> FaultProfile.demo();
            default -> throw new IllegalArgumentException("no fault profile \"" + name + "\"; one of none, demo");
        };
    }

    private Delivery calls(String provider) {
        List<CallEntry> entries = provider.isEmpty()
                ? providers.keySet().stream()
                        .sorted()
                        .flatMap(name -> ledger.entries(name).stream())
                        .toList()
                : ledger.entries(provider);
        Reply head = new Reply(200, Map.of(), "application/x-ndjson", new byte[0], List.of());
        return Delivery.streamed(head, () -> entries.stream().map(Admin::line).iterator());
    }

    private static byte[] line(CallEntry entry) {
        return (entry.json() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private List<Provider> chosen(JsonNode order) {
        return order.has("provider") ? List.of(provider(order)) : List.copyOf(providers.values());
    }

    private Provider provider(JsonNode order) {
        String name = member(order, "provider");
        if (!providers.containsKey(name)) {
            throw new IllegalArgumentException("no provider \"" + name + "\"; one of "
                    + providers.keySet().stream().sorted().toList());
        }
        return providers.get(name);
    }

    private static JsonNode order(Request request) {
        return request.json()
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new IllegalArgumentException("the body must be a JSON object"));
    }

    private static String member(JsonNode order, String name) {
        return Json.text(order, name).orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" is missing"));
    }

    private static Reply done() {
        return Reply.json(200, Json.object().put("done", true));
    }

    private static Reply error(int status, String message) {
        return Reply.json(status, Json.object().put("error", message));
    }
}
