package io.tributary.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.model.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Segments as released programs wrote them, in {@code journal/version-N}: whatever lies there is read for ever. A new case is
 * written by {@code -Dtributary.update=true}; one that exists is never written again.
 */
class GoldenSegmentsTest {
    private static final Path FOLDER = Path.of("src/test/resources/journal/version-1");

    private record Content(List<Intent> intents, List<Entry> entries) {}

    private static Map<String, Content> cases() {
        Map<String, Content> cases = new LinkedHashMap<>();
        cases.put("intents-alone", new Content(List.of(intent("a"), intent("b")), List.of()));
        cases.put(
                "every-outcome",
                new Content(
                        List.of(),
                        Stream.of(Outcome.values())
                                .map(outcome -> entry(outcome.name(), outcome, "{}", "{\"is\": \"" + outcome + "\"}"))
                                .toList()));
        cases.put(
                "answers-and-intents",
                new Content(List.of(intent("c")), List.of(entry("a", Outcome.MATCHED, "{\"person\": {}}", "{}"))));
        cases.put(
                "any-text",
                new Content(
                        List.of(),
                        List.of(
                                entry("empty", Outcome.UNKNOWN, "", ""),
                                entry("zoë@müller.de", Outcome.MATCHED, "{\"名\": \"\\u0000\"}", "é \"\\\n\u0000 𝄞"))));
        cases.put("several-chunks", new Content(List.of(intent("last")), chunks()));
        return cases;
    }

    /** More than three chunks of records. */
    private static List<Entry> chunks() {
        String body = "{\"text\": \"" + "one and the same ".repeat(50) + "\"}";
        return IntStream.range(0, 240)
                .mapToObj(i -> entry("k" + i, Outcome.MATCHED, "{}", body))
                .toList();
    }

    private static Intent intent(String key) {
        return new Intent(key, "email:" + key + "@acme.com", "acme", "person", 7, "in-" + key, 1_787_277_600_000L);
    }

    private static Entry entry(String key, Outcome outcome, String profiles, String body) {
        boolean answer = outcome.isAnswer();
        return new Entry(
                key,
                "email:" + key,
                "acme",
                "person",
                7,
                "in-" + key,
                outcome,
                answer ? "" : "http_500",
                answer ? 200 : 500,
                answer ? 1.25 : 0,
                answer ? 0.9 : Double.NaN,
                2,
                3,
                answer,
                1_787_277_600_000L,
                5,
                answer ? "" : "job-1",
                "2026-08",
                answer ? List.of("domain:acme.com") : List.of(),
                profiles,
                body);
    }

    @TestFactory
    Stream<DynamicTest> everySegmentThatWasEverReleasedIsRead() {
        return cases().entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> read(one.getKey(), one.getValue())));
    }

    private static void read(String name, Content expected) throws IOException {
        Path file = FOLDER.resolve(name + ".tj");
        if (Boolean.getBoolean("tributary.update") && Files.notExists(file)) {
            Files.createDirectories(FOLDER);
            Files.write(file, SegmentCodec.write(expected.intents(), expected.entries()));
        }
        Segment segment = SegmentCodec.read(name, Files.newInputStream(file));
        assertEquals("", segment.torn());
        assertEquals(expected.intents(), segment.intents());
        assertEquals(expected.entries(), segment.entries());
    }

    @Test
    void noSegmentLiesThereThatNoCaseReads() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertEquals(
                    cases().keySet().stream().map(name -> name + ".tj").sorted().toList(),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    /** Whatever else the program of that version may have changed. */
    @Test
    void everyOtherVersionIsRefusedWithItsNumber() throws IOException {
        byte[] known = Files.readAllBytes(FOLDER.resolve("answers-and-intents.tj"));
        for (int version = 0; version < 256; version++) {
            if (version == known[2]) {
                continue;
            }
            byte[] other = Arrays.copyOf(known, 5);
            other[2] = (byte) version;
            UnknownVersionException refused = assertThrows(
                    UnknownVersionException.class,
                    () -> SegmentCodec.read("r/1/0-000000.tj", new ByteArrayInputStream(other)));
            assertTrue(
                    refused.getMessage().contains("r/1/0-000000.tj has version " + version + ","), refused::getMessage);
        }
    }
}
