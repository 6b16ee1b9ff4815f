package io.tributary.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.provider.Fixtures;
import io.tributary.provider.Fixtures.Sample;
import io.tributary.provider.ProviderSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The richest recorded match of each provider, made as long as real answers are. */
final class Samples {
    /** Of one answer, in bytes. */
    static final int BODY = 2048;

    private static final ObjectMapper JSON = new ObjectMapper();

    private Samples() {}

    /** The names of all providers in the folder of settings. */
    static List<String> providers(Path conf) {
        try (Stream<Path> files = Files.list(conf.resolve("providers"))) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The recorded reply in which most fields are filled. */
    static Sample richest(Path conf, String provider) {
        try {
            ProviderSpec spec = ProviderSpec.parse(
                    provider + ".yaml", Files.readString(conf.resolve("providers/" + provider + ".yaml")));
            return Fixtures.samples(spec, conf.resolve("fixtures")).stream()
                    .max(Comparator.comparingLong(Samples::fields))
                    .orElseThrow(() -> new IllegalArgumentException(provider + " has no recorded facts"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many fields a sample fills, for each answer in it. */
    static long fields(Sample sample) {
        return sample.read().items().stream()
                        .flatMap(item -> item.profiles().values().stream())
                        .mapToLong(profile -> profile.values().size())
                        .sum()
                / Math.max(1, sample.asks().size());
    }

    /** How many of its asks a sample answers. */
    static int answers(Sample sample) {
        return sample.read().items().size();
    }

    /** The same answers with further members that nobody maps, which is most of what providers send. */
    static Sample real(Sample sample) {
        try {
            JsonNode body = JSON.readTree(sample.reply().body());
            int wanted = BODY * answers(sample);
            ObjectNode place = (ObjectNode) (body.isArray() ? body.get(0) : body);
            ObjectNode more = JSON.createObjectNode();
            for (int i = 0; JSON.writeValueAsBytes(body).length + JSON.writeValueAsBytes(more).length < wanted; i++) {
                switch (i % 4) {
                    case 0 -> more.put("attribute_" + i, "a value that is not mapped " + i);
                    case 1 -> more.putNull("attribute_" + i);
                    case 2 -> more.put("attribute_" + i, i * 1000L);
                    default -> more.putArray("attribute_" + i).add("one").add(i % 3 == 0);
                }
            }
            place.set("not_mapped", more);
            return sample.saying(JSON.writeValueAsBytes(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
