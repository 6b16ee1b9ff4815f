package io.tributary.jobs.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.when;

import io.tributary.jobs.ask.AskStep;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.ask.ShippedCatalog;
import io.tributary.jobs.demo.SandboxProcess;
import io.tributary.jobs.plan.LaterRounds;
import io.tributary.jobs.plan.PlanStep;
import io.tributary.jobs.plan.Stage;
import io.tributary.jobs.report.Figure;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.TableRef;
import io.tributary.quota.Allowance;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * How exactly a budget is spent: races of eight tasks for the credits of a cap, with more work than it pays for, each
 * answer costing one credit or nothing. What the sandbox has billed is the judge.
 */
public final class BudgetBench {
    private static final int TASKS = 8;
    private static final int IN_FLIGHT = 16;

    private final Path home;
    private final Path sandboxJar;
    private final Path folder;
    private final SparkSession spark;
    private final PrintStream out;
    private final Lake lake;

    /**
     * @param home the project's folder, for the provider's file
     * @param folder an empty folder
     */
    public BudgetBench(Path home, Path sandboxJar, Path folder, SparkSession spark, PrintStream out) {
        this.home = home;
        this.sandboxJar = sandboxJar;
        this.folder = folder;
        this.spark = spark;
        this.out = out;
        this.lake = new Lake(name -> new TableRef(folder.resolve(name).toString()));
    }

    /** Measures. */
    public List<Figure> run(int races) throws IOException {
        lake.ensure(spark);
        double above = 0;
        double left = 0;
        out.printf("%-6s %8s %8s %8s %8s%n", "race", "keys", "cap", "billed", "rounds");
        try (SandboxProcess sandbox = SandboxProcess.start(
                sandboxJar,
                List.of("--latency", "5ms", "--quota-scale", "off", "--pending", "0", "--match-rate", "0.6"))) {
            ExampleProvider provider = new ExampleProvider(home, folder, sandbox.baseUrl());
            ShippedCatalog catalog = provider.catalog(List.of(), IN_FLIGHT);
            double before = 0;
            for (int race = 0; race < races; race++) {
                int cap = 20 + 17 * race;
                int keys = 4 * cap;
                int rounds = race(race, keys, cap, provider, catalog);
                double billed =
                        sandbox.ledger().path("totals").path("billed_credits").asDouble() - before;
                before += billed;
                above = Math.max(above, billed - cap);
                left = Math.max(left, cap - billed);
                out.printf(Locale.ROOT, "%-6d %8d %8d %8.0f %8d%n", race + 1, keys, cap, billed, rounds);
            }
        }
        return List.of(
                Figure.atMost("races: most credits billed above the cap", above, 0),
                Figure.atMost("races: most credits of the cap left over", left, 0));
    }

    private int race(int race, int keys, int cap, ExampleProvider provider, ShippedCatalog catalog) {
        String run = "race-" + race;
        Allowance caps = new Allowance(Map.of(), cap);
        Stage stage = (name, rows) -> {
            String path = folder.resolve("staging").resolve(run).resolve(name).toString();
            rows.write().parquet(path);
            return spark.read().schema(rows.schema()).parquet(path);
        };
        Dataset<Row> planned = stage.put(
                "planned",
                new PlanStep(spark, lake, catalog, TASKS)
                        .run(people(run, keys), Set.of(), run, Instant.EPOCH, caps, Optional.empty()));
        Column status = when(col("decision").equalTo("WORK"), lit("planned")).otherwise(lit("deferred"));
        lake.work().append(planned.withColumn("status", status), run, 1);
        LaterRounds later = new LaterRounds(spark, lake, stage, run, planned, caps);
        return new AskStep(spark, lake)
                .run(provider.plan(run, catalog, 0, TASKS), Optional.of(later), Progress.silent(), out::println)
                .rounds();
    }

    private Dataset<Row> people(String run, int keys) {
        Column email = concat(lit("ann." + run + "."), col("id").cast("string"), lit("@company.com"));
        return spark.range(keys)
                .select(
                        lit("person").as("entity"),
                        lit("active").as("life_cycle"),
                        concat(lit("email:"), email).as("lookup_key"),
                        expr("cast(array() as array<string>)").as("aliases"),
                        map(lit("email"), email).as("inputs"));
    }
}
