package io.tributary.jobs.drift;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * What the answers of a provider about one entity have that none had before.
 *
 * @param unseen paths of fields, in alphabetical order
 * @param retyped fields whose type is another than before, as {@code path (now, was before)}
 */
public record Drift(String provider, String entity, List<String> unseen, List<String> retyped) {
    private static final int SHOWN = 10;

    public Drift {
        unseen = List.copyOf(new TreeSet<>(unseen));
        retyped = List.copyOf(new TreeSet<>(retyped));
    }

    /** One sentence for people; empty if there is nothing to say. */
    public String sentence() {
        StringBuilder out = new StringBuilder();
        if (!unseen.isEmpty()) {
            out.append(String.format(
                    Locale.ROOT,
                    "%,d unseen field%s in %s %s: %s",
                    unseen.size(),
                    unseen.size() == 1 ? "" : "s",
                    provider,
                    entity,
                    list(unseen)));
        }
        if (!retyped.isEmpty()) {
            out.append(String.format(
                    Locale.ROOT,
                    "%s%,d field%s of another type in %s %s: %s",
                    out.isEmpty() ? "" : "; ",
                    retyped.size(),
                    retyped.size() == 1 ? "" : "s",
                    provider,
                    entity,
                    list(retyped)));
        }
        return out.toString();
    }

    private static String list(Collection<String> texts) {
        List<String> shown = texts.stream().limit(SHOWN).toList();
        int more = texts.size() - shown.size();
        return String.join(", ", shown) + (more > 0 ? " and " + more + " more" : "");
    }
}
