package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.world.Company;
import io.tributary.sandbox.world.Person;
import io.tributary.sandbox.world.Sight;
import java.util.List;

/** People and organisations in Apollo's words. What is not known is null. */
final class ApolloShape {
    private ApolloShape() {}

    static ObjectNode person(Person person, Sight sight, Company company) {
        boolean verified = sight.confidence() > 0.7;
        ObjectNode node = Json.object()
                .put("id", id(person.id()))
                .put("first_name", person.first())
                .put("last_name", person.last())
                .put("name", person.full());
        node.set("linkedin_url", sight.show("linkedin", "http://www.linkedin.com/in/" + person.linkedin()));
        node.set("title", sight.show("title", person.job().title()));
        node.set("headline", sight.show("title", person.job().title() + " at " + company.name()));
        node.put("email", person.email())
                .put("email_status", verified ? "verified" : "guessed")
                .putNull("photo_url")
                .putNull("twitter_url")
                .putNull("github_url")
                .putNull("facebook_url");
        if (verified) {
            node.putNull("extrapolated_email_confidence");
        } else {
            node.put("extrapolated_email_confidence", sight.confidence());
        }
        node.set("city", sight.show("location", person.place().city()));
        node.set("state", sight.show("location", person.place().state()));
        node.set("country", sight.show("location", person.place().country()));
        node.set("seniority", sight.show("seniority", person.job().seniority()));
        String department = "master_" + person.job().department();
        node.set("departments", Json.array(sight.knows("department") ? List.of(department) : List.of()));
        node.putArray("employment_history");
        node.put("revealed_for_current_team", true);
        if (sight.knows("company")) {
            node.put("organization_id", id(company.id()));
            node.set("organization", organization(company, sight));
        }
        return node;
    }

    static ObjectNode organization(Company company, Sight sight) {
        ObjectNode node = Json.object()
                .put("id", id(company.id()))
                .put("name", company.name())
                .put("website_url", "http://www." + company.domain())
                .put("primary_domain", company.domain());
        node.set("linkedin_url", sight.show("social", "http://www.linkedin.com/company/" + company.linkedin()));
        node.set("twitter_url", sight.show("social", "https://twitter.com/" + company.twitter()));
        node.set("industry", sight.show("industry", company.industry()));
        node.set("phone", sight.show("phone", company.phone()));
        node.putObject("primary_phone");
        node.set("city", sight.show("location", company.place().city()));
        node.set("state", sight.show("location", company.place().state()));
        node.set("country", sight.show("location", company.place().country()));
        node.set("founded_year", sight.show("founded_year", company.foundedYear()));
        node.set("estimated_num_employees", sight.show("employee_count", company.employees()));
        node.set("annual_revenue", sight.show("revenue", company.revenue()));
        node.set("annual_revenue_printed", sight.show("revenue", printed(company.revenue())));
        node.putArray("keywords");
        node.set("technology_names", sight.knows("technologies") ? Json.array(company.technologies()) : Json.array());
        return node;
    }

    private static String printed(long dollars) {
        return dollars >= 1_000_000 ? dollars / 100_000 / 10.0 + "M" : dollars / 1000 + "K";
    }

    /** Twenty-four hexadecimal digits. */
    private static String id(String uuid) {
        return uuid.replace("-", "").substring(0, 24);
    }
}
