package io.tributary.jobs.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A story as one JSON object; what is not known is absent. The names are stable: {@code docs/json.md} tells them. */
public final class StoryJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private StoryJson() {}

    /** One line. */
    public static String of(RecordStory story) {
        ObjectNode root = JSON.createObjectNode();
        root.put("table", story.table())
                .put("source", story.source())
                .put("object", story.object())
                .put("id", story.id());
        story.key().ifPresent(key -> root.put("lookup_key", key));
        ArrayNode aliases = root.putArray("aliases");
        story.aliases().forEach(aliases::add);
        root.put("life_cycle", story.lifeCycle())
                .put("status", story.status())
                .put("reason", story.reason())
                .put("run_id", story.runId());
        story.nextRefresh().ifPresent(due -> root.put("next_refresh_at", due.toString()));
        story.suppression().ifPresent(reason -> root.put("suppression", reason));
        root.put("derives", story.derives());
        ArrayNode fields = root.putArray("fields");
        story.fields().forEach(field -> field(fields.addObject(), field));
        ArrayNode answers = root.putArray("answers");
        story.answers().forEach(answer -> answer(answers.addObject(), answer));
        story.plan().ifPresent(plan -> {
            ObjectNode said = root.putObject("plan")
                    .put("run_id", plan.runId())
                    .put("status", plan.status())
                    .put("reason", plan.reason());
            ArrayNode providers = said.putArray("providers");
            plan.providers().forEach(providers::add);
        });
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values always serialises", e);
        }
    }

    private static void field(ObjectNode node, FieldStory field) {
        node.put("field", field.field().path()).put("column", field.field().column());
        field.typed().ifPresent(text -> node.put("crm", text));
        field.value().ifPresent(text -> node.put("value", text));
        node.put("rule", field.rule()).put("derives", field.derives());
        field.again().ifPresent(text -> node.put("derived", text));
        if (!field.derives()) {
            node.put("why_not", field.why());
        }
        ArrayNode candidates = node.putArray("candidates");
        field.candidates().forEach(one -> candidates
                .addObject()
                .put("provider", one.provider())
                .put("response_id", one.responseId())
                .put("fetched_at", one.fetchedAt().toString())
                .put("confidence", one.confidence())
                .put("value", one.value())
                .put("fate", one.fate()));
    }

    private static void answer(ObjectNode node, AnswerStory answer) {
        node.put("lookup_key", answer.key())
                .put("provider", answer.provider())
                .put("operation", answer.operation())
                .put("outcome", answer.outcome())
                .put("reason", answer.reason())
                .put("fetched_at", answer.fetchedAt().toString());
        answer.confidence().ifPresent(confidence -> node.put("confidence", confidence));
        node.put("credits", answer.credits()).put("response_id", answer.responseId());
        answer.carriedBy().ifPresent(id -> node.put("carried_by", id));
        node.put("run_id", answer.runId());
    }
}
