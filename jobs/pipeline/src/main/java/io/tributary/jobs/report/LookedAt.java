package io.tributary.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.Optional;

/**
 * Which records a night looked at, and where the lake stood when it chose them: there the next night goes on. It stands in the
 * summary, which is written when all is merged: a night that dies before is as if it had seen nothing.
 *
 * @param because why it looked at all records; empty if it looked at those alone of which something had changed
 * @param history the version of that table
 * @param suppressions the version of that table
 * @param erasures the version of that table
 * @param rules a hash of whatever else plans and merges go by: settings, the providers' files, this program
 */
public record LookedAt(String because, long history, long suppressions, long erasures, String rules) {
    public LookedAt {
        Objects.requireNonNull(because, "because");
        Objects.requireNonNull(rules, "rules");
    }

    /** Whether it looked at all records. */
    public boolean all() {
        return !because.isEmpty();
    }

    /** The same, at all records. */
    public LookedAt allBecause(String why) {
        return new LookedAt(why, history, suppressions, erasures, rules);
    }

    void into(ObjectNode json) {
        json.put("records", all() ? "all" : "changed")
                .put("because", because)
                .put("history", history)
                .put("suppressions", suppressions)
                .put("erasures", erasures)
                .put("rules", rules);
    }

    /** What a summary says of it; empty if it says nothing. */
    public static Optional<LookedAt> in(JsonNode summary) {
        JsonNode said = summary.path("looked_at");
        return said.isObject()
                ? Optional.of(new LookedAt(
                        said.path("because").asText(),
                        said.path("history").asLong(-1),
                        said.path("suppressions").asLong(-1),
                        said.path("erasures").asLong(-1),
                        said.path("rules").asText()))
                : Optional.empty();
    }
}
