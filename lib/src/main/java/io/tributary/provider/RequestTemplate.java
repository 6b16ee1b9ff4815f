package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * How a request is made.
 *
 * @param base scheme, host and perhaps a path prefix
 * @param body JSON with templates; missing for none
 * @param item JSON of one item of a batch; missing where a call carries one ask
 */
record RequestTemplate(
        String method,
        URI base,
        String path,
        Map<String, Template> query,
        Map<String, String> headers,
        JsonNode body,
        JsonNode item,
        Duration deadline) {
    RequestTemplate {
        query = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(query));
        headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    HttpCall render(List<Ask> asks) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        if (!item.isMissingNode()) {
            asks.forEach(ask -> items.add(Template.fill(item, Template.values(ask), items)
                    .orElseThrow(() -> new IllegalArgumentException("an ask lacks what the item needs"))));
        }
        Function<String, Optional<String>> values =
                item.isMissingNode() ? Template.values(asks.get(0)) : name -> Optional.empty();
        Map<String, String> sent = new LinkedHashMap<>(headers);
        byte[] content = new byte[0];
        if (!body.isMissingNode()) {
            sent.putIfAbsent("Content-Type", "application/json");
            content =
                    Template.fill(body, values, items).orElseThrow().toString().getBytes(StandardCharsets.UTF_8);
        }
        sent.putIfAbsent("Accept", "application/json");
        return new HttpCall(method, uri(values), sent, content, deadline);
    }

    private URI uri(Function<String, Optional<String>> values) {
        String place = new Template(path)
                .fill(name -> values.apply(name).map(RequestTemplate::encode))
                .orElseThrow(() -> new IllegalArgumentException("an ask lacks what the path needs"));
        List<String> pairs = new ArrayList<>();
        query.forEach((name, template) ->
                template.fill(values).ifPresent(value -> pairs.add(encode(name) + "=" + encode(value))));
        String prefix = base.toString().replaceFirst("/+$", "");
        return URI.create(prefix + place + (pairs.isEmpty() ? "" : "?" + String.join("&", pairs)));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The names that the templates use, sorted. */
    TreeSet<String> used() {
        TreeSet<String> names = new TreeSet<>(new Template(path).used());
        query.values().forEach(template -> names.addAll(template.used()));
        Template.inside(body).values().forEach(template -> names.addAll(template.used()));
        Template.inside(item).values().forEach(template -> names.addAll(template.used()));
        names.remove("items");
        names.remove("reference");
        return names;
    }

    RequestTemplate at(URI other) {
        return new RequestTemplate(method, other, path, query, headers, body, item, deadline);
    }

    static JsonNode none() {
        return MissingNode.getInstance();
    }
}
