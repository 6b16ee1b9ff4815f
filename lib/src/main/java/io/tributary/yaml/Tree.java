package io.tributary.yaml;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a {@link Shape} accepted: typed values with defaults filled in, each with its place. A value that was at fault is
 * left out (or has its default), so rules between settings look with {@link #find}, {@link #list} and {@link #entries},
 * which bear absence; the strict readers are for after {@link Faults#throwIfAny()}. Immutable.
 */
public final class Tree {

    private final String file;
    private final int line;
    private final String path;
    private final Object value;
    private final boolean written;
    private final Set<String> given;

    Tree(YamlNode node, String path, Object value, boolean written) {
        this(node, path, value, written, Set.of());
    }

    /** @param given the keys that the file has here, also those whose values are at fault */
    Tree(YamlNode node, String path, Object value, boolean written, Set<String> given) {
        this.file = node.file();
        this.line = node.line();
        this.path = path;
        this.value = Objects.requireNonNull(value, "value");
        this.written = written;
        this.given = given;
    }

    public String file() {
        return file;
    }

    public int line() {
        return line;
    }

    public String path() {
        return path;
    }

    /** False for a default that nobody wrote. */
    public boolean isWritten() {
        return written;
    }

    /** A fault that stands here. */
    public Fault fault(String message) {
        return new Fault(file, line, path, message);
    }

    /** True if the key has a value or a default. False on anything but a mapping. */
    public boolean has(String key) {
        return find(key).isPresent();
    }

    /**
     * True if the file has this key of a declared mapping, whether or not its value is right: a rule that misses
     * something need not speak where another fault already did.
     */
    public boolean isGiven(String key) {
        return given.contains(key);
    }

    /** The value of a key, or empty if it has neither value nor default, or if this is no mapping. */
    public Optional<Tree> find(String key) {
        return isMapping() ? Optional.ofNullable(entries().get(key)) : Optional.empty();
    }

    /** @throws NoSuchElementException if the key has neither value nor default */
    public Tree at(String key) {
        return find(key).orElseThrow(() -> new NoSuchElementException(file + " has no " + Paths.child(path, key)));
    }

    public boolean isMapping() {
        return value instanceof Map;
    }

    public boolean isList() {
        return value instanceof List;
    }

    /** True for a single value that is not a list or a mapping. */
    public boolean isScalar() {
        return !isMapping() && !isList();
    }

    /** The entries of a mapping in the file's order (then defaults in the shape's); empty if this is no mapping. */
    @SuppressWarnings("unchecked") // only shapes make trees, and they put nothing else into a map
    public Map<String, Tree> entries() {
        return isMapping() ? (Map<String, Tree>) value : Map.of();
    }

    /** The entries of the mapping under a key; empty if there is none. */
    public Map<String, Tree> entries(String key) {
        return find(key).map(Tree::entries).orElse(Map.of());
    }

    /** The items of a list; empty if this is no list. */
    @SuppressWarnings("unchecked") // only shapes make trees, and they put nothing else into a list
    public List<Tree> list() {
        return isList() ? (List<Tree>) value : List.of();
    }

    /** The items of the list under a key; empty if there is none. */
    public List<Tree> list(String key) {
        return find(key).map(Tree::list).orElse(List.of());
    }

    /** The texts of a list, or the one text of a scalar: for shapes that take one or many. */
    public List<String> texts() {
        return isScalar() ? List.of(text()) : list().stream().map(Tree::text).toList();
    }

    /** As {@link #texts()} under a key; empty if there is none. */
    public List<String> texts(String key) {
        return find(key).map(Tree::texts).orElse(List.of());
    }

    /** Any single value as text. */
    public String text() {
        if (!isScalar()) {
            throw new IllegalStateException(file + " " + path + " is not a single value");
        }
        return String.valueOf(value);
    }

    public long integer() {
        return as(Long.class);
    }

    /** A number, whole or not. */
    public double decimal() {
        return as(Number.class).doubleValue();
    }

    public boolean flag() {
        return as(Boolean.class);
    }

    public Duration duration() {
        return as(Duration.class);
    }

    public URI url() {
        return as(URI.class);
    }

    /** The scalar as String, Long, Double, Boolean, Duration or URI. */
    public Object scalar() {
        if (!isScalar()) {
            throw new IllegalStateException(file + " " + path + " is not a single value");
        }
        return value;
    }

    public String text(String key) {
        return at(key).text();
    }

    public long integer(String key) {
        return at(key).integer();
    }

    public double decimal(String key) {
        return at(key).decimal();
    }

    public boolean flag(String key) {
        return at(key).flag();
    }

    public Duration duration(String key) {
        return at(key).duration();
    }

    public URI url(String key) {
        return at(key).url();
    }

    private <T> T as(Class<T> type) {
        if (!type.isInstance(value)) {
            throw new IllegalStateException(file + " " + path + " is not declared as " + type.getSimpleName());
        }
        return type.cast(value);
    }

    /** The place only: the value may be a secret. */
    @Override
    public String toString() {
        return file + ":" + line + " " + path;
    }
}
