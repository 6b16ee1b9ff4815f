package io.tributary.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A pipeline that asks eight providers, in a folder of its own.
 *
 * @param secrets every secret that it has, by a name for reports
 */
record EightProviders(Path folder, Map<String, String> secrets) {
    /** Who is asked for people, in this order; all but Lusha for companies too. */
    static final List<String> ALL =
            List.of("clearbit", "zoominfo", "apollo", "hunter", "lusha", "snovio", "fullcontact", "peopledatalabs");

    /** So that a night takes a minute; the sandbox's windows and ours alike. */
    static final int FASTER = 20;

    /** Keys that look different in a URL. */
    private static final Map<String, String> KEYS = Map.of(
            "clearbit", "sk_s3cret/clearbit+1=",
            "apollo", "s3cret/apollo+2=7",
            "hunter", "s3cret/hunter+3=7",
            "lusha", "s3cret/lusha+4=7",
            "peopledatalabs", "s3cret/pdl+5=7");

    static EightProviders in(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("conf"));
        Files.createDirectories(folder.resolve("keys"));
        Map<String, String> secrets = new LinkedHashMap<>(KEYS);
        // The first one is revoked in the middle of a night.
        secrets.put("fullcontact", "sandbox-fullcontact-key");
        secrets.put("fullcontact-next", "s3cret/fullcontact+6=7");
        for (String part : List.of("snovio", "zoominfo")) {
            secrets.put(part + "-id", "sandbox-" + part + "-id");
            secrets.put(part + "-secret", "sandbox-" + part + "-secret");
        }
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            Path file = Files.writeString(folder.resolve("keys").resolve(secret.getKey()), secret.getValue());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        return new EightProviders(folder, secrets);
    }

    /** Spark for few rows, as in the demo, apart from these settings. */
    void spark(Map<String, String> settings) throws IOException {
        StringBuilder text = new StringBuilder();
        settings.forEach(
                (name, value) -> text.append(name).append(' ').append(value).append('\n'));
        for (String line : Files.readAllLines(Home.FOLDER.resolve("conf/demo/spark-local.conf"))) {
            if (settings.keySet().stream().noneMatch(name -> line.startsWith(name + " "))) {
                text.append(line).append('\n');
            }
        }
        Files.writeString(folder.resolve("conf/spark-local.conf"), text);
    }

    /** Keys that the sandbox does not know by itself. */
    static Map<String, String> furtherKeys() {
        Map<String, String> keys = new LinkedHashMap<>(KEYS);
        keys.put("fullcontact", "s3cret/fullcontact+6=7");
        return keys;
    }

    /** Writes extracts of so many people and firms, and the settings. */
    void write(int each, String sandbox) throws IOException {
        Files.writeString(
                folder.resolve("people.csv"), lines("id,first,last,email,page,company,site", each, i -> switch (i % 3) {
                    case 0 -> i + ",Ada,Example,ada.example" + i + "@firm" + i + ".com,,,";
                    case 1 -> i + ",,,,https://www.linkedin.com/in/bo-example-" + i + ",,";
                    default -> i + ",Cy,Sample" + word(i) + ",,,,works" + i + ".com";
                }));
        Files.writeString(
                folder.resolve("firms.csv"),
                lines("id,name,site", each, i -> i + ",Firm " + word(i) + ",company" + i + ".org"));
        StringBuilder providers = new StringBuilder();
        for (String provider : ALL) {
            // Its own file, apart from how long it waits between two looks.
            Path spec = folder.resolve("conf").resolve(provider + ".yaml");
            Files.writeString(
                    spec,
                    Files.readString(Home.FOLDER.resolve("conf/providers").resolve(provider + ".yaml"))
                            .replaceAll("\\{first: \\d+[sm], longest: \\d+[sm]", "{first: 1s, longest: 1s"));
            providers.append("  %s: {spec: %s, keys: [%s], base-url: \"%s/%s\", quota-scale: %d}%n"
                    .formatted(provider, spec, keys(provider), sandbox, provider, FASTER));
        }
        String companies = ALL.stream().filter(name -> !name.equals("lusha")).collect(Collectors.joining(", "));
        Files.writeString(
                folder.resolve("conf/pipeline.yaml"), """
                lake: {root: ../lake}
                sources:
                  - {name: people, crm: crm, object: contact, format: csv, path: ../people.csv, mapping: {entity: person, record-id: id, fields: {name.first: first, name.last: last, email: email, linkedin: page, company.name: company}, identifiers: {website: site}}}
                  - {name: firms, crm: crm, object: account, format: csv, path: ../firms.csv, mapping: {entity: company, record-id: id, fields: {name: name}, identifiers: {website: site}}}
                providers:
                %swaterfall: {person: [%s], company: [%s]}
                limits: {buckets: 4}
                """.formatted(providers, String.join(", ", ALL), companies));
    }

    private String keys(String provider) {
        return switch (provider) {
            case "snovio", "zoominfo" ->
                "{client-id: \"file:../keys/%s-id\", client-secret: \"file:../keys/%s-secret\"}"
                        .formatted(provider, provider);
            case "fullcontact" -> "\"file:../keys/fullcontact\", \"file:../keys/fullcontact-next\"";
            default -> "\"file:../keys/" + provider + "\"";
        };
    }

    private interface Line {
        String of(int number);
    }

    private static String lines(String header, int number, Line line) {
        return header + "\n" + IntStream.range(0, number).mapToObj(line::of).collect(Collectors.joining("\n")) + "\n";
    }

    /** A number in letters, for a name holds no digits. */
    private static String word(int number) {
        return Integer.toString(number)
                .chars()
                .mapToObj(digit -> String.valueOf((char) ('a' + digit - '0')))
                .collect(Collectors.joining());
    }
}
