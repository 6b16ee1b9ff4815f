package io.tributary.jobs.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.coordinator.QuotaUse;
import io.tributary.credential.KeyReport;
import io.tributary.settings.Prices;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one run did. The names of {@link #counts()} are stable: scripts read them from {@code --json} and from the
 * {@code runs} table.
 *
 * @param runId the run
 * @param job {@code nightly}, {@code plan}, ...
 * @param status how it ended
 * @param asOf the run's clock at its start
 * @param startedAt wall clock
 * @param finishedAt wall clock
 * @param counts whole numbers and credits by stable name
 * @param filled filled cells of the enrichable columns by table: before and after
 * @param providers what happened at each provider
 * @param keys what each provider's key was used for
 * @param quotas what became of each provider's quota
 * @param accounts our count of credits beside that of the providers that tell one
 * @param prices what credits cost
 * @param seconds wall seconds of each step, in order
 * @param lookedAt of a night that merged: which records it looked at
 * @param notes what a person must know, a sentence each
 */
public record RunSummary(
        String runId,
        String job,
        Status status,
        Instant asOf,
        Instant startedAt,
        Instant finishedAt,
        Map<String, Double> counts,
        List<Fill> filled,
        List<ProviderLine> providers,
        List<KeyReport> keys,
        List<QuotaUse> quotas,
        List<AccountLine> accounts,
        Prices prices,
        Map<String, Double> seconds,
        Optional<LookedAt> lookedAt,
        List<String> notes) {

    /** The stable names, in the order in which they are shown. */
    public static final List<String> NAMES = List.of(
            "rows_read",
            "rows_rejected",
            "unchanged",
            "keys",
            "cache_hits",
            "negative_hits",
            "work",
            "budget_rounds",
            "calls",
            "answers",
            "carried",
            "matched",
            "partial",
            "not_found",
            "rejected",
            "failed",
            "pending",
            "unknown",
            "deferred",
            "repeats",
            "credits",
            "credits_uncertain",
            "refused_429",
            "remapped",
            "remap_changed",
            "remap_kept",
            "golden_changed",
            "moved");

    /** How a run ended; each has its exit code. */
    public enum Status {
        DONE(0),
        /** Broke; the log says how. */
        FAILED(1),
        /** Refused to go on, and says why. */
        STOPPED(1),
        DEFERRED(3);

        private final int exitCode;

        Status(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }

        public String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Filled cells among {@code cells} of one golden table, before and after the run. */
    public record Fill(String table, long before, long after, long cells) {}

    /** What happened at one provider. */
    public record ProviderLine(
            String provider, long calls, long answers, long matched, long notFound, double credits, long refused) {
        /** Both together, of one provider. */
        public ProviderLine plus(ProviderLine other) {
            return new ProviderLine(
                    provider,
                    calls + other.calls,
                    answers + other.answers,
                    matched + other.matched,
                    notFound + other.notFound,
                    credits + other.credits,
                    refused + other.refused);
        }
    }

    public RunSummary {
        Objects.requireNonNull(status, "status");
        Map<String, Double> known = new TreeMap<>(counts);
        known.keySet().removeAll(NAMES);
        if (!known.isEmpty()) {
            throw new IllegalArgumentException("unknown summary names: " + known.keySet());
        }
        counts = Map.copyOf(counts);
        filled = List.copyOf(filled);
        providers = List.copyOf(providers);
        keys = List.copyOf(keys);
        quotas = List.copyOf(quotas);
        accounts = List.copyOf(accounts);
        Objects.requireNonNull(prices, "prices");
        seconds = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(seconds));
        notes = List.copyOf(notes);
    }

    /** The count of that name; 0 when the run did not come to it. */
    public double count(String name) {
        return counts.getOrDefault(name, 0.0);
    }

    /** What the credits cost of all providers that have a price. */
    public BigDecimal cost() {
        Map<String, Double> credits = new TreeMap<>();
        providers.forEach(line -> credits.merge(line.provider(), line.credits(), Double::sum));
        return prices.cost(credits);
    }

    /** A number of credits for people. */
    public static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,d", Math.round(value))
                : String.format(Locale.ROOT, "%,.2f", value);
    }

    /** One JSON object on one line. */
    public String toJson() {
        ObjectMapper json = new ObjectMapper();
        ObjectNode root = json.createObjectNode();
        root.put("run_id", runId);
        root.put("job", job);
        root.put("status", status.id());
        root.put("as_of", asOf.toString());
        root.put("started_at", startedAt.toString());
        root.put("finished_at", finishedAt.toString());
        for (String name : NAMES) {
            double value = count(name);
            if (name.startsWith("credits")) {
                root.put(name, value);
            } else {
                root.put(name, Math.round(value));
            }
        }
        if (prices.any()) {
            root.put("cost", Prices.told(cost())).put("currency", prices.currency());
        }
        root.put(
                "seconds",
                seconds.values().stream().mapToDouble(Double::doubleValue).sum());
        ObjectNode steps = root.putObject("step_seconds");
        seconds.forEach(steps::put);
        lookedAt.ifPresent(looked -> looked.into(root.putObject("looked_at")));
        ArrayNode fill = root.putArray("filled");
        filled.forEach(line -> fill.addObject()
                .put("table", line.table())
                .put("before", line.before())
                .put("after", line.after())
                .put("cells", line.cells()));
        ArrayNode each = root.putArray("providers");
        for (ProviderLine line : providers) {
            ObjectNode one = each.addObject()
                    .put("provider", line.provider())
                    .put("calls", line.calls())
                    .put("answers", line.answers())
                    .put("matched", line.matched())
                    .put("not_found", line.notFound())
                    .put("credits", line.credits())
                    .put("refused_429", line.refused());
            prices.cost(line.provider(), line.credits()).ifPresent(cost -> one.put("cost", Prices.told(cost)));
        }
        ArrayNode told = root.putArray("balance");
        for (AccountLine account : accounts) {
            ObjectNode line = told.addObject().put("provider", account.provider());
            account.before().ifPresent(left -> line.put("before", left));
            account.after().ifPresent(left -> line.put("after", left));
            account.byProvider().ifPresent(credits -> line.put("by_provider", credits));
            line.put("by_us", account.byUs());
        }
        ArrayNode used = root.putArray("key_use");
        for (KeyReport key : keys) {
            ObjectNode line = used.addObject()
                    .put("provider", key.provider())
                    .put("reference", key.reference())
                    .put("in_use", key.live())
                    .put("reason", key.reason())
                    .put("calls", key.calls())
                    .put("refused", key.refused());
            if (key.lastMillis() > 0) {
                line.put("last_used_at", Instant.ofEpochMilli(key.lastMillis()).toString());
            }
        }
        ArrayNode shared = root.putArray("quota_use");
        for (QuotaUse quota : quotas) {
            ObjectNode line = shared.addObject().put("provider", quota.provider());
            if (quota.allowed() >= 0) {
                line.put("allowed", quota.allowed());
            }
            line.put("used", quota.sent()).put("refused", quota.refused());
            if (quota.others() > 0) {
                line.put("others", quota.others());
            }
            ObjectNode waited = line.putObject("waited_seconds");
            new TreeMap<>(quota.stalledNanos())
                    .forEach((cause, nanos) -> waited.put(cause.id(), Math.round(nanos / 1e8) / 10.0));
        }
        ArrayNode said = root.putArray("notes");
        notes.forEach(said::add);
        try {
            return json.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values always serialises", e);
        }
    }
}
