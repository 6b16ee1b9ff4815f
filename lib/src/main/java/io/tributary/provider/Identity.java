package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.model.Identifiers.Input;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where an answer states of itself what it is about. Immutable.
 *
 * @param stated input to place
 * @param placeholders texts that stand for no value and so contradict nothing, lower case
 */
record Identity(Map<Input, NodePath> stated, Set<String> placeholders) {
    /** Many people share a name: it is compared only where nothing else can be, and then all that is said of it. */
    private static final Set<Input> NAMES =
            Set.of(Input.FIRST_NAME, Input.LAST_NAME, Input.FULL_NAME, Input.COMPANY_NAME);

    Identity {
        stated = Map.copyOf(stated);
        placeholders = Set.copyOf(placeholders);
    }

    /**
     * Whether a subject states the same as an ask in any of what both say, or of names alone, in all of it; empty if there
     * is nothing to compare.
     */
    Optional<Boolean> fits(Ask ask, JsonNode subject) {
        return compared(ask, subject, false).or(() -> compared(ask, subject, true));
    }

    /** What an ask says of what subjects state. A subject fits no ask with which it shares none of these. */
    List<String> marks(Ask ask) {
        return stated.keySet().stream()
                .flatMap(input -> ask.inputs().value(input).map(own -> mark(input, plain(input, own))).stream())
                .toList();
    }

    /** What a subject states, in the same form. */
    List<String> marks(JsonNode subject) {
        return stated.entrySet().stream()
                .filter(part -> part.getValue().find(subject).isTextual())
                .map(part -> mark(
                        part.getKey(),
                        plain(part.getKey(), part.getValue().find(subject).textValue())))
                .toList();
    }

    private static String mark(Input input, String text) {
        return input + " " + text;
    }

    private Optional<Boolean> compared(Ask ask, JsonNode subject, boolean names) {
        return stated.entrySet().stream()
                .filter(part -> NAMES.contains(part.getKey()) == names)
                .flatMap(part -> same(ask, part.getKey(), part.getValue().find(subject)).stream())
                .reduce(names ? Boolean::logicalAnd : Boolean::logicalOr);
    }

    private Optional<Boolean> same(Ask ask, Input input, JsonNode value) {
        Optional<String> asked = ask.inputs().value(input);
        String text = value.isTextual() ? plain(input, value.textValue()) : "";
        return text.isEmpty() || placeholders.contains(text)
                ? Optional.empty()
                : asked.map(own -> plain(input, own).equals(text));
    }

    /** Of names the words alone: a register writes "Acme, Inc." for an Acme Inc. */
    private static String plain(Input input, String text) {
        return NAMES.contains(input)
                ? text.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}]+", " ")
                        .strip()
                : plain(text);
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT)
                .strip()
                .replaceFirst("^https?://", "")
                .replaceFirst("^www\\.", "")
                .replaceFirst("/+$", "");
    }
}
