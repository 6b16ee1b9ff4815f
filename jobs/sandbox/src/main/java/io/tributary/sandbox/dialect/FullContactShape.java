package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.world.Company;
import io.tributary.sandbox.world.Person;
import io.tributary.sandbox.world.Place;
import io.tributary.sandbox.world.Sight;
import java.util.List;

/** People and companies in FullContact's words: a flat summary, where a place is one line, and details. */
final class FullContactShape {
    private static final List<String> AGES = List.of("18-24", "25-34", "35-44", "45-54", "55-64");

    private FullContactShape() {}

    static ObjectNode person(Person person, Sight sight, String input, Desk desk) {
        Company employer = person.company();
        String page = "https://www.linkedin.com/in/" + person.linkedin();
        boolean detailed = !desk.shows(FullContactQuirks.DETAILS_NULL, input);
        boolean inProfiles = detailed && desk.shows(FullContactQuirks.PAGE_IN_PROFILES, input);
        ObjectNode node = Json.object()
                .put("fullName", person.full())
                .put("ageRange", sight.noise().at("age").pick(AGES))
                .putNull("gender");
        node.set("location", sight.show("location", line(person.place())));
        node.set("title", sight.show("title", person.job().title()));
        node.set("organization", sight.show("company", employer.name()));
        node.putNull("twitter");
        node.set("linkedin", inProfiles ? NullNode.instance : sight.show("linkedin", page));
        node.putNull("facebook");
        node.set("bio", sight.show("title", person.job().title() + " at " + employer.name()));
        node.putNull("avatar").putNull("website");
        node.putNull("details");
        if (detailed) {
            ObjectNode details = node.putObject("details");
            details.putObject("name")
                    .put("given", person.first())
                    .put("family", person.last())
                    .put("full", person.full());
            boolean bundle = desk.shows(FullContactQuirks.CONTACT_BUNDLE, input);
            values(details, "emails", person.email(), bundle && sight.knows("email"));
            values(details, "phones", person.phone(), bundle && sight.knows("phone"));
            if (inProfiles && sight.knows("linkedin")) {
                details.putObject("profiles")
                        .putObject("linkedin")
                        .put("service", "linkedin")
                        .put("username", person.linkedin())
                        .put("url", page);
            }
            place(details, person.place(), sight);
            job(details, person, sight);
        }
        return node.put("updated", person.lastUpdated());
    }

    static ObjectNode company(Company company, Sight sight, Desk desk) {
        ObjectNode node = Json.object().put("name", company.name());
        node.set("location", sight.show("location", company.place().line()));
        node.set("twitter", sight.show("social", "https://twitter.com/" + company.twitter()));
        boolean detailed = !desk.shows(FullContactQuirks.DETAILS_NULL, company.domain());
        boolean inProfiles = detailed && desk.shows(FullContactQuirks.PAGE_IN_PROFILES, company.domain());
        String page = "https://www.linkedin.com/company/" + company.linkedin();
        node.set("linkedin", inProfiles ? NullNode.instance : sight.show("social", page));
        node.putNull("facebook");
        node.set("bio", sight.show("industry", company.subIndustry()));
        node.putNull("logo").put("website", "https://www." + company.domain());
        node.set("founded", sight.show("founded_year", company.foundedYear()));
        node.set("employees", sight.show("employee_count", company.employees()));
        node.put("locale", "en").put("category", "Other");
        if (!detailed) {
            return node.putNull("details");
        }
        ObjectNode details = node.putObject("details");
        if (sight.knows("industry")) {
            details.putArray("industries")
                    .addObject()
                    .put("type", "SIC")
                    .put("name", company.industry())
                    .put("code", "7373");
        }
        values(details, "emails", "team@" + company.domain(), sight.knows("email"));
        values(details, "phones", company.phone(), sight.knows("phone"));
        if (inProfiles && sight.knows("social")) {
            details.putObject("profiles")
                    .putObject("linkedin")
                    .put("service", "linkedin")
                    .put("url", page);
        }
        place(details, company.place(), sight);
        return node;
    }

    private static void values(ObjectNode details, String name, String value, boolean known) {
        var values = details.putArray(name);
        if (known) {
            values.addObject().put("value", value).put("label", "work");
        }
    }

    private static void place(ObjectNode details, Place place, Sight sight) {
        var locations = details.putArray("locations");
        if (sight.knows("location")) {
            locations
                    .addObject()
                    .put("city", place.city())
                    .put("region", place.state())
                    .put("regionCode", place.stateCode())
                    .put("country", place.country())
                    .put("countryCode", place.countryCode())
                    .put("formatted", line(place));
        }
    }

    /** Dates are objects with parts missing. */
    private static void job(ObjectNode details, Person person, Sight sight) {
        var employment = details.putArray("employment");
        if (sight.knows("company")) {
            ObjectNode job = employment
                    .addObject()
                    .put("name", person.company().name())
                    .put("domain", person.company().domain())
                    .put("current", true);
            JsonNode title = sight.show("title", person.job().title());
            job.set("title", title);
            job.putObject("start").put("year", 2010 + sight.noise().at("since").below(15));
        }
    }

    private static String line(Place place) {
        return place.city() + ", " + place.state() + ", " + place.country();
    }
}
