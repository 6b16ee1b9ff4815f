package io.tributary.jobs.explain;

import java.util.Locale;
import java.util.Optional;

/** A story as a person reads it: plain text, no colour. */
public final class StoryText {
    private StoryText() {}

    public static String of(RecordStory story) {
        StringBuilder out = new StringBuilder();
        line(out, "%s: %s %s %s", story.table(), story.source(), story.object(), story.id());
        line(out, "");
        line(out, "key        %s", story.key().orElse("none: nothing identifies it"));
        if (!story.aliases().isEmpty()) {
            line(out, "aliases    %s", String.join(", ", story.aliases()));
        }
        line(out, "status     %s%s", story.status(), story.reason().isEmpty() ? "" : " (" + story.reason() + ")");
        line(out, "life cycle %s", story.lifeCycle());
        line(out, "refresh    %s", story.nextRefresh().map(Object::toString).orElse("no answer is waiting for one"));
        line(out, "changed by %s", story.runId());
        story.suppression()
                .ifPresent(reason ->
                        line(out, "suppressed %s: it is asked about no more, and no answer stands in it", reason));
        fields(out, story);
        answers(out, story);
        plan(out, story);
        line(out, "");
        promise(out, story);
        return out.toString();
    }

    private static void fields(StringBuilder out, RecordStory story) {
        line(out, "");
        line(out, "Fields that the CRM or an answer fills:");
        for (FieldStory field : story.fields()) {
            boolean told = field.value().isPresent()
                    || field.typed().isPresent()
                    || !field.candidates().isEmpty();
            if (!told && field.derives()) {
                continue;
            }
            line(out, "");
            line(out, "  %s = %s", field.field().column(), field.value().orElse("(empty)"));
            line(out, "      the CRM holds: %s", field.typed().orElse("nothing"));
            line(
                    out,
                    "      %s by the rule %s%s",
                    field.isEnriched() ? "taken" : "nothing taken",
                    field.rule(),
                    field.derives() ? "; derives again" : "");
            for (FieldStory.Candidate one : field.candidates()) {
                line(
                        out,
                        "      %-20s %-14s %s  %.2f  %s  %s",
                        one.fate(),
                        one.provider(),
                        one.fetchedAt(),
                        one.confidence(),
                        one.responseId(),
                        one.value());
            }
            if (!field.derives()) {
                line(
                        out,
                        "      DOES NOT DERIVE: the merge makes %s of it. %s",
                        field.again().orElse("nothing"),
                        sentence(field.why()));
            }
        }
    }

    private static void answers(StringBuilder out, RecordStory story) {
        line(out, "");
        if (story.answers().isEmpty()) {
            line(out, "History holds no answer about it.");
            return;
        }
        line(out, "Answers in history, %s credits in all:", number(story.credits()));
        for (AnswerStory answer : story.answers()) {
            line(
                    out,
                    "  %s  %-12s %-14s %-10s %s credits  %s%s%s  %s",
                    answer.fetchedAt(),
                    answer.provider(),
                    answer.operation(),
                    answer.outcome().toLowerCase(Locale.ROOT),
                    number(answer.credits()),
                    answer.responseId(),
                    answer.reason().isEmpty() ? "" : "  " + answer.reason(),
                    answer.carriedBy().map(id -> "  came with " + id).orElse(""),
                    story.key().equals(Optional.of(answer.key())) ? "" : "under " + answer.key());
        }
    }

    private static void plan(StringBuilder out, RecordStory story) {
        line(out, "");
        story.plan()
                .ifPresentOrElse(
                        plan -> line(
                                out,
                                "Last plan (%s): %s%s%s",
                                plan.runId(),
                                plan.status(),
                                plan.reason().isEmpty() ? "" : " (" + plan.reason() + ")",
                                plan.providers().isEmpty() ? "" : ", asking " + String.join(", ", plan.providers())),
                        () -> line(out, "None of the last runs planned to ask about it."));
    }

    private static void promise(StringBuilder out, RecordStory story) {
        int enriched = story.enriched().size();
        long derived = story.enriched().stream().filter(FieldStory::derives).count();
        line(
                out,
                "%,d of %,d values that providers gave derive again%s",
                derived,
                enriched,
                story.derives() ? "; the row is what the merge makes of its sources." : ".");
    }

    private static String sentence(String text) {
        return text.isEmpty() ? "" : Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,d", Math.round(value))
                : String.format(Locale.ROOT, "%,.2f", value);
    }

    private static void line(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
