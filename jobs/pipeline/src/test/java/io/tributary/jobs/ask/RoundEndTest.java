package io.tributary.jobs.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.call.KeyResult;
import io.tributary.call.KeyResult.Disposition;
import io.tributary.call.ProviderResult;
import io.tributary.call.ProviderResult.Source;
import io.tributary.model.EntityKind;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import io.tributary.wanted.WantedFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class RoundEndTest {
    private static ProviderResult said(String provider, Outcome outcome, String reason, Source source) {
        return new ProviderResult(
                provider,
                "person",
                outcome,
                reason,
                source,
                0,
                OptionalDouble.empty(),
                false,
                Optional.empty(),
                Map.of());
    }

    private static KeyResult key(Disposition disposition, String reason, ProviderResult... results) {
        return new KeyResult(LookupKey.parse("email:a@acme.com"), List.of(results), disposition, reason);
    }

    private static List<String> rows(boolean rounds, boolean partialSatisfies, String before, KeyResult result) {
        RoundEnd.Bucket bucket = new RoundEnd.Bucket(3, rounds, partialSatisfies);
        bucket.add(result, before);
        List<String> rows = new ArrayList<>();
        bucket.rows().forEachRemaining(row -> rows.add(line(row)));
        return rows;
    }

    private static String line(Row row) {
        String refused = row.isNullAt(5) ? "" : " " + Arrays.toString((Object[]) row.get(5));
        return row.getString(0) + " '" + row.getString(2) + "'" + refused;
    }

    @Test
    void aKeyThatLacksAWantedFieldGoesOnWithWhatItLacks() {
        ProviderResult some = said("acme", Outcome.MATCHED, "", Source.ASKED);
        WantedFields phone =
                WantedFields.parse(EntityKind.PERSON, Map.of("phone", "any")).wanted();
        RoundEnd.Bucket bucket = new RoundEnd.Bucket(3, true, true);
        bucket.add(wanting(Disposition.EXHAUSTED, phone, some), null);
        bucket.add(wanting(Disposition.SATISFIED, WantedFields.NOTHING, some), null);
        List<Row> rows = new ArrayList<>();
        bucket.rows().forEachRemaining(rows::add);
        assertEquals(1, rows.size());
        assertEquals("goes_on '' []", line(rows.get(0)));
        assertEquals("[phone]", Arrays.toString((Object[]) rows.get(0).get(6)));
    }

    private static KeyResult wanting(Disposition disposition, WantedFields missing, ProviderResult result) {
        return new KeyResult(
                LookupKey.parse("email:a@acme.com"), List.of(result), disposition, "", Optional.of(missing));
    }

    private static final ProviderResult NO = said("acme", Outcome.NOT_FOUND, "", Source.ASKED);

    @Test
    void aKeyThatNobodyKnewGoesOnToProvidersThatALaterRoundCanAsk() {
        assertEquals(List.of("goes_on '' []"), rows(true, true, null, key(Disposition.EXHAUSTED, "", NO)));
        assertEquals(
                List.of("goes_on 'http_503' []"),
                rows(
                        true,
                        true,
                        null,
                        key(Disposition.DEFERRED, "http_503", said("acme", Outcome.FAILED, "http_503", Source.ASKED))));
        assertEquals(
                List.of("goes_on 'http_503' []"),
                rows(true, true, "http_503", key(Disposition.EXHAUSTED, "", NO)),
                "an earlier provider still has not said its last word");
        assertEquals(List.of(), rows(false, true, null, key(Disposition.EXHAUSTED, "", NO)));
    }

    @Test
    void aKeyThatIsKnownOrMustWaitGoesNoFurther() {
        ProviderResult some = said("acme", Outcome.PARTIAL, "", Source.ASKED);
        assertEquals(List.of(), rows(true, true, "http_503", key(Disposition.SATISFIED, "", some)));
        assertEquals(List.of("goes_on '' []"), rows(true, false, null, key(Disposition.SATISFIED, "", some)));
        assertEquals(
                List.of("open 'pending'"),
                rows(
                        true,
                        true,
                        null,
                        key(Disposition.DEFERRED, "pending", said("acme", Outcome.PENDING, "", Source.ASKED))));
        assertEquals(List.of("open 'cancelled'"), rows(true, true, null, key(Disposition.DEFERRED, "cancelled", NO)));
    }

    @Test
    void whatTheBudgetRefusedStaysWantedAndWhoTurnsAsksAwayIsOff() {
        assertEquals(
                List.of("goes_on 'budget_spent' [acme]"),
                rows(
                        true,
                        true,
                        null,
                        key(
                                Disposition.DEFERRED,
                                "budget_spent",
                                said("acme", Outcome.FAILED, "budget_spent", Source.NOT_ASKED))));
        assertEquals(
                List.of("goes_on 'http_402' []", "off 'acme'"),
                rows(
                        true,
                        true,
                        null,
                        key(
                                Disposition.DEFERRED,
                                "http_402",
                                said("acme", Outcome.FAILED, "http_402", Source.NOT_ASKED))));
    }
}
