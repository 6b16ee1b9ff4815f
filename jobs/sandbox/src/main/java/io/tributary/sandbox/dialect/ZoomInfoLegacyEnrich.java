package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.fault.FaultKind;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The enrichment of the Enterprise API: an entry for each input, in their order, with a list of one record or of none. */
final class ZoomInfoLegacyEnrich {
    private static final int MAX = 25;

    private ZoomInfoLegacyEnrich() {}

    static Reply answer(Request request, boolean person, Desk desk) {
        ZoomInfoCall call;
        try {
            call = ZoomInfoCall.read(request.json().orElse(Json.object()), person, MAX);
        } catch (IllegalArgumentException unreadable) {
            return ZoomInfoLegacyDialect.error(400, unreadable.getMessage());
        }
        Optional<Reply> refused = refused(call, call.aCase(desk), desk);
        if (refused.isPresent()) {
            return refused.get();
        }
        ArrayNode result = Json.array();
        List<Charge> charges = new ArrayList<>();
        for (Desk.Item item : items(call, matcher(call, desk), true, desk)) {
            result.add(item.body());
            item.charge().ifPresent(charges::add);
        }
        ObjectNode data = Json.object();
        data.putArray("outputFields").add(lower(call.fields()));
        if (!call.required().isEmpty()) {
            data.putArray("requiredFields").add(lower(call.required()));
        }
        data.set("result", result);
        return Reply.json(200, Json.object().put("success", true).set("data", data), charges);
    }

    /** What refuses a call as a whole. */
    static Optional<Reply> refused(ZoomInfoCall call, String aCase, Desk desk) {
        return call.forbidden(desk)
                .map(field -> ZoomInfoLegacyDialect.error(403, "The field '" + field + "' is not in your subscription"))
                .or(() -> desk.shows(ZoomInfoQuirks.CREDIT_LIMIT, aCase)
                        ? Optional.of(ZoomInfoLegacyDialect.creditLimit())
                        : Optional.empty())
                .map(call::undone);
    }

    /**
     * The entries with their prices, as faults leave them; what a fault takes out is not bought.
     *
     * @param listed whether a record stands in a list of one, and not in an object
     */
    static List<Desk.Item> items(ZoomInfoCall call, ZoomInfoMatcher matcher, boolean listed, Desk desk) {
        ZoomInfoShape shape = new ZoomInfoShape(true, call.fields(), matcher::id);
        boolean failing =
                desk.fault().filter(kind -> kind == FaultKind.BATCH_PARTIAL).isPresent();
        List<ZoomInfoMatch> matches = new ArrayList<>(call.matches(matcher));
        for (int i = 1; failing && i < matches.size(); i += 4) {
            matches.set(i, matcher.failed(matches.get(i).ask()));
        }
        List<Desk.Item> items = matches.stream()
                .map(match -> new Desk.Item(entry(match, call, shape, listed), Optional.of(match.charge())))
                .toList();
        return (failing ? items : desk.shaped(items))
                .stream()
                        .map(item -> new Desk.Item(
                                item.body(),
                                item.charge().map(charge -> ZoomInfoMatch.priced(charge, record(item.body()), desk))))
                        .toList();
    }

    static ZoomInfoMatcher matcher(ZoomInfoCall call, Desk desk) {
        return new ZoomInfoMatcher(desk, ZoomInfoQuirks.LEGACY, call.required());
    }

    private static long record(JsonNode entry) {
        JsonNode data = entry.path("data");
        return (data.isArray() ? data.path(0) : data).path("id").asLong();
    }

    private static ObjectNode entry(ZoomInfoMatch match, ZoomInfoCall call, ZoomInfoShape shape, boolean listed) {
        ObjectNode node = Json.object();
        node.set("input", shape.echo(match.ask().given()));
        ObjectNode record = Json.object();
        if (match.found()) {
            record.put("id", match.record());
        }
        match.person().ifPresent(person -> record.setAll(shape.contact(person, match.sight())));
        if (call.person() && shape.showsEmployer()) {
            match.company().ifPresent(company -> record.set("company", shape.employer(company)));
        } else if (!call.person()) {
            match.company().ifPresent(company -> record.setAll(shape.company(company, match.sight())));
        }
        if (listed) {
            ArrayNode data = node.putArray("data");
            if (!record.isEmpty()) {
                data.add(record);
            }
        } else {
            node.set("data", record);
        }
        return match.told() ? node.put("matchStatus", match.status()) : node;
    }

    private static ArrayNode lower(List<String> fields) {
        return Json.array(
                fields.stream().map(field -> field.toLowerCase(Locale.ROOT)).toList());
    }
}
