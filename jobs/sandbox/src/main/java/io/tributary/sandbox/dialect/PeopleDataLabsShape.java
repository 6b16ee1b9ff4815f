package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.world.Company;
import io.tributary.sandbox.world.Person;
import io.tributary.sandbox.world.Place;
import io.tributary.sandbox.world.Sight;
import java.util.List;
import java.util.Locale;

/** People and companies as People Data Labs writes them: in lower case, every field there, null where it is not known. */
final class PeopleDataLabsShape {
    /** What a plan may not show. */
    private static final List<String> GATED = List.of(
            "work_email", "mobile_phone", "phone_numbers", "location_name", "emails", "personal_emails", "birth_date");

    private PeopleDataLabsShape() {}

    /** @param gated whether the account's plan does not show how to reach people */
    static ObjectNode person(Person person, Sight sight, boolean gated) {
        ObjectNode data = Json.object()
                .put("id", person.id().replace("-", "").substring(0, 22) + "_0000")
                .put("full_name", lower(person.full()))
                .put("first_name", lower(person.first()))
                .put("last_name", lower(person.last()))
                .putNull("birth_date");
        data.set("work_email", sight.show("email", person.email()));
        data.putNull("mobile_phone");
        var numbers = data.putArray("phone_numbers");
        if (sight.knows("phone")) {
            numbers.add(person.phone());
        }
        data.set("linkedin_url", sight.show("linkedin", "linkedin.com/in/" + person.linkedin()));
        data.set("job_title", sight.show("title", lower(person.job().title())));
        data.set(
                "job_company_name", sight.show("company", lower(person.company().name())));
        data.set("job_company_website", sight.show("company", person.company().domain()));
        data.set("location_name", sight.show("location", line(person.place())));
        var emails = data.putArray("emails");
        if (sight.knows("email")) {
            emails.addObject().put("address", person.email()).put("type", "current_professional");
        }
        data.putArray("personal_emails");
        experience(data, person, sight);
        if (gated) {
            GATED.forEach(field -> data.put(field, isThere(data.path(field))));
        }
        return data;
    }

    private static void experience(ObjectNode data, Person person, Sight sight) {
        var experience = data.putArray("experience");
        if (sight.knows("company")) {
            ObjectNode job = experience.addObject();
            job.putObject("company")
                    .put("name", lower(person.company().name()))
                    .put("website", person.company().domain())
                    .put("size", person.company().employeeRange());
            job.putObject("title")
                    .set("name", sight.show("title", lower(person.job().title())));
            job.putNull("start_date").putNull("end_date").put("is_primary", true);
        }
    }

    static ObjectNode company(Company company, Sight sight) {
        ObjectNode node = Json.object()
                .put("id", company.id().replace("-", "").substring(0, 28))
                .put("name", lower(company.name()))
                .put("display_name", company.name());
        node.set("size", sight.show("employee_range", company.employeeRange()));
        node.set("employee_count", sight.show("employee_count", company.employees()));
        node.set("founded", sight.show("founded_year", company.foundedYear()));
        node.set("industry", sight.show("industry", lower(company.industry())));
        node.put("website", company.domain());
        node.set("linkedin_url", sight.show("social", "linkedin.com/company/" + company.linkedin()));
        node.putObject("location").set("name", sight.show("location", line(company.place())));
        return node;
    }

    private static boolean isThere(JsonNode value) {
        return !value.isNull() && !(value.isArray() && value.isEmpty());
    }

    private static String line(Place place) {
        return lower(place.city() + ", " + place.state() + ", " + place.country());
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
