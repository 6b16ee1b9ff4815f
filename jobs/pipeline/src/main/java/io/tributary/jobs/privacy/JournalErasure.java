package io.tributary.jobs.privacy;

import io.tributary.jobs.StoppedException;
import io.tributary.jobs.journal.HadoopJournalStore;
import io.tributary.journal.Segment;
import io.tributary.journal.SegmentCodec;
import io.tributary.journal.SegmentErasure;
import io.tributary.privacy.Traces;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Takes people out of the journal, segment by segment. A segment is replaced at once, so a death in between loses no other
 * paid answer, and what was not reached is found again.
 */
final class JournalErasure {
    private final SparkSession spark;
    private final HadoopJournalStore journal;

    JournalErasure(SparkSession spark, HadoopJournalStore journal) {
        this.spark = spark;
        this.journal = journal;
    }

    /**
     * The records that are theirs.
     *
     * @throws StoppedException if a newer program wrote a segment: nobody can tell whom that is about
     */
    long count(Traces traces) throws IOException {
        return theirs(traces).stream().mapToLong(row -> row.getLong(1)).sum();
    }

    void erase(Traces traces) throws IOException {
        for (Row found : theirs(traces)) {
            String path = journal.relative(found.getString(0));
            Segment segment;
            try (InputStream in = journal.open(path)) {
                segment = SegmentCodec.read(path, in);
            }
            Optional<SegmentErasure.Result> left = SegmentErasure.of(segment, traces);
            if (left.isPresent()) {
                journal.replace(path, left.get().content());
            }
        }
        journal.removeParts();
    }

    private List<Row> theirs(Traces traces) throws IOException {
        if (journal.unharvestedRuns().isEmpty() && journal.harvestedRuns().isEmpty()) {
            return List.of();
        }
        List<Row> theirs = spark.read()
                .format("binaryFile")
                .option("recursiveFileLookup", "true")
                .option("pathGlobFilter", "*.tj")
                .load(journal.root())
                .select("path", "content")
                .flatMap(new TheirSegments(traces), Encoders.row(TheirSegments.SCHEMA))
                .collectAsList();
        theirs.stream().filter(row -> !row.isNullAt(2)).findFirst().ifPresent(row -> {
            throw new StoppedException(row.getString(2));
        });
        return theirs;
    }
}
