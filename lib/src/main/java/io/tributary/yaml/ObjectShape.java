package io.tributary.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.yaml.YamlNode.Entry;
import io.tributary.yaml.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A mapping with known keys. Each method that adds a key returns a copy. */
public final class ObjectShape extends Shape {

    /**
     * One key of a mapping.
     *
     * @param defaultYaml what an absent key counts as, spelled in YAML; empty if it has none
     * @param sentence what it is for
     */
    public record Key(String name, Shape shape, boolean required, Optional<String> defaultYaml, String sentence) {
        public Key {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(shape, "shape");
            Objects.requireNonNull(defaultYaml, "defaultYaml");
            if (sentence.isBlank()) {
                throw new IllegalArgumentException("the key '" + name + "' needs a sentence");
            }
        }
    }

    private final String sentence;
    private final List<Key> keys;
    private final List<List<String>> choices;

    ObjectShape(String sentence, List<Key> keys, List<List<String>> choices) {
        this.sentence = sentence;
        this.keys = List.copyOf(keys);
        this.choices = List.copyOf(choices);
    }

    /** A key that must be there. */
    public ObjectShape required(String name, Shape shape, String sentence) {
        return and(new Key(name, shape, true, Optional.empty(), sentence));
    }

    /** A key that may be absent. */
    public ObjectShape optional(String name, Shape shape, String sentence) {
        return and(new Key(name, shape, false, Optional.empty(), sentence));
    }

    /**
     * A key that counts as the default when absent.
     *
     * @param yaml the default, spelled as a user would write it: {@code "30d"}, {@code "[]"}, {@code "{}"}
     * @throws IllegalArgumentException if the shape refuses the default
     */
    public ObjectShape withDefault(String name, Shape shape, String yaml, String sentence) {
        Faults faults = new Faults();
        YamlFile.read("default", yaml, faults).ifPresent(node -> shape.check(node, name, false, faults));
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("the default of '" + name + "' is wrong: " + faults.list());
        }
        return and(new Key(name, shape, false, Optional.of(yaml), sentence));
    }

    /** Exactly one of these keys must be there; each of them must be declared as optional. */
    public ObjectShape exactlyOne(String... names) {
        List<List<String>> more = new ArrayList<>(choices);
        more.add(List.of(names));
        return new ObjectShape(sentence, keys, more);
    }

    private ObjectShape and(Key key) {
        if (keys.stream().anyMatch(known -> known.name().equals(key.name()))) {
            throw new IllegalArgumentException("the key '" + key.name() + "' is declared twice");
        }
        List<Key> more = new ArrayList<>(keys);
        more.add(key);
        return new ObjectShape(sentence, more, choices);
    }

    ObjectShape withAll(List<Key> more) {
        ObjectShape all = this;
        for (Key key : more) {
            all = all.and(key);
        }
        return all;
    }

    public List<Key> keys() {
        return keys;
    }

    public String sentence() {
        return sentence;
    }

    List<List<String>> choices() {
        return choices;
    }

    @Override
    Optional<Tree> check(YamlNode node, String path, boolean written, Faults faults) {
        if (!(node instanceof Mapping mapping)) {
            faults.add(node, path, mismatch(node));
            return Optional.empty();
        }
        Map<String, Tree> values = new LinkedHashMap<>();
        for (Entry entry : mapping.entries()) {
            String below = Paths.child(path, entry.key());
            Optional<Key> key = keys.stream()
                    .filter(known -> known.name().equals(entry.key()))
                    .findFirst();
            if (key.isEmpty()) {
                List<String> names = keys.stream().map(Key::name).toList();
                faults.add(new Fault(
                        entry.file(), entry.line(), below, "is not a known key" + Nearest.remedy(entry.key(), names)));
            } else {
                key.get()
                        .shape()
                        .check(entry.value(), below, written, faults)
                        .ifPresent(value -> values.put(entry.key(), value));
            }
        }
        List<String> present = mapping.entries().stream().map(Entry::key).toList();
        for (Key key : keys) {
            if (key.required() && !present.contains(key.name())) {
                faults.add(node, path, "lacks the key '" + key.name() + "': " + key.sentence());
            }
            key.defaultYaml()
                    .filter(yaml -> !values.containsKey(key.name()))
                    .flatMap(yaml -> defaultOf(key, yaml, node, path))
                    .ifPresent(value -> values.put(key.name(), value));
        }
        checkChoices(node, present, path, faults);
        return Optional.of(new Tree(node, path, Collections.unmodifiableMap(values), written, Set.copyOf(present)));
    }

    private void checkChoices(YamlNode node, List<String> present, String path, Faults faults) {
        for (List<String> choice : choices) {
            List<String> given = choice.stream().filter(present::contains).toList();
            if (given.size() != 1) {
                String found = given.isEmpty() ? "none" : String.join(" and ", given);
                faults.add(node, path, "needs exactly one of " + String.join(", ", choice) + ", but has " + found);
            }
        }
    }

    private static Optional<Tree> defaultOf(Key key, String yaml, YamlNode parent, String path) {
        Faults none = new Faults();
        return YamlFile.read(parent.file(), yaml, none)
                .map(node -> Placed.at(parent, node))
                .flatMap(node -> key.shape().check(node, Paths.child(path, key.name()), false, none));
    }

    @Override
    boolean takes(YamlNode node) {
        return node instanceof Mapping;
    }

    @Override
    String noun() {
        return "a mapping";
    }

    @Override
    ObjectNode schema(SchemaWriter writer) {
        return writer.object(this);
    }
}
