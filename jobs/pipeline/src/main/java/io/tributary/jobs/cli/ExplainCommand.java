package io.tributary.jobs.cli;

import io.tributary.jobs.explain.Explain;
import io.tributary.jobs.explain.RecordId;
import io.tributary.jobs.explain.RecordStory;
import io.tributary.jobs.explain.StoryJson;
import io.tributary.jobs.explain.StoryText;
import io.tributary.jobs.table.KernelLookup;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.RowLookup;
import io.tributary.jobs.table.SparkLookup;
import io.tributary.jobs.table.TableRef;
import io.tributary.model.EntityKind;
import io.tributary.settings.Settings;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tributary explain}. */
@Command(
        name = "explain",
        description = {
            "Tells how a golden record came to be: each field, every answer that had a value for it, which was taken by which"
                    + " rule and why the others were not; what was asked and paid; and whether the row derives again.",
            "It reads the lake only: no provider is asked, and no key is needed."
        },
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    /** The golden tables, by one of their records. */
    enum Table {
        CONTACT(EntityKind.PERSON),
        ACCOUNT(EntityKind.COMPANY);

        private final EntityKind entity;

        Table(EntityKind entity) {
            this.entity = entity;
        }
    }

    /** The objects of a CRM. */
    enum CrmObject {
        CONTACT,
        LEAD,
        ACCOUNT
    }

    /** One record is little work: compiling queries for it, and starting tasks, would take longer than it does. */
    private static final Map<String, String> SMALL = Map.of(
            "spark.sql.shuffle.partitions", "1",
            "spark.databricks.delta.snapshotPartitions", "1",
            "spark.sql.codegen.wholeStage", "false",
            "spark.sql.codegen.factoryMode", "NO_CODEGEN",
            "spark.sql.adaptive.enabled", "false");

    @Mixin
    ConfOptions conf;

    @Parameters(index = "0", paramLabel = "TABLE", description = "${COMPLETION-CANDIDATES}.")
    Table table;

    @Parameters(index = "1", paramLabel = "ID", description = "The record's id in the CRM.")
    String id;

    @Option(names = "--source", paramLabel = "CRM", description = "Whose record, where several CRMs have that id.")
    Optional<String> source;

    @Option(
            names = "--object",
            paramLabel = "OBJECT",
            description = "${COMPLETION-CANDIDATES}, where a contact and a lead have that id.")
    Optional<CrmObject> object;

    @Option(names = "--json", description = "Print the story as one JSON object.")
    boolean json;

    @Override
    public Integer call() {
        Settings settings = conf.load();
        RecordId record = new RecordId(
                table.entity, source, object.map(each -> each.name().toLowerCase(Locale.ROOT)), id);
        Lake lake = new Lake(name -> new TableRef(settings.lake().table(name)));
        if (lake.all().values().stream().noneMatch(each -> each.ref().isName())) {
            tell(settings, lake, new KernelLookup(Sessions.hadoop(conf.sparkDefaults())), record);
            return 0;
        }
        SparkSession spark = Sessions.open(conf.sparkDefaults(), SMALL);
        try {
            tell(settings, lake, new SparkLookup(spark), record);
            return 0;
        } finally {
            spark.stop();
        }
    }

    private void tell(Settings settings, Lake lake, RowLookup lookups, RecordId record) {
        RecordStory story = new Explain(
                        lookups,
                        lake,
                        settings.merge(),
                        settings.waterfall(),
                        settings.limits().buckets(),
                        Instant.now())
                .of(record);
        System.out.println(json ? StoryJson.of(story) : StoryText.of(story));
    }
}
