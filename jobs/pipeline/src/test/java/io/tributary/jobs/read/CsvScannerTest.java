package io.tributary.jobs.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.jobs.read.CsvRecord.Ending;
import io.tributary.jobs.read.CsvRecord.Fault;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CsvScannerTest {
    @Property(tries = 500)
    void readsBackWhatWasWritten(
            @ForAll("tables") List<List<String>> rows, @ForAll("endings") String ending, @ForAll("delimiters") char by)
            throws IOException {
        String text = rows.stream()
                .map(row -> row.stream().map(CsvScannerTest::quote).collect(Collectors.joining(String.valueOf(by))))
                .collect(Collectors.joining(ending, "", ending));
        assertEquals(rows, scan(text, by).stream().map(CsvRecord::fields).toList());
    }

    @Property(tries = 500)
    void accountsForEveryLineOfAnyText(@ForAll("anything") String text) throws IOException {
        long expected = 1;
        for (CsvRecord record : scan(text, ',')) {
            assertEquals(expected, record.line());
            expected = record.lastLine() + 1;
        }
        long lines = text.isEmpty() ? 0 : text.split("\r\n|\r|\n", -1).length;
        long ended = text.endsWith("\n") || text.endsWith("\r") ? lines - 1 : lines;
        assertEquals(ended, expected - 1);
    }

    @Provide
    Arbitrary<List<List<String>>> tables() {
        Arbitrary<String> cell =
                Arbitraries.strings().withChars("ab ,;\"\n\r\té€").ofMaxLength(6);
        return Arbitraries.integers()
                .between(1, 4)
                .flatMap(width -> cell.list().ofSize(width).list().ofMinSize(1).ofMaxSize(5));
    }

    @Provide
    Arbitrary<String> anything() {
        return Arbitraries.strings().withChars("a,\"\n\r").ofMaxLength(30);
    }

    @Provide
    Arbitrary<String> endings() {
        return Arbitraries.of("\n", "\r\n", "\r");
    }

    @Provide
    Arbitrary<Character> delimiters() {
        return Arbitraries.of(',', ';', '\t');
    }

    @Test
    void goesOnAtTheNextLineAfterAQuoteInsideAValue() throws IOException {
        List<CsvRecord> records = scan("1,\"He said \"no\" again\",x\n2,ok,y\n", ',');
        assertEquals(
                List.of(Fault.QUOTES, Fault.NONE),
                records.stream().map(CsvRecord::fault).toList());
        assertEquals(List.of("2", "ok", "y"), records.get(1).fields());
        assertEquals(2, records.get(1).line());
    }

    @Test
    void namesAllLinesThatAnUnclosedQuoteSwallows() throws IOException {
        List<CsvRecord> records = scan("1,\"open\n2,b\n3,\"c\",d\n4,e\n", ',');
        assertEquals(Fault.QUOTES, records.get(0).fault());
        assertEquals(1, records.get(0).line());
        assertEquals(3, records.get(0).lastLine());
        assertEquals(List.of("4", "e"), records.get(1).fields());
    }

    @Test
    void tellsAQuoteThatIsNeverClosed() throws IOException {
        CsvRecord record = scan("1,\"open\n2,b\n", ',').get(0);
        assertEquals(Fault.OPEN_QUOTE, record.fault());
    }

    @Test
    void stopsBelievingAValueThatGrowsForEver() throws IOException {
        String text = "1,\"" + "x".repeat(CsvScanner.LONGEST_RECORD) + "\n2,b\n";
        List<CsvRecord> records = scan(text, ',');
        assertEquals(Fault.TOO_LONG, records.get(0).fault());
        assertEquals(List.of("2", "b"), records.get(1).fields());
    }

    @Test
    void tellsHowEachRecordEnded() throws IOException {
        assertEquals(
                List.of(Ending.LF, Ending.CRLF, Ending.CR, Ending.END_OF_FILE),
                scan("a\nb\r\nc\rd", ',').stream().map(CsvRecord::ending).toList());
    }

    private static String quote(String cell) {
        return '"' + cell.replace("\"", "\"\"") + '"';
    }

    private static List<CsvRecord> scan(String text, char delimiter) throws IOException {
        List<CsvRecord> records = new ArrayList<>();
        try (CsvScanner scanner = new CsvScanner(new StringReader(text), delimiter)) {
            for (Optional<CsvRecord> next = scanner.next(); next.isPresent(); next = scanner.next()) {
                records.add(next.get());
            }
        }
        return records;
    }
}
