package io.tributary.sandbox.dialect;

import java.util.Objects;

/**
 * A habit of a provider that an honest client has to know, such as credits that end inside a 200. Unlike a fault it is no
 * failure: the provider does so by its own rules, and each is switched by its rate.
 *
 * @param name in kebab case, unique at its provider
 * @param what happens, in one sentence
 * @param usual the part of cases that show it unless a profile says otherwise, 0 to 1
 * @param byName whether only its own name switches it, and no rate for all quirks or for all of its provider
 */
public record Quirk(String name, String what, double usual, boolean byName) {
    public Quirk {
        Objects.requireNonNull(what, "what");
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("a quirk is named in kebab case, not \"" + name + "\"");
        }
        if (!(usual >= 0 && usual <= 1)) {
            throw new IllegalArgumentException("a rate is between 0 and 1, not " + usual);
        }
    }

    /** What happens now and then. */
    static Quirk habit(String name, double usual, String what) {
        return new Quirk(name, what, usual, false);
    }

    /** What happens now and then, but only where it is asked for. */
    static Quirk rare(String name, String what) {
        return habit(name, 0, what);
    }

    /** What always holds: a rule of prices, for instance, which is no rule if it holds in a part of cases. */
    static Quirk rule(String name, String what) {
        return new Quirk(name, what, 1, true);
    }

    /** What makes an honest client leave the provider for the night, so that nothing more would be seen of it. */
    static Quirk ending(String name, String what) {
        return new Quirk(name, what, 0, true);
    }
}
