package io.tributary.jobs.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.jobs.Figures;
import io.tributary.jobs.SparkTest;
import io.tributary.settings.RejectLimit;
import io.tributary.settings.SourceSettings;
import io.tributary.settings.SourceSettings.CrmObject;
import io.tributary.settings.SourceSettings.Format;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/**
 * The published broken files, each broken in the one way that its manifest states: what can't be read is set aside with
 * that reason, nothing is shifted, and no line is lost in silence.
 */
class BrokenCsvTest extends SparkTest {
    private static final Path FOLDER = Path.of(Specs.data("broken-csv"));

    /** From the manifest's {@code issue_type} to what becomes of the file: records that are read, lines set aside. */
    private static final Map<String, Judged> JUDGED = Map.of(
            "windows_1252_encoding",
            new Judged(
                    Set.of(),
                    "2 encoding: bytes that are no text in this encoding; try encoding: windows-1252",
                    "3 encoding: bytes that are no text in this encoding; try encoding: windows-1252"),
            "mixed_delimiters",
            new Judged(
                    Set.of("1"),
                    "3 columns: expected 3, found 1; delimited by ';'?",
                    "4 columns: expected 3, found 1; delimited by a tab?"),
            "unescaped_quotes",
            new Judged(Set.of("2"), "2 quotes: line 2: a quote inside a value must be doubled, and the value quoted"),
            "newline_inside_unquoted_field",
            new Judged(Set.of("1", "2"), "3 columns: expected 3, found 1"),
            "missing_columns",
            new Judged(Set.of("1"), "3 columns: expected 3, found 2"),
            "mixed_line_endings",
            new Judged(
                    Set.of("3"),
                    "2 line_endings: the header ends with LF, this row with CRLF",
                    "3 line_endings: the header ends with LF, this row with CR"));

    private record Judged(Set<String> read, List<String> setAside) {
        Judged(Set<String> read, String... setAside) {
            this(new TreeSet<>(read), List.of(setAside));
        }
    }

    @Test
    void setsAsideWhatItCantReadWithTheReasonThatTheFolderStates() throws IOException {
        Map<String, Judged> expected = new TreeMap<>();
        manifest().forEach((file, issue) -> expected.put(file, JUDGED.get(issue)));
        Map<String, Judged> found = new TreeMap<>();
        int explained = 0;
        try (ReadResult result = read(new RejectLimit.Share(1))) {
            for (String file : manifest().keySet()) {
                Judged judged = judged(result, file);
                found.put(file, judged);
                explained += judged.equals(expected.get(file)) ? 1 : 0;
            }
        }
        new Figures("broken-csv")
                .exactly(
                        "broken files, each with its stated reason, of those in the folder", files().size(), explained);
        assertEquals(files(), manifest().keySet());
        assertEquals(expected, found);
    }

    @Test
    void shiftsNothingAndLosesNoLine() throws IOException {
        List<String> faults = new ArrayList<>();
        try (ReadResult result = read(new RejectLimit.Share(1))) {
            for (String file : manifest().keySet()) {
                Map<String, Map<String, String>> repaired = repaired(file);
                Set<Long> lines = new TreeSet<>();
                for (Row row : rows(result, file)) {
                    lines.add(row.getAs(ExtractRows.EXTRACT_ROW));
                    Map<String, String> right = repaired.get(row.<String>getAs(ExtractRows.RECORD_ID));
                    values(row).forEach((column, value) -> {
                        if (!right.getOrDefault(column, "").startsWith(value)) {
                            faults.add(file + ": " + column + " is " + value + ", not " + right.get(column));
                        }
                    });
                }
                unreadable(result, file).forEach(row -> lines.add(row.getAs(RejectRows.ROW)));
                Set<Long> all = IntStream.rangeClosed(2, lineCount(file))
                        .mapToObj(Long::valueOf)
                        .collect(Collectors.toCollection(TreeSet::new));
                if (!lines.equals(all)) {
                    faults.add(file + ": of lines " + all + " only " + lines + " are accounted for");
                }
            }
        }
        assertEquals(List.of(), faults);
    }

    /** With the bound that settings have by default, each of these files stops the run before anything is spent. */
    @Test
    void refusesEachFileUnlessSoManyRejectsAreTolerated() throws IOException {
        ExtractRefusedException refused =
                assertThrows(ExtractRefusedException.class, () -> read(new RejectLimit.Share(0.05)));
        List<String> unsaid = new ArrayList<>();
        manifest().forEach((file, issue) -> {
            String reason = JUDGED.get(issue)
                    .setAside()
                    .get(0)
                    .replaceFirst("(\\d+) (\\w+):.*", "$2 (first at " + file + ":$1)");
            if (!refused.getMessage().contains(reason)) {
                unsaid.add(reason);
            }
        });
        assertEquals(List.of(), unsaid, refused.getMessage());
    }

    private ReadResult read(RejectLimit limit) throws IOException {
        List<SourceSettings> sources = manifest().keySet().stream()
                .map(file -> new SourceSettings(
                        file,
                        file,
                        CrmObject.CONTACT,
                        Format.CSV,
                        FOLDER.resolve(file).toString(),
                        "UTF-8",
                        "",
                        "",
                        true,
                        false,
                        0.2,
                        limit,
                        Specs.plainPeople()))
                .toList();
        return new ReadStep(spark(), ReadOptions.FIRST_NIGHT).run(sources);
    }

    private static Judged judged(ReadResult result, String file) {
        return new Judged(
                rows(result, file).stream()
                        .map(row -> row.<String>getAs(ExtractRows.RECORD_ID))
                        .collect(Collectors.toCollection(TreeSet::new)),
                unreadable(result, file).stream()
                        .map(row -> row.<Long>getAs(RejectRows.ROW) + " " + row.<String>getAs(RejectRows.REASON) + ": "
                                + row.<String>getAs(RejectRows.DETAIL))
                        .toList());
    }

    private static List<Row> rows(ReadResult result, String file) {
        return result.rows().where("extract = '" + file + "'").collectAsList();
    }

    private static List<Row> unreadable(ReadResult result, String file) {
        return result.rejects()
                .where("record_id is null and extract = '" + file + "'")
                .orderBy(RejectRows.ROW)
                .collectAsList();
    }

    /** What was read, by the column's name in the file. */
    private static Map<String, String> values(Row row) {
        Map<String, String> values = new TreeMap<>();
        Map<String, String> names = Map.of("name.full", "name", "email", "email", "company.name", "company");
        row.<String, String>getJavaMap(row.fieldIndex(ExtractRows.CRM))
                .forEach((field, value) -> values.put(names.get(field), value));
        values.putAll(row.getJavaMap(row.fieldIndex(ExtractRows.CARRIED)));
        return values;
    }

    /** The repaired form of a file: record id to column to value. */
    private static Map<String, Map<String, String>> repaired(String file) throws IOException {
        Map<String, Map<String, String>> records = new TreeMap<>();
        String text = Files.readString(FOLDER.resolve("expected").resolve(file));
        try (CsvExtract extract = new CsvExtract(new StringReader(text), Optional.of(','))) {
            for (Optional<Scanned> next = extract.next(); next.isPresent(); next = extract.next()) {
                Map<String, String> values = ((Scanned.Readable) next.get()).values();
                records.put(values.get("id"), values);
            }
        }
        return records;
    }

    private static int lineCount(String file) throws IOException {
        String text = Files.readString(FOLDER.resolve(file), StandardCharsets.ISO_8859_1);
        return text.split("\r\n|\r|\n").length;
    }

    /** File name to what is wrong with it. */
    private static Map<String, String> manifest() throws IOException {
        Map<String, String> issues = new TreeMap<>();
        for (JsonNode entry :
                new ObjectMapper().readTree(FOLDER.resolve("manifest.json").toFile())) {
            issues.put(entry.get("file_name").asText(), entry.get("issue_type").asText());
        }
        return issues;
    }

    private static Set<String> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".csv"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
