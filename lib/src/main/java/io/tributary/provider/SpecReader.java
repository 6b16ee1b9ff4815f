package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.Outcome;
import io.tributary.yaml.Faults;
import io.tributary.yaml.Nearest;
import io.tributary.yaml.Tree;
import io.tributary.yaml.YamlFile;
import io.tributary.yaml.YamlNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A provider's file, from text to {@link ProviderSpec}; every fault is collected, none is thrown. */
final class SpecReader {
    private final String file;
    private final String text;
    private final Faults faults;

    SpecReader(String file, String text, Faults faults) {
        this.file = file;
        this.text = text;
        this.faults = faults;
    }

    Optional<ProviderSpec> read() {
        Faults own = new Faults();
        Optional<YamlNode> node = YamlFile.read(file, text, own);
        Optional<Tree> tree = node.map(content -> SpecShape.SPEC.check(content, own));
        tree.ifPresent(spec -> relations(spec, own));
        own.list().forEach(faults::add);
        return own.isEmpty() ? tree.map(this::spec) : Optional.empty();
    }

    /** Rules between settings, which no shape can see. */
    private static void relations(Tree spec, Faults faults) {
        Set<String> hosts = spec.entries("hosts").keySet();
        spec.entries("operations").values().forEach(operation -> {
            operation.find("request").flatMap(request -> request.find("host")).ifPresent(host -> {
                if (!hosts.contains(host.text())) {
                    faults.add(host.fault(
                            "\"" + host.text() + "\" is none of the hosts" + Nearest.remedy(host.text(), hosts)));
                }
            });
            operation.find("request").ifPresent(request -> placeholders(request, faults));
            operation.find("batch").flatMap(batch -> batch.find("item")).ifPresent(item -> placeholders(item, faults));
            EntityKind own = operation
                    .find("entity")
                    .map(word -> EntityKind.of(word.text()))
                    .orElse(EntityKind.PERSON);
            operation.entries("fields").forEach((entity, fields) -> fields.entries()
                    .forEach((path, place) -> mapped(EntityKind.of(entity), path, place, faults)));
            for (Tree path : operation.list("complete")) {
                known(own, path, path.text(), faults);
            }
            if (operation.has("fields") && !operation.at("fields").has(own.id())) {
                faults.add(operation
                        .at("fields")
                        .fault("maps no field of a " + own.id() + ", which this operation asks about"));
            }
        });
    }

    private static void mapped(EntityKind entity, String path, Tree place, Faults faults) {
        known(entity, place, path, faults);
        Optional<Field> field = Field.at(entity, path);
        place.find("as").ifPresent(word -> {
            Converter converter = Converter.valueOf(SpecShape.constant(word.text()));
            if (field.isPresent() && !converter.gives(field.get().type())) {
                faults.add(word.fault("\"" + word.text() + "\" does not give a "
                        + field.get().type().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ", which " + path
                        + " is"));
            }
        });
    }

    private static void known(EntityKind entity, Tree place, String path, Faults faults) {
        if (Field.at(entity, path).isEmpty()) {
            List<String> valid = Field.of(entity).stream().map(Field::path).toList();
            faults.add(
                    place.fault("a " + entity.id() + " has no field \"" + path + "\"" + Nearest.remedy(path, valid)));
        }
    }

    private static void placeholders(Tree tree, Faults faults) {
        if (tree.isMapping()) {
            tree.entries().values().forEach(child -> placeholders(child, faults));
        } else if (tree.isList()) {
            tree.list().forEach(child -> placeholders(child, faults));
        } else if (tree.scalar() instanceof String words) {
            for (String name : new Template(words).used()) {
                if (!name.equals("items")
                        && !name.equals("reference")
                        && !Template.names().contains(name)) {
                    faults.add(tree.fault("${" + name + "} is no input" + Nearest.remedy(name, Template.names())));
                }
            }
        }
    }

    private ProviderSpec spec(Tree tree) {
        Map<String, URI> hosts = new LinkedHashMap<>();
        tree.entries("hosts").forEach((name, url) -> hosts.put(name, url.url()));
        Map<String, SpecOperation> operations = new LinkedHashMap<>();
        Map<String, String> hostOf = new LinkedHashMap<>();
        tree.entries("operations").forEach((name, operation) -> {
            String host = operation
                    .at("request")
                    .find("host")
                    .map(Tree::text)
                    .orElse(hosts.keySet().iterator().next());
            hostOf.put(name, host);
            operations.put(name, operation(tree, name, operation, hosts.get(host)));
        });
        return new ProviderSpec(
                tree.text("name"),
                version(),
                hosts,
                auth(tree.at("auth")),
                tree.list("quota").stream()
                        .map(window -> new QuotaWindow(
                                Math.toIntExact(window.integer("calls")),
                                window.duration("per"),
                                window.flag("per-endpoint")))
                        .toList(),
                tree.find("rate-headers")
                        .map(names ->
                                new RateHeaderNames(names.text("limit"), names.text("remaining"), names.text("reset")))
                        .orElse(RateHeaderNames.NONE),
                ReAsk.valueOf(SpecShape.constant(tree.text("re-ask"))),
                Math.toIntExact(tree.integer("max-in-flight")),
                tree.duration("deadline"),
                tree.duration("pending-after"),
                operations,
                hostOf);
    }

    private String version() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Auth auth(Tree tree) {
        return switch (tree.text("kind")) {
            case "bearer" -> new Auth.Bearer();
            case "basic" -> new Auth.Basic();
            case "header" -> new Auth.Header(tree.text("name"));
            case "query" -> new Auth.Query(tree.text("name"));
            default -> new Auth.None();
        };
    }

    private static SpecOperation operation(Tree spec, String name, Tree operation, URI host) {
        List<Rule> rules = new ArrayList<>(rules(operation, "rules"));
        rules.addAll(rules(spec, "rules"));
        List<Set<Input>> needs = operation.list("needs").stream()
                .<Set<Input>>map(set -> set.texts().stream()
                        .map(word -> Input.valueOf(word.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Input.class))))
                .toList();
        return new SpecOperation(
                spec.text("name"),
                name,
                needs,
                request(spec, operation, host),
                operation.find("batch").map(SpecReader::batch),
                rules,
                new NodePath(operation.text("result")),
                subject(spec, operation));
    }

    private static RequestTemplate request(Tree spec, Tree operation, URI host) {
        Tree request = operation.at("request");
        Map<String, Template> query = new LinkedHashMap<>();
        request.entries("query").forEach((name, value) -> query.put(name, new Template(value.text())));
        Map<String, String> headers = new LinkedHashMap<>();
        request.entries("headers").forEach((name, value) -> headers.put(name, value.text()));
        return new RequestTemplate(
                request.text("method").toUpperCase(Locale.ROOT),
                host,
                new Template(request.text("path")),
                query,
                headers,
                request.find("body").map(SpecReader::json).map(JsonTemplate::of),
                operation.find("batch").map(batch -> json(batch.at("item"))).map(JsonTemplate::of),
                spec.duration("deadline"));
    }

    private static BatchRule batch(Tree tree) {
        Map<Input, NodePath> identity = new EnumMap<>(Input.class);
        tree.entries("identity")
                .forEach((input, path) ->
                        identity.put(Input.valueOf(input.toUpperCase(Locale.ROOT)), new NodePath(path.text())));
        return new BatchRule(
                Math.toIntExact(tree.integer("size")),
                new NodePath(tree.text("items")),
                tree.find("reference").map(path -> new NodePath(path.text())),
                identity,
                tree.flag("positional"),
                tree.text("left-out").equals("not-found"));
    }

    private static SubjectRule subject(Tree spec, Tree operation) {
        EntityKind entity = EntityKind.of(operation.text("entity"));
        Map<EntityKind, List<FieldMapping>> fields = new EnumMap<>(EntityKind.class);
        operation.entries("fields").forEach((kind, mapped) -> {
            List<FieldMapping> mappings = new ArrayList<>();
            mapped.entries()
                    .forEach((path, place) -> mappings.add(
                            field(Field.at(EntityKind.of(kind), path).orElseThrow(), place)));
            fields.put(EntityKind.of(kind), mappings);
        });
        return new SubjectRule(
                entity,
                new Condition(List.of(), wanted(operation, "match"), Map.of()),
                rules(operation, "item-rules"),
                fields,
                operation.texts("complete").stream()
                        .map(path -> Field.at(entity, path).orElseThrow())
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Field.class))),
                confidence(operation.at("confidence")),
                credits(operation.at("credits")),
                spec.texts("placeholders").stream()
                        .map(word -> word.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static FieldMapping field(Field field, Tree place) {
        List<String> paths = place.isMapping() ? place.texts("from") : place.texts();
        Converter converter =
                place.isMapping() ? Converter.valueOf(SpecShape.constant(place.text("as"))) : Converter.usual(field);
        return new FieldMapping(field, paths.stream().map(NodePath::new).toList(), converter);
    }

    private static ConfidenceRule confidence(Tree tree) {
        Map<String, Double> table = new LinkedHashMap<>();
        tree.entries("table").forEach((word, value) -> table.put(word.toLowerCase(Locale.ROOT), value.decimal()));
        return new ConfidenceRule(
                tree.find("from").map(path -> new NodePath(path.text())),
                tree.decimal("scale"),
                table,
                tree.decimal("otherwise"));
    }

    private static CreditRules credits(Tree tree) {
        Map<Outcome, Double> costs = new EnumMap<>(Outcome.class);
        tree.entries("by-outcome")
                .forEach((word, cost) -> costs.put(Outcome.valueOf(SpecShape.constant(word)), cost.decimal()));
        return new CreditRules(
                costs, tree.find("stated").map(path -> new NodePath(path.text())), tree.decimal("worst"));
    }

    private static List<Rule> rules(Tree tree, String key) {
        return tree.list(key).stream().map(SpecReader::rule).toList();
    }

    private static Rule rule(Tree tree) {
        Tree when = tree.at("when");
        Map<String, String> headers = new LinkedHashMap<>();
        when.entries("header").forEach((name, value) -> headers.put(name, value.text()));
        Condition condition = new Condition(when.texts("status"), wanted(when, "body"), headers);
        String word = SpecShape.constant(tree.text("is"));
        Optional<Outcome> outcome = java.util.Arrays.stream(Outcome.values())
                .filter(each -> each.name().equals(word))
                .findFirst();
        return new Rule(
                condition,
                outcome.isPresent() ? Optional.empty() : Optional.of(Verdict.valueOf(word)),
                outcome,
                tree.text("reason"));
    }

    private static Map<NodePath, List<String>> wanted(Tree tree, String key) {
        Map<NodePath, List<String>> wanted = new LinkedHashMap<>();
        tree.entries(key)
                .forEach((path, values) -> wanted.put(
                        new NodePath(path),
                        values.isList()
                                ? values.list().stream()
                                        .map(value -> String.valueOf(value.scalar()))
                                        .toList()
                                : List.of(String.valueOf(values.scalar()))));
        return wanted;
    }

    private static JsonNode json(Tree tree) {
        if (tree.isMapping()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            tree.entries().forEach((key, child) -> object.set(key, json(child)));
            return object;
        }
        if (tree.isList()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            tree.list().forEach(child -> array.add(json(child)));
            return array;
        }
        return scalar(tree.scalar());
    }

    private static JsonNode scalar(Object value) {
        if (value instanceof Boolean flag) {
            return JsonNodeFactory.instance.booleanNode(flag);
        }
        if (value instanceof Number number) {
            return number.doubleValue() == number.longValue()
                    ? JsonNodeFactory.instance.numberNode(number.longValue())
                    : JsonNodeFactory.instance.numberNode(number.doubleValue());
        }
        return JsonNodeFactory.instance.textNode(String.valueOf(value));
    }
}
