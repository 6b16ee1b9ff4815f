package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.model.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is kept of an answer about one ask, to be read again: the whole body, or of a batch the ask's own item. Headers are
 * not kept, so rules about them do not hold here. Its text form shows no body: it may describe a person.
 *
 * @param ask as it was made; its inputs may be missing, and then nothing contradicts an answer
 * @param status of the response
 */
public record KeptAnswer(Ask ask, int status, String body) {
    public KeptAnswer {
        Objects.requireNonNull(ask, "ask");
        Objects.requireNonNull(body, "body");
    }

    /**
     * What it says by these rules, which may be those of the ask or of its job. Of the ways in which it can be read, the
     * first that finds data counts, and else the first that finds a final answer.
     *
     * @return empty if none of them understands it
     */
    Optional<ItemReading> read(Stream<ResponseRule> rules) {
        JsonNode json = ResponseRule.parsed(body.getBytes(StandardCharsets.UTF_8));
        List<ItemReading> understood = rules.flatMap(rule -> readings(rule, json))
                .filter(reading -> isFinal(reading.outcome()))
                .toList();
        return understood.stream()
                .filter(reading -> reading.outcome().hasData())
                .findFirst()
                .or(() -> understood.stream().findFirst());
    }

    private Stream<ItemReading> readings(ResponseRule rule, JsonNode json) {
        Reading whole =
                rule.read(List.of(ask), new HttpAnswer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
        Stream<ItemReading> fromWhole = whole.items().stream();
        if (rule.batch().isEmpty() || !UsualStatus.isRead(status)) {
            return fromWhole;
        }
        // Which item is the ask's may have been told by its place, which is not kept: that none is says nothing.
        return Stream.concat(rule.item(ask, json).stream(), fromWhole.filter(reading -> reading.outcome()
                .hasData()));
    }

    private static boolean isFinal(Outcome outcome) {
        return switch (outcome) {
            case MATCHED, PARTIAL, NOT_FOUND, REJECTED -> true;
            case FAILED, PENDING, UNKNOWN, SUPPRESSED -> false;
        };
    }

    @Override
    public String toString() {
        return ask.key() + " HTTP " + status + ", " + body.length() + " characters";
    }
}
