package io.tributary.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Identifiers;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedSpecsTest {
    static final Path FIXTURES = Path.of("../conf/fixtures");

    /** Of all files that ship. */
    static List<String> names() {
        try (Stream<Path> files = Files.list(Path.of("../conf/providers"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.replace(".yaml", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ProviderSpec spec(String name) {
        Path file = Path.of("../conf/providers/" + name + ".yaml");
        try {
            return ProviderSpec.parse(name + ".yaml", Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Ask ada(String reference) {
        return new Ask(
                reference,
                new LookupKey(KeyKind.EMAIL, "ada+x@acme.com"),
                new Identifiers(Map.of(Input.EMAIL, "ada+x@acme.com", Input.FIRST_NAME, "Ada")),
                0);
    }

    private static HttpAnswer answer(int status, String body) {
        return new HttpAnswer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyFileIsWithoutFaultAndNamedLikeItsProvider(String name) {
        assertEquals(name, spec(name).name());
        assertTrue(!spec(name).operations().isEmpty(), "somebody can be asked for");
    }

    @Test
    void anOperationTellsWhichFieldsItsFileFills() {
        Operation finder = spec("hunter").operation("finder").orElseThrow();
        assertEquals(
                Set.of(
                        Field.PERSON_EMAIL,
                        Field.PERSON_FIRST_NAME,
                        Field.PERSON_LAST_NAME,
                        Field.PERSON_TITLE,
                        Field.PERSON_PHONE,
                        Field.PERSON_LINKEDIN,
                        Field.PERSON_COMPANY_NAME,
                        Field.PERSON_COMPANY_DOMAIN),
                finder.brings());
        assertTrue(
                spec("apollo").operation("person-bulk").orElseThrow().brings().stream()
                        .allMatch(field -> field.entity() == EntityKind.PERSON),
                "the employer that comes along is no answer about the person");
        assertEquals(
                spec("example").operation("person").orElseThrow().brings(),
                spec("example")
                        .resumption(new Pending("person", "job"))
                        .orElseThrow()
                        .brings());
    }

    @Test
    void encodesWhatWouldChangeItsMeaningInAUrl() {
        Operation operation = spec("hunter").operations().get(0);
        assertEquals(
                "https://api.hunter.io/v2/people/find?email=ada%2Bx%40acme.com",
                operation.render(List.of(ada("1"))).uri().toString());
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        Operation operation = spec("example").operations().get(0);
        assertEquals(
                "{\"email\":\"ada+x@acme.com\"}",
                new String(operation.render(List.of(ada("1"))).body(), StandardCharsets.UTF_8));
    }

    @Test
    void joinsABatchByPositionUnlessAnItemContradictsItsAsk() {
        Operation operation = spec("apollo").operations().get(0);
        Reading reading = operation.read(
                List.of(ada("1"), ada("2"), ada("3")),
                answer(
                        200,
                        "{\"status\":\"success\",\"credits_consumed\":1.5,\"matches\":[{\"id\":\"a\",\"email\":\"ada+x@acme.com\",\"title\":\"VP\"},null,"
                                + "{\"id\":\"b\",\"email\":\"bob@acme.com\"}]}"));
        assertEquals(Verdict.ANSWERED, reading.verdict());
        assertEquals(
                List.of(Outcome.MATCHED, Outcome.NOT_FOUND, Outcome.NOT_FOUND),
                reading.items().stream().map(ItemReading::outcome).toList());
        assertEquals(1.5, reading.items().get(0).credits());
    }

    @Test
    void tellsAMissFromAWrongPath() {
        Operation operation = spec("clearbit").operations().get(0);
        List<Ask> asks = List.of(ada("1"));
        assertEquals(
                Outcome.NOT_FOUND,
                operation
                        .read(asks, answer(404, "{\"error\":{\"type\":\"unknown_record\"}}"))
                        .items()
                        .get(0)
                        .outcome());
        assertEquals(
                Verdict.MISCONFIGURED,
                operation
                        .read(asks, answer(404, "{\"error\":{\"type\":\"unknown_route\"}}"))
                        .verdict());
    }

    @Test
    void believesAQueuedLookUpNeitherAsAMatchNorAsAMiss() {
        Operation operation = spec("clearbit").operations().get(0);
        for (String body : List.of("", "{\"person\":null,\"company\":null}", "{\"error\":{\"type\":\"queued\"}}")) {
            assertEquals(
                    Outcome.PENDING,
                    operation
                            .read(List.of(ada("1")), answer(202, body))
                            .items()
                            .get(0)
                            .outcome());
        }
    }

    @Test
    void aBodyThatIsNoJsonIsUnreadableAndNoMiss() {
        for (String name : List.of("example", "clearbit", "hunter", "apollo")) {
            assertEquals(
                    Verdict.UNREADABLE,
                    spec(name)
                            .operations()
                            .get(0)
                            .read(List.of(ada("1")), answer(200, "{\"data\":{"))
                            .verdict());
        }
    }

    @Test
    void putsEveryHostBehindOneAddress() {
        ProviderSpec behind = spec("clearbit").behind(java.net.URI.create("http://127.0.0.1:8089/clearbit"));
        assertEquals(
                "http://127.0.0.1:8089/clearbit-person/v2/combined/find?email=ada%2Bx%40acme.com",
                behind.operations().get(0).render(List.of(ada("1"))).uri().toString());
    }
}
