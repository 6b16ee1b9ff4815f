package io.tributary.provider;

import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;
import io.tributary.yaml.Tree;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a provider's file may say of the account, and how that is read. */
final class BalanceShape {
    private static final ObjectShape REQUEST = Shape.object("How the account is asked for; it must cost nothing.")
            .required("method", Shape.oneOf("get", "post"), "HTTP method.")
            .optional("host", Shape.text(), "One of hosts; the first if absent.")
            .required(
                    "path", Shape.matching(SpecWords.URL_PATH, "a path that starts with /, of URL characters"), "Path.")
            .withDefault("query", Shape.entries(SpecWords.TEXTS), "{}", "Query parameters.")
            .withDefault("headers", Shape.entries(Shape.text()), "{}", "Further headers.")
            .optional("body", SpecWords.json(), "JSON body.");

    private static final Shape METER = Shape.either(
            SpecWords.PATH,
            Shape.someOf(SpecWords.PATH),
            Shape.object("A header.").required("header", Shape.text(), "The header that states it."));

    static final ObjectShape BALANCE = Shape.object(
                    "Where the provider tells what is left of the account's credits; looked at before and after a run's calls.")
            .required("request", REQUEST, "How the account is asked for; it must cost nothing.")
            .optional(
                    "among",
                    SpecWords.PATH,
                    "Where several meters lie, such as usage[]; the paths below start from one.")
            .optional("where", SpecWords.BODY, "With among: what holds for the meter that the operations spend.")
            .optional(
                    "remaining",
                    METER,
                    "What can still be spent: a path, paths of which the first with a number counts, or {header: NAME}.")
            .optional("used", METER, "What was spent, the same way.")
            .optional("limit", METER, "What both add up to, where only one of them is told.");

    private BalanceShape() {}

    static BalanceQuery read(Tree spec, Tree balance, Map<String, URI> hosts) {
        String host = balance.at("request")
                .find("host")
                .map(Tree::text)
                .orElse(hosts.keySet().iterator().next());
        return new BalanceQuery(
                host,
                OperationReader.request(
                        hosts.get(host), balance.at("request"), Optional.empty(), spec.duration("deadline")),
                OperationReader.rules(spec, "rules"),
                balance.find("among")
                        .map(among -> new BalanceQuery.Choice(
                                new NodePath(among.text()),
                                Condition.of(OperationReader.wanted(balance.entries("where"))))),
                balance.find("remaining").map(BalanceShape::meter),
                balance.find("used").map(BalanceShape::meter),
                balance.find("limit").map(BalanceShape::meter));
    }

    private static Meter meter(Tree place) {
        return place.isMapping()
                ? new Meter(Optional.of(place.text("header")), List.of())
                : new Meter(
                        Optional.empty(),
                        place.texts().stream().map(NodePath::new).toList());
    }
}
