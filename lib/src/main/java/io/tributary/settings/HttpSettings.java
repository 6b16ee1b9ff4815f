package io.tributary.settings;

import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;
import io.tributary.yaml.Tree;
import java.io.Serializable;
import java.net.URI;
import java.util.Optional;

/**
 * The way out to the providers.
 *
 * @param proxy scheme, host and port, or empty for a direct way
 * @param caBundle a PEM file with authorities to trust besides the JVM's own
 */
public record HttpSettings(Optional<URI> proxy, Optional<String> caBundle) implements Serializable {

    static final ObjectShape SHAPE = Shape.object("The way out to the providers.")
            .optional(
                    "proxy",
                    Shape.matching(
                                    "https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?",
                                    "a proxy; write http://host:port, without user and password")
                            .secret(),
                    "The proxy for all providers but those on this machine.")
            .optional("ca-bundle", Shape.text(), "A PEM file with authorities to trust besides the JVM's own.");

    static HttpSettings of(Tree tree, Places places) {
        return new HttpSettings(
                tree.find("proxy").map(Tree::text).map(URI::create),
                tree.find("ca-bundle").map(places::resolve));
    }
}
