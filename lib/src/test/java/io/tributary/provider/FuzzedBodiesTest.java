package io.tributary.provider;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Replies of every shipped provider, spoilt in every way that a network, a proxy or a bad day can spoil them. Reading one never
 * throws, never stalls, and never loses what came.
 */
class FuzzedBodiesTest {
    private static final int CASES = 100_000;
    private static final int LONG = 10 << 20;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Kinds of damage. */
    private enum Damage {
        CUT,
        WRONG_TYPE,
        DEEP,
        NOT_UTF_8,
        DOUBLED_KEY,
        FLIPPED_BYTES
    }

    private static final List<Fixture> REPLIES = Fixture.all(ShippedSpecsTest.FIXTURES).stream()
            .filter(one -> !one.isOfBalance())
            .toList();
    private static final Map<String, ProviderSpec> SPECS = REPLIES.stream()
            .map(Fixture::provider)
            .distinct()
            .collect(Collectors.toUnmodifiableMap(name -> name, ShippedSpecsTest::spec));

    private final Random random = new Random(20_261_123);

    @Test
    @Timeout(300)
    void whateverComesIsReadAndKept() {
        Map<Damage, Integer> done = new EnumMap<>(Damage.class);
        for (int i = 0; i < CASES; i++) {
            Fixture one = REPLIES.get(random.nextInt(REPLIES.size()));
            Damage damage = Damage.values()[i % Damage.values().length];
            done.merge(damage, 1, Integer::sum);
            read(one, spoilt(one.reply().body(), damage), damage + " case " + i);
        }
        assertEquals(Damage.values().length, done.size());
        assertEquals(CASES, done.values().stream().mapToInt(Integer::intValue).sum());
    }

    /** What patterns and converters make of very long texts. */
    @Test
    @Timeout(300)
    void veryLongTextsDoNotStall() {
        List<Fixture> found = REPLIES.stream()
                .filter(one -> one.reply().status() == 200
                        && one.content().path("reply").has("body"))
                .toList();
        List<String> units =
                List.of("a", "1", " ", ".", "@", "+1 ", "a@b.", "https://", "/in/", "1-", "$1M ", "\u00e9", "\u0000");
        for (int i = 0; i < 2 * units.size(); i++) {
            Fixture one = found.get(random.nextInt(found.size()));
            String unit = units.get(i % units.size());
            String text = unit.repeat(LONG / unit.length());
            JsonNode body =
                    oneText(one.content().path("reply").path("body").deepCopy(), text, new int[] {random.nextInt(12)});
            read(one, body.toString().getBytes(StandardCharsets.UTF_8), "long text of " + unit);
        }
    }

    private void read(Fixture one, byte[] body, String what) {
        HttpAnswer answer = new HttpAnswer(one.reply().status(), one.reply().headers(), body);
        Operation operation = one.operation(SPECS.get(one.provider()));
        List<Ask> asks = one.asks();
        Reading reading;
        try {
            reading = operation.read(asks, answer);
        } catch (RuntimeException thrown) {
            throw new AssertionError(what + " of " + one.id(), thrown);
        }
        Set<String> references = asks.stream().map(Ask::reference).collect(Collectors.toSet());
        Set<String> seen = new HashSet<>();
        for (ItemReading item : reading.items()) {
            assertTrue(references.contains(item.reference()) && seen.add(item.reference()), what + " of " + one.id());
            assertTrue(item.credits() >= 0 && Double.isFinite(item.credits()), what + " of " + one.id());
        }
        Charset kept = isUtf8(body) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        assertArrayEquals(body, answer.text().getBytes(kept), what + " of " + one.id());
    }

    private static boolean isUtf8(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private byte[] spoilt(byte[] body, Damage damage) {
        String text = new String(body, StandardCharsets.UTF_8);
        return switch (damage) {
            case CUT -> text.substring(0, random.nextInt(text.length() + 1)).getBytes(StandardCharsets.UTF_8);
            case WRONG_TYPE -> json(text, odd()).getBytes(StandardCharsets.UTF_8);
            case DEEP -> json(text, null).getBytes(StandardCharsets.UTF_8);
            case NOT_UTF_8 -> replaced(body, 1 + random.nextInt(3), 0x80, 0x80);
            case DOUBLED_KEY -> doubled(text).getBytes(StandardCharsets.UTF_8);
            case FLIPPED_BYTES -> replaced(body, 1 + random.nextInt(8), 0, 0x80);
        };
    }

    private byte[] replaced(byte[] body, int bytes, int from, int range) {
        byte[] copy = body.clone();
        for (int i = 0; i < bytes && copy.length > 0; i++) {
            copy[random.nextInt(copy.length)] = (byte) (from + random.nextInt(range));
        }
        return copy;
    }

    private JsonNode odd() {
        return switch (random.nextInt(10)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextLong());
            case 3 -> NODES.numberNode(-1e308 * random.nextDouble());
            case 4 -> NODES.textNode("");
            case 5 -> NODES.textNode("\u0000\ud83d\ude00 9999999999999999999999 1/0");
            case 6 -> NODES.arrayNode();
            case 7 -> NODES.objectNode();
            case 8 -> NODES.arrayNode().add(NODES.arrayNode().addNull()).add("x");
            default -> NODES.objectNode().put("", 1).put("value", "x").put("id", true);
        };
    }

    /** The document with another node in a random place; a missing one stands for deep nesting. */
    private String json(String text, JsonNode odd) {
        JsonNode root;
        try {
            root = new com.fasterxml.jackson.databind.ObjectMapper().readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException notJson) {
            return text + odd;
        }
        if (odd == null) {
            int depth = 1 << (1 + random.nextInt(13));
            String open = random.nextBoolean() ? "[" : "{\"a\":";
            String close = open.equals("[") ? "]" : "}";
            JsonNode mark = NODES.textNode("@deep@");
            return placed(root, mark).toString().replace("\"@deep@\"", open.repeat(depth) + "1" + close.repeat(depth));
        }
        return placed(root, odd).toString();
    }

    private JsonNode placed(JsonNode root, JsonNode node) {
        List<Runnable> places = new ArrayList<>();
        collect(root, node, places);
        if (places.isEmpty()) {
            return node;
        }
        places.get(random.nextInt(places.size())).run();
        return root;
    }

    private static void collect(JsonNode at, JsonNode node, List<Runnable> places) {
        if (at instanceof ObjectNode object) {
            object.properties().forEach(member -> {
                places.add(() -> object.set(member.getKey(), node));
                collect(member.getValue(), node, places);
            });
        } else if (at instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                places.add(() -> array.set(index, node));
                collect(array.get(i), node, places);
            }
        }
    }

    /** Every member twice, somewhere: which of them counts, JSON leaves open. */
    private String doubled(String text) {
        int at = text.indexOf('{', random.nextInt(text.length() + 1));
        int colon = text.indexOf(':', Math.max(at, 0));
        if (at < 0 || colon < 0) {
            return text;
        }
        return text.substring(0, at + 1) + text.substring(at + 1, colon) + ":" + odd() + "," + text.substring(at + 1);
    }

    private static JsonNode oneText(JsonNode at, String text, int[] left) {
        if (at instanceof ObjectNode object) {
            object.properties().forEach(member -> object.set(member.getKey(), oneText(member.getValue(), text, left)));
        } else if (at instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, oneText(array.get(i), text, left));
            }
        } else if (at.isTextual() && left[0]-- == 0) {
            return NODES.textNode(text);
        }
        return at;
    }
}
