package io.tributary.identity;

import io.tributary.model.KeyKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides whose answers a row may share because of an identifier that it has in common with them. A missed one costs a call,
 * a wrong one puts somebody else's title into a record: where identifiers contradict each other, nothing is shared.
 *
 * <p>What contradicts depends on how much the common identifier proves. A LinkedIn page is one subject's, and mailboxes change
 * and add up, so nothing contradicts a common page. A common mailbox or domain (a team's address that does not look like one, the
 * domain of a holding) is contradicted by different pages. A name at an employer, a name on a line and the name of a company are
 * shared by namesakes: they prove nothing as soon as there is something better to compare, and that has nothing in common.
 * Pure; thread-safe.
 */
public final class Aliases {
    /** An identifier of more subjects than these is a placeholder, and nobody's. */
    public static final int MOST_SUBJECTS = 5;

    private Aliases() {}

    /**
     * One identifier of a row, and a subject that has it too.
     *
     * @param alias the identifier; only compared
     */
    public record Link(KeyKind kind, String alias, KnownSubject subject) {}

    /**
     * The decision about one row.
     *
     * @param same keys of the subjects that are the row's own subject, its own key left out
     * @param conflicts the identifiers that stand for more than one subject, or for another than the row's
     */
    public record Judged(Set<String> same, Set<String> conflicts) {
        public Judged {
            same = Set.copyOf(same);
            conflicts = Set.copyOf(conflicts);
        }
    }

    /**
     * Judges one row; the order of the links does not matter.
     *
     * @param row what the row itself says
     * @param links every subject that has one of the row's identifiers, the one under the row's own key too
     */
    public static Judged judge(KnownSubject row, List<Link> links) {
        Map<String, Map<String, Link>> byAlias = new LinkedHashMap<>();
        links.forEach(link -> byAlias.computeIfAbsent(link.alias(), alias -> new LinkedHashMap<>())
                .put(link.subject().key(), link));
        Set<String> same = new TreeSet<>();
        Set<String> conflicts = new TreeSet<>();
        byAlias.forEach((alias, subjects) -> {
            if (isNobodys(List.copyOf(subjects.values()))) {
                conflicts.add(alias);
                return;
            }
            for (Link link : subjects.values()) {
                if (link.subject().key().equals(row.key())) {
                    continue;
                }
                if (contradict(link.kind(), row, link.subject())) {
                    conflicts.add(alias);
                } else {
                    same.add(link.subject().key());
                }
            }
        });
        return new Judged(same, conflicts);
    }

    private static boolean isNobodys(List<Link> subjects) {
        if (subjects.size() > MOST_SUBJECTS) {
            return true;
        }
        return subjects.stream().anyMatch(one -> subjects.stream()
                .anyMatch(other -> contradict(one.kind(), one.subject(), other.subject())));
    }

    private static boolean contradict(KeyKind common, KnownSubject one, KnownSubject other) {
        return switch (common) {
            case LINKEDIN_PERSON, LINKEDIN_COMPANY -> false;
            case EMAIL, DOMAIN -> one.hasOtherPage(other);
            case NAME_COMPANY, PHONE, COMPANY_NAME -> one.isStranger(other);
        };
    }
}
