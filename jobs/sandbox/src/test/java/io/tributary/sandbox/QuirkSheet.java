package io.tributary.sandbox;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.sandbox.dialect.Quirk;
import io.tributary.sandbox.fault.FaultProfile;
import io.tributary.sandbox.ledger.CallEntry;
import io.tributary.sandbox.wire.Reply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * The quirks of one provider, each with what is seen of it: it is seen at rate 1, and not at rate 0. What is seen is told in
 * words: what the answer says, what the ledger says that it means, and what it cost.
 */
abstract class QuirkSheet {
    private final String provider;
    private final Map<String, Executable> at1 = new LinkedHashMap<>();
    private final Map<String, Executable> at0 = new LinkedHashMap<>();
    final ManualClock clock = new ManualClock();

    QuirkSheet(String provider) {
        this.provider = provider;
    }

    /** What a look sees of a quirk, where everybody is known. */
    final void seen(String quirk, String expected, Function<Asking, String> look) {
        seen(quirk, expected, 1, "", look);
    }

    /** The same where nobody is known. */
    final void seenOfMisses(String quirk, String expected, Function<Asking, String> look) {
        seen(quirk, expected, 0, "", look);
    }

    /** The same where half of all are known. */
    final void seenOfSome(String quirk, String expected, Function<Asking, String> look) {
        seen(quirk, expected, 0.5, "", look);
    }

    /** The same where the credits are gone. */
    final void seenWithoutCredits(String quirk, String expected, Function<Asking, String> look) {
        seen(quirk, expected, 1, ", \"credits\": {\"" + provider + "\": 0}", look);
    }

    /** The same where every record is answered later. */
    final void seenOfPending(String quirk, String expected, Function<Asking, String> look) {
        seen(quirk, expected, 1, ", \"rates\": {\"202\": 1}", look);
    }

    private void seen(String quirk, String expected, double matchRate, String more, Function<Asking, String> look) {
        at1.put(quirk, () -> assertEquals(expected, look.apply(asking(quirk, 1, matchRate, more)), quirk + " at 1"));
        at0.put(quirk, () -> assertNotEquals(expected, look.apply(asking(quirk, 0, matchRate, more)), quirk + " at 0"));
    }

    private Asking asking(String quirk, int rate, double matchRate, String more) {
        String quirks = "{\"all\": 0, \"" + provider + "." + quirk + "\": " + rate + "}";
        return Asking.of(SandboxOptions.builder()
                .clock(clock)
                .matchRate(matchRate)
                .quotasOff()
                .pending(0, Duration.ofSeconds(2))
                .faults(FaultProfile.parse("{\"quirks\": " + quirks + more + "}")));
    }

    /** What the latest answer about somebody meant and cost. */
    final String truth(Asking asking) {
        List<CallEntry> entries = asking.gateway().ledger().entries(provider).stream()
                .filter(entry -> !entry.input().isEmpty())
                .toList();
        CallEntry last = entries.get(entries.size() - 1);
        return last.truth().id() + " " + last.billedCredits();
    }

    final double billed(Asking asking) {
        return asking.gateway().ledger().counts(provider).billedCredits();
    }

    static String at(Reply reply, String... pointers) {
        JsonNode body = Asking.json(reply);
        return String.join(
                " ",
                Stream.of(pointers).map(pointer -> body.at(pointer).toString()).toList());
    }

    @Test
    void everyQuirkOfTheProviderIsHere() {
        Set<String> known = new TreeSet<>();
        Gateway.DIALECTS.stream()
                .filter(dialect -> dialect.provider().equals(provider))
                .forEach(dialect -> dialect.quirks().stream().map(Quirk::name).forEach(known::add));
        assertEquals(known, new TreeSet<>(at1.keySet()));
    }

    @Test
    void atRate1EachShows() {
        assertAll(at1.values());
    }

    @Test
    void atRate0NoneShows() {
        assertAll(at0.values());
    }
}
