package io.tributary.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.jobs.run.Suppress;
import io.tributary.privacy.Identifier;
import io.tributary.privacy.Identifier.Kind;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tributary suppress}. */
@Command(
        name = "suppress",
        description = {
            "Lists people and companies about whom nobody is ever asked, by hashes: the list names nobody.",
            "A domain stops its company and everybody who works there. What we supplied leaves the golden rows with the next"
                    + " night; what the CRM holds stays. Without anybody named it tells how many entries there are."
        },
        mixinStandardHelpOptions = true)
final class SuppressCommand implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Mixin
    ConfOptions conf;

    @Mixin
    NamedOptions named;

    @Option(names = "--domain", paramLabel = "DOMAIN", description = "By a company's domain.")
    List<String> domains = new ArrayList<>();

    @Option(
            names = "--hash",
            paramLabel = "SHA256",
            description = "By the SHA-256 of an e-mail address or of a key such as email:ada@acme.com, in hex.")
    List<String> hashes = new ArrayList<>();

    @Option(
            names = "--reason",
            defaultValue = "request",
            paramLabel = "WORD",
            description = "Why (default: ${DEFAULT-VALUE}).")
    String reason;

    @Option(names = "--remove", description = "Take them off the list.")
    boolean remove;

    @Option(names = "--json", description = "Print one JSON object only.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        if (!reason.matches("[a-z][a-z0-9_]{0,39}")
                || List.of("opt_out", "erased").contains(reason)) {
            throw new ParameterException(
                    command.commandLine(),
                    "--reason takes a word of small letters, digits and _; opt_out is what providers say, erased what"
                            + " tributary erase does");
        }
        List<Identifier> whom = named.read(
                EnumSet.of(Kind.EMAIL, Kind.LINKEDIN, Kind.PHONE, Kind.DOMAIN, Kind.HASH),
                List.of(
                        new NamedOptions.Given("--domain", Kind.DOMAIN, domains),
                        new NamedOptions.Given("--hash", Kind.HASH, hashes)));
        if (remove && whom.isEmpty()) {
            throw new ParameterException(command.commandLine(), "--remove needs somebody to be taken off the list");
        }
        Settings settings = conf.load();
        SparkSession spark = Sessions.open(conf.sparkDefaults());
        try {
            Suppress suppress = new Suppress(settings, spark, Clock.systemUTC(), System.err::println);
            long changed = 0;
            if (!whom.isEmpty()) {
                changed = remove ? suppress.remove(whom) : suppress.add(whom, reason);
            }
            System.out.println(
                    json
                            ? json(changed, remove, suppress.counts())
                            : text(changed, whom.isEmpty(), remove, suppress.counts()));
            return 0;
        } finally {
            spark.stop();
        }
    }

    static String text(long changed, boolean only, boolean removed, Map<String, Long> counts) {
        StringBuilder out = new StringBuilder();
        if (!only) {
            out.append(changed).append(changed == 1 ? " entry was " : " entries were ");
            out.append(removed ? "taken off the list.\n" : "new.\n");
        }
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        out.append(all).append(all == 1 ? " entry is" : " entries are").append(" listed.");
        counts.forEach(
                (why, number) -> out.append("\n  ").append(why).append(": ").append(number));
        return out.toString();
    }

    static String json(long changed, boolean removed, Map<String, Long> counts) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("added", removed ? 0 : changed).put("removed", removed ? changed : 0);
        counts.forEach(root.putObject("entries")::put);
        return root.toString();
    }
}
