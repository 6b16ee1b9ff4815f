package io.tributary.jobs.run;

import io.tributary.jobs.golden.ChangedRecords;
import io.tributary.jobs.golden.CrmState;
import io.tributary.jobs.plan.ErasedPeople;
import io.tributary.jobs.read.MissingRecords;
import io.tributary.jobs.read.ReadResult;
import io.tributary.jobs.report.LookedAt;
import io.tributary.jobs.table.Lake;
import io.tributary.model.EntityKind;
import io.tributary.settings.SourceSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The records that a night has to do with, as the CRM has them after tonight's extracts; in files of their own. */
final class NightRecords {
    private final RunScope scope;
    private final SparkSession spark;
    private final Lake lake;
    private final ReadResult read;
    private final ErasedPeople erased;
    private final Optional<Looking.Chosen> chosen;
    private final boolean selective;

    /** Theirs, with all that share a key; empty for all records. */
    private final Optional<Dataset<Row>> looks;

    private final Map<EntityKind, Dataset<Row>> state = new EnumMap<>(EntityKind.class);
    private final Map<EntityKind, Dataset<Row>> selected = new EnumMap<>(EntityKind.class);
    private final List<String> notices = new ArrayList<>();

    /**
     * @param sources those that were read: of which a record that is not there any more counts as deleted
     * @param looking chooses some of all; empty where the selection does
     */
    NightRecords(
            RunScope scope,
            ReadResult read,
            List<SourceSettings> sources,
            Selection selection,
            Optional<Looking> looking) {
        this.scope = scope;
        this.spark = scope.spark();
        this.lake = scope.lake();
        this.read = read;
        this.erased = new ErasedPeople(spark, lake);
        this.selective = selection != Selection.ALL;
        Map<EntityKind, Dataset<Row>> gone = gone(sources);
        this.chosen = looking.map(one -> one.choose(read.rows(), gone));
        this.looks = chosen.isPresent() ? chosen.get().looks() : sharingWith(selection, gone);
        for (EntityKind entity : EntityKind.values()) {
            Dataset<Row> all = new CrmState(spark, lake).of(entity, read.rows(), gone.get(entity), looks);
            Dataset<Row> staged = scope.staging().put("crm-" + entity.id(), erased.leftOut(all));
            if (!erased.isEmpty()) {
                tellOfErased(all.count() - staged.count());
            }
            state.put(entity, staged);
            selected.put(entity, selection.of(entity, staged));
        }
    }

    /** The records that full extracts do not hold any more; few beside all. */
    private Map<EntityKind, Dataset<Row>> gone(List<SourceSettings> sources) {
        Map<EntityKind, Dataset<Row>> gone = new EnumMap<>(EntityKind.class);
        for (EntityKind entity : EntityKind.values()) {
            MissingRecords missing = MissingRecords.of(lake.golden(entity).read(spark), read, sources);
            missing.notices().stream()
                    .filter(notice -> !notices.contains(notice))
                    .forEach(notices::add);
            gone.put(
                    entity,
                    sources.isEmpty()
                            ? missing.records()
                            : scope.staging().put("gone-" + entity.id(), missing.records()));
        }
        return gone;
    }

    /** The looks of those that are selected: with them come all that share their keys, for these have their word too. */
    private Optional<Dataset<Row>> sharingWith(Selection selection, Map<EntityKind, Dataset<Row>> gone) {
        if (!selective) {
            return Optional.empty();
        }
        CrmState crm = new CrmState(spark, lake);
        return Arrays.stream(EntityKind.values())
                .map(entity -> ChangedRecords.looks(
                        selection.of(entity, crm.of(entity, read.rows(), gone.get(entity), Optional.empty()))))
                .reduce(Dataset::unionByName)
                .map(some -> scope.staging().put("looks", some.distinct()));
    }

    private void tellOfErased(long records) {
        if (records > 0) {
            notices.add((records == 1 ? "1 record" : records + " records")
                    + " of people who were erased came from the CRM again, to be left out here: delete them there too");
        }
    }

    /** People and companies. */
    Dataset<Row> all() {
        return state.get(EntityKind.PERSON).unionByName(state.get(EntityKind.COMPANY));
    }

    /** Those that are to be merged; of the others only what they say of their keys counts. */
    Dataset<Row> selected(EntityKind entity) {
        return selected.get(entity);
    }

    /** The keys that may be planned; empty if all may. */
    Optional<Dataset<Row>> selectedKeys() {
        return selective
                ? Optional.of(selected.get(EntityKind.PERSON)
                        .select("lookup_key")
                        .union(selected.get(EntityKind.COMPANY).select("lookup_key"))
                        .distinct())
                : Optional.empty();
    }

    /** Whether they are some of the records only, and few beside the golden tables. */
    boolean areSome() {
        return looks.isPresent();
    }

    /** What a night chose; empty for other jobs. */
    Optional<LookedAt> lookedAt() {
        return chosen.map(Looking.Chosen::lookedAt);
    }

    /** How many golden rows are not among them. */
    long passedOver() {
        return looks.map(some -> Arrays.stream(EntityKind.values())
                        .mapToLong(entity -> others(entity, some).count())
                        .sum())
                .orElse(0L);
    }

    private Dataset<Row> others(EntityKind entity, Dataset<Row> looks) {
        return new ChangedRecords(spark, lake).others(entity, looks);
    }

    /** What is known of all keys, whether their records are among these or not: {@code entity, lookup_key, inputs, crm}. */
    Dataset<Row> ofAllKeys() {
        Dataset<Row> these = all().select("entity", "lookup_key", "inputs", "crm");
        return looks.map(some -> Arrays.stream(EntityKind.values())
                        .map(entity -> others(entity, some))
                        .reduce(these, Dataset::unionByName))
                .orElse(these);
    }

    /** Whom to leave out. */
    ErasedPeople erased() {
        return erased;
    }

    /** What a person should know of them. */
    List<String> notices() {
        return List.copyOf(notices);
    }
}
