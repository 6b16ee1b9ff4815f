package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** GTM's enrichment: a resource for each input, in their order; its status decides, and not whether it has data. */
final class ZoomInfoEnrich {
    static final String CONTACTS = "/gtm/data/v1/contacts/enrich";
    static final String COMPANIES = "/gtm/data/v1/companies/enrich";
    private static final int MAX = 25;
    private static final String MEDIA = "application/vnd.api+json";
    private static final List<String> WINDOWS = List.of("-second", "-hour", "-day", "");

    private ZoomInfoEnrich() {}

    static Reply answer(Request request, boolean person, Desk desk) {
        JsonNode data = request.json().orElse(Json.object()).path("data");
        ZoomInfoCall call;
        try {
            if (!data.path("type").asText().equals(person ? "ContactEnrich" : "CompanyEnrich")) {
                throw new IllegalArgumentException("Unknown resource type");
            }
            call = ZoomInfoCall.read(data.path("attributes"), person, MAX);
        } catch (IllegalArgumentException unreadable) {
            return ZoomInfoDialect.platform(400, "PFAPI0003", "Invalid request", unreadable.getMessage());
        }
        String aCase = call.aCase(desk);
        Optional<String> forbidden = call.forbidden(desk);
        if (forbidden.isPresent()) {
            return call.undone(ZoomInfoDialect.platform(
                    400, "PFAPI0009", "Field not allowed", "No access to field '" + forbidden.get() + "'"));
        }
        if (desk.shows(ZoomInfoQuirks.CREDIT_LIMIT, aCase)) {
            return call.undone(ZoomInfoDialect.creditLimit());
        }
        if (call.asks().size() > 1 && desk.shows(ZoomInfoQuirks.TIMEOUT, aCase)) {
            return call.undone(ZoomInfoDialect.platform(504, "PFAPI0010", "Timeout", "Use a smaller batch"));
        }
        Reply reply = enriched(call, desk);
        return desk.shows(ZoomInfoQuirks.QUOTA_UNKNOWN, aCase) ? reply.withHeaders(unknownQuota()) : reply;
    }

    private static Reply enriched(ZoomInfoCall call, Desk desk) {
        ZoomInfoMatcher matcher = new ZoomInfoMatcher(desk, ZoomInfoQuirks.GTM, call.required());
        ZoomInfoShape shape = new ZoomInfoShape(false, call.fields(), matcher::id);
        List<Desk.Item> items = call.matches(matcher).stream()
                .map(match -> new Desk.Item(resource(match, call, shape, desk), Optional.of(match.charge())))
                .toList();
        ArrayNode data = Json.array();
        List<Charge> charges = new ArrayList<>();
        // What a fault takes out of the batch is not bought, so prices are made here.
        for (Desk.Item item : desk.shaped(items)) {
            data.add(item.body());
            long record = item.body().path("id").asLong();
            item.charge()
                    .map(charge -> ZoomInfoMatch.priced(charge, record, desk))
                    .ifPresent(charges::add);
        }
        return document(Json.object().set("data", data), charges);
    }

    static Reply document(JsonNode body, List<Charge> charges) {
        return new Reply(200, Map.of(), MEDIA, Json.write(body), charges);
    }

    private static ObjectNode resource(ZoomInfoMatch match, ZoomInfoCall call, ZoomInfoShape shape, Desk desk) {
        boolean data = match.person().isPresent() || match.company().isPresent();
        ObjectNode node = Json.object()
                .put("type", !data ? "NoMatch" : call.person() ? "Contact" : "Company")
                .put("id", Long.toString(match.record()));
        if (data) {
            node.set("attributes", attributes(match, call, shape));
        }
        ObjectNode meta = node.putObject("meta");
        meta.set("input", shape.echo(match.ask().given()));
        meta.put("matchStatus", match.status());
        if (desk.shows(ZoomInfoQuirks.WARNINGS, match.ask().input())) {
            ArrayNode fields = meta.putArray("warnings")
                    .addObject()
                    .put("code", "INPUT_WARNING")
                    .put("message", "An input was not used")
                    .putArray("fields");
            match.ask().given().fieldNames().forEachRemaining(fields::add);
        }
        return node;
    }

    private static ObjectNode attributes(ZoomInfoMatch match, ZoomInfoCall call, ZoomInfoShape shape) {
        if (!call.person()) {
            return shape.company(match.company().orElseThrow(), match.sight());
        }
        ObjectNode attributes = match.person()
                .map(person -> shape.contact(person, match.sight()))
                .orElseGet(Json::object);
        if (shape.showsEmployer()) {
            match.company().ifPresent(company -> attributes.set("company", shape.employer(company)));
        }
        return attributes;
    }

    private static Map<String, String> unknownQuota() {
        Map<String, String> headers = new LinkedHashMap<>();
        WINDOWS.forEach(window -> headers.put("x-ratelimit-remaining" + window, "-1"));
        return headers;
    }
}
