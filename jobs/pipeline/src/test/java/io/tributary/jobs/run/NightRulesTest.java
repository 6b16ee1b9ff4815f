package io.tributary.jobs.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.tributary.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which changes of the settings make a night look at all records. */
class NightRulesTest {
    private static Settings settings(String... overrides) {
        List<String> all = new ArrayList<>(List.of(
                "lake={root: \"/nowhere\"}",
                "sources=[{name: people, crm: crm, object: contact, format: csv, path: \"/nowhere/people.csv\","
                        + " mapping: {entity: person, record-id: id, fields: {email: email}, drop: [b, a, c]}}]",
                "providers={example: {keys: [\"env:KEY\"], base-url: \"http://127.0.0.1:1\"}}",
                "waterfall={person: [example]}",
                "budget={}"));
        all.addAll(List.of(overrides));
        return Settings.load(Path.of("../../conf"), all);
    }

    private static String hash(String... overrides) {
        Settings settings = settings(overrides);
        Wiring wiring = new Wiring(settings);
        return NightRules.hash(settings, wiring, wiring.catalog());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "merge.person={title: overwrite}",
                "waterfall={person: {order: [example], wants: {title: any}}}",
                "waterfall={company: [example]}",
                "freshness.ordinary-for=29d",
                "providers.example.freshness={negative-for: 3d}",
                "providers.example.send-when=\"location_country = 'FR'\"",
                "life-cycle.skip-bounced=true",
                "unknown-outcome=hold",
                "sources[people].mapping={entity: person, record-id: id, fields: {email: mail}}"
            })
    void whatPlansAndMergesGoByCounts(String override) {
        assertNotEquals(hash(), hash(override));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "providers.example.base-url=\"http://127.0.0.1:2\"",
                "providers.example.max-in-flight=3",
                "sources[people].path=\"/nowhere/else.csv\"",
                "limits.tries=1"
            })
    void whatOnlyAsksOtherwiseDoesNot(String override) {
        assertEquals(hash(), hash(override));
    }

    @Test
    void aConditionThatKnowsTheDayIsTold() {
        assertEquals(Optional.empty(), NightRules.ofTheMoment(settings()));
        assertEquals(
                Optional.of("providers.example.send-when"),
                NightRules.ofTheMoment(settings("providers.example.send-when=\"consent_until > current_date()\"")));
    }
}
