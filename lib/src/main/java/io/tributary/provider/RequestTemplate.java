package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** How a request is made. Immutable. */
final class RequestTemplate {
    private static final String ITEMS = JsonTemplate.LISTS.get(0);
    private static final String OUTPUT_FIELDS = JsonTemplate.LISTS.get(1);

    private final String method;
    private final String prefix;
    private final Template path;
    private final Map<String, List<Template>> query;
    private final Map<String, String> headers;
    private final Map<String, List<Template>> form;
    private final Optional<JsonTemplate> body;
    private final Optional<JsonTemplate> item;
    private final List<String> outputFields;
    private final Duration deadline;
    private final SortedSet<String> used;

    /** The address, where it is the same for every call. */
    private final Optional<URI> fixed;

    /**
     * @param base scheme, host and perhaps a path prefix
     * @param outputFields what is asked for by name, for {@code ${output_fields}}
     * @param query of the texts of a parameter the first whose values are all known counts; a text of {@code ${items}} gives one parameter for each item of a batch
     * @param form fields of a form, the same way; empty where there is a body or none
     * @param body of the request, if it has one
     * @param item one item of a batch; empty where a call carries one ask
     */
    RequestTemplate(
            String method,
            URI base,
            Template path,
            Map<String, List<Template>> query,
            Map<String, String> headers,
            Map<String, List<Template>> form,
            Optional<JsonTemplate> body,
            Optional<JsonTemplate> item,
            List<String> outputFields,
            Duration deadline) {
        this.method = method;
        this.prefix = base.toString().replaceFirst("/+$", "");
        this.path = path;
        this.query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
        this.body = body;
        this.form = Collections.unmodifiableMap(new LinkedHashMap<>(form));
        this.headers = completed(headers);
        this.item = item;
        this.outputFields = List.copyOf(outputFields);
        this.deadline = deadline;
        this.used = Collections.unmodifiableSortedSet(names());
        this.fixed = path.used().isEmpty() && query.isEmpty()
                ? Optional.of(uri(name -> Optional.empty(), Map.of()))
                : Optional.empty();
    }

    private Map<String, String> completed(Map<String, String> given) {
        Map<String, String> all = new LinkedHashMap<>(given);
        if (!form.isEmpty()) {
            all.putIfAbsent("Content-Type", "application/x-www-form-urlencoded");
        } else if (body.isPresent()) {
            all.putIfAbsent("Content-Type", "application/json");
        }
        all.putIfAbsent("Accept", "application/json");
        return Collections.unmodifiableMap(all);
    }

    private SortedSet<String> names() {
        TreeSet<String> names = new TreeSet<>(path.used());
        Stream.of(query, form)
                .flatMap(parameters -> parameters.values().stream())
                .flatMap(List::stream)
                .forEach(template -> names.addAll(template.used()));
        body.ifPresent(json -> names.addAll(json.used()));
        item.ifPresent(json -> names.addAll(json.used()));
        names.removeAll(JsonTemplate.LISTS);
        names.remove(Template.REFERENCE);
        names.remove(Template.JOB_ID);
        names.remove(Template.PAGE);
        return names;
    }

    /** Scheme, host and perhaps a path prefix. */
    URI base() {
        return URI.create(prefix);
    }

    /** The path as it is written, placeholders and all. */
    String path() {
        return path.text();
    }

    /** The names of the inputs that the request uses, sorted. */
    SortedSet<String> used() {
        return used;
    }

    /** What is asked for by name. */
    List<String> outputFields() {
        return outputFields;
    }

    /**
     * @param asks none for a request that is about nobody
     * @param without fields that are not asked for
     */
    HttpCall render(List<Ask> asks, Set<String> without) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        ArrayNode wanted = JsonNodeFactory.instance.arrayNode();
        outputFields.stream().filter(field -> !without.contains(field)).forEach(wanted::add);
        Map<String, ArrayNode> lists = Map.of(ITEMS, items, OUTPUT_FIELDS, wanted);
        item.ifPresent(json -> asks.forEach(ask -> items.add(json.fill(Template.values(ask), Map.of())
                .orElseThrow(() -> new IllegalArgumentException("an ask lacks what the item needs")))));
        Function<String, Optional<String>> values =
                item.isEmpty() && !asks.isEmpty() ? Template.values(asks.get(0)) : name -> Optional.empty();
        String content = form.isEmpty()
                ? body.flatMap(json -> json.fill(values, lists))
                        .map(JsonNode::toString)
                        .orElse("")
                : String.join("&", pairs(form, values, lists));
        return new HttpCall(
                method,
                fixed.orElseGet(() -> uri(values, lists)),
                headers,
                content.getBytes(StandardCharsets.UTF_8),
                deadline);
    }

    private URI uri(Function<String, Optional<String>> values, Map<String, ArrayNode> lists) {
        StringBuilder uri = new StringBuilder(prefix);
        uri.append(path.fill(name -> values.apply(name).map(RequestTemplate::encode))
                .orElseThrow(() -> new IllegalArgumentException("an ask lacks what the path needs")));
        List<String> pairs = pairs(query, values, lists);
        if (!pairs.isEmpty()) {
            uri.append('?').append(String.join("&", pairs));
        }
        return URI.create(uri.toString());
    }

    /** What has no value is left out; items are a parameter each, and wanted fields are one with commas. */
    private static List<String> pairs(
            Map<String, List<Template>> parameters,
            Function<String, Optional<String>> values,
            Map<String, ArrayNode> lists) {
        List<String> pairs = new ArrayList<>();
        parameters.forEach((name, texts) -> {
            Template text = texts.get(0);
            if (text.isOneOf(List.of(ITEMS))) {
                lists.get(ITEMS).forEach(each -> pairs.add(encode(name) + "=" + encode(each.asText())));
            } else if (text.isOneOf(List.of(OUTPUT_FIELDS))) {
                List<String> fields = new ArrayList<>();
                lists.get(OUTPUT_FIELDS).forEach(each -> fields.add(each.asText()));
                pairs.add(encode(name) + "=" + encode(String.join(",", fields)));
            } else {
                texts.stream()
                        .flatMap(each -> each.fill(values).stream())
                        .findFirst()
                        .ifPresent(value -> pairs.add(encode(name) + "=" + encode(value)));
            }
        });
        return pairs;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The same request at another address. */
    RequestTemplate at(URI other) {
        return new RequestTemplate(method, other, path, query, headers, form, body, item, outputFields, deadline);
    }
}
