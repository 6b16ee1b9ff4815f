package io.tributary.jobs.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.model.EntityKind;
import io.tributary.wanted.WantedFields;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenBackfillsTest {
    private static final BackfillTerms TERMS = new BackfillTerms(
            Set.of("hunter", "apollo"),
            WantedFields.parse(EntityKind.PERSON, Map.of("phone", "type mobile", "title", "any"))
                    .wanted(),
            OptionalDouble.of(500.5),
            true);

    @TempDir
    Path dir;

    private static OpenBackfill of(String id, long keys, int size) {
        return new OpenBackfill(id, TERMS, keys, size, 1, 0, List.of());
    }

    private OpenBackfills kept() throws IOException {
        return new OpenBackfills(new Configuration(), dir.toString());
    }

    @Test
    void howItAsksAndHowFarItIsIsReadAsItWasWritten() {
        OpenBackfill open = of("b", 101, 10).askedBy("r1").done(3, true).askedBy("r2");
        assertEquals(open, OpenBackfill.parse(open.text()));
        OpenBackfill plain = new OpenBackfill(
                "b",
                new BackfillTerms(Set.of(), WantedFields.NOTHING, OptionalDouble.empty(), false),
                1,
                1,
                1,
                0,
                List.of());
        assertEquals(plain, OpenBackfill.parse(plain.text()));
    }

    @Test
    void theLastChunkMayHaveFewerKeysAndABackfillWithoutKeysHasOneChunk() {
        assertEquals(
                List.of(1, 1, 2, 11),
                List.of(of("b", 0, 10), of("b", 10, 10), of("b", 11, 10), of("b", 101, 10)).stream()
                        .map(OpenBackfill::chunks)
                        .toList());
        assertEquals(100, of("b", 101, 10).done(10, false).keysBefore());
        assertEquals(101, of("b", 101, 10).done(11, false).keysBefore());
        assertEquals(true, of("b", 101, 10).done(11, false).isThrough());
    }

    @Test
    void itIsBegunAgainAtTheFirstChunkOfWhichKeysWereDeferred() {
        OpenBackfill through =
                of("b", 40, 10).done(1, false).done(2, true).done(3, false).done(4, true);
        assertEquals(2, through.deferred());
        assertEquals(2, through.again().next());
        assertEquals(0, through.again().deferred());
    }

    @Test
    void theOneThatWasAskedForLastAndThatNobodyIsAtIsGoneOnWith() throws IOException {
        assertEquals(Optional.empty(), kept().newest(Set.of()));
        kept().put(of("20261101-000000-aaaaaa-backfill", 5, 2).askedBy("20261103-000000-aaaaaa-backfill"));
        kept().put(of("20261102-000000-bbbbbb-backfill", 5, 2).askedBy("20261102-000000-cccccc-backfill"));
        assertEquals(
                "20261101-000000-aaaaaa-backfill",
                kept().newest(Set.of()).orElseThrow().id());
        assertEquals(
                "20261102-000000-bbbbbb-backfill",
                kept().newest(Set.of("20261103-000000-aaaaaa-backfill"))
                        .orElseThrow()
                        .id());
        kept().remove("20261101-000000-aaaaaa-backfill");
        kept().remove("20261101-000000-aaaaaa-backfill");
        assertEquals(1, kept().all().size());
    }

    @Test
    void whoeverGoesOnTakesWhatOthersDidMeanwhileAndLeavesItToThemWhileTheyAreAtIt() throws IOException {
        OpenBackfill further = of("b", 40, 10).askedBy("r1").done(1, false).askedBy("r2");
        kept().put(of("b", 40, 10).askedBy("r1"));
        kept().put(further);
        assertEquals(Optional.of(further), kept().left("b", Set.of("r3")));
        assertEquals(Optional.empty(), kept().left("b", Set.of("r2")));
        assertEquals(Optional.empty(), kept().left("another", Set.of()));
    }

    @Test
    void theLastWordOnItCounts() throws IOException {
        kept().put(of("b", 40, 10).askedBy("r1"));
        OpenBackfill second = of("b", 40, 10).askedBy("r1").done(1, false).askedBy("r2");
        kept().put(second);
        assertEquals(List.of(second), kept().all());
    }

    @Test
    void aPersonReadsWhichChunkItIsAndHowLongTheRestTakes() {
        OpenBackfill third = of("b", 98_304, 5000).done(2, false);
        assertEquals(
                "chunk 3 of 20: 10,000 of 98,304 keys done, about 1 h 45 min left",
                ChunkProgress.line(third, 0, Duration.ofMinutes(12)));
        assertEquals(
                "chunk 3 of 20: 10,000 of 98,304 keys done, about 35 min left",
                ChunkProgress.line(third, 5000, Duration.ofMinutes(2)));
        assertEquals(
                "chunk 3 of 20: 10,000 of 98,304 keys done", ChunkProgress.line(third, 10_000, Duration.ofMinutes(2)));
        assertEquals("", ChunkProgress.name(of("b", 7, 10)));
    }
}
