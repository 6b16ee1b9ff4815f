package io.tributary.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.call.KeyResult.Disposition;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.provider.Patience;
import io.tributary.provider.Pending;
import io.tributary.wanted.WantedFields;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is asked on where fields are wanted: only for what is missing, and nobody who can't bring it. */
class WantedFieldsNightTest {
    private static final WantedFields EMAIL_TITLE_PHONE =
            wanted(Map.of("email", "above 0.8", "title", "any", "phone", "any"));

    private static WantedFields wanted(Map<String, String> rules) {
        return WantedFields.parse(EntityKind.PERSON, rules).wanted();
    }

    private static Night night(TestProvider... providers) {
        return new Night(providers);
    }

    private static Question asking(Night night, int person, WantedFields wanted) {
        Question plain = night.question(person);
        return new Question(plain.key(), plain.inputs(), plain.providers(), Map.of(), Map.of(), wanted);
    }

    private static KeyResult ask(Night night, WantedFields wanted) {
        return night.ask(asking(night, 0, wanted));
    }

    @Test
    void aMatchThatLacksAWantedFieldLetsTheNextProviderBeAsked() {
        Night night = night(TestProvider.named("a"), TestProvider.named("b"), TestProvider.named("c"))
                .says("a", "ok * MATCHED:email,title")
                .says("b", "ok * MATCHED:phone")
                .says("c", "ok * MATCHED:phone");
        KeyResult result = ask(night, EMAIL_TITLE_PHONE);
        assertEquals("a@0.0 b@0.1", night.story());
        assertEquals(Disposition.SATISFIED, result.disposition());
        assertEquals("", result.reason());
        assertEquals(2, result.results().size(), "what the first said stands");
        assertFalse(result.isOpenToOthers(true));
    }

    @Test
    void whoCanBringNothingThatIsMissingIsPassedOver() {
        Night night = night(
                        TestProvider.named("verifier").bringing(Field.PERSON_CITY),
                        TestProvider.named("a"),
                        TestProvider.named("b").bringing(Field.PERSON_EMAIL, Field.PERSON_TITLE),
                        TestProvider.named("c").bringing(Field.PERSON_PHONE))
                .says("verifier", "ok * MATCHED:location.city")
                .says("a", "ok * MATCHED:email,title")
                .says("b", "ok * MATCHED:email,title")
                .says("c", "ok * MATCHED:phone");
        assertEquals(Disposition.SATISFIED, ask(night, EMAIL_TITLE_PHONE).disposition());
        assertEquals("a@0.0 c@0.1", night.story());
    }

    @Test
    void aValueThatIsNotSureEnoughIsAskedForAgainAndTheReasonNamesWhatStaysMissing() {
        Night night = night(TestProvider.named("a"), TestProvider.named("b"))
                .says("a", "ok * MATCHED:email,title@0.8")
                .says("b", "ok * PARTIAL:email@0.81");
        KeyResult result = ask(night, EMAIL_TITLE_PHONE);
        assertEquals("a@0.0 b@0.1", night.story());
        assertEquals(Disposition.EXHAUSTED, result.disposition());
        assertEquals("missing: phone", result.reason());
        assertTrue(result.isOpenToOthers(true), "one that this round could not pay for may have it");
    }

    @Test
    void aPartialAnswerIsEnoughIfItHoldsAllThatIsWanted() {
        Night night = night(TestProvider.named("a"), TestProvider.named("b"))
                .says("a", "ok * PARTIAL:phone")
                .says("b", "ok * MATCHED:phone");
        assertEquals(
                Disposition.SATISFIED,
                ask(night, wanted(Map.of("phone", "any"))).disposition());
        assertEquals("a@0.0", night.story());
    }

    @Test
    void whatHistoryHoldsIsNotAskedFor() {
        Night night = night(
                        TestProvider.named("a").bringing(Field.PERSON_EMAIL, Field.PERSON_TITLE),
                        TestProvider.named("b").bringing(Field.PERSON_PHONE))
                .says("a", "ok * MATCHED:email,title")
                .says("b", "ok * MATCHED:phone");
        ask(night, EMAIL_TITLE_PHONE.only(List.of("phone")));
        assertEquals("b@0.0", night.story());
    }

    @Test
    void aProviderThatFailedKeepsAKeyOpenOnlyForWhatNobodyElseBrought() {
        Night open = night(TestProvider.named("a").bringing(Field.PERSON_PHONE), TestProvider.named("b"))
                .says("a", "402")
                .says("b", "ok * MATCHED:email,title");
        assertEquals("credits_gone", ask(open, EMAIL_TITLE_PHONE).reason());

        Night done = night(TestProvider.named("a").bringing(Field.PERSON_EMAIL), TestProvider.named("b"))
                .says("a", "402")
                .says("b", "ok * MATCHED:email,title");
        KeyResult result = ask(done, EMAIL_TITLE_PHONE);
        assertEquals(Disposition.EXHAUSTED, result.disposition());
        assertEquals("missing: phone", result.reason());
    }

    @Test
    void theLookAtAPendingAnswerIsPartOfTheWaterfallLikeAnyOther() {
        Patience patience = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofSeconds(20));
        Night night = night(TestProvider.named("a").waiting(patience), TestProvider.named("b"))
                .says("a", "ok * PENDING", "ok * MATCHED:email")
                .says("b", "ok * MATCHED:title,phone");
        assertEquals(Disposition.SATISFIED, ask(night, EMAIL_TITLE_PHONE).disposition());
        assertEquals("a@0.0 a@5.1 b@5.2", night.story());
    }

    @Test
    void whatWasAcceptedEarlierIsFetchedWhateverItMayBring() {
        Night night = night(TestProvider.named("a").bringing(Field.PERSON_CITY), TestProvider.named("b"))
                .says("a", "ok * MATCHED:location.city")
                .says("b", "ok * MATCHED:phone");
        Question plain = night.question(0);
        KeyResult result = night.ask(new Question(
                plain.key(),
                plain.inputs(),
                plain.providers(),
                Map.of(),
                Map.of("a", new Pending("op", "job-1")),
                wanted(Map.of("phone", "any"))));
        assertEquals(Disposition.SATISFIED, result.disposition());
        assertEquals("a@0.0 b@0.1", night.story());
    }

    @Test
    void batchesGoOnWithThoseKeysOnlyThatLackSomething() {
        Night night = night(
                        TestProvider.named("a").batching(10),
                        TestProvider.named("b").batching(10))
                .says(
                        "a",
                        "ok " + Night.email(0) + " MATCHED:email,title,phone\nok " + Night.email(1)
                                + " MATCHED:email\nok " + Night.email(2) + " NOT_FOUND")
                .says("b", "ok * MATCHED:title,phone,email");
        Waterfall waterfall = night.waterfall();
        List<CompletableFuture<KeyResult>> results = IntStream.range(0, 3)
                .mapToObj(person -> waterfall.ask(asking(night, person, EMAIL_TITLE_PHONE)))
                .toList();
        night.time.run();
        results.forEach(
                result -> assertEquals(Disposition.SATISFIED, result.join().disposition()));
        assertEquals(2, night.trace.size());
        assertTrue(night.trace.get(0).startsWith("a*3"), night.story());
        assertTrue(night.trace.get(1).startsWith("b*2"), night.story());
    }

    @Test
    void aTaskThatIsTriedAgainKnowsFromItsJournalWhatIsMissing() {
        Night first = night(TestProvider.named("a"), TestProvider.named("b"))
                .says("a", "ok * MATCHED:email,title")
                .says("b", "503");
        ask(first, EMAIL_TITLE_PHONE);
        Night second = night(TestProvider.named("a"), TestProvider.named("b"))
                .says("a", "ok * MATCHED:email,title")
                .says("b", "ok * MATCHED:phone");
        second.answered = JournalledCallsTest.after(first);
        assertEquals(Disposition.SATISFIED, ask(second, EMAIL_TITLE_PHONE).disposition());
        assertEquals("b@0.0", second.story());
    }

    @Test
    void aSuppressedPersonIsShownToNobodyElseWhateverIsMissing() {
        Night night = night(TestProvider.named("a"), TestProvider.named("b"))
                .says("a", "ok * SUPPRESSED")
                .says("b", "ok * MATCHED:phone");
        KeyResult result = ask(night, EMAIL_TITLE_PHONE);
        assertEquals("suppressed", result.reason());
        assertFalse(result.isOpenToOthers(true));
        assertEquals("a@0.0", night.story());
    }
}
