package io.tributary.merge;

import io.tributary.model.Outcome;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What counts for one key of all that is known of its subject, by whichever of its keys that was asked. */
public final class SubjectAnswers {
    private static final Set<Outcome> TELLING =
            EnumSet.of(Outcome.MATCHED, Outcome.PARTIAL, Outcome.PENDING, Outcome.UNKNOWN, Outcome.SUPPRESSED);

    private SubjectAnswers() {}

    /**
     * Whether an answer of that outcome says something whatever identifier was asked by. "Not found" by a page says nothing of a
     * mailbox that came later, and a failure says nothing at all.
     */
    public static boolean tells(Outcome outcome) {
        return TELLING.contains(outcome);
    }

    /**
     * The rows that count, in their order: without the tries that an answer about their own key has ended, and of other keys those
     * that tell.
     *
     * @param key whose plan or merge it is
     * @param rows about that key and other keys of its subject, of any providers
     */
    public static <T extends Heard> List<T> counting(String key, Collection<T> rows) {
        return rows.stream()
                .filter(row -> row.outcome().isAnswer() || stands(row, rows))
                .filter(row -> row.lookupKey().equals(key) || tells(row.outcome()))
                .toList();
    }

    private static boolean stands(Heard open, Collection<? extends Heard> rows) {
        return rows.stream()
                .filter(row -> row.outcome().isAnswer()
                        && row.provider().equals(open.provider())
                        && row.lookupKey().equals(open.lookupKey()))
                .allMatch(open::outlasts);
    }
}
