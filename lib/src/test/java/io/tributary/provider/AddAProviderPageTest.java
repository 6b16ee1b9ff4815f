package io.tributary.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.model.EntityKind;
import io.tributary.model.Identifiers;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The worked example of {@code docs/add-a-provider.md} does what the page says. */
class AddAProviderPageTest {
    private static String block(String language) throws IOException {
        return block(language, 1);
    }

    /** @param number counts the blocks of a language from 1 */
    private static String block(String language, int number) throws IOException {
        String page = Files.readString(Path.of("../docs/add-a-provider.md"));
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
        for (int i = 0; i < number; i++) {
            if (!block.find()) {
                throw new AssertionError("the page has no " + language + " of number " + number);
            }
        }
        return block.group(1);
    }

    private static Ask ask(String reference) {
        String email = reference + "@acme.example";
        return new Ask(reference, new LookupKey(KeyKind.EMAIL, email), new Identifiers(Map.of(Input.EMAIL, email)), 0);
    }

    private static HttpAnswer answer(String body) {
        return new HttpAnswer(200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theExampleReadsItsAnswerAsThePageSays() throws IOException {
        Operation person = ProviderSpec.parse("peoplebook.yaml", block("yaml"))
                .operations()
                .get(0);
        List<Ask> asks =
                Stream.of("r1", "r2", "r3").map(AddAProviderPageTest::ask).toList();
        assertEquals(
                "{\"people\":[{\"id\":\"r1\",\"email\":\"r1@acme.example\"},{\"id\":\"r2\",\"email\":\"r2@acme.example\"},"
                        + "{\"id\":\"r3\",\"email\":\"r3@acme.example\"}]}",
                new String(person.render(asks).body(), StandardCharsets.UTF_8));

        Reading reading = person.read(asks, answer(block("json")));
        Map<String, ItemReading> items =
                reading.items().stream().collect(Collectors.toMap(ItemReading::reference, item -> item));
        assertEquals(Outcome.MATCHED, items.get("r1").outcome());
        assertEquals(OptionalDouble.of(0.92), items.get("r1").confidence());
        assertEquals(
                6, items.get("r1").profiles().get(EntityKind.PERSON).values().size());
        assertEquals(
                3, items.get("r1").profiles().get(EntityKind.COMPANY).values().size());
        assertEquals(Outcome.NOT_FOUND, items.get("r2").outcome());
        assertEquals(Outcome.SUPPRESSED, items.get("r3").outcome());

        assertEquals(
                Verdict.CREDITS_GONE,
                person.read(asks, answer("{\"quota\": \"exhausted\"}")).verdict());
        assertEquals(
                Verdict.UNREADABLE, person.read(asks, answer("{\"hello\": 1}")).verdict());
    }

    @Test
    void theAccountOfThePageIsReadAsItSays() throws IOException {
        BalanceQuery account = ProviderSpec.parse("peoplebook.yaml", block("yaml") + block("yaml", 2))
                .balance()
                .orElseThrow();
        assertEquals(
                "https://api.peoplebook.example/v1/account",
                account.call().uri().toString());
        assertEquals(
                new Balance(OptionalDouble.of(70), OptionalDouble.of(30)),
                account.read(answer("{\"credits\": {\"left\": \"70\", \"used\": 30}}"))
                        .balance()
                        .orElseThrow());
    }
}
