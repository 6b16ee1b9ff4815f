package io.tributary.provider;

import io.tributary.yaml.Faults;
import io.tributary.yaml.Tree;
import io.tributary.yaml.YamlFile;
import io.tributary.yaml.YamlNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
        tree.ifPresent(spec -> SpecRelations.check(spec, own));
        own.list().forEach(faults::add);
        return own.isEmpty() ? tree.map(this::spec) : Optional.empty();
    }

    private ProviderSpec spec(Tree tree) {
        Map<String, URI> hosts = new LinkedHashMap<>();
        tree.entries("hosts").forEach((name, url) -> hosts.put(name, url.url()));
        Map<String, SpecOperation> operations = new LinkedHashMap<>();
        Map<String, String> hostOf = new LinkedHashMap<>();
        Map<String, PendingRule> pending = new LinkedHashMap<>();
        Set<String> inUse = new HashSet<>();
        tree.entries("operations").forEach((name, operation) -> {
            String host = operation
                    .at("request")
                    .find("host")
                    .map(Tree::text)
                    .orElse(hosts.keySet().iterator().next());
            hostOf.put(name, host);
            if (operation.flag("use")) {
                inUse.add(name);
            }
            operations.put(name, new OperationReader(tree, name, operation).read(hosts.get(host)));
            OperationReader.pending(tree, operation)
                    .ifPresent(rule -> pending.put(name, pending(tree, rule, hosts.get(host))));
        });
        return new ProviderSpec(
                tree.text("name"),
                version(),
                hosts,
                auth(tree, hosts),
                tree.list("quota").stream().map(WindowShape::read).toList(),
                tree.find("rate-headers").map(SpecReader::rateHeaders).orElse(List.of()),
                ReAsk.valueOf(SpecWords.constant(tree.text("re-ask"))),
                Math.toIntExact(tree.integer("max-in-flight")),
                tree.duration("deadline"),
                pending,
                operations,
                inUse,
                hostOf,
                tree.find("live").map(LiveShape::read),
                tree.find("balance").map(balance -> BalanceShape.read(tree, balance, hosts)));
    }

    private static List<RateHeaderNames> rateHeaders(Tree headers) {
        return (headers.isMapping() ? List.of(headers) : headers.list())
                .stream()
                        .map(names -> new RateHeaderNames(
                                names.text("limit"),
                                names.text("remaining"),
                                names.text("reset"),
                                names.find("per").map(Tree::duration)))
                        .toList();
    }

    private static PendingRule pending(Tree spec, Tree rule, URI host) {
        return new PendingRule(
                rule.text("kind").equals("poll")
                        ? Optional.of(OperationReader.poll(spec, rule, host))
                        : Optional.empty(),
                rule.find("within-run")
                        .map(wait -> new Patience(
                                wait.duration("first"), wait.duration("longest"), wait.duration("in-all"))));
    }

    private String version() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Auth auth(Tree spec, Map<String, URI> hosts) {
        Tree tree = spec.at("auth");
        return tree.text("kind").equals("token")
                ? new Auth.Token(exchange(spec, tree, hosts), plain(tree.at("sent-as")))
                : plain(tree);
    }

    private static TokenExchange exchange(Tree spec, Tree tree, Map<String, URI> hosts) {
        Tree request = tree.at("request");
        return new TokenExchange(
                (request.isMapping() ? List.of(request) : request.list())
                        .stream().map(one -> request(spec, one, hosts)).toList(),
                new NodePath(tree.text("token")),
                tree.find("expires-in").map(path -> new NodePath(path.text())),
                tree.find("refresh-token").map(path -> new NodePath(path.text())),
                tree.duration("lifetime"));
    }

    private static TokenRequest request(Tree spec, Tree request, Map<String, URI> hosts) {
        String host = request.find("host")
                .map(Tree::text)
                .orElse(hosts.keySet().iterator().next());
        return new TokenRequest(
                host,
                hosts.get(host),
                request.text("path"),
                templates(request, "form"),
                request.find("body").map(OperationReader::json).map(JsonTemplate::of),
                templates(request, "headers"),
                request.flag("basic"),
                request.find("assertion").map(SpecReader::assertion),
                spec.duration("deadline"));
    }

    private static Assertion assertion(Tree tree) {
        return new Assertion(
                templates(tree, "claims"),
                tree.find("key-id").map(id -> new Template(id.text())),
                tree.flag("unique"),
                tree.duration("lifetime"),
                tree.text("signed-by"));
    }

    private static Map<String, Template> templates(Tree tree, String name) {
        Map<String, Template> templates = new LinkedHashMap<>();
        tree.entries(name).forEach((key, value) -> templates.put(key, new Template(value.text())));
        return templates;
    }

    private static Auth plain(Tree tree) {
        return switch (tree.text("kind")) {
            case "bearer" -> new Auth.Bearer();
            case "basic" -> new Auth.Basic();
            case "header" -> new Auth.Header(tree.text("name"));
            case "body" -> new Auth.BodyField(tree.text("name"));
            case "headers" -> new Auth.Headers(templates(tree, "headers"));
            case "query" -> new Auth.Query(tree.text("name"));
            default -> new Auth.None();
        };
    }
}
