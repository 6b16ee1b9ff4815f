package io.tributary.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.yaml.YamlNode.Entry;
import io.tributary.yaml.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Mappings told apart by the word under one key, such as {@code kind: bearer}. */
public final class VariantShape extends Shape {

    record Variant(String word, ObjectShape shape) {}

    private final String key;
    private final String sentence;
    private final List<Variant> variants;

    VariantShape(String key, String sentence, List<Variant> variants) {
        this.key = key;
        this.sentence = sentence;
        this.variants = List.copyOf(variants);
    }

    /** A copy with one more variant; the distinguishing key itself is added to its shape here. */
    public VariantShape when(String word, ObjectShape shape) {
        List<Variant> more = new ArrayList<>(variants);
        more.add(new Variant(
                word,
                new ObjectShape(shape.sentence(), List.of(), shape.choices())
                        .required(key, Scalars.oneOf(List.of(word)), sentence)
                        .withAll(shape.keys())));
        return new VariantShape(key, sentence, more);
    }

    String key() {
        return key;
    }

    List<Variant> variants() {
        return variants;
    }

    @Override
    Optional<Tree> check(YamlNode node, String path, boolean written, Faults faults) {
        if (!(node instanceof Mapping mapping)) {
            faults.add(node, path, mismatch(node));
            return Optional.empty();
        }
        List<String> words = variants.stream().map(Variant::word).toList();
        Optional<Entry> choice = mapping.entries().stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst();
        if (choice.isEmpty()) {
            faults.add(node, path, "lacks the key '" + key + "', one of " + String.join(", ", words));
            return Optional.empty();
        }
        return Scalars.oneOf(words)
                .check(choice.get().value(), Paths.child(path, key), written, faults)
                .flatMap(word -> shapeOf(word.text()).check(node, path, written, faults));
    }

    private ObjectShape shapeOf(String word) {
        return variants.stream()
                .filter(variant -> variant.word().equals(word))
                .findFirst()
                .orElseThrow()
                .shape();
    }

    @Override
    boolean takes(YamlNode node) {
        return node instanceof Mapping;
    }

    @Override
    String noun() {
        return "a mapping with the key '" + key + "'";
    }

    @Override
    ObjectNode schema(SchemaWriter writer) {
        return writer.variants(key, variants);
    }
}
