package io.tributary.jobs.run;

import io.tributary.jobs.run.ProviderStub.Reply;
import io.tributary.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Two providers that bill every ask with one credit: acme knows eight of ten people in the United States and one in Germany, beta
 * the other way round. Of every ten people the first six are American, known by their record, and the others German, known by
 * their address.
 */
final class TwoMarkets {
    private static final String FILE = """
            name: NAME
            hosts: {api: "https://api.NAME.net"}
            auth: {kind: header, name: X-Key}
            quota: [{calls: 1000, per: 1s}]
            re-ask: ask-again
            operations:
              person:
                entity: person
                needs: [[email]]
                request: {method: get, path: /NAME, query: {email: "${email}"}}
                match: {person.id: "*"}
                miss: {person: "-"}
                complete: [title]
                confidence: {otherwise: 0.95}
                credits: {by-outcome: {matched: 1, partial: 1, not-found: 1}, worst: 1}
                fields:
                  person: {id: person.id, title: person.title}
            """;

    private final Path dir;
    private final String url;

    /** @param url where both are */
    TwoMarkets(Path dir, String url) {
        this.dir = dir;
        this.url = url;
    }

    static boolean isAmerican(int person) {
        return person % 10 < 6;
    }

    /** Whether that provider knows that person; for acme and beta alike by the tens, so that neither is lucky. */
    static boolean knows(String provider, int person) {
        return person / 10 % 10 < (provider.equals("acme") == isAmerican(person) ? 8 : 1);
    }

    /** What asking about these people costs if both are asked in that order. */
    static long cost(String first, int from, int to) {
        return IntStream.range(from, to)
                .map(person -> knows(first, person) ? 1 : 2)
                .sum();
    }

    static Reply answer(ProviderStub.Request request) {
        int person = Integer.parseInt(request.query().replaceFirst("^.*ada(\\d+).*$", "$1"));
        return new Reply(
                200,
                knows(request.path().substring(1), person)
                        ? "{\"person\": {\"id\": \"p" + person + "\", \"title\": \"Engineer\"}}"
                        : "{}");
    }

    Settings settings(int from, int to, String waterfall) throws IOException {
        Files.writeString(
                dir.resolve("people.csv"),
                IntStream.range(from, to)
                        .mapToObj(i -> i + ",ada" + i + "@firm" + i + (isAmerican(i) ? ".com,US" : ".de,"))
                        .collect(Collectors.joining("\n", "id,email,country\n", "\n")));
        Path key = dir.resolve("key");
        if (Files.notExists(key)) {
            Files.writeString(key, "two-markets-key");
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        }
        return Settings.load(
                Path.of("../../conf"),
                List.of(
                        "lake={root: \"" + dir.resolve("lake") + "\"}",
                        "sources=[{name: people, crm: crm, object: contact, format: csv, path: \""
                                + dir.resolve("people.csv") + "\", allow-unchanged: true, max-shrink: 100%, kind:"
                                + " incremental, mapping: {entity: person, record-id: id, fields: {email: email,"
                                + " location.country: country}}}]",
                        "providers={acme: " + provider("acme", key) + ", beta: " + provider("beta", key) + "}",
                        "waterfall=" + waterfall,
                        "limits={buckets: 2}",
                        "budget={}"));
    }

    private String provider(String name, Path key) throws IOException {
        Path file = Files.writeString(dir.resolve(name + ".yaml"), FILE.replace("NAME", name));
        return "{spec: \"" + file + "\", keys: [\"file:" + key + "\"], base-url: \"" + url + "\"}";
    }
}
