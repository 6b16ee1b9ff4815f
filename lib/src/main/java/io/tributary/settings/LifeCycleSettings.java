package io.tributary.settings;

import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;
import io.tributary.yaml.Tree;
import java.io.Serializable;

/**
 * Which living records are left alone. Deleted, converted and merged ones always are.
 *
 * @param skipOptedOut whether persons who want no mail are never asked for
 * @param skipBounced whether persons whose mail came back are never asked for
 */
public record LifeCycleSettings(boolean skipOptedOut, boolean skipBounced) implements Serializable {

    static final ObjectShape SHAPE = Shape.object(
                    "Which living records are left alone; deleted, converted and merged ones always are.")
            .withDefault("skip-opted-out", Shape.flag(), "true", "Never ask for persons who want no mail.")
            .withDefault("skip-bounced", Shape.flag(), "false", "Never ask for persons whose mail came back.");

    static LifeCycleSettings of(Tree tree) {
        return new LifeCycleSettings(tree.flag("skip-opted-out"), tree.flag("skip-bounced"));
    }
}
