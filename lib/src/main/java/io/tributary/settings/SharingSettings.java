package io.tributary.settings;

import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;
import io.tributary.yaml.Tree;

/**
 * How quotas are shared with other runs.
 *
 * @param ledger the folder in which runs agree, on a file system that Spark can write
 * @param weight this pipeline's part beside others of equal priority
 */
public record SharingSettings(String ledger, int weight) {

    static final ObjectShape SHAPE = Shape.object("How quotas are shared with other runs.")
            .optional(
                    "ledger",
                    Shape.text(),
                    "The folder in which runs agree: the same for all pipelines that use the same accounts. 'quota' beside the"
                            + " lake's lock if absent.")
            .withDefault(
                    "weight",
                    Shape.integer(1, 1000),
                    "1",
                    "This pipeline's part beside others that run at the same time.");

    public SharingSettings {
        if (ledger.isBlank() || weight < 1) {
            throw new IllegalArgumentException("a ledger needs a folder, and a weight is at least 1");
        }
    }

    static SharingSettings of(Tree tree, LakeSettings lake, Places places) {
        return new SharingSettings(
                tree.find("ledger").map(places::resolve).orElse(lake.files() + "/_tributary/quota"),
                Math.toIntExact(tree.integer("weight")));
    }
}
