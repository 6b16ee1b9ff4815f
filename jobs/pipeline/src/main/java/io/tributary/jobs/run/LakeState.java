package io.tributary.jobs.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Who is at work on a lake: any number of runs, of which one may write to the tables at a time. What the next state is follows
 * from this one and the time alone. Immutable.
 *
 * @param writer the run that writes; empty if the tables are free
 * @param fence grows whenever the tables are taken: whoever wrote with a smaller one has lost them since
 * @param runs all of them, the writer among them
 */
record LakeState(Optional<String> writer, long fence, List<LivingRun> runs) {
    static final LakeState EMPTY = new LakeState(Optional.empty(), 0, List.of());

    private static final ObjectMapper JSON = new ObjectMapper();

    LakeState {
        runs = List.copyOf(runs);
    }

    /** Without the runs that are dead. */
    LakeState without(Predicate<LivingRun> dead) {
        LakeState left = this;
        for (LivingRun run : runs) {
            left = dead.test(run) ? left.without(run.runId()) : left;
        }
        return left;
    }

    /** Without that run; the tables are free if it had them. */
    LakeState without(String runId) {
        return new LakeState(
                writer.filter(id -> !id.equals(runId)),
                fence,
                runs.stream().filter(run -> !run.runId().equals(runId)).toList());
    }

    Optional<LivingRun> run(String runId) {
        return runs.stream().filter(run -> run.runId().equals(runId)).findFirst();
    }

    /** The run that has the tables. */
    Optional<LivingRun> writing() {
        return writer.flatMap(this::run);
    }

    LakeState with(LivingRun added) {
        List<LivingRun> more = new ArrayList<>(runs);
        more.add(added);
        return new LakeState(writer, fence, more);
    }

    /** That run, changed. */
    LakeState changing(String runId, UnaryOperator<LivingRun> change) {
        return new LakeState(
                writer,
                fence,
                runs.stream()
                        .map(run -> run.runId().equals(runId) ? change.apply(run) : run)
                        .toList());
    }

    /** The tables are that run's. The fence is a time, so that it grows even if all of this is once lost. */
    LakeState writtenBy(String runId, Instant now) {
        return new LakeState(Optional.of(runId), Math.max(fence + 1, now.toEpochMilli()), runs);
    }

    /** The tables are free, if they were that run's. */
    LakeState givenBackBy(String runId) {
        return new LakeState(writer.filter(id -> !id.equals(runId)), fence, runs);
    }

    String text() {
        ObjectNode node = JSON.createObjectNode();
        writer.ifPresent(id -> node.put("writer", id));
        node.put("fence", fence);
        ArrayNode each = node.putArray("runs");
        for (LivingRun run : runs) {
            ObjectNode one = each.addObject()
                    .put("run_id", run.runId())
                    .put("job", run.job())
                    .put("host", run.process().host())
                    .put("pid", run.process().pid())
                    .put("numbering", run.process().numbering())
                    .put("driver", run.process().id())
                    .put("renewed_at", run.renewedAt().toString())
                    .put("reserves_in_all", run.reservesInAll());
            new TreeMap<>(run.reserves()).forEach(one.putObject("reserves")::put);
        }
        return node.toString();
    }

    /**
     * Reads a state, also as version 0.1 wrote it.
     *
     * @param writtenAt what can't be read may be of a run that is alive: it counts from then
     */
    static LakeState parse(String text, Instant writtenAt) {
        try {
            JsonNode node = JSON.readTree(text);
            if (node.has("state")) {
                LakeState free = EMPTY;
                return node.path("state").asText().equals("free")
                        ? free
                        : new LakeState(Optional.of(node.path("run_id").asText()), 0, List.of(run(node)));
            }
            if (!node.path("runs").isArray()) {
                return unreadable(writtenAt);
            }
            List<LivingRun> runs = new ArrayList<>();
            node.path("runs").forEach(one -> runs.add(run(one)));
            return new LakeState(
                    Optional.ofNullable(node.path("writer").asText(null)),
                    node.path("fence").asLong(),
                    runs);
        } catch (JsonProcessingException | DateTimeException unreadable) {
            return unreadable(writtenAt);
        }
    }

    private static LakeState unreadable(Instant writtenAt) {
        DriverProcess nobodyKnows = new DriverProcess("?", -1, "", "");
        LivingRun somebody = new LivingRun("unknown", "nightly", nobodyKnows, writtenAt, Map.of(), 0);
        return new LakeState(Optional.of("unknown"), 0, List.of(somebody));
    }

    private static LivingRun run(JsonNode node) {
        Map<String, Double> reserves = new HashMap<>();
        node.path("reserves")
                .properties()
                .forEach(each -> reserves.put(each.getKey(), each.getValue().asDouble()));
        return new LivingRun(
                node.path("run_id").asText("?"),
                node.path("job").asText("nightly"),
                new DriverProcess(
                        node.path("host").asText("?"),
                        node.path("pid").asLong(-1),
                        node.path("numbering").asText(""),
                        node.path("driver").asText("")),
                Instant.parse(node.path("renewed_at").asText()),
                reserves,
                node.path("reserves_in_all").asDouble());
    }
}
