package io.tributary.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.model.Identifiers;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose an item is in a batch whose order is promised, and not always kept. */
class AlignmentTest {
    private static final BatchRule RULE = new BatchRule(
            25,
            new NodePath("data"),
            false,
            Optional.empty(),
            new Identity(
                    Map.of(
                            Input.EMAIL, new NodePath("email"),
                            Input.PHONE, new NodePath("phone"),
                            Input.FIRST_NAME, new NodePath("first"),
                            Input.LAST_NAME, new NodePath("last")),
                    Set.of()),
            true,
            BatchRule.LeftOut.ASK_AGAIN);
    private static final Ask MAIL = ask("mail", Map.of(Input.EMAIL, "ada@acme.example"));
    private static final Ask PHONE = ask("phone", Map.of(Input.PHONE, "+13035550100"));
    private static final Ask ADA = ask("ada", Map.of(Input.FIRST_NAME, "Ada", Input.LAST_NAME, "Lee"));
    private static final Ask BO = ask("bo", Map.of(Input.FIRST_NAME, "Bo", Input.LAST_NAME, "Lee"));

    private static Ask ask(String reference, Map<Input, String> inputs) {
        return new Ask(reference, new LookupKey(KeyKind.EMAIL, reference), new Identifiers(inputs), 0);
    }

    /** What each ask gets, by the item's own number. */
    private static String placed(List<Ask> asks, String items) {
        JsonNode list;
        try {
            list = new ObjectMapper().readTree(items.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Alignment alignment = Alignment.of(RULE, asks, list);
        return String.join(
                " ",
                asks.stream()
                        .map(ask -> ask.reference() + "="
                                + alignment
                                        .of(ask)
                                        .map(item -> item.node().path("n").asText())
                                        .orElse("-"))
                        .toList());
    }

    @Test
    void anItemThatStatesAnotherAskOfAnotherKindIsNotTakenByItsPlace() {
        assertEquals(
                "mail=2 phone=1",
                placed(
                        List.of(MAIL, PHONE),
                        "[{'n': 1, 'phone': '+13035550100'}, {'n': 2, 'email': 'ada@acme.example'}]"));
    }

    @Test
    void whereNothingCanBeComparedThePlaceCounts() {
        assertEquals("mail=1 phone=2", placed(List.of(MAIL, PHONE), "[{'n': 1}, {'n': 2}]"));
        assertEquals(
                "mail=1 phone=2",
                placed(List.of(MAIL, PHONE), "[{'n': 1, 'phone': '+13035550100'}, {'n': 2, 'phone': '+13035550100'}]"),
                "the other has an item of its own, so the order was kept");
    }

    @Test
    void namesakesByOneNameAloneAreNotTheSame() {
        String reversed = "[{'n': 1, 'first': 'Bo', 'last': 'Lee'}, {'n': 2, 'first': 'Ada', 'last': 'Lee'}]";
        assertEquals("ada=2 bo=1", placed(List.of(ADA, BO), reversed));
        assertEquals(
                "ada=- bo=1",
                placed(List.of(ADA, BO), "[{'n': 1, 'first': 'Bo', 'last': 'Lee'}]"),
                "a batch that came short");
    }
}
