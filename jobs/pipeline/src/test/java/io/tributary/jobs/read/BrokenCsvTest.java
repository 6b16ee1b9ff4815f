package io.tributary.jobs.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.jobs.SparkTest;
import io.tributary.settings.SourceSettings;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published broken files: nothing shifted, nothing lost in silence, each with the reason its manifest states. */
class BrokenCsvTest extends SparkTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "broken-encoding-windows-1252||2 encoding, 3 encoding",
                "mixed-delimiters|1|3 columns, 4 columns",
                "unescaped-quotes|2|2 quotes",
                "newline-inside-unquoted-field|1,2|3 columns",
                "ragged-rows-missing-columns|1|3 columns",
                "mixed-line-endings|3|2 line_endings, 3 line_endings",
            })
    void setsAsideWhatItCantRead(String file, String ids, String rejects) {
        SourceSettings spec = Specs.contacts(
                Specs.data("broken-csv/" + file + ".csv"), SourceSettings.Format.CSV, Specs.plainPeople());
        try (ReadResult result = new ReadStep(spark(), ReadOptions.FIRST_NIGHT).run(List.of(spec))) {
            List<String> read = result.rows().orderBy("record_id").collectAsList().stream()
                    .map(row -> row.<String>getAs("record_id"))
                    .toList();
            assertEquals(ids == null ? "" : ids, String.join(",", read));
            List<String> refused = result.rejects().where("record_id is null").orderBy("row").collectAsList().stream()
                    .map(row -> row.<Long>getAs("row") + " " + row.<String>getAs("reason"))
                    .toList();
            assertEquals(rejects, String.join(", ", refused));
        }
    }
}
