package io.tributary.provider;

import io.tributary.model.Identifiers;
import io.tributary.model.Identifiers.Input;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with placeholders such as {@code ${email}}. A text whose placeholder has no value is left out as a whole: an absent
 * input is not sent, rather than sent empty.
 */
final class Template {
    /** Our own reference; only in a batch's item. */
    static final String REFERENCE = "reference";

    /** How the provider names what it accepted; only where a job is asked for. */
    static final String JOB_ID = "job_id";

    /** The page of a job; without a value where the job is asked for the first time. */
    static final String PAGE = "page";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z_-]+)}");

    private final String text;
    private final List<Part> parts;

    /** Literal text, and the name whose value follows it; an empty name at the end. */
    private record Part(String literal, String name) {}

    Template(String text) {
        this.text = text;
        List<Part> found = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        int from = 0;
        while (matcher.find()) {
            found.add(new Part(text.substring(from, matcher.start()), matcher.group(1)));
            from = matcher.end();
        }
        found.add(new Part(text.substring(from), ""));
        this.parts = List.copyOf(found);
    }

    String text() {
        return text;
    }

    /** Names that are made from an input, beside the inputs' own. */
    private static final Map<String, Input> DERIVED =
            Map.of("linkedin_url", Input.LINKEDIN, "linkedin_handle", Input.LINKEDIN);

    private static final Map<String, Input> INPUTS = inputs();

    private static Map<String, Input> inputs() {
        Map<String, Input> inputs = new TreeMap<>(DERIVED);
        Arrays.stream(Input.values()).forEach(input -> inputs.put(input.id(), input));
        return Map.copyOf(inputs);
    }

    /** All names that a template may use, but for {@link #REFERENCE}, {@link #JOB_ID} and {@link #PAGE}. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>(DERIVED.keySet());
        Arrays.stream(Input.values()).map(Input::id).forEach(names::add);
        return names;
    }

    /** Whether it is nothing but one of these names. */
    boolean isOneOf(List<String> names) {
        return parts.size() == 2
                && parts.get(0).literal().isEmpty()
                && parts.get(1).literal().isEmpty()
                && names.contains(parts.get(0).name());
    }

    /** The names that this template uses. */
    List<String> used() {
        return parts.stream().map(Part::name).filter(name -> !name.isEmpty()).toList();
    }

    /** The text with its values; empty if one of them is missing. */
    Optional<String> fill(Function<String, Optional<String>> values) {
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            filled.append(part.literal());
            if (!part.name().isEmpty()) {
                Optional<String> value = values.apply(part.name());
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                filled.append(value.get());
            }
        }
        return Optional.of(filled.toString());
    }

    static Function<String, Optional<String>> values(Ask ask) {
        return name -> switch (name) {
            case REFERENCE -> Optional.of(ask.reference());
            case JOB_ID -> pages(ask).map(JobPages::job).filter(id -> !id.isEmpty());
            case PAGE -> pages(ask).flatMap(JobPages::next);
            default -> value(ask.inputs(), name);
        };
    }

    private static Optional<JobPages> pages(Ask ask) {
        return ask.pending().map(Pending::jobId).map(JobPages::of);
    }

    /** The value of a name, if the input behind it is known. */
    static Optional<String> value(Identifiers inputs, String name) {
        return switch (name) {
            case "linkedin_url" -> inputs.value(Input.LINKEDIN).map(page -> "https://www." + page);
            case "linkedin_handle" ->
                inputs.value(Input.LINKEDIN).map(page -> page.substring(page.lastIndexOf('/') + 1));
            default -> input(name).flatMap(inputs::value);
        };
    }

    static Optional<Input> input(String name) {
        return Optional.ofNullable(INPUTS.get(name));
    }
}
