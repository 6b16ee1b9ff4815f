package io.tributary.jobs.cli;

import io.tributary.jobs.StoppedException;
import io.tributary.jobs.run.LakeBusyException;
import io.tributary.jobs.table.NewerLakeException;
import io.tributary.secret.SecretUnavailableException;
import io.tributary.yaml.FaultsException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** The entry point of the job jar, for {@code spark-submit} and for the launcher alike. */
@Command(
        name = "tributary",
        description = "Enriches the CRM records of a lakehouse from paid HTTP data providers.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed; the message says what and where",
            "2:wrong usage or settings, or a lake of a newer version; nothing was started",
            "3:finished, with work deferred to a later night (--deferred-ok makes it 0)"
        },
        subcommands = {
            NightlyCommand.class,
            PlanCommand.class,
            BackfillCommand.class,
            ResumeCommand.class,
            ExplainCommand.class,
            RemapCommand.class,
            ImportCommand.class,
            SuppressCommand.class,
            EraseCommand.class,
            MaintainCommand.class,
            DemoCommand.class,
            BenchCommand.class,
            ProvidersCommand.class,
            TablesCommand.class,
            QuotaCommand.class,
            CheckCommand.class,
            UnlockCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Tributary {
    private Tributary() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs one command; returns its exit code. */
    static int run(String... args) {
        CommandLine line = new CommandLine(new Tributary());
        line.setExecutionExceptionHandler(new Explains());
        line.setParameterExceptionHandler((refused, given) -> {
            CommandLine command = refused.getCommandLine();
            command.getErr().println(refused.getMessage());
            CommandLine.UnmatchedArgumentException.printSuggestions(refused, command.getErr());
            command.getErr().println("See " + command.getCommandSpec().qualifiedName() + " --help");
            return command.getCommandSpec().exitCodeOnInvalidInput();
        });
        line.setCaseInsensitiveEnumValuesAllowed(true);
        if (args.length == 0) {
            line.usage(System.out);
            return 2;
        }
        return line.execute(args);
    }

    /** Turns what can be explained into a message and an exit code, and shows a trace only of what can't. */
    private static final class Explains implements IExecutionExceptionHandler {
        @Override
        public int handleExecutionException(Exception fault, CommandLine line, ParseResult parsed) {
            if (fault instanceof FaultsException settings) {
                line.getErr().println("The settings can't be used; nothing was started:");
                settings.faults().forEach(each -> line.getErr().println("  " + each));
                return 2;
            }
            if (fault instanceof NewerLakeException) {
                line.getErr().println("Stopped: " + fault.getMessage());
                return 2;
            }
            if (fault instanceof StoppedException
                    || fault instanceof LakeBusyException
                    || fault instanceof SecretUnavailableException) {
                line.getErr().println("Stopped: " + fault.getMessage());
                return 1;
            }
            Optional<String> data = DataFault.of(fault);
            if (data.isPresent()) {
                line.getErr().println("Stopped: " + data.get());
                return 1;
            }
            fault.printStackTrace(line.getErr());
            return 1;
        }
    }
}
