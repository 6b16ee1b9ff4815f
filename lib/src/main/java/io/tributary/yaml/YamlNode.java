package io.tributary.yaml;

import java.util.List;
import java.util.Objects;

/** A piece of a YAML file that remembers where it stands. Immutable; anchors are already followed. */
public sealed interface YamlNode {

    /** The file's name, or {@code --set}. */
    String file();

    /** Counted from 1; 0 when there is no line. */
    int line();

    /** What the plain spelling of a scalar means in YAML's core schema; a quoted one is always text. */
    enum ScalarKind {
        TEXT,
        INTEGER,
        DECIMAL,
        BOOLEAN,
        EMPTY
    }

    /** A single value; {@code text} is its spelling in the file without quotes. */
    record Scalar(String file, int line, ScalarKind kind, String text) implements YamlNode {
        public Scalar {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(text, "text");
        }

        /** Hides the text: it may be a secret. */
        @Override
        public String toString() {
            return "Scalar[" + file + ":" + line + ", " + kind + "]";
        }
    }

    /** A list. */
    record Sequence(String file, int line, List<YamlNode> items) implements YamlNode {
        public Sequence {
            Objects.requireNonNull(file, "file");
            items = List.copyOf(items);
        }
    }

    /** Keys with values, in the file's order; no key occurs twice. */
    record Mapping(String file, int line, List<Entry> entries) implements YamlNode {
        public Mapping {
            Objects.requireNonNull(file, "file");
            entries = List.copyOf(entries);
        }
    }

    /** One key with its value; {@code line} is the key's. */
    record Entry(String key, String file, int line, YamlNode value) {
        public Entry {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(value, "value");
        }
    }
}
