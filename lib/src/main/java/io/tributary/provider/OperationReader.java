package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.Outcome;
import io.tributary.yaml.Tree;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One operation of a provider's file that is without fault. */
final class OperationReader {
    private final Tree spec;
    private final String name;
    private final Tree operation;

    OperationReader(Tree spec, String name, Tree operation) {
        this.spec = spec;
        this.name = name;
        this.operation = operation;
    }

    SpecOperation read(URI host) {
        List<Rule> rules = new ArrayList<>(rules(operation, "rules"));
        rules.addAll(rules(spec, "rules"));
        List<Set<Input>> needs = operation.list("needs").stream()
                .<Set<Input>>map(set -> set.texts().stream()
                        .map(OperationReader::input)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Input.class))))
                .toList();
        RequestTemplate request = request(host);
        ResponseRule response = new ResponseRule(
                operation.find("batch").map(this::batch),
                rules,
                subject(),
                request.outputFields(),
                pending(spec, operation).flatMap(rule -> rule.find("job")).map(path -> new NodePath(path.text())),
                joins(),
                Optional.empty());
        return new SpecOperation(spec.text("name"), name, needs, request, response);
    }

    private List<Join> joins() {
        List<Join> joins = new ArrayList<>();
        operation
                .entries("joins")
                .forEach((name, join) ->
                        joins.add(new Join(name, new NodePath(join.text("from")), new NodePath(join.text("by")))));
        return joins;
    }

    /** How pending answers of an operation are fetched: its own rule, or the file's. */
    static Optional<Tree> pending(Tree spec, Tree operation) {
        return operation.find("pending").or(() -> spec.find("pending"));
    }

    /** How a job is asked for; operations move it to their own host. */
    static PendingRule.Poll poll(Tree spec, Tree rule, URI host) {
        List<Rule> rules = new ArrayList<>(rules(rule, "rules"));
        rules.addAll(rules(spec, "rules"));
        return new PendingRule.Poll(
                new NodePath(rule.text("job")),
                request(host, rule.at("request"), Optional.empty(), spec.duration("deadline")),
                rules,
                new NodePath(rule.text("items")),
                new NodePath(rule.text("result")),
                rule.find("pages")
                        .map(pages -> new PageRule(
                                PageRule.By.valueOf(SpecWords.constant(pages.text("by"))),
                                new NodePath(pages.text("at")),
                                pages.has("request"))),
                rule.find("pages")
                        .flatMap(pages -> pages.find("request"))
                        .map(page -> request(host, page, Optional.empty(), spec.duration("deadline"))),
                anyOf(rule.at("miss")));
    }

    private RequestTemplate request(URI host) {
        return request(
                host,
                operation.at("request"),
                operation.find("batch").map(batch -> json(batch.at("item"))).map(JsonTemplate::of),
                spec.duration("deadline"));
    }

    /** @param item one item of a batch; empty where a call carries none or one ask */
    static RequestTemplate request(URI host, Tree request, Optional<JsonTemplate> item, Duration deadline) {
        Map<String, String> headers = new LinkedHashMap<>();
        request.entries("headers").forEach((name, value) -> headers.put(name, value.text()));
        return new RequestTemplate(
                request.text("method").toUpperCase(Locale.ROOT),
                host,
                new Template(request.text("path")),
                texts(request, "query"),
                headers,
                texts(request, "form"),
                request.find("body").map(OperationReader::json).map(JsonTemplate::of),
                item,
                request.texts("output-fields"),
                deadline);
    }

    private static Map<String, List<Template>> texts(Tree request, String part) {
        Map<String, List<Template>> texts = new LinkedHashMap<>();
        request.entries(part)
                .forEach((name, value) -> texts.put(
                        name, value.texts().stream().map(Template::new).toList()));
        return texts;
    }

    private BatchRule batch(Tree tree) {
        return new BatchRule(
                Math.toIntExact(tree.integer("size")),
                new NodePath(tree.text("items")),
                tree.flag("keyed"),
                tree.find("reference").map(path -> new NodePath(path.text())),
                identity(tree, "identity"),
                tree.flag("positional"),
                BatchRule.LeftOut.valueOf(SpecWords.constant(tree.text("left-out"))));
    }

    private Identity identity(Tree tree, String part) {
        Map<Input, NodePath> stated = new EnumMap<>(Input.class);
        tree.entries(part).forEach((input, path) -> stated.put(input(input), new NodePath(path.text())));
        return new Identity(stated, placeholders());
    }

    private Set<String> placeholders() {
        return spec.texts("placeholders").stream()
                .map(word -> word.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    private SubjectRule subject() {
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
                new NodePath(operation.text("result")),
                anyOf(operation.at("match")),
                anyOf(operation.at("miss")),
                identity(operation, "agrees"),
                rules(operation, "item-rules"),
                fields,
                operation.texts("complete").stream()
                        .map(path -> Field.at(entity, path).orElseThrow())
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Field.class))),
                also(),
                confidence(operation.at("confidence")),
                credits(operation.at("credits")),
                placeholders());
    }

    private AlsoAnswers also() {
        Map<EntityKind, Set<Field>> needs = new EnumMap<>(EntityKind.class);
        operation.entries("answers-also").forEach((kind, paths) -> {
            EntityKind other = EntityKind.of(kind);
            needs.put(
                    other,
                    paths.texts().stream()
                            .map(path -> Field.at(other, path).orElseThrow())
                            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Field.class))));
        });
        return new AlsoAnswers(needs);
    }

    private static FieldMapping field(Field field, Tree place) {
        List<String> paths = place.isMapping() ? place.texts("from") : place.texts();
        Converter converter =
                place.isMapping() ? Converter.valueOf(SpecWords.constant(place.text("as"))) : Converter.usual(field);
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
                .forEach((word, cost) -> costs.put(Outcome.valueOf(SpecWords.constant(word)), cost.decimal()));
        Map<EntityKind, Double> each = new EnumMap<>(EntityKind.class);
        tree.entries("by-entity").forEach((kind, cost) -> each.put(EntityKind.of(kind), cost.decimal()));
        return new CreditRules(
                costs, each, tree.find("stated").map(path -> new NodePath(path.text())), tree.decimal("worst"));
    }

    static List<Rule> rules(Tree tree, String key) {
        return tree.list(key).stream().map(OperationReader::rule).toList();
    }

    private static Rule rule(Tree tree) {
        Tree when = tree.at("when");
        Map<String, String> headers = new LinkedHashMap<>();
        when.entries("header").forEach((name, value) -> headers.put(name, value.text()));
        Condition condition = new Condition(when.texts("status"), wanted(when.entries("body")), headers);
        String word = tree.text("is").equals(PendingShape.GONE)
                ? Outcome.UNKNOWN.name()
                : SpecWords.constant(tree.text("is"));
        Optional<Outcome> outcome = Arrays.stream(Outcome.values())
                .filter(each -> each.name().equals(word))
                .findFirst();
        return new Rule(
                condition,
                outcome.isPresent() ? Optional.empty() : Optional.of(Verdict.valueOf(word)),
                outcome,
                tree.text("reason"),
                tree.find("names").map(path -> new NodePath(path.text())),
                tree.find("alone").map(each -> Outcome.valueOf(SpecWords.constant(each.text()))));
    }

    /** One condition or a list of them; an empty condition says nothing. */
    private static List<Condition> anyOf(Tree tree) {
        return (tree.isList() ? tree.list() : List.of(tree))
                .stream()
                        .map(Tree::entries)
                        .filter(parts -> !parts.isEmpty())
                        .map(parts -> Condition.of(wanted(parts)))
                        .toList();
    }

    static Map<NodePath, List<String>> wanted(Map<String, Tree> parts) {
        Map<NodePath, List<String>> wanted = new LinkedHashMap<>();
        parts.forEach((path, values) -> wanted.put(
                new NodePath(path),
                values.isList()
                        ? values.list().stream()
                                .map(value -> String.valueOf(value.scalar()))
                                .toList()
                        : List.of(String.valueOf(values.scalar()))));
        return wanted;
    }

    static Input input(String word) {
        return Input.valueOf(word.toUpperCase(Locale.ROOT));
    }

    static JsonNode json(Tree tree) {
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
