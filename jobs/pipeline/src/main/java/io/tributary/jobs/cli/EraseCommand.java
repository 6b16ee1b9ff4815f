package io.tributary.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.jobs.privacy.Erasure.Certificate;
import io.tributary.jobs.run.Erase;
import io.tributary.privacy.Identifier;
import io.tributary.privacy.Identifier.Kind;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tributary erase}. */
@Command(
        name = "erase",
        description = {
            "Takes people out of every table, the journal and every earlier version, keeps them out, and writes a certificate"
                    + " into the table erasures.",
            "It waits until nobody else is at work on the lake. Earlier versions of the tables of people can't be read"
                    + " afterwards. One that was cut off is continued by the next, or by --unfinished."
        },
        mixinStandardHelpOptions = true)
final class EraseCommand implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Mixin
    ConfOptions conf;

    @Mixin
    NamedOptions named;

    @Option(names = "--crm-id", paramLabel = "ID", description = "By the CRM's record id, alone or as CRM/OBJECT/ID.")
    List<String> ids = new ArrayList<>();

    @Option(names = "--unfinished", description = "Only finish what earlier erasures began.")
    boolean unfinished;

    @Option(names = "--no-wait", description = "Fail if somebody else is at work on the lake.")
    boolean noWait;

    @Option(names = "--json", description = "Print one JSON object only.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        List<Identifier> whom = named.read(
                EnumSet.of(Kind.EMAIL, Kind.LINKEDIN, Kind.PHONE, Kind.CRM_ID),
                List.of(new NamedOptions.Given("--crm-id", Kind.CRM_ID, ids)));
        if (whom.isEmpty() != unfinished) {
            throw new ParameterException(
                    command.commandLine(),
                    unfinished ? "--unfinished takes nobody else along" : "say whom to erase, or --unfinished");
        }
        Settings settings = conf.load();
        SparkSession spark = Sessions.open(conf.sparkDefaults());
        try {
            List<Certificate> certificates =
                    new Erase(settings, spark, Clock.systemUTC(), System.err::println).run(whom, !noWait);
            System.out.println(json ? json(certificates) : text(certificates));
            return 0;
        } finally {
            spark.stop();
        }
    }

    static String text(List<Certificate> certificates) {
        if (certificates.isEmpty()) {
            return "No erasure is unfinished.";
        }
        StringBuilder out = new StringBuilder();
        for (Certificate certificate : certificates) {
            out.append(out.isEmpty() ? "" : "\n")
                    .append("Erasure ")
                    .append(certificate.id())
                    .append(" is done:");
            certificate.removed().forEach((table, rows) -> out.append(' ')
                    .append(table)
                    .append(' ')
                    .append(rows)
                    .append(','));
            out.setLength(out.length() - 1);
            out.append('.');
            if (certificate.mentions() > 0) {
                out.append("\n  ")
                        .append(certificate.mentions())
                        .append(" rows of others still name them in columns of the" + " CRM: correct these in the CRM");
            }
        }
        return out.toString();
    }

    static String json(List<Certificate> certificates) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        ArrayNode all = root.putArray("erasures");
        for (Certificate certificate : certificates) {
            ObjectNode one = all.addObject()
                    .put("erasure_id", certificate.id())
                    .put("request_hash", certificate.requestHash())
                    .put("requested_at", certificate.requestedAt().toString())
                    .put("finished_at", certificate.finishedAt().toString())
                    .put("identifiers", certificate.identifiers())
                    .put("mentions", certificate.mentions());
            certificate.removed().forEach(one.putObject("removed")::put);
        }
        return root.toString();
    }
}
