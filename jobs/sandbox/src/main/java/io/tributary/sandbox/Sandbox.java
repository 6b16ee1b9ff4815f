package io.tributary.sandbox;

import io.tributary.sandbox.fault.FaultProfile;
import io.tributary.sandbox.wire.Durations;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The sandbox from the command line: prints its address, then serves until it is told to stop. */
@Command(
        name = "tributary-sandbox",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Simulates the enrichment providers on 127.0.0.1.")
public final class Sandbox implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--port", defaultValue = "8089", description = "0 for any free one (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--seed",
            defaultValue = "7",
            description = "decides everything invented (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--latency", defaultValue = "0ms", description = "median time to answer, such as 5ms")
    private String latency;

    @Option(names = "--p99", description = "99th percentile of it (default: the median, always)")
    private String p99;

    @Option(names = "--quota-scale", defaultValue = "1", description = "multiplies all rate limits; 0 or off for none")
    private String quotaScale;

    @Option(names = "--quota", description = "replaces windows: hunter=15/1s,500/1m or hunter:email.verify=10/1s")
    private Map<String, String> quotas = new LinkedHashMap<>();

    @Option(names = "--faults", defaultValue = "none", description = "none, demo, or a JSON file")
    private String faults;

    @Option(names = "--match-rate", defaultValue = "0.6", description = "part of people that a provider knows")
    private double matchRate;

    @Option(names = "--provider-match-rate", description = "the same for one provider: apollo=0.9")
    private Map<String, Double> matchRates = new LinkedHashMap<>();

    @Option(names = "--key", description = "one more accepted key: apollo=KEY")
    private Map<String, String> keys = new LinkedHashMap<>();

    @Option(names = "--credits", description = "what an account has, after which they are gone: hunter=1000")
    private Map<String, Double> credits = new LinkedHashMap<>();

    @Option(names = "--pending", defaultValue = "0.02", description = "part of records answered by 202 at first")
    private double pending;

    @Option(names = "--pending-delay", defaultValue = "2s", description = "how long those take")
    private String pendingDelay;

    @Option(names = "--listed-calls", defaultValue = "100000", description = "calls kept per provider for listing")
    private int listedCalls;

    @Option(names = "--threads", defaultValue = "2", description = "event loops")
    private int threads;

    private Sandbox() {}

    /** Exit code 0 after a clean stop, 1 if the port is taken, 2 for wrong options. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Sandbox())
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(failure.getMessage());
                    return failure instanceof IllegalArgumentException ? 2 : 1;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() {
        SandboxServer server = SandboxServer.start(options());
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
        PrintWriter out = spec.commandLine().getOut();
        out.println("Sandbox ready at " + server.baseUrl());
        out.flush();
        server.awaitClose();
        return 0;
    }

    private SandboxOptions options() {
        Duration median = Durations.parse(latency);
        SandboxOptions.Builder builder = SandboxOptions.builder()
                .port(port)
                .seed(seed)
                .latency(p99 == null ? Latency.fixed(median) : new Latency(median, Durations.parse(p99)))
                .quotaScale(quotaScale.equals("off") ? 0 : Double.parseDouble(quotaScale))
                .faults(FaultProfile.named(faults))
                .matchRate(matchRate)
                .pending(pending, Durations.parse(pendingDelay))
                .listedCalls(listedCalls)
                .threads(threads);
        quotas.forEach(builder::quota);
        matchRates.forEach(builder::matchRate);
        keys.forEach(builder::key);
        credits.forEach(builder::credits);
        return builder.build();
    }
}
