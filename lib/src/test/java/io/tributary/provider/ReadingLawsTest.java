package io.tributary.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.model.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every operation that ships, whatever a provider or a proxy before it sends. */
class ReadingLawsTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<Fixture> CASES = Fixture.all(ShippedSpecsTest.FIXTURES).stream()
            .filter(one -> !one.isOfBalance())
            .toList();
    private static final Map<String, ProviderSpec> SPECS = CASES.stream()
            .map(Fixture::provider)
            .distinct()
            .collect(Collectors.toUnmodifiableMap(name -> name, ShippedSpecsTest::spec));

    private static Operation operation(Fixture one) {
        return one.operation(SPECS.get(one.provider()));
    }

    /** One case of each operation: its asks. */
    private static final List<Fixture> OPERATIONS =
            CASES.stream()
                    .collect(Collectors.groupingBy(one -> one.provider() + "/" + one.operation()))
                    .values()
                    .stream()
                    .map(cases -> cases.get(0))
                    .toList();

    private static Reading read(Fixture one, int status, byte[] body) {
        return operation(one).read(one.asks(), new HttpAnswer(status, Map.of(), body));
    }

    private static Reading read(Fixture one, int status, String body) {
        return read(one, status, body.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 300)
    void anyBytesWithAnyStatusAreRead(
            @ForAll("operations") Fixture one, @ForAll("statuses") int status, @ForAll byte[] body) {
        sane(one, read(one, status, body));
    }

    /** The first four bytes are taken for a mark of UCS-4 in an order that no reader knows. */
    @Example
    void bytesInAnEncodingThatNobodyReadsAreNoDocument() {
        for (Fixture one : OPERATIONS) {
            sane(one, read(one, 200, new byte[] {0, 0, 1, 0}));
        }
    }

    @Property(tries = 300)
    void anyJsonWithAnyStatusIsRead(
            @ForAll("operations") Fixture one, @ForAll("statuses") int status, @ForAll("json") JsonNode body) {
        sane(one, read(one, status, body.toString()));
    }

    /** The wrong type in any place of a true answer. */
    @Property(tries = 500)
    void aReplyWithAnythingInAnyPlaceIsRead(
            @ForAll("answers") Fixture one, @ForAll("json") JsonNode odd, @ForAll int place) {
        JsonNode body = one.content().path("reply").path("body").deepCopy();
        sane(one, read(one, one.reply().status(), replaced(body, odd, place).toString()));
    }

    /** What comes torn or with something after it is never believed. */
    @Property(tries = 300)
    void aReplyThatIsCutAnywhereIsUnreadable(@ForAll("found") Fixture one, @ForAll int place) {
        String whole = one.content().path("reply").path("body").toString();
        String torn = whole.substring(0, Math.floorMod(place, whole.length()));
        assertEquals(Verdict.UNREADABLE, read(one, 200, torn).verdict());
        assertEquals(Verdict.UNREADABLE, read(one, 200, whole + "}").verdict());
    }

    /** A strange document is no miss: a cached "not found" would hide what was paid for. */
    @Property(tries = 500)
    void aStrangeDocumentIsNeverAMiss(@ForAll("operations") Fixture one, @ForAll("strange") JsonNode body) {
        Reading reading = read(one, 200, body.toString());
        assertEquals(
                isAShortBatch(one, body.toString()) ? Verdict.ANSWERED : Verdict.UNREADABLE,
                reading.verdict(),
                one.id());
        assertEquals(List.of(), reading.items());
    }

    /** Where the list of items is empty, that is an answer that lacks everybody: they are asked again. */
    private static boolean isAShortBatch(Fixture one, String body) {
        return body.equals("[]") && one.id().matches("peopledatalabs/.*-bulk/.*")
                || body.equals("{\"data\":[]}") && one.id().startsWith("zoominfo/");
    }

    /** The same inside of a batch: nobody is called missing while an item cannot be understood. */
    @Property(tries = 300)
    void aStrangeItemIsNeverAMiss(
            @ForAll("batches") Fixture one, @ForAll("strange") JsonNode item, @ForAll int copies) {
        ArrayNode items = NODES.arrayNode();
        for (int i = 0; i <= Math.floorMod(copies, 3); i++) {
            items.add(item.isNull() ? NODES.textNode("?") : item);
        }
        ObjectNode body = NODES.objectNode().put("status", "success").set("matches", items);
        assertEquals(Verdict.UNREADABLE, read(one, 200, body.toString()).verdict());
    }

    @Example
    void theSmallestDocumentsAreUnreadableUnlessTheProviderCallsThemAMiss() {
        for (Fixture one : OPERATIONS) {
            for (String body : List.of(
                    "", " ", "null", "[]", "{}", "\"x\"", "0", "true", "[null]", "[{}]", "{\"data\":[]}", "{\"\":0}")) {
                if (body.equals("{\"data\":[]}") && one.id().startsWith("snovio/email-finder-bulk/")) {
                    // Its list of rows lacks whoever was not found.
                    continue;
                }
                Reading reading = read(one, 200, body);
                boolean isMiss = body.equals("{}") && one.id().startsWith("apollo/company/");
                assertEquals(
                        isMiss || isAShortBatch(one, body) ? Verdict.ANSWERED : Verdict.UNREADABLE,
                        reading.verdict(),
                        one.id() + " " + body);
                assertEquals(
                        isMiss ? List.of(Outcome.NOT_FOUND) : List.of(),
                        reading.items().stream().map(ItemReading::outcome).toList());
            }
        }
    }

    @Example
    void depthAndSizeAreNoFault() {
        for (Fixture one : OPERATIONS) {
            for (int depth : List.of(10, 900, 100_000)) {
                for (String body : List.of(
                        "[".repeat(depth) + "]".repeat(depth),
                        "{\"data\":".repeat(depth) + "0" + "}".repeat(depth),
                        "{\"a\":" + "9".repeat(depth) + "}",
                        "{\"data\":{\"id\":1e" + depth + ",\"score\":1e" + depth + "}}")) {
                    sane(one, read(one, 200, body));
                }
            }
        }
    }

    @Example
    void aStatedCostThatIsNoNumberOfCreditsIsNotBelieved() {
        Fixture bulk = CASES.stream()
                .filter(one -> one.id().equals("apollo/person-bulk/miss-all"))
                .findFirst()
                .orElseThrow();
        for (String cost : List.of("1e999", "-1", "\"1\"", "[]", "null", "{}")) {
            String body = "{\"credits_consumed\":" + cost + ",\"matches\":[{\"id\":\"a\"},null]}";
            assertEquals(1, read(bulk, 200, body).items().get(0).credits(), cost);
        }
    }

    private static void sane(Fixture one, Reading reading) {
        Set<String> asked = one.asks().stream().map(Ask::reference).collect(Collectors.toSet());
        Set<String> seen = new HashSet<>();
        for (ItemReading item : reading.items()) {
            assertTrue(asked.contains(item.reference()) && seen.add(item.reference()), "an ask is answered once");
            assertTrue(Double.isFinite(item.credits()), "a price is a number");
            assertTrue(
                    !item.outcome().hasData()
                            || item.profiles().containsKey(operation(one).entity()),
                    "data has fields");
            assertEquals(item.profiles().isEmpty(), item.confidence().isEmpty(), "confidence comes with data");
        }
        boolean answered = reading.verdict() == Verdict.ANSWERED || reading.verdict() == Verdict.ANSWERED_LAST;
        assertTrue(answered || reading.items().isEmpty(), "no items without an answer");
        assertTrue(
                reading.verdict() != Verdict.ANSWERED
                        || reading.items().size() == asked.size()
                        || operation(one).batchSize() > 1,
                "a single ask that is answered has its item");
    }

    /** The document with one of its nodes, itself included, replaced. */
    private static JsonNode replaced(JsonNode root, JsonNode odd, int place) {
        List<Runnable> replacements = new ArrayList<>();
        collect(root, odd, replacements);
        int chosen = Math.floorMod(place, replacements.size() + 1);
        if (chosen == replacements.size()) {
            return odd;
        }
        replacements.get(chosen).run();
        return root;
    }

    private static void collect(JsonNode node, JsonNode odd, List<Runnable> replacements) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(member -> {
                replacements.add(() -> object.set(member.getKey(), odd));
                collect(member.getValue(), odd, replacements);
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int at = i;
                replacements.add(() -> array.set(at, odd));
                collect(array.get(i), odd, replacements);
            }
        }
    }

    @Provide
    Arbitrary<Fixture> operations() {
        return Arbitraries.of(OPERATIONS);
    }

    @Provide
    Arbitrary<Fixture> answers() {
        return Arbitraries.of(CASES.stream()
                .filter(one -> one.content().path("reply").has("body"))
                .toList());
    }

    @Provide
    Arbitrary<Fixture> batches() {
        return Arbitraries.of(
                CASES.stream().filter(one -> operation(one).batchSize() > 1).toList());
    }

    @Provide
    Arbitrary<Fixture> found() {
        return Arbitraries.of(CASES.stream()
                .filter(one -> one.name().startsWith("matched") && one.reply().status() == 200)
                .toList());
    }

    @Provide
    Arbitrary<Integer> statuses() {
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(3, Arbitraries.just(200)),
                net.jqwik.api.Tuple.of(2, Arbitraries.integers().between(100, 599)));
    }

    /** Any document, made of the words that the provider files look for, so that it comes near to an answer. */
    @Provide
    Arbitrary<JsonNode> json() {
        return tree(Arbitraries.of(words()), leaves(), 4);
    }

    /** Objects and lists in whose names no provider file takes an interest; an empty object may be a miss. */
    @Provide
    Arbitrary<JsonNode> strange() {
        return tree(Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(4).map(name -> "~" + name), leaves(), 4)
                .filter(node -> !(node.isObject() && node.isEmpty()));
    }

    private static Set<String> words() {
        Set<String> words = new HashSet<>();
        CASES.forEach(one -> names(one.content().path("reply").path("body"), words));
        return words;
    }

    private static void names(JsonNode node, Set<String> words) {
        node.fieldNames().forEachRemaining(words::add);
        node.forEach(child -> names(child, words));
    }

    private static Arbitrary<JsonNode> leaves() {
        return Arbitraries.oneOf(
                Arbitraries.just(NODES.nullNode()),
                Arbitraries.just(NODES.objectNode()),
                Arbitraries.just(NODES.arrayNode()),
                Arbitraries.of(true, false).map(NODES::booleanNode),
                Arbitraries.longs().map(NODES::numberNode),
                Arbitraries.doubles().map(NODES::numberNode),
                Arbitraries.bigIntegers().map(number -> (JsonNode) NODES.numberNode(number)),
                Arbitraries.of(
                                "",
                                " ",
                                "none",
                                "verified",
                                "true",
                                "1e400",
                                "NaN",
                                "\u0000",
                                "in/",
                                "https://",
                                "@",
                                "-")
                        .map(NODES::textNode),
                Arbitraries.strings().ofMaxLength(12).map(NODES::textNode));
    }

    private static Arbitrary<JsonNode> tree(Arbitrary<String> names, Arbitrary<JsonNode> leaves, int depth) {
        if (depth == 0) {
            return leaves;
        }
        Arbitrary<JsonNode> below = Arbitraries.lazy(() -> tree(names, leaves, depth - 1));
        return Arbitraries.oneOf(
                leaves,
                Arbitraries.maps(names, below).ofMaxSize(6).map(members -> NODES.objectNode()
                        .setAll(members)),
                below.list().ofMaxSize(4).map(items -> NODES.arrayNode().addAll(items)));
    }
}
