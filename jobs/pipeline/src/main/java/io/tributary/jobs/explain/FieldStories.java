package io.tributary.jobs.explain;

import io.tributary.jobs.golden.GoldenAgain;
import io.tributary.merge.FieldLineage;
import io.tributary.merge.FieldRules;
import io.tributary.merge.FieldValues;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The stories of a record's fields, from the row, what the merge makes of it again, and its answers.
 *
 * @param crm the texts that the CRM holds, by path
 * @param answers about the record's own key
 */
record FieldStories(
        EntityKind entity,
        FieldRules rules,
        List<String> waterfall,
        Map<String, String> crm,
        GoldenAgain.Remade remade,
        List<AnswerStory> answers,
        boolean suppressed) {
    private static final Comparator<AnswerStory> LATER =
            Comparator.comparing(AnswerStory::fetchedAt).thenComparing(AnswerStory::responseId);

    List<FieldStory> all() {
        return Field.of(entity).stream().map(this::of).toList();
    }

    private FieldStory of(Field field) {
        FieldLineage from = remade.lineage().get(field);
        boolean derives = remade.derives(field);
        Object again = remade.again().values().get(field);
        return new FieldStory(
                field,
                Optional.ofNullable(crm.get(field.path())).filter(text -> !text.isBlank()),
                Optional.ofNullable(remade.stands().get(field)).map(value -> FieldValues.text(field, value)),
                from == null ? rules.rule(field) : from.rule(),
                candidates(field, from),
                derives,
                derives || again == null ? Optional.empty() : Optional.of(FieldValues.text(field, again)),
                derives ? "" : why(field, from));
    }

    private List<FieldStory.Candidate> candidates(Field field, FieldLineage from) {
        List<FieldStory.Candidate> candidates = new ArrayList<>();
        if (from != null) {
            candidates.add(FieldStory.Candidate.taken(from));
        }
        remade.again().losers().getOrDefault(field, List.of()).stream()
                .map(FieldStory.Candidate::of)
                .filter(loser -> from == null || !loser.responseId().equals(from.responseId()))
                .forEach(candidates::add);
        Set<String> told =
                candidates.stream().map(FieldStory.Candidate::responseId).collect(Collectors.toSet());
        answers.stream()
                .filter(answer -> answer.hasData() && !told.contains(answer.responseId()))
                .sorted(Comparator.comparing(AnswerStory::fetchedAt).reversed())
                .forEach(answer -> answer.profile()
                        .value(field)
                        .map(value -> new FieldStory.Candidate(
                                answer.provider(),
                                answer.responseId(),
                                answer.fetchedAt(),
                                answer.confidence().orElse(0),
                                FieldValues.text(field, value),
                                fate(field, answer)))
                        .ifPresent(candidates::add));
        return candidates;
    }

    /** Of an answer that the merge did not hear. */
    private String fate(Field field, AnswerStory answer) {
        if (suppressed) {
            return FieldStory.SUPPRESSED;
        }
        if (answer.carriedBy().isPresent() && !waterfall.contains(answer.provider())) {
            return FieldStory.NOT_IN_WATERFALL;
        }
        boolean newer = answers.stream()
                .anyMatch(other -> other.hasData()
                        && other.provider().equals(answer.provider())
                        && LATER.compare(other, answer) > 0);
        if (newer) {
            return FieldStory.SUPERSEDED;
        }
        if (rules.rule(field).startsWith("never")) {
            return FieldStory.NEVER;
        }
        FieldLineage today = remade.again().lineage().get(field);
        return today != null && today.responseId().equals(answer.responseId())
                ? FieldStory.TAKEN_TODAY
                : FieldStory.NOT_TAKEN;
    }

    private String why(Field field, FieldLineage from) {
        if (suppressed) {
            return "the record is suppressed since: the next run empties the field";
        }
        if (from != null
                && answers.stream().noneMatch(answer -> answer.responseId().equals(from.responseId()))) {
            return "its answer is not in history under the record's key";
        }
        // The rule of a value that was worked out names its source too.
        if (from != null && !from.rule().startsWith(rules.rule(field))) {
            return "the rule is " + rules.rule(field) + " today: the next run or remap applies it";
        }
        return "the answers or the rules have changed since the last merge: the next run or remap applies it";
    }
}
