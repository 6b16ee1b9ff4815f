package io.tributary.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Identifiers;
import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import io.tributary.model.Outcome;
import io.tributary.model.Profile;
import io.tributary.provider.Ask;
import io.tributary.provider.ItemReading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EntriesTest {
    private static final Entries.Try ONCE = new Entries.Try("1", 200, 1, 0, 0);

    @Test
    void whatAnAnswerSaidIsReadBackAsItWas() {
        Map<EntityKind, Profile> said = Map.of(
                EntityKind.PERSON,
                Profile.empty(EntityKind.PERSON).with(Field.PERSON_FULL_NAME, "Ada Byron"),
                EntityKind.COMPANY,
                Profile.empty(EntityKind.COMPANY)
                        .with(Field.COMPANY_EMPLOYEE_COUNT, 3_000_000_000L)
                        .with(Field.COMPANY_TECHNOLOGIES, List.of("Spark", "Delta"))
                        .with(Field.COMPANY_CITY, "Paris"));
        ItemReading reading = new ItemReading(
                "r", Outcome.MATCHED, "", 1, OptionalDouble.of(0.9), said, List.of(), Optional.empty(), "");
        assertEquals(said, Entries.profiles(Entries.answer(item(), reading, ONCE, "{}")));
        assertEquals(Map.of(), Entries.profiles(Entries.failure(item(), Outcome.FAILED, "http_503", true, ONCE, "")));
    }

    private static Item item() {
        String email = Night.email(0);
        return new Item(
                TestProvider.named("a"),
                new Ask(
                        "r",
                        new LookupKey(KeyKind.EMAIL, email),
                        new Identifiers(Map.of(Identifiers.Input.EMAIL, email)),
                        0));
    }
}
