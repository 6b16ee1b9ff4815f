package io.tributary.jobs.run;

import io.tributary.jobs.StopRequest;
import io.tributary.jobs.StoppedException;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.privacy.Erasure;
import io.tributary.jobs.privacy.Erasure.Certificate;
import io.tributary.jobs.privacy.ErasurePlan;
import io.tributary.jobs.table.Lake;
import io.tributary.privacy.Identifier;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/**
 * Takes people out of the lake while nobody else is at work on it. It first finishes what earlier erasures began and could not
 * end. It asks nobody and writes no row into {@code runs}: the certificate is its row.
 */
public final class Erase {
    private final Settings settings;
    private final SparkSession spark;
    private final Clock clock;
    private final Consumer<String> say;
    private final Lake lake;

    /** @param say takes what a person should read while it goes on; it names nobody */
    public Erase(Settings settings, SparkSession spark, Clock clock, Consumer<String> say) {
        this.settings = settings;
        this.spark = spark;
        this.clock = clock;
        this.say = say;
        this.lake = new Wiring(settings).lake();
    }

    /**
     * Erases.
     *
     * @param asked by what people are named; empty to finish earlier erasures only
     * @param wait whether to wait for runs that are at work
     * @return the certificates, those of earlier erasures first
     * @throws StoppedException if an identifier may be several people's; then nobody of this request was erased
     * @throws LakeBusyException if others are at work and it is not to wait
     */
    @SuppressWarnings("try") // the tables are held, not used
    public List<Certificate> run(Collection<Identifier> asked, boolean wait) throws IOException {
        Instant now = clock.instant();
        String id = RunIds.of(now, Job.ERASE);
        StopRequest stop = new StopRequest();
        Run run = new Run(Job.ERASE, settings, spark, clock, Progress.silent(), say, stop);
        List<Certificate> certificates = new ArrayList<>();
        try (LakeKeeper keeper = run.enter(id);
                LakeKeeper.Tables tables = keeper.alone(wait, say, stop)) {
            lake.ensure(spark);
            // What lies in journals only could not be found by the keys of history.
            run.recover(tables, new RunLog(id, now, now, clock, keeper::check));
            Erasure erasure =
                    new Erasure(spark, lake, run.journal(), settings.lake().files(), clock);
            Consumer<String> step = name -> {
                keeper.check();
                say.accept("erase: " + name);
            };
            for (ErasurePlan begun : erasure.unfinished()) {
                say.accept("goes on with erasure " + begun.id() + ", which was begun and not done");
                certificates.add(erasure.finish(begun, step));
            }
            if (!asked.isEmpty()) {
                certificates.add(erasure.finish(erasure.begin(id, asked, say), step));
            }
        }
        return List.copyOf(certificates);
    }
}
