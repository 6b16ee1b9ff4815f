package io.tributary.yaml;

import io.tributary.yaml.YamlNode.Entry;
import io.tributary.yaml.YamlNode.Mapping;
import io.tributary.yaml.YamlNode.Scalar;
import io.tributary.yaml.YamlNode.ScalarKind;
import io.tributary.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces single values of a file from the command line, before the file is checked.
 *
 * <p>A path is {@code journal.max-age}; an item of a list is {@code sources[0].path} or, where items have a name,
 * {@code sources[contacts].path}; a key that holds a dot stands in brackets too: {@code merge.person[name.first]}.
 */
public final class Overrides {

    /** How faults call the command line. */
    public static final String PLACE = "--set";

    private static final Pattern STEP = Pattern.compile("\\.?([^.\\[\\]=]+)|\\[([^\\]]+)\\]");

    private Overrides() {}

    /**
     * The content with every {@code path=value} applied in order; the one that can't be applied is a fault and changes
     * nothing. Keys that do not exist are added. A value is YAML in one line, or else the text as it is.
     */
    public static YamlNode apply(YamlNode root, List<String> assignments, Faults faults) {
        YamlNode result = root;
        for (String assignment : assignments) {
            int equals = valueStart(assignment);
            Optional<List<String>> steps = equals < 1 ? Optional.empty() : steps(assignment.substring(0, equals));
            if (steps.isEmpty()) {
                faults.add(new Fault(PLACE, 0, "", "needs path=value, such as journal.max-age=2s"));
                continue;
            }
            String path = assignment.substring(0, equals);
            try {
                result = replace(result, steps.get(), value(assignment.substring(equals + 1)));
            } catch (NoPlace e) {
                faults.add(new Fault(PLACE, 0, path, e.getMessage()));
            }
        }
        return result;
    }

    /** The first equals sign outside brackets, or -1. */
    private static int valueStart(String assignment) {
        int depth = 0;
        for (int i = 0; i < assignment.length(); i++) {
            char c = assignment.charAt(i);
            if (c == '=' && depth == 0) {
                return i;
            }
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
        }
        return -1;
    }

    private static Optional<List<String>> steps(String path) {
        Matcher matcher = STEP.matcher(path);
        List<String> steps = new ArrayList<>();
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            steps.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
            end = matcher.end();
        }
        return end == path.length() && !path.startsWith(".") ? Optional.of(steps) : Optional.empty();
    }

    private static YamlNode value(String text) {
        String trimmed = text.trim();
        Optional<YamlNode> parsed = YamlFile.read(PLACE, trimmed, new Faults());
        boolean quoted = !trimmed.isEmpty() && "[{\"'".indexOf(trimmed.charAt(0)) >= 0;
        if (parsed.isPresent() && quoted) {
            return Placed.at(PLACE, 0, parsed.get());
        }
        boolean plain = parsed.filter(
                        node -> node instanceof Scalar scalar && scalar.text().equals(trimmed))
                .isPresent();
        return plain ? Placed.at(PLACE, 0, parsed.get()) : new Scalar(PLACE, 0, ScalarKind.TEXT, text);
    }

    private static YamlNode replace(YamlNode node, List<String> steps, YamlNode value) {
        if (steps.isEmpty()) {
            return value;
        }
        String step = steps.get(0);
        List<String> rest = steps.subList(1, steps.size());
        if (node instanceof Mapping mapping) {
            return inMapping(mapping, step, rest, value);
        }
        if (node instanceof Sequence sequence) {
            return inList(sequence, step, rest, value);
        }
        throw new NoPlace("has nothing below it: '" + step + "' does not fit a single value");
    }

    private static YamlNode inMapping(Mapping mapping, String key, List<String> rest, YamlNode value) {
        List<Entry> entries = new ArrayList<>();
        boolean found = false;
        for (Entry entry : mapping.entries()) {
            boolean here = entry.key().equals(key);
            found |= here;
            entries.add(here ? new Entry(key, entry.file(), entry.line(), replace(entry.value(), rest, value)) : entry);
        }
        if (!found) {
            entries.add(new Entry(key, PLACE, 0, replace(new Mapping(PLACE, 0, List.of()), rest, value)));
        }
        return new Mapping(mapping.file(), mapping.line(), entries);
    }

    private static YamlNode inList(Sequence sequence, String step, List<String> rest, YamlNode value) {
        int index = index(sequence, step);
        List<YamlNode> items = new ArrayList<>(sequence.items());
        items.set(index, replace(items.get(index), rest, value));
        return new Sequence(sequence.file(), sequence.line(), items);
    }

    private static int index(Sequence sequence, String step) {
        if (step.matches("[0-9]{1,6}")) {
            int index = Integer.parseInt(step);
            if (index < sequence.items().size()) {
                return index;
            }
            throw new NoPlace("the list has " + sequence.items().size() + " items, the first is [0]");
        }
        List<String> names = sequence.items().stream().map(Overrides::name).toList();
        int index = names.indexOf(step);
        if (index < 0) {
            throw new NoPlace("no item of the list has the name '" + step + "'" + Nearest.remedy(step, names));
        }
        return index;
    }

    private static String name(YamlNode item) {
        if (item instanceof Mapping mapping) {
            for (Entry entry : mapping.entries()) {
                if (entry.key().equals("name") && entry.value() instanceof Scalar scalar) {
                    return scalar.text();
                }
            }
        }
        return "";
    }

    private static final class NoPlace extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoPlace(String message) {
            super(message, null, false, false);
        }
    }
}
