package io.tributary.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.model.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SegmentErasureTest {
    private static final String ADA = "email:ada@acme.com";
    private static final String BOB = "email:bob@acme.com";
    private static final String ACME = "domain:acme.com";
    private static final Forgotten WHOM = new Forgotten() {
        @Override
        public boolean isKey(String lookupKey) {
            return lookupKey.equals(ADA);
        }

        @Override
        public boolean isNamedIn(String text) {
            return text.contains("ada@acme.com");
        }
    };

    private static Intent intent(String key) {
        return new Intent("ask " + key, key, "acme", "person", 0, "in " + key, 5);
    }

    private static Entry answer(String key, List<String> also, String profiles, String body) {
        return new Entry(
                "ask " + key,
                key,
                "acme",
                "person",
                7,
                "in " + key,
                Outcome.MATCHED,
                "",
                200,
                2.5,
                0.9,
                1,
                2,
                true,
                1000,
                9,
                "job of " + key,
                "v1",
                also,
                profiles,
                body);
    }

    private static Segment segment(byte[] content) throws IOException {
        return SegmentCodec.read("r/0/1-000000.tj", new ByteArrayInputStream(content));
    }

    private static Segment written(List<Intent> intents, Entry... entries) throws IOException {
        return segment(SegmentCodec.write(intents, List.of(entries)));
    }

    private static Segment erased(Segment segment) throws IOException {
        return segment(SegmentErasure.of(segment, WHOM).orElseThrow().content());
    }

    @Test
    void aSegmentWithoutThemStaysAsItIs() throws IOException {
        assertEquals(
                Optional.empty(),
                SegmentErasure.of(written(List.of(intent(BOB)), answer(BOB, List.of(), "{}", "{}")), WHOM));
    }

    @Test
    void theirAnswerLeavesItsPlaceItsCallAndItsPriceAndNothingElse() throws IOException {
        Entry bob = answer(BOB, List.of(), "{\"person\":{\"email\":\"bob@acme.com\"}}", "{\"of\":\"bob\"}");
        Segment left = erased(written(
                List.of(intent(ADA), intent(BOB)),
                answer(ADA, List.of(), "{\"person\":{\"email\":\"ada@acme.com\"}}", "{\"of\":\"ada@acme.com\"}"),
                bob));

        assertEquals(List.of(intent(BOB)), left.intents());
        assertEquals(bob, left.entries().get(1), "ids are made from places");
        Entry place = left.entries().get(0);
        assertEquals(Entry.NOBODY, place.lookupKey());
        assertEquals(2.5, place.credits());
        assertEquals(200, place.httpStatus());
        assertEquals(2, place.batchSize());
        assertFalse(place.last(), "it is the end of no ask, so no harvest takes it for an answer");
        String all = new String(
                SegmentErasure.of(written(List.of(), place), WHOM)
                        .map(SegmentErasure.Result::content)
                        .orElse(new byte[0]),
                StandardCharsets.UTF_8);
        assertEquals("", all, "a second time there is nothing to do");
    }

    @Test
    void whatTheirAnswerSaidOfTheirCompanyStays() throws IOException {
        Segment left = erased(written(
                List.of(),
                answer(
                        ADA,
                        List.of(ACME),
                        "{\"person\":{\"email\":\"ada@acme.com\"},\"company\":{\"name\":\"Acme\"}}",
                        "{}")));

        Entry place = left.entries().get(0);
        assertEquals(List.of(ACME), place.also());
        assertEquals("{\"company\":{\"name\":\"Acme\"}}", place.profiles());
        assertEquals(0.9, place.confidence());
        assertEquals(1000, place.atMillis());
    }

    @Test
    void anAnswerAboutACompanyLosesThePersonThatItBrought() throws IOException {
        Segment left = erased(written(
                List.of(),
                answer(
                        ACME,
                        List.of(ADA),
                        "{\"company\":{\"name\":\"Acme\"},\"person\":{\"email\":\"ada@acme.com\"}}",
                        "{\"found\":\"ada@acme.com\"}")));

        Entry about = left.entries().get(0);
        assertEquals(ACME, about.lookupKey());
        assertEquals(Outcome.MATCHED, about.outcome());
        assertEquals(List.of(), about.also());
        assertEquals("{\"company\":{\"name\":\"Acme\"}}", about.profiles());
        assertEquals("", about.body());
    }

    @Test
    void aBodyAboutSomebodyElseThatNamesThemIsEmptied() throws IOException {
        Segment left = erased(written(
                List.of(), answer(BOB, List.of(), "{\"person\":{\"title\":\"VP\"}}", "{\"all\":[\"ada@acme.com\"]}")));

        Entry bob = left.entries().get(0);
        assertEquals(BOB, bob.lookupKey());
        assertEquals("{\"person\":{\"title\":\"VP\"}}", bob.profiles());
        assertEquals("", bob.body());
        assertTrue(bob.last());
    }

    @Test
    void theDamagedPartOfATornSegmentGoes() throws IOException {
        byte[] whole = SegmentCodec.write(List.of(), List.of(answer(BOB, List.of(), "{}", "{}")));
        Segment torn = segment(Arrays.copyOf(whole, whole.length - 3));
        assertFalse(torn.isWhole());

        Segment left = erased(torn);

        assertTrue(left.isWhole());
        assertEquals(torn.entries(), left.entries());
    }

    @Test
    void aReplayOfWhatIsLeftKnowsTheOthersAsBefore() throws IOException {
        Segment asked = written(List.of(intent(ADA), intent(BOB)));
        Segment answered = segment(SegmentCodec.write(
                List.of(), List.of(answer(ADA, List.of(), "{}", "{}"), answer(BOB, List.of(), "{}", "{}"))));

        Replay replay = Replay.of(List.of(
                erased(asked),
                new Segment("r/0/1-000001.tj", List.of(), erased(answered).entries(), "")));

        assertEquals(List.of(), replay.unresolved());
        assertTrue(replay.ended("ask " + BOB).isPresent());
        assertTrue(replay.ended("ask " + ADA).isEmpty());
    }
}
