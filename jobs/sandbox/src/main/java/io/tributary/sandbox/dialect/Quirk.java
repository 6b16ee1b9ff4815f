package io.tributary.sandbox.dialect;

import java.util.Objects;

/**
 * A habit of a provider that an honest client has to know, such as credits that end inside a 200. Unlike a fault it is no
 * failure: the provider does so by its own rules, and each is switched by its rate.
 *
 * @param name in kebab case, unique at its provider
 * @param what happens, in one sentence
 * @param usual the part of cases that show it unless a profile says otherwise, 0 to 1
 */
public record Quirk(String name, String what, double usual) {
    public Quirk {
        Objects.requireNonNull(what, "what");
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("a quirk is named in kebab case, not \"" + name + "\"");
        }
        if (!(usual >= 0 && usual <= 1)) {
            throw new IllegalArgumentException("a rate is between 0 and 1, not " + usual);
        }
    }
}
