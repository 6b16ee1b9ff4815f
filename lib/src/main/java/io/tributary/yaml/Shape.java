package io.tributary.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a piece of YAML may look like, declared once: it checks files ({@link #check}), and it writes the JSON Schema that
 * editors use ({@link #toJsonSchema}). Immutable.
 *
 * <pre>{@code
 * Shape retry = Shape.object("How often to try again.")
 *         .required("path", Shape.text(), "The path of the call.")
 *         .optional("header", Shape.text(), "The header that names the wait.")
 *         .withDefault("tries", Shape.integer(1, 10), "3", "How many tries in all.");
 * }</pre>
 */
public abstract sealed class Shape
        permits ObjectShape, EntriesShape, ListShape, ScalarShape, EitherShape, VariantShape, RecursiveShape {

    Shape() {}

    /** A mapping with known keys; unknown ones are faults. Add keys with its own methods, each of which returns a copy. */
    public static ObjectShape object(String sentence) {
        return new ObjectShape(sentence, List.of(), List.of());
    }

    /** A mapping whose keys are names that the user chooses. */
    public static EntriesShape entries(Shape value) {
        return new EntriesShape(value, Scalars.anyName());
    }

    /** A mapping whose keys must be texts that the given shape accepts, such as {@link #oneOf(List)}. */
    public static EntriesShape entries(ScalarShape key, Shape value) {
        return new EntriesShape(value, key);
    }

    /** A list of any length, also empty. */
    public static ListShape list(Shape item) {
        return new ListShape(item, 0);
    }

    /** A list with at least one item. */
    public static ListShape someOf(Shape item) {
        return new ListShape(item, 1);
    }

    /** Text that is not blank. */
    public static ScalarShape text() {
        return Scalars.text();
    }

    /** Text that may be blank. */
    public static ScalarShape anyText() {
        return Scalars.anyText();
    }

    /**
     * Text that matches a pattern as a whole.
     *
     * @param noun how a fault calls it, with article: {@code "a share such as 5%"}
     */
    public static ScalarShape matching(String pattern, String noun) {
        return Scalars.matching(pattern, noun);
    }

    /** One of these words. */
    public static ScalarShape oneOf(List<String> words) {
        return Scalars.oneOf(words);
    }

    public static ScalarShape oneOf(String... words) {
        return Scalars.oneOf(List.of(words));
    }

    /** One of an enum's names, written in kebab case: {@code FULL_NAME} is {@code full-name}. */
    public static ScalarShape oneOf(Class<? extends Enum<?>> type) {
        return Scalars.oneOf(Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList());
    }

    /** A whole number, both bounds included. */
    public static ScalarShape integer(long least, long most) {
        return Scalars.integer(least, most);
    }

    /** A number, both bounds included. */
    public static ScalarShape decimal(double least, double most) {
        return Scalars.decimal(least, most);
    }

    /** {@code true} or {@code false}. */
    public static ScalarShape flag() {
        return Scalars.flag();
    }

    /** A duration such as {@code 500ms}, {@code 30s}, {@code 15m}, {@code 1h} or {@code 30d}; a day is 24 hours. */
    public static ScalarShape duration() {
        return Scalars.duration();
    }

    /** An absolute {@code https} URL; {@code http} too, but only to this machine (loopback). */
    public static ScalarShape url() {
        return Scalars.url();
    }

    /** Any single value: text, number or boolean. */
    public static ScalarShape scalar() {
        return Scalars.any();
    }

    /** The place of a secret as {@link io.tributary.secret.SecretRef} reads it, never the secret itself; never echoed in a fault. */
    public static ScalarShape secretReference() {
        return Scalars.secretReference();
    }

    /** One of several shapes, told apart by being a single value, a list or a mapping (and a single value by its type). */
    public static Shape either(Shape... shapes) {
        return new EitherShape(List.of(shapes));
    }

    /** One item or a list of them; read with {@link Tree#texts}. */
    public static Shape oneOrMany(ScalarShape item) {
        return either(item, someOf(item));
    }

    /** Mappings told apart by the word under one key; see {@link VariantShape#when}. */
    public static VariantShape variant(String key, String sentence) {
        return new VariantShape(key, sentence, List.of());
    }

    /**
     * A shape that contains itself, such as a condition made of conditions.
     *
     * @param name of its definition in the JSON Schema
     */
    public static Shape recursive(String name, UnaryOperator<Shape> body) {
        return new RecursiveShape(name, body);
    }

    /** Checks a file's content and adds what is wrong to the faults; the tree holds what was right. */
    public final Tree check(YamlNode node, Faults faults) {
        return check(node, "", true, faults).orElseGet(() -> new Tree(node, "", Map.of(), true));
    }

    /** The JSON Schema (draft 2020-12) of files of this shape; the same text every time. */
    public final String toJsonSchema(String title) {
        return new SchemaWriter().write(title, this);
    }

    abstract Optional<Tree> check(YamlNode node, String path, boolean written, Faults faults);

    /** True if the node is of the right kind, whatever its content. */
    abstract boolean takes(YamlNode node);

    /** How a fault calls it, with article. */
    abstract String noun();

    abstract ObjectNode schema(SchemaWriter writer);

    /** True if what is under this shape may not be shown. */
    boolean isSecret() {
        return false;
    }

    /** {@code must be a list, but is a single value}. */
    final String mismatch(YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar && scalar.kind() == YamlNode.ScalarKind.EMPTY) {
            return "has no value; give it one or remove the key";
        }
        return "must be " + noun() + ", but is " + kind(node);
    }

    private static String kind(YamlNode node) {
        if (node instanceof YamlNode.Mapping) {
            return "a mapping";
        }
        return node instanceof YamlNode.Sequence ? "a list" : "a single value";
    }
}
