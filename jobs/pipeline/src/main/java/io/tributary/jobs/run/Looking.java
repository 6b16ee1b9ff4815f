package io.tributary.jobs.run;

import io.tributary.jobs.golden.ChangedRecords;
import io.tributary.jobs.report.LookedAt;
import io.tributary.jobs.table.ChangeFeed;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.LakeTable;
import io.tributary.model.EntityKind;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Chooses the records that a night looks at: those of which something has changed since the night before, and all where that can't
 * be told. Whoever uses it has the lake's tables, and has harvested.
 */
final class Looking {
    /** Why the first night looks at all records. */
    static final String FIRST = "no night before it told what it had looked at";

    private final RunScope scope;
    private final SparkSession spark;
    private final Lake lake;
    private final Optional<NightBefore> before;
    private final LookedAt standing;

    Looking(RunScope scope, Wiring wiring, RunOptions options) {
        this.scope = scope;
        this.spark = scope.spark();
        this.lake = scope.lake();
        LookedAt stands = new LookedAt(
                "",
                version(lake.history()),
                version(lake.suppressions()),
                version(lake.erasures()),
                NightRules.hash(scope.settings(), wiring, wiring.catalog()) + (isUnnamed() ? "-unnamed" : ""));
        this.before = NightBefore.of(spark, lake);
        this.standing = whyAll(stands, options).map(stands::allBecause).orElse(stands);
    }

    /** Whether a harvest to come will name all that is in history already: a lake of before there were identities. */
    private boolean isUnnamed() {
        return lake.identities().read(spark).isEmpty()
                && !lake.history().read(spark).isEmpty();
    }

    private long version(LakeTable table) {
        return new ChangeFeed(spark, table).version();
    }

    private Optional<String> whyAll(LookedAt stands, RunOptions options) {
        if (before.isEmpty()) {
            return Optional.of(FIRST);
        }
        LookedAt last = before.get().lookedAt();
        if (options.all()) {
            return Optional.of("--full");
        }
        if (options.force().asked()) {
            return Optional.of("answers that are fresh are passed over");
        }
        if (!last.rules().equals(stands.rules())) {
            return Optional.of("the settings, a provider's file or this program have changed since the night before");
        }
        if (last.erasures() != stands.erasures()) {
            return Optional.of("somebody was erased since the night before");
        }
        if (last.suppressions() > stands.suppressions()) {
            return Optional.of("the list of suppressions is an older one than in the night before");
        }
        if (scope.asOf().isBefore(before.get().asOf())) {
            return Optional.of("the night's clock stands before that of the night before");
        }
        return NightRules.ofTheMoment(scope.settings()).map(setting -> setting + " may say something else each night");
    }

    /**
     * What it came to.
     *
     * @param looks see {@link ChangedRecords}; empty for all records
     */
    record Chosen(Optional<Dataset<Row>> looks, LookedAt lookedAt) {}

    /**
     * Chooses.
     *
     * @param rows tonight's
     * @param gone {@code source, object, record_id} of the records that the CRM holds no more
     */
    Chosen choose(Dataset<Row> rows, Map<EntityKind, Dataset<Row>> gone) {
        if (standing.all()) {
            return new Chosen(Optional.empty(), standing);
        }
        NightBefore last = before.orElseThrow();
        Optional<Dataset<Row>> answered = new ChangeFeed(spark, lake.history())
                .since(last.lookedAt().history(), changes -> scope.staging()
                        .put("answered", changes.select("lookup_key").distinct()));
        if (answered.isEmpty()) {
            return new Chosen(
                    Optional.empty(),
                    standing.allBecause("which answers are new can't be told: history's change feed does not reach back"
                            + " to the night before"));
        }
        return new Chosen(Optional.of(looks(last, rows, gone, answered.get())), standing);
    }

    private Dataset<Row> looks(
            NightBefore last, Dataset<Row> rows, Map<EntityKind, Dataset<Row>> gone, Dataset<Row> answered) {
        ChangedRecords changed = new ChangedRecords(spark, lake);
        Dataset<Row> looks = changed.onWorkLists(last.since())
                .unionByName(both(entity -> changed.read(entity, rows)))
                .unionByName(both(entity -> changed.gone(entity, gone.get(entity))))
                .unionByName(both(entity -> changed.due(entity, scope.asOf(), last.since())));
        if (!answered.isEmpty()) {
            looks = looks.unionByName(changed.sharing(answered, rows));
        }
        if (last.lookedAt().suppressions() != standing.suppressions()) {
            looks = looks.unionByName(changed.suppressed(rows));
        }
        return scope.staging().put("looks", looks.distinct());
    }

    private static Dataset<Row> both(Function<EntityKind, Dataset<Row>> of) {
        return of.apply(EntityKind.PERSON).unionByName(of.apply(EntityKind.COMPANY));
    }
}
