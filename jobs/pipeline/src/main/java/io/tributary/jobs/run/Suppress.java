package io.tributary.jobs.run;

import io.tributary.jobs.StopRequest;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.privacy.Suppressions;
import io.tributary.jobs.table.Lake;
import io.tributary.privacy.Identifier;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** Changes and tells the list of whom nobody may be asked about, beside whoever is at work on the lake. */
public final class Suppress {
    private final Settings settings;
    private final SparkSession spark;
    private final Clock clock;
    private final Consumer<String> say;
    private final Lake lake;

    /** @param say takes what a person should read; it names nobody */
    public Suppress(Settings settings, SparkSession spark, Clock clock, Consumer<String> say) {
        this.settings = settings;
        this.spark = spark;
        this.clock = clock;
        this.say = say;
        this.lake = new Wiring(settings).lake();
    }

    /** Lists people and companies; returns how many entries are new. */
    public long add(Collection<Identifier> whom, String reason) throws IOException {
        return change(list -> list.add(hashes(whom), reason, clock.instant()));
    }

    /** Takes people and companies off the list; returns how many entries these were. */
    public long remove(Collection<Identifier> whom) throws IOException {
        return change(list -> list.remove(hashes(whom)));
    }

    /** How many entries there are, by reason. */
    public Map<String, Long> counts() {
        return lake.suppressions().exists(spark) ? new Suppressions(spark, lake).counts() : Map.of();
    }

    private static Collection<String> hashes(Collection<Identifier> whom) {
        return whom.stream().map(Identifier::hash).collect(Collectors.toSet());
    }

    private long change(ToLongFunction<Suppressions> action) throws IOException {
        Run run = new Run(Job.SUPPRESS, settings, spark, clock, Progress.silent(), say, new StopRequest());
        try (LakeKeeper keeper = run.enter(RunIds.of(clock.instant(), Job.SUPPRESS));
                LakeKeeper.Tables tables = run.tables(keeper)) {
            lake.ensure(spark);
            tables.others()
                    .forEach(other ->
                            say.accept(other.words() + " is at work: what it has planned already, it may still ask"));
            return action.applyAsLong(new Suppressions(spark, lake));
        }
    }
}
