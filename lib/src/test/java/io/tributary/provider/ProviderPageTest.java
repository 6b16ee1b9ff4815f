package io.tributary.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/providers.md}: what the shipped files can do. Run with {@code -Dtributary.update=true} to write it anew. */
class ProviderPageTest {
    private static final Path PAGE = Path.of("../docs/providers.md");
    private static final Map<String, ProviderSpec> SPECS = specs();

    private static Map<String, ProviderSpec> specs() {
        Map<String, ProviderSpec> specs = new TreeMap<>();
        ShippedSpecsTest.names().forEach(name -> specs.put(name, ShippedSpecsTest.spec(name)));
        return specs;
    }

    @Test
    void thePageIsWhatTheFilesSay() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Providers

                What the files in `conf/providers` can do. This page is written from them; to write it anew:
                `mvn -q -pl lib test -Dtest=ProviderPageTest -Dtributary.update=true`. How to write one:
                [add-a-provider.md](add-a-provider.md).

                Credits are what an ask costs by its outcome; *worst* is what a budget sets aside for it before it is sent.
                Operations that are not in use are described all the same: write `use: true` in the file to switch.

                """);
        SPECS.forEach((name, spec) -> provider(page, name, spec));
        for (EntityKind entity : EntityKind.values()) {
            fields(page, entity);
        }
        if (Boolean.getBoolean("tributary.update")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(
                page.toString(),
                Files.readString(PAGE),
                "docs/providers.md is out of date; run mvn -q -pl lib test -Dtest=ProviderPageTest -Dtributary.update=true");
    }

    private static void provider(StringBuilder page, String name, ProviderSpec spec) {
        page.append("## ").append(name).append("\n\n");
        page.append("Key: ").append(auth(spec.auth())).append(". Quota: ");
        page.append(spec.windows().stream()
                .map(window ->
                        window.calls() + " per " + text(window.per()) + (window.perEndpoint() ? " and endpoint" : ""))
                .collect(Collectors.joining(", ")));
        page.append(". Unknown outcomes: ")
                .append(SpecWords.kebab(spec.reAsk()))
                .append(". Balance: ")
                .append(spec.balance()
                        .map(account -> "`" + account.call().method() + " " + account.endpoint() + "`")
                        .orElse("not told"))
                .append(".\n\n");
        page.append(
                "| operation | in use | asked with | asks a call | matched | partial | not found | worst | fields |\n");
        page.append("| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        spec.described()
                .forEach((operation, described) -> page.append(String.format(
                        Locale.ROOT,
                        "| `%s` | %s | %s | %s | %s | %s | %s | %s | %s |%n",
                        operation,
                        spec.operations().contains(described) ? "yes" : "no",
                        described.needs().stream().map(ProviderPageTest::inputs).collect(Collectors.joining(" or ")),
                        described.batchSize() == 1 ? "1" : "1 to " + described.batchSize(),
                        credits(described, Outcome.MATCHED),
                        credits(described, Outcome.PARTIAL),
                        credits(described, Outcome.NOT_FOUND),
                        number(described.worstCaseCredits()),
                        filled(described))));
        page.append('\n');
    }

    private static String auth(Auth auth) {
        if (auth instanceof Auth.Token token) {
            return "a token, sent as " + auth(token.sends());
        }
        if (auth instanceof Auth.Header header) {
            return "header `" + header.name() + "`";
        }
        if (auth instanceof Auth.Headers headers) {
            return "headers "
                    + headers.headers().keySet().stream()
                            .map(name -> "`" + name + "`")
                            .collect(Collectors.joining(", "));
        }
        if (auth instanceof Auth.Query query) {
            return "query parameter `" + query.name() + "`";
        }
        return auth.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static String text(Duration time) {
        long seconds = time.toSeconds();
        return seconds % 86_400 == 0
                ? seconds / 86_400 + " d"
                : seconds % 3_600 == 0
                        ? seconds / 3_600 + " h"
                        : seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }

    private static String inputs(Set<Input> set) {
        return EnumSet.copyOf(set).stream().map(Input::id).collect(Collectors.joining(" + "));
    }

    /** As if every entity that the operation maps were learnt. */
    private static String credits(SpecOperation operation, Outcome outcome) {
        Set<EntityKind> learnt =
                outcome.hasData() ? operation.subject().fields().keySet() : EnumSet.noneOf(EntityKind.class);
        return number(operation.subject().credits().of(outcome, learnt));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString(Math.round(value)) : Double.toString(value);
    }

    private static String filled(SpecOperation operation) {
        return operation.subject().fields().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(mapped -> mapped.getValue().size() + " of "
                        + Field.of(mapped.getKey()).size() + " of a "
                        + mapped.getKey().id()
                        + (operation.subject().also().needs().containsKey(mapped.getKey())
                                ? ", which it answers for too"
                                : ""))
                .collect(Collectors.joining(", "));
    }

    /** Which provider fills which field, by any of its operations. */
    private static void fields(StringBuilder page, EntityKind entity) {
        Map<String, Set<Field>> filled = new LinkedHashMap<>();
        SPECS.forEach((name, spec) -> {
            Set<Field> fields = EnumSet.noneOf(Field.class);
            spec.described().values().forEach(operation -> operation
                    .subject()
                    .fields()
                    .getOrDefault(entity, List.of())
                    .forEach(mapping -> fields.add(mapping.field())));
            filled.put(name, fields);
        });
        page.append("## Fields of a ").append(entity.id()).append("\n\n| field |");
        filled.keySet().forEach(name -> page.append(' ').append(name).append(" |"));
        page.append("\n| --- |").append(" --- |".repeat(filled.size())).append('\n');
        for (Field field : Field.of(entity)) {
            page.append("| `").append(field.path()).append("` |");
            filled.values().forEach(fields -> page.append(fields.contains(field) ? " yes |" : " |"));
            page.append('\n');
        }
        page.append('\n');
    }
}
