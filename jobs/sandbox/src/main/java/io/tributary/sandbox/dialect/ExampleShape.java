package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.world.Company;
import io.tributary.sandbox.world.Person;
import io.tributary.sandbox.world.Place;
import io.tributary.sandbox.world.Sight;

/** People and companies in the words of the common API. What is not known is left out. */
final class ExampleShape {
    private ExampleShape() {}

    static ObjectNode person(Person person, Sight sight) {
        ObjectNode node = Json.object().put("id", person.id());
        text(node, sight, "email", person.email());
        ObjectNode name = node.putObject("name").put("full", person.full());
        text(name, sight, "first", person.first());
        text(name, sight, "last", person.last());
        text(node, sight, "title", person.job().title());
        text(node, sight, "seniority", person.job().seniority());
        text(node, sight, "department", person.job().department());
        text(node, sight, "phone", person.phone());
        text(node, sight, "linkedin", "https://www.linkedin.com/in/" + person.linkedin());
        if (sight.knows("company")) {
            node.putObject("company")
                    .put("id", person.company().id())
                    .put("name", person.company().name())
                    .put("domain", person.company().domain());
        }
        location(node, sight, person.place());
        return node.put("confidence", sight.confidence()).put("last_updated", person.lastUpdated());
    }

    static ObjectNode company(Company company, Sight sight) {
        ObjectNode node = Json.object()
                .put("id", company.id())
                .put("name", company.name())
                .put("domain", company.domain());
        text(node, sight, "legal_name", company.legalName());
        text(node, sight, "industry", company.industry());
        text(node, sight, "sub_industry", company.subIndustry());
        number(node, sight, "employee_count", company.employees());
        text(node, sight, "employee_range", company.employeeRange());
        number(node, sight, "revenue", company.revenue());
        text(node, sight, "revenue_range", company.revenueRange());
        number(node, sight, "founded_year", company.foundedYear());
        location(node, sight, company.place());
        if (sight.knows("technologies")) {
            node.set("technologies", Json.array(company.technologies()));
        }
        text(node, sight, "phone", company.phone());
        if (sight.knows("social")) {
            node.putObject("social")
                    .put("linkedin", "https://www.linkedin.com/company/" + company.linkedin())
                    .put("twitter", "https://twitter.com/" + company.twitter());
        }
        return node.put("confidence", sight.confidence()).put("last_updated", company.lastUpdated());
    }

    private static void location(ObjectNode node, Sight sight, Place place) {
        if (sight.knows("location")) {
            node.putObject("location")
                    .put("city", place.city())
                    .put("state", place.state())
                    .put("country", place.country());
        }
    }

    private static void text(ObjectNode node, Sight sight, String field, String value) {
        if (sight.knows(field)) {
            node.put(field, value);
        }
    }

    private static void number(ObjectNode node, Sight sight, String field, long value) {
        if (sight.knows(field)) {
            node.put(field, value);
        }
    }
}
