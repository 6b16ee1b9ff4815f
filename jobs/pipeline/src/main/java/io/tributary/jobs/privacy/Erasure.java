package io.tributary.jobs.privacy;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.tributary.jobs.StoppedException;
import io.tributary.jobs.journal.HadoopJournalStore;
import io.tributary.jobs.plan.ErasedPeople;
import io.tributary.jobs.table.GoldenTable;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.LakeTable;
import io.tributary.jobs.table.TablePast;
import io.tributary.journal.Entry;
import io.tributary.journal.EntryKeys;
import io.tributary.model.EntityKind;
import io.tributary.privacy.Identifier;
import io.tributary.privacy.Traces;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Takes people out of a lake: out of every table, the journal, and every earlier version. Nobody else may be at work on the lake,
 * and all journals must be harvested. One that died is continued by {@link #finish}, and ends as if it had not: whom it is
 * about is in a file before anything is touched, and each step looks for what is left.
 */
public final class Erasure {
    private static final String[] REJECT = {"source", "object", "record_id"};

    private final SparkSession spark;
    private final Lake lake;
    private final HadoopJournalStore journal;
    private final String lakeFiles;
    private final Clock clock;

    /** @param lakeFiles where the lake keeps what is no table */
    public Erasure(SparkSession spark, Lake lake, HadoopJournalStore journal, String lakeFiles, Clock clock) {
        this.spark = spark;
        this.lake = lake;
        this.journal = journal;
        this.lakeFiles = lakeFiles;
        this.clock = clock;
    }

    /**
     * What an erasure came to. It names nobody.
     *
     * @param removed rows by table, and records of the journal
     * @param mentions rows of others that still name them in columns of the CRM
     */
    public record Certificate(
            String id,
            String requestHash,
            Instant requestedAt,
            Instant finishedAt,
            long identifiers,
            Map<String, Long> removed,
            long mentions) {
        public Certificate {
            removed = Collections.unmodifiableMap(new TreeMap<>(removed));
        }
    }

    private OpenErasures open() throws IOException {
        return new OpenErasures(spark.sparkContext().hadoopConfiguration(), lakeFiles);
    }

    /**
     * Looks for people, and writes down what is theirs; nothing else is touched.
     *
     * @param say is told of what could not be found
     * @throws StoppedException if an identifier may be several people's
     */
    public ErasurePlan begin(String id, Collection<Identifier> asked, Consumer<String> say) throws IOException {
        PersonSearch.Found found;
        try (PersonSearch search = new PersonSearch(spark, contacts())) {
            found = search.find(asked);
        }
        if (found.unknown() > 0) {
            say.accept(found.unknown() + " of the record ids and telephone numbers belong to no record of this lake");
        }
        Map<String, Long> counts = new TreeMap<>();
        counts.put("contacts", (long) found.records().size());
        counts.put("history", said(found.traces()).count());
        KeyedRows.tables(spark, lake)
                .forEach((name, table) -> counts.put(
                        name, new KeyedRows(spark, table).of(found.traces()).count()));
        counts.put("rejects", rejected(found.records()).count());
        counts.put("journal", new JournalErasure(spark, journal).count(found.traces()));
        ErasurePlan plan = new ErasurePlan(
                id,
                EntryKeys.hash(asked.stream().map(Identifier::hash).sorted().collect(Collectors.joining("\n"))),
                clock.instant(),
                asked.size(),
                found.records(),
                found.traces(),
                found.suppressed(),
                counts);
        open().begin(plan);
        return plan;
    }

    /** What was begun and is not done, oldest first. */
    public List<ErasurePlan> unfinished() throws IOException {
        return open().all();
    }

    /**
     * Takes them out, and writes the certificate.
     *
     * @param say is told of each step
     */
    public Certificate finish(ErasurePlan plan, Consumer<String> say) throws IOException {
        say.accept("suppressions");
        new Suppressions(spark, lake).add(plan.suppressed(), ErasedPeople.REASON, plan.requestedAt());
        say.accept("journal");
        new JournalErasure(spark, journal).erase(plan.traces());
        say.accept("tables");
        emptyHistory(plan.traces());
        Map<String, LakeTable> keyed = KeyedRows.tables(spark, lake);
        keyed.values().forEach(table -> new KeyedRows(spark, table).delete(plan.traces()));
        KeyedRows.delete(spark, lake.rejects(), records(plan.records(), REJECT), REJECT);
        String[] golden = GoldenTable.KEY.toArray(String[]::new);
        KeyedRows.delete(spark, contacts(), records(plan.records(), golden), golden);
        Path staging = new Path(lakeFiles, "_tributary/staging");
        staging.getFileSystem(spark.sparkContext().hadoopConfiguration()).delete(staging, true);
        say.accept("earlier versions");
        List<LakeTable> touched = new ArrayList<>(List.of(contacts(), lake.history(), lake.rejects()));
        touched.addAll(keyed.values());
        for (LakeTable table : touched) {
            new TablePast(spark, table).forget(plan.id());
        }
        say.accept("certificate");
        Certificate certificate = new Certificate(
                plan.id(),
                plan.requestHash(),
                plan.requestedAt(),
                clock.instant(),
                plan.identifiers(),
                plan.counts(),
                mentions(plan.traces()));
        certify(certificate);
        open().done(plan);
        return certificate;
    }

    private LakeTable contacts() {
        return lake.golden(EntityKind.PERSON);
    }

    private Dataset<Row> said(Traces traces) {
        return lake.history()
                .read(spark)
                .selectExpr(SaidOfThem.READ)
                .flatMap(new SaidOfThem(traces), Encoders.row(SaidOfThem.SCHEMA));
    }

    /** What an answer cost stays, or a cap on a month would let the same money be spent again; and its id, so that no harvest brings it back. */
    private void emptyHistory(Traces traces) {
        Map<String, String> nothing = new TreeMap<>(Map.of(
                "lookup_key", "'" + Entry.NOBODY + "'",
                "key_hash", "sha2('" + Entry.NOBODY + "', 256)",
                "epoch", "cast(0 as bigint)",
                "reason", "'" + Entry.FORGOTTEN + "'",
                "confidence", "null",
                "person", "null",
                "company", "null",
                "present", "null",
                "raw_body", "''",
                "inputs_hash", "''"));
        nothing.put("job_id", "if(coalesce(history.job_id, '') = '', '', '" + Entry.FORGOTTEN + "')");
        Dataset<Row> hits = said(traces);
        if (hits.isEmpty()) {
            return;
        }
        lake.history()
                .delta(spark)
                .as("history")
                .merge(hits.as("hit"), "history.bucket <=> hit.bucket and history.response_id = hit.response_id")
                .whenMatched("hit.what = 'answer'")
                .updateExpr(nothing)
                .whenMatched("hit.what = 'person'")
                .updateExpr(Map.of("person", "null", "raw_body", "''"))
                .whenMatched()
                .updateExpr(Map.of("raw_body", "''"))
                .execute();
    }

    private Dataset<Row> rejected(Collection<String> records) {
        return lake.rejects().read(spark).join(records(records, REJECT), REJECT, "left_semi");
    }

    /** CRM records by three columns of these names. */
    private Dataset<Row> records(Collection<String> records, String... names) {
        List<Column> parts = new ArrayList<>();
        for (int n = 0; n < names.length; n++) {
            parts.add(expr("split(record, '/', 3)[" + n + "]").as(names[n]));
        }
        return spark.createDataset(List.copyOf(records), Encoders.STRING())
                .toDF("record")
                .select(parts.toArray(Column[]::new));
    }

    private long mentions(Traces traces) {
        long mentions = 0;
        for (LakeTable table : List.of(contacts(), lake.golden(EntityKind.COMPANY), lake.runs())) {
            mentions += table.read(spark)
                    .selectExpr("to_json(struct(*)) as text")
                    .filter((FilterFunction<Row>) row -> traces.isNamedIn(row.getString(0)))
                    .count();
        }
        return mentions;
    }

    private void certify(Certificate certificate) {
        Dataset<Row> row = spark.createDataFrame(
                List.of(RowFactory.create(
                        certificate.id(),
                        certificate.requestHash(),
                        Timestamp.from(certificate.requestedAt()),
                        Timestamp.from(certificate.finishedAt()),
                        certificate.identifiers(),
                        certificate.removed(),
                        certificate.mentions())),
                lake.erasures().schema());
        if (lake.erasures()
                .read(spark)
                .where(col("erasure_id").equalTo(lit(certificate.id())))
                .isEmpty()) {
            lake.erasures().appendAll(row);
        }
    }
}
