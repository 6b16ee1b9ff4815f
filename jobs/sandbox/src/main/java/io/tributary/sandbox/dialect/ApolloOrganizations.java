package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import io.tributary.sandbox.world.Company;
import io.tributary.sandbox.world.Inputs;
import io.tributary.sandbox.world.Sight;
import io.tributary.sandbox.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Apollo's organisations, one by one and ten at a time. A miss is an empty answer. */
final class ApolloOrganizations {
    private static final int MAX_BULK = 10;

    private ApolloOrganizations() {}

    static Reply enrich(Request request, Desk desk) {
        ObjectNode given = Json.object();
        request.query().forEach((name, values) -> given.put(name, values.get(0)));
        Optional<Company> company = company(given, desk.world());
        if (company.isEmpty()) {
            return Reply.json(422, Json.object().put("error", "Required parameter 'domain' missing"));
        }
        String input = company.get().domain();
        Sight sight = desk.company(input);
        ObjectNode answer = Json.object();
        if (sight.found()) {
            answer.set(
                    "organization",
                    ApolloQuirks.organization(ApolloShape.organization(company.get(), sight), input, desk));
        }
        return Reply.json(200, answer, charge(input, sight));
    }

    /** Equal organisations are answered once; a miss leaves a null, unless a fault says otherwise. */
    static Reply bulk(Request request, Desk desk) {
        JsonNode details = request.json().map(body -> body.path("details")).orElse(Json.object());
        List<String> domains =
                request.query().getOrDefault("domains[]", request.query().getOrDefault("domains", List.of()));
        List<ObjectNode> asked = new ArrayList<>();
        if (details.isArray() && !details.isEmpty()) {
            details.forEach(each -> asked.add(each.isObject() ? (ObjectNode) each : Json.object()));
        } else {
            domains.forEach(domain -> asked.add(Json.object().put("domain", domain)));
        }
        if (asked.isEmpty()) {
            return ApolloDialect.refused(400, "INVALID_REQUEST", "Give domains or details.");
        }
        if (asked.size() > MAX_BULK) {
            return ApolloDialect.refused(400, "RECORD_LIMIT_EXCEEDED", "At most " + MAX_BULK + " records.");
        }
        Map<String, Desk.Item> unique = new LinkedHashMap<>();
        asked.forEach(each -> company(each, desk.world())
                .ifPresent(company -> unique.computeIfAbsent(company.domain(), domain -> item(company, desk))));
        List<Desk.Item> shaped = desk.shaped(List.copyOf(unique.values()));
        List<Charge> charges = ApolloPeople.charges(shaped);
        double credits = charges.stream().mapToDouble(Charge::credits).sum();
        ObjectNode answer =
                Json.object().put("status", "success").putNull("error_code").putNull("error_message");
        boolean byDetails = details.isArray() && !details.isEmpty();
        count(answer, "total_requested_domains", asked.size(), !byDetails);
        count(answer, "unique_domains", unique.size(), !byDetails);
        count(answer, "total_requested_records", asked.size(), byDetails);
        count(answer, "unique_records", unique.size(), byDetails);
        answer.put("unique_enriched_records", (long) credits)
                .put(
                        "missing_records",
                        shaped.stream().filter(item -> item.body().isNull()).count())
                .put("credits_consumed", credits);
        shaped.forEach(item -> answer.withArray("organizations").add(item.body()));
        return Reply.json(200, answer, charges);
    }

    private static Desk.Item item(Company company, Desk desk) {
        Sight sight = desk.company(company.domain());
        return new Desk.Item(
                sight.found()
                        ? ApolloQuirks.organization(ApolloShape.organization(company, sight), company.domain(), desk)
                        : JsonNodeFactory.instance.nullNode(),
                Optional.of(charge(company.domain(), sight)));
    }

    private static Optional<Company> company(JsonNode given, World world) {
        return Json.text(given, "domain")
                .or(() -> Json.text(given, "website"))
                .map(Inputs::domain)
                .filter(Inputs::isDomain)
                .map(world::company)
                .or(() -> Json.text(given, "name").map(world::companyByName))
                .or(() -> Json.text(given, "linkedin_url")
                        .map(url -> world.companyByName(Inputs.slug(Inputs.linkedin(url)))));
    }

    private static Charge charge(String input, Sight sight) {
        return sight.found() ? Charge.each("company", input, 200, 1) : Charge.free("company", input, 200);
    }

    private static void count(ObjectNode answer, String name, int value, boolean applies) {
        if (applies) {
            answer.put(name, value);
        } else {
            answer.putNull(name);
        }
    }
}
