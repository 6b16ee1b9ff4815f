package io.tributary.jobs.cli;

import io.tributary.jobs.report.RunSummary;
import io.tributary.jobs.run.Backfill;
import io.tributary.jobs.run.BackfillRequest;
import io.tributary.jobs.run.BackfillTerms;
import io.tributary.model.EntityKind;
import io.tributary.settings.Settings;
import io.tributary.wanted.WantedFields;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tributary backfill}. */
@Command(
        name = "backfill",
        description = {
            "Asks about records that are in the golden tables already, beside or between the nights.",
            "It says what it would ask and what that can cost, and asks if a person at the terminal says yes, or if"
                    + " --approve names that very plan. It goes chunk by chunk; cut off, it is gone on with by resume or"
                    + " by the same words, and pays for nothing twice."
        },
        mixinStandardHelpOptions = true)
final class BackfillCommand implements Callable<Integer> {
    /** The golden tables. */
    enum Table {
        CONTACTS(EntityKind.PERSON),
        ACCOUNTS(EntityKind.COMPANY);

        private final EntityKind entity;

        Table(EntityKind entity) {
            this.entity = entity;
        }
    }

    @Spec
    CommandSpec command;

    @Mixin
    ConfOptions conf;

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description = "Which records: a Spark SQL condition over the columns of the golden table (default: all).")
    Optional<String> where;

    @Option(names = "--since", paramLabel = "TIME", description = "Only records that an extract brought from then on.")
    String since = "";

    @Option(
            names = "--of",
            split = ",",
            paramLabel = "TABLE",
            description = "${COMPLETION-CANDIDATES}; both if absent.")
    List<Table> of = List.of(Table.values());

    @Option(
            names = "--providers",
            split = ",",
            paramLabel = "PROVIDER",
            description = "Whom to ask (default: all of the waterfalls, in their order).")
    Set<String> providers = new LinkedHashSet<>();

    @Option(
            names = "--fields",
            split = ",",
            paramLabel = "FIELD",
            description =
                    "For which fields to ask, such as phone,title, in place of what the waterfalls want: who has them all is"
                            + " not asked about, nor are tables that have none of them. Where a waterfall has a rule for the"
                            + " field, that holds.")
    Set<String> fields = new LinkedHashSet<>();

    @Option(
            names = "--chunk",
            paramLabel = "KEYS",
            description =
                    "How many keys are asked, and brought into the tables, at a time (default: ${DEFAULT-VALUE}).")
    int chunk = BackfillRequest.CHUNK;

    @Option(
            names = "--max-credits",
            paramLabel = "CREDITS",
            description = "The most that it may spend, beside the caps of the settings.")
    Optional<Double> maxCredits;

    @Option(
            names = "--force-refresh",
            description = "Ask again for what is fresh too; what was answered in the last twelve hours stands.")
    boolean forceRefresh;

    @Option(names = "--approve", paramLabel = "PLAN_ID", description = "Ask, if the plan is still the one of that id.")
    Optional<String> approve;

    @Option(names = "--json", description = "Print the plan or the summary as one JSON object on standard output.")
    boolean json;

    @Option(names = "--deferred-ok", description = "Exit with 0, not 3, if work was deferred.")
    boolean deferredOk;

    @Override
    public Integer call() throws IOException {
        Settings settings = conf.load();
        BackfillRequest request = request(settings);
        Optional<Confirmation> person = json ? Optional.empty() : Confirmation.atTerminal();
        SparkSession spark = Sessions.open(conf.sparkDefaults());
        try {
            Backfill backfill = new Backfill(
                    settings,
                    spark,
                    Clock.systemUTC(),
                    new ConsoleProgress(System.err, System.console() != null),
                    json ? line -> {} : System.out::println,
                    Signals.stop());
            Optional<String> approved = approve;
            if (approved.isEmpty()) {
                Backfill.Plan plan = backfill.plan(request);
                show(plan);
                if (!plan.asks()
                        || person.filter(one -> one.says("Ask for it?")).isEmpty()) {
                    notAsked(plan);
                    return 0;
                }
                approved = Optional.of(plan.id());
            }
            RunSummary summary = backfill.run(request, approved, cut -> Summaries.show(cut, json));
            Summaries.show(summary, json);
            return Summaries.exitCode(summary, deferredOk);
        } finally {
            spark.stop();
        }
    }

    private void show(Backfill.Plan plan) {
        if (json) {
            System.out.println(plan.report().json(plan.id()));
        } else {
            System.out.print(plan.report().text());
        }
    }

    private void notAsked(Backfill.Plan plan) {
        if (!json) {
            System.out.println(
                    plan.asks()
                            ? "Nothing was asked. To ask for it, add: --approve " + plan.id()
                            : "There is nothing to ask for.");
        }
    }

    private BackfillRequest request(Settings settings) {
        providers.stream()
                .filter(name -> !settings.providers().containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new ParameterException(
                            command.commandLine(),
                            "--providers: the settings have no provider " + name + "; they have "
                                    + String.join(", ", settings.providers().keySet()));
                });
        maxCredits.filter(credits -> !(credits >= 0)).ifPresent(credits -> {
            throw new ParameterException(command.commandLine(), "--max-credits: " + credits + " is below 0");
        });
        if (chunk < 1) {
            throw new ParameterException(command.commandLine(), "--chunk: " + chunk + " is below 1");
        }
        Set<EntityKind> entities = EnumSet.noneOf(EntityKind.class);
        of.forEach(table -> entities.add(table.entity));
        WantedFields wants = wants(settings.wanted(), entities);
        if (!fields.isEmpty()) {
            entities.removeIf(entity -> wants.of(entity).isEmpty());
        }
        Optional<Instant> from =
                since.isEmpty() ? Optional.empty() : Optional.of(ConfOptions.instant(command, "--since", since));
        return new BackfillRequest(
                where,
                from,
                entities,
                new BackfillTerms(
                        providers,
                        wants,
                        maxCredits.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                        forceRefresh),
                chunk);
    }

    /** The fields, each with the rule that the settings have for it, or with any value. */
    private WantedFields wants(WantedFields usual, Set<EntityKind> entities) {
        try {
            return WantedFields.named(fields, entities, usual);
        } catch (IllegalArgumentException unknown) {
            throw new ParameterException(command.commandLine(), "--fields: " + unknown.getMessage());
        }
    }
}
