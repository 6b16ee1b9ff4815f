package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.world.Company;
import io.tributary.sandbox.world.Inputs;
import io.tributary.sandbox.world.Person;
import io.tributary.sandbox.world.Place;
import io.tributary.sandbox.world.Sight;

/** People and companies in Clearbit's words, which Hunter shares. What is not known is null. */
final class ClearbitShape {
    private ClearbitShape() {}

    static ObjectNode person(Person person, Sight sight) {
        Place place = person.place();
        ObjectNode node = Json.object().put("id", person.id());
        ObjectNode name = node.putObject("name").put("fullName", person.full());
        name.set("givenName", sight.show("first", person.first()));
        name.set("familyName", sight.show("last", person.last()));
        node.put("email", person.email());
        node.set("location", sight.show("location", place.line()));
        node.set("timeZone", sight.show("location", place.timeZone()));
        node.set("utcOffset", sight.show("location", place.utcOffset()));
        node.set("geo", geo(place, sight));
        node.putNull("bio").putNull("site").putNull("avatar");
        ObjectNode employment = node.putObject("employment");
        employment.set("domain", sight.show("company", person.company().domain()));
        employment.set("name", sight.show("company", person.company().name()));
        employment.set("title", sight.show("title", person.job().title()));
        employment.set("role", sight.show("department", person.job().department()));
        employment.putNull("subRole");
        employment.set(
                "seniority", sight.show("seniority", seniority(person.job().seniority())));
        node.putObject("facebook").putNull("handle");
        node.putObject("github").putNull("handle").putNull("id").putNull("followers");
        node.putObject("twitter").putNull("handle").putNull("id").putNull("followers");
        node.putObject("linkedin").set("handle", sight.show("linkedin", "in/" + person.linkedin()));
        node.putObject("gravatar")
                .putNull("handle")
                .putNull("urls")
                .putNull("avatar")
                .putArray("avatars");
        node.set("phone", sight.show("phone", person.phone()));
        String host = person.email().substring(person.email().indexOf('@') + 1);
        return node.put("fuzzy", sight.confidence() < 0.6)
                .put("emailProvider", Inputs.isFreeMail(host))
                .put("indexedAt", person.lastUpdated() + "T00:00:00.000Z")
                .put("activeAt", person.lastUpdated() + "T00:00:00.000Z")
                .putNull("inactiveAt");
    }

    static ObjectNode company(Company company, Sight sight) {
        ObjectNode node = Json.object().put("id", company.id()).put("name", company.name());
        node.set("legalName", sight.show("legal_name", company.legalName()));
        node.put("domain", company.domain()).putArray("domainAliases");
        ObjectNode site = node.putObject("site");
        site.putArray("phoneNumbers");
        site.putArray("emailAddresses");
        ObjectNode category = node.putObject("category");
        category.set("sector", sight.show("industry", company.sector()));
        category.set("industryGroup", sight.show("industry", company.industry()));
        category.set("industry", sight.show("industry", company.industry()));
        category.set("subIndustry", sight.show("sub_industry", company.subIndustry()));
        category.putNull("sicCode").putNull("naicsCode");
        node.putArray("tags");
        node.putNull("description");
        node.set("foundedYear", sight.show("founded_year", company.foundedYear()));
        node.set("location", sight.show("location", company.place().line()));
        node.set("timeZone", sight.show("location", company.place().timeZone()));
        node.set("utcOffset", sight.show("location", company.place().utcOffset()));
        node.set("geo", geo(company.place(), sight));
        node.putNull("logo");
        node.putObject("facebook").putNull("handle").putNull("likes");
        node.putObject("linkedin").set("handle", sight.show("social", "company/" + company.linkedin()));
        ObjectNode twitter = node.putObject("twitter");
        twitter.set("handle", sight.show("social", company.twitter()));
        twitter.putNull("id");
        node.putObject("crunchbase").putNull("handle");
        node.put("emailProvider", Inputs.isFreeMail(company.domain()));
        node.put("type", company.domain().endsWith(".gov") ? "government" : "private")
                .putNull("ticker");
        node.putObject("identifiers").putNull("usEIN");
        node.set("phone", sight.show("phone", company.phone()));
        ObjectNode metrics = node.putObject("metrics");
        metrics.putNull("alexaUsRank").putNull("alexaGlobalRank");
        metrics.set("employees", sight.show("employee_count", company.employees()));
        metrics.set("employeesRange", sight.show("employee_range", company.employeeRange()));
        metrics.putNull("marketCap").putNull("raised");
        metrics.set("annualRevenue", sight.show("revenue", company.revenue()));
        metrics.set("estimatedAnnualRevenue", sight.show("revenue_range", company.revenueRange()));
        metrics.putNull("fiscalYearEnd");
        node.set("tech", sight.knows("technologies") ? Json.array(company.technologies()) : Json.array());
        node.putObject("parent").putNull("domain");
        return node.put("indexedAt", company.lastUpdated() + "T00:00:00.000Z");
    }

    private static ObjectNode geo(Place place, Sight sight) {
        ObjectNode geo = Json.object();
        geo.set("city", sight.show("location", place.city()));
        geo.set("state", sight.show("location", place.state()));
        geo.set("stateCode", sight.show("location", place.stateCode()));
        geo.set("country", sight.show("location", place.country()));
        geo.set("countryCode", sight.show("location", place.countryCode()));
        return sight.knows("location")
                ? geo.put("lat", place.lat()).put("lng", place.lng())
                : geo.putNull("lat").putNull("lng");
    }

    private static String seniority(String word) {
        return switch (word) {
            case "c_suite", "vp" -> "executive";
            case "director" -> "director";
            case "manager" -> "manager";
            default -> word;
        };
    }
}
