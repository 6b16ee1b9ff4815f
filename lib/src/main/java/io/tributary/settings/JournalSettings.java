package io.tributary.settings;

import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;
import io.tributary.yaml.Tree;
import java.io.Serializable;
import java.time.Duration;

/**
 * The journal that every paid answer goes into first.
 *
 * @param path its folder, on a file system that Spark can write
 * @param maxAnswers a segment is closed after so many answers
 * @param maxAge or after this time, whichever is first
 */
public record JournalSettings(String path, int maxAnswers, Duration maxAge) implements Serializable {

    static final ObjectShape SHAPE = Shape.object("The journal that every paid answer goes into first.")
            .optional("path", Shape.text(), "Its folder; 'journal' in the folder lake.files if absent.")
            .withDefault(
                    "max-answers",
                    Shape.integer(1, 100_000),
                    "200",
                    "A segment is closed after so many answers: a dead executor loses at most these.")
            .withDefault("max-age", Shape.duration(), "1s", "A segment is closed after this time, if that is sooner.");

    public JournalSettings {
        if (path.isBlank() || maxAnswers < 1 || maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("a journal needs a path, and segments of some answers and some time");
        }
    }

    static JournalSettings of(Tree tree, LakeSettings lake, Places places) {
        return new JournalSettings(
                tree.find("path").map(places::resolve).orElse(lake.files() + "/journal"),
                Math.toIntExact(tree.integer("max-answers")),
                tree.duration("max-age"));
    }
}
