package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.world.Company;
import io.tributary.sandbox.world.Person;
import io.tributary.sandbox.world.Sight;
import java.util.List;

/** People, addresses and companies in Snov.io's words, which differ from call to call. */
final class SnovioShape {
    private static final List<String> REASONS = List.of("banned", "catchall", "connection_error", "greylist");

    private SnovioShape() {}

    /** One row of the finder: none, one or two addresses under the full name. */
    static ObjectNode addresses(String name, Person person, Sight sight, Desk desk) {
        ObjectNode row = Json.object().put("people", name);
        ArrayNode result = row.putArray("result");
        if (sight.found()) {
            boolean unknown = desk.shows(SnovioQuirks.UNVERIFIED, sight.noise().at("confidence"));
            result.add(address(person.email(), !unknown, sight));
            if (desk.shows(SnovioQuirks.SECOND_ADDRESS, sight.noise().at("second"))) {
                result.add(address("x" + person.email(), false, sight));
            }
        }
        return row;
    }

    static ObjectNode profile(Person person, Sight sight) {
        Company company = person.company();
        ObjectNode node = Json.object()
                .put("name", person.full())
                .put("first_name", person.first())
                .put("last_name", person.last())
                .put("industry", company.industry());
        node.set("location", sight.show("location", person.place().city()));
        node.set("country", sight.show("location", person.place().country()));
        node.putArray("skills");
        ArrayNode positions = node.putArray("positions");
        if (sight.knows("title")) {
            positions
                    .addObject()
                    .put("name", company.name())
                    .put("title", person.job().title())
                    .put("linkedin_url", "https://www.linkedin.com/company/" + company.linkedin())
                    .put("url", "https://www." + company.domain())
                    .put("industry", company.industry())
                    .put("country", company.place().country())
                    .put("location", company.place().city())
                    .putArray("specializations");
        }
        return node;
    }

    static ObjectNode company(Company company, Sight sight) {
        ObjectNode node = Json.object().put("company_name", company.name());
        node.set("city", sight.show("location", company.place().city()));
        node.set("founded", sight.show("founded_year", Integer.toString(company.foundedYear())));
        node.put("website", company.domain());
        node.set("hq_phone", sight.show("phone", company.phone().substring(1)));
        node.set("industry", sight.show("industry", company.industry()));
        node.set("size", sight.show("employee_range", company.employeeRange()));
        node.putArray("related_domains");
        return node;
    }

    /** A profile of v1, whose lists can be missing altogether. */
    static ObjectNode byEmail(Person person, Sight sight) {
        ObjectNode node = Json.object()
                .put("success", true)
                .put("id", Math.floorMod(person.id().hashCode(), 1_000_000))
                .put("source", "linkedIn")
                .put("name", person.full())
                .put("firstName", person.first())
                .put("lastName", person.last());
        node.set("country", sight.show("location", person.place().country()));
        node.set("locality", sight.show("location", person.place().city()));
        if (sight.knows("linkedin")) {
            node.putArray("social")
                    .addObject()
                    .put("link", "https://www.linkedin.com/in/" + person.linkedin() + "/")
                    .put("type", "linkedIn");
        }
        if (sight.knows("title")) {
            node.putArray("currentJobs")
                    .addObject()
                    .put("companyName", person.company().name())
                    .put("position", person.job().title())
                    .put("site", "www." + person.company().domain())
                    .putNull("endDate")
                    .put("size", person.company().employeeRange())
                    .put("industry", person.company().industry());
        }
        return node.put("lastUpdateDate", person.lastUpdated() + " 08:00:00");
    }

    private static ObjectNode address(String email, boolean valid, Sight sight) {
        ObjectNode node = Json.object()
                .put("email", email)
                .put("smtp_status", valid ? "valid" : "unknown")
                .put("is_valid_format", true)
                .put("is_disposable", false)
                .put("is_webmail", false)
                .put("is_gibberish", false);
        return valid
                ? node
                : node.put("unknown_status_reason", sight.noise().at("reason").pick(REASONS));
    }
}
