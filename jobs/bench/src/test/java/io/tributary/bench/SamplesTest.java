package io.tributary.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.provider.Fixtures.Sample;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is measured is real work: whole answers of every provider, as recorded, at the length that is stated. */
class SamplesTest {
    private static final Path CONF = Path.of("../../conf");

    @Test
    void everyProviderHasAMatchThatStaysTheSameAtFullLength() {
        for (String provider : Samples.providers(CONF)) {
            Sample recorded = Samples.richest(CONF, provider);
            Sample real = Samples.real(recorded);
            assertTrue(Samples.fields(real) > 0, provider);
            assertEquals(
                    recorded.read().items().stream()
                            .map(item -> item.profiles())
                            .toList(),
                    real.read().items().stream().map(item -> item.profiles()).toList(),
                    provider);
            assertTrue(real.reply().body().length >= Samples.BODY * Samples.answers(real), provider);
        }
    }
}
