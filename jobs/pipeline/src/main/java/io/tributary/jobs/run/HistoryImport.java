package io.tributary.jobs.run;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.tributary.identity.Options;
import io.tributary.jobs.StopRequest;
import io.tributary.jobs.StoppedException;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.harvest.ImportStep;
import io.tributary.jobs.read.CarriedColumn;
import io.tributary.jobs.read.ExtractRefusedException;
import io.tributary.jobs.read.Interval;
import io.tributary.jobs.read.ReadOptions;
import io.tributary.jobs.read.ReadResult;
import io.tributary.jobs.read.ReadStep;
import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.table.Lake;
import io.tributary.settings.ImportSettings;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;

/**
 * Brings a provider's export, or a file that was enriched elsewhere, into history, so that a night does not buy it again. The golden
 * tables are brought up to date by the next night.
 */
public final class HistoryImport {
    private final Settings settings;
    private final ImportSettings from;
    private final SparkSession spark;
    private final Clock clock;
    private final Consumer<String> say;
    private final Run run;
    private final Lake lake;

    /**
     * @param clock the wall clock
     * @param say takes what a person should read while the run goes on
     * @param stop ends the run soon and in order
     */
    public HistoryImport(
            Settings settings,
            ImportSettings from,
            SparkSession spark,
            Clock clock,
            Progress progress,
            Consumer<String> say,
            StopRequest stop) {
        this.settings = settings;
        this.from = from;
        this.spark = spark;
        this.clock = clock;
        this.say = say;
        this.run = new Run(Job.IMPORT, settings, spark, clock, progress, say, stop);
        this.lake = new Wiring(settings).lake();
    }

    /**
     * Imports. What is in history already is not added again.
     *
     * @param cutShort is given the summary of a run that fails or stops, before the exception goes on
     * @throws StoppedException if the files can't be trusted, or too many rows can't be read; then nothing is imported
     */
    public RunSummary run(Consumer<RunSummary> cutShort) throws IOException {
        return run.go(Optional.empty(), cutShort, (log, keeper) -> {
            try (LakeKeeper.Tables tables = run.tables(keeper)) {
                lake.ensure(spark);
                try (ReadResult read = run.step(log, "read", this::read)) {
                    read.notices().forEach(log::note);
                    ImportStep.Result result = run.step(log, "import", () -> step().run(
                                    read.rows(), told(read), log.runId(), tables.fence(), clock.instant()));
                    long refused = read.rejects().count() + result.rejects().count();
                    log.read(read.rows().count(), refused);
                    lake.rejects()
                            .append(
                                    read.rejects().unionByName(result.rejects()).withColumn("run_id", lit(log.runId())),
                                    "tributary-rejects-" + log.runId(),
                                    1);
                    log.imported(result.answers(), result.known());
                    return run.done(keeper, log);
                }
            } catch (ExtractRefusedException e) {
                throw new StoppedException(e.getMessage());
            }
        });
    }

    private ImportStep step() {
        return new ImportStep(spark, lake, settings.limits().buckets(), new Options(settings.allowTestHosts()));
    }

    private ReadResult read() {
        return new ReadStep(
                        spark,
                        new ReadOptions(Interval.ALL, settings.allowTestHosts(), List.of(), Map.of(), Optional.empty()))
                .run(List.of(from.source()));
    }

    private ImportStep.Told told(ReadResult read) {
        return new ImportStep.Told(from.provider(), from.asOf(), confidence(read.carried()));
    }

    private Column confidence(List<CarriedColumn> carried) {
        if (from.confidence().isPresent()) {
            return lit(from.confidence().get());
        }
        String header = from.confidenceColumn().orElseThrow();
        String column = carried.stream()
                .filter(one -> one.header().equals(header))
                .map(CarriedColumn::name)
                .findFirst()
                .orElseThrow(() -> new StoppedException("confidence-column: the files have no column " + header
                        + " that is neither mapped nor dropped"));
        return expr("try_cast(carried['" + column.replace("'", "\\'") + "'] AS double) / " + from.confidenceScale());
    }
}
