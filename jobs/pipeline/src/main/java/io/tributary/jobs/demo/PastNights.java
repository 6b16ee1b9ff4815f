package io.tributary.jobs.demo;

import io.tributary.jobs.harvest.HarvestStep;
import io.tributary.jobs.journal.HadoopJournalStore;
import io.tributary.jobs.table.Lake;
import io.tributary.journal.Entry;
import io.tributary.journal.FlushPolicy;
import io.tributary.journal.JournalWriter;
import io.tributary.journal.SegmentPath;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Answers of earlier nights, as if this lake had been in use for months: of both confidences and on both sides of the day
 * on which they are due. They come in by the one write path that there is.
 */
final class PastNights {
    /** One past answer: whose, how many days ago, how sure; a negative confidence stands for "not found". */
    private record Past(String key, int daysAgo, double confidence) {}

    private static final List<Past> PAST = List.of(
            new Past("email:urangel@espinoza-francis.net", 29, 0.85),
            new Past("email:xreese@hall-donovan.com", 31, 0.85),
            new Past("email:haleybraun@blevins-sexton.com", 89, 0.95),
            new Past("email:hohailey@anthony.com", 91, 0.95),
            new Past("email:alvaradojesse@rangel-shields.com", 29, -1),
            new Past("email:briangriffin@chang.org", 31, -1));

    private PastNights() {}

    /** @param waterfall the providers of people, of which the first found them */
    static void write(
            SparkSession spark,
            Lake lake,
            HadoopJournalStore journal,
            int buckets,
            List<String> waterfall,
            Instant tonight)
            throws IOException {
        for (Past past : PAST) {
            LookupKey key = LookupKey.parse(past.key());
            Instant at = tonight.minus(Duration.ofDays(past.daysAgo()));
            // What "not found" means is decided by every provider of the waterfall.
            for (String provider : past.confidence() < 0 ? waterfall : waterfall.subList(0, 1)) {
                SegmentPath path = new SegmentPath(
                        "past-nights", key.bucket(buckets), PAST.indexOf(past), waterfall.indexOf(provider));
                try (JournalWriter writer = new JournalWriter(journal, path, FlushPolicy.DEFAULT)) {
                    writer.append(entry(past, provider, at), at.toEpochMilli());
                }
            }
        }
        new HarvestStep(spark, lake, journal, buckets).run(1, tonight);
    }

    private static Entry entry(Past past, String provider, Instant at) {
        boolean found = past.confidence() >= 0;
        return new Entry(
                "past " + provider + " " + past.key(),
                past.key(),
                provider,
                "person",
                0,
                "past",
                found ? Outcome.MATCHED : Outcome.NOT_FOUND,
                found ? "" : "not_found",
                found ? 200 : 404,
                found ? 1 : 0,
                found ? past.confidence() : Double.NaN,
                1,
                1,
                true,
                at.toEpochMilli(),
                0,
                "",
                "demo",
                List.of(),
                found ? "{\"person\":{\"title\":\"Account Manager\",\"seniority\":\"manager\"}}" : "{}",
                "{}");
    }
}
