package io.tributary.jobs.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import io.tributary.jobs.Figures;
import io.tributary.jobs.SparkTest;
import io.tributary.jobs.ask.Progress;
import io.tributary.jobs.read.Interval;
import io.tributary.jobs.report.RunSummary;
import io.tributary.settings.LakeSettings;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A whole night over exports with identity numbers, with the shipped mappings and providers: whatever left the process or
 * stayed behind is searched for every number that the extract holds.
 */
@Tag("long")
class IdentityStaysInsideTest extends SparkTest {
    private static final Figures FIGURES = new Figures("identity-numbers");
    private static final String DATA = "src/test/resources/data/salesforce-security/";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The last is free for text, and five people have somebody's social security number there. */
    private static final List<String> IDENTITY_COLUMNS =
            List.of("Birthdate", "SSN__c", "Passport_ID__c", "Member_ID__c", "Employee_ID__c", "AssistantName");

    @TempDir
    Path dir;

    @Test
    void noIdentityNumberReachesAProviderTheJournalALogAReportOrATable() throws IOException {
        List<Row> people = people();
        IdentityNumbers numbers = new IdentityNumbers(people.stream()
                .flatMap(row -> IDENTITY_COLUMNS.stream().map(row::<String>getAs))
                .filter(Objects::nonNull)
                .toList());
        Set<String> emails = column(people, "Email");
        assertEquals(1412, emails.size());
        Files.writeString(dir.resolve("stub.key"), "key-of-a-stub");

        Set<String> logged = Collections.synchronizedSet(new TreeSet<>());
        List<String> said = new ArrayList<>();
        List<ProviderStub.Request> requests;
        try (ProviderStub provider = new ProviderStub(IdentityStaysInsideTest::answer);
                LogTap tap = new LogTap(message -> logged.addAll(numbers.in(message)))) {
            RunSummary summary = new Nightly(
                            settings(provider.url()), spark(), Clock.systemUTC(), Progress.silent(), said::add)
                    .run(new RunOptions(Optional.of(Instant.parse("2026-08-21T02:00:00Z")), Interval.ALL));
            said.add(summary.toJson());
            requests = provider.takeRequests();
            assertEquals(true, tap.events() > 100, "a night is logged");
        }

        // What is mapped does reach them: the search looks at the right places.
        String sent = requests.stream()
                .map(request -> URLDecoder.decode(request.query(), StandardCharsets.UTF_8) + request.body() + "\n")
                .collect(Collectors.joining())
                .toLowerCase(Locale.ROOT);
        List<String> journal = journal();
        FIGURES.exactly("e-mail addresses in requests", 1412L, in(emails, sent));
        FIGURES.exactly("e-mail addresses in the journal", 1412L, in(emails, String.join("\n", journal)));
        FIGURES.exactly("last names in requests", 1307L, in(column(people, "LastName"), sent));

        Set<String> reached = new TreeSet<>();
        requests.forEach(request -> reached.addAll(numbers.inRequest(request)));
        FIGURES.exactly("identity numbers in requests", Set.of(), reached);
        FIGURES.exactly("identity numbers in the journal", Set.of(), in(numbers, journal));
        FIGURES.exactly("identity numbers in logs", Set.of(), logged);
        FIGURES.exactly("identity numbers in reports", Set.of(), in(numbers, said));
        FIGURES.exactly("identity numbers in tables", Set.of(), in(numbers, tables()));
    }

    @Test
    void anIdentityNumberThatGotOutWouldBeFound() throws IOException {
        IdentityNumbers numbers = new IdentityNumbers(List.of("000-35-5841", "1957-05-05", "785257519"));
        Set<String> logged = new TreeSet<>();
        try (LogTap tap = new LogTap(message -> logged.addAll(numbers.in(message)))) {
            LoggerFactory.getLogger("io.tributary.jobs.read.Planted").debug("row {}", "born 1957-05-05T00:00:00Z");
            LoggerFactory.getLogger("elsewhere").info("cast", new IllegalStateException("'785257519' is no date"));
            assertEquals(2, tap.events());
        }
        assertEquals(Set.of("1957-05-05", "785257519"), logged);

        ProviderStub.Request request = new ProviderStub.Request("GET", "/", "q=a%20000355841", "", "");
        assertEquals(Set.of("000355841"), numbers.inRequest(request));
        assertEquals(Set.of("000-35-5841"), numbers.in("{\"ssn\":\"000-35-5841\"}"));
        assertEquals(Set.of(), numbers.in("1785257519000 a785257519b 2000-35-58410"));
    }

    private List<Row> people() {
        return spark().read()
                .option("header", "true")
                .option("multiLine", "true")
                .option("escape", "\"")
                .csv(DATA + "Contact.csv.gz")
                .collectAsList();
    }

    private static Set<String> column(List<Row> people, String name) {
        return people.stream()
                .map(row -> row.<String>getAs(name).toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static long in(Set<String> values, String text) {
        return values.stream().filter(text::contains).count();
    }

    private static Set<String> in(IdentityNumbers numbers, List<String> texts) {
        return texts.stream().flatMap(text -> numbers.in(text).stream()).collect(Collectors.toSet());
    }

    /** Every segment, unpacked but not interpreted, after its own name. */
    private List<String> journal() throws IOException {
        try (Stream<Path> files = Files.walk(dir.resolve("lake/journal"))) {
            return files.filter(file -> file.toString().endsWith(".tj"))
                    .map(IdentityStaysInsideTest::unpacked)
                    .toList();
        }
    }

    /** Three bytes of head, packed chunks each after its length, eight bytes of footer. */
    private static String unpacked(Path segment) {
        try {
            StringBuilder text = new StringBuilder(segment.toString());
            byte[] content = Files.readAllBytes(segment);
            ByteBuffer chunks = ByteBuffer.wrap(content, 3, content.length - 11);
            while (chunks.hasRemaining()) {
                byte[] packed = new byte[chunks.getInt()];
                chunks.get(packed);
                byte[] plain = Zstd.decompress(packed, (int) Zstd.getFrameContentSize(packed));
                text.append('\n').append(new String(plain, StandardCharsets.ISO_8859_1));
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every row of every table as JSON, and the logs of the tables, in which the least and greatest values stand. */
    private List<String> tables() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String table : LakeSettings.TABLES) {
            texts.addAll(spark().read()
                    .format("delta")
                    .load(dir.resolve("lake").resolve(table).toString())
                    .select(functions.to_json(functions.struct("*")))
                    .as(org.apache.spark.sql.Encoders.STRING())
                    .collectAsList());
        }
        try (Stream<Path> files = Files.walk(dir.resolve("lake"))) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".json")).toList()) {
                texts.add(Files.readString(log));
            }
        }
        return texts;
    }

    private Settings settings(String url) {
        List<String> providers = Stream.of("apollo", "hunter", "clearbit")
                .map(name -> name + ": {keys: [\"file:" + dir.resolve("stub.key") + "\"], base-url: \"" + url + "/"
                        + name + "\", quota: [{calls: 1000000, per: 1s}]}")
                .toList();
        return Settings.load(
                Path.of("../../conf"),
                List.of(
                        "lake={root: \"" + dir.resolve("lake") + "\"}",
                        "sources=[" + source("contact", "Contact") + ", " + source("account", "Account") + "]",
                        "providers={" + String.join(", ", providers) + "}",
                        "waterfall={person: [apollo, hunter, clearbit], company: [apollo, hunter, clearbit]}",
                        "allow-test-hosts=true",
                        "limits={buckets: 2}",
                        "budget={}"));
    }

    private static String source(String object, String file) {
        return "{name: " + object + "s, crm: salesforce, object: " + object + ", format: csv, path: \""
                + Path.of(DATA + file + ".csv.gz").toAbsolutePath() + "\", mapping: salesforce-" + object + "}";
    }

    /** Apollo and Hunter know nobody, so that each person is shown to all three; Clearbit knows everybody. */
    private static ProviderStub.Reply answer(ProviderStub.Request request) {
        try {
            return switch (request.path()) {
                case "/apollo/api/v1/people/bulk_match" -> {
                    int asked = JSON.readTree(request.body()).get("details").size();
                    yield reply(200, "{\"matches\": [" + String.join(", ", Collections.nCopies(asked, "null")) + "]}");
                }
                case "/apollo/api/v1/organizations/enrich" -> reply(200, "{}");
                case "/hunter/v2/people/find" -> reply(404, "{\"errors\": [{\"id\": \"not_found\"}]}");
                case "/clearbit/v2/combined/find" ->
                    reply(
                            200,
                            "{\"person\": {\"id\": \"p\", \"fuzzy\": false, \"employment\": {\"title\": \"Clerk\"}}}");
                default -> reply(404, "{\"error\": {\"type\": \"unknown_route\"}}");
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProviderStub.Reply reply(int status, String body) {
        return new ProviderStub.Reply(status, body);
    }
}
