package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One enrichment that was asked for, on either surface.
 *
 * @param person whether contacts are asked about, and not companies
 * @param fields that are wanted
 * @param required the fields without which a contact is not wanted
 */
record ZoomInfoCall(boolean person, List<ZoomInfoAsk> asks, List<String> fields, List<String> required) {
    /**
     * Reads the object that holds the inputs.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static ZoomInfoCall read(JsonNode body, boolean person, int most) {
        String name = person ? "matchPersonInput" : "matchCompanyInput";
        JsonNode inputs = body.path(name);
        if (!inputs.isArray() || inputs.isEmpty()) {
            throw new IllegalArgumentException("Missing required field '" + name + "'");
        }
        if (inputs.size() > most) {
            throw new IllegalArgumentException("The number of inputs exceeds " + most);
        }
        List<String> fields = texts(body.path("outputFields"));
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("Missing required field 'outputFields'");
        }
        List<ZoomInfoAsk> asks = new ArrayList<>();
        inputs.forEach(input -> asks.add(person ? ZoomInfoAsk.contact(input) : ZoomInfoAsk.company(input)));
        return new ZoomInfoCall(person, asks, fields, person ? texts(body.path("requiredFields")) : List.of());
    }

    /** The case of a quirk that a call as a whole shows: another each time that it is asked for. */
    String aCase(Desk desk) {
        return desk.memory().count("calls", 1) + "|" + asks.get(0).input();
    }

    /** The first field that the account may not see. */
    Optional<String> forbidden(Desk desk) {
        return fields.stream()
                .filter(field -> !field.equals("id") && desk.shows(ZoomInfoQuirks.FIELD_REFUSED, field))
                .findFirst();
    }

    /** What is found, in the order of the inputs. */
    List<ZoomInfoMatch> matches(ZoomInfoMatcher matcher) {
        return asks.stream()
                .map(ask -> person ? matcher.contact(ask) : matcher.company(ask))
                .toList();
    }

    /** A reply by which nobody is worked on. */
    Reply undone(Reply reply) {
        return reply.withCharges(asks.stream()
                .map(ask ->
                        Charge.free(ask.entity(), ask.input(), reply.status()).meaning(Truth.UNANSWERED))
                .toList());
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
