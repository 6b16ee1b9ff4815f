package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.world.Company;
import io.tributary.sandbox.world.Person;
import io.tributary.sandbox.world.Place;
import io.tributary.sandbox.world.Sight;
import java.util.Arrays;

/** People in Lusha's words, which differ between its versions and even between the two forms of V2. */
final class LushaShape {
    private LushaShape() {}

    /** A number of nine digits, which V3 writes as a text. */
    static long id(String of) {
        return 900_000_000L + Math.floorMod(of.hashCode(), 99_999_999);
    }

    /** A contact of V3: what is not asked to be revealed is left empty. */
    static ObjectNode contact(Person person, Sight sight, boolean emails, boolean phones) {
        ObjectNode node =
                Json.object().put("id", Long.toString(id(person.id()))).put("fullName", person.full());
        ArrayNode addresses = node.putArray("emails");
        if (emails && hasEmail(sight)) {
            addresses
                    .addObject()
                    .put("email", person.email())
                    .put("type", "work")
                    .put("confidence", grade(sight))
                    .put("updateDate", person.lastUpdated());
        }
        ArrayNode numbers = node.putArray("phones");
        if (phones && hasPhone(sight)) {
            numbers.addObject()
                    .put("number", person.phone())
                    .put("type", "direct")
                    .put("doNotCall", false)
                    .put("updateDate", person.lastUpdated());
        }
        return node;
    }

    /** The data of one contact as the GET of V2 gives it: camel case, the employer inside. */
    static ObjectNode single(Person person, Sight sight) {
        ObjectNode node = person(person, sight, "address", "type", "Direct");
        Place place = person.place();
        if (sight.knows("location")) {
            node.putObject("location")
                    .put("country", place.country())
                    .put("countryIso2", place.countryCode())
                    .put("city", place.city())
                    .put("state", place.state())
                    .put("stateCode", place.stateCode())
                    .put("isEuContact", false);
        }
        return node.set("company", company(person.company()));
    }

    /** The data of one contact as the POST of V2 gives it: snake case, the employer beside it. */
    static ObjectNode inBulk(Person person, Sight sight) {
        ObjectNode node = person(person, sight, "email", "emailType", "direct");
        Place place = person.place();
        if (sight.knows("location")) {
            node.putObject("location")
                    .put("country", place.country())
                    .put("country_iso2", place.countryCode())
                    .put("city", place.city())
                    .put("state", place.state())
                    .put("state_code", place.stateCode())
                    .put("is_eu_contact", false)
                    .putArray("location_coordinates")
                    .add(place.lng())
                    .add(place.lat());
        }
        return node;
    }

    static ObjectNode company(Company company) {
        ObjectNode node = Json.object().put("name", company.name()).put("fqdn", "www." + company.domain());
        int[] size = Arrays.stream(company.employeeRange().replace("+", "").split("-"))
                .mapToInt(Integer::parseInt)
                .toArray();
        node.putArray("companySize").add(size[0]).add(size[size.length - 1]);
        node.putArray("revenueRange").add(company.revenue() / 2).add(company.revenue() * 2);
        return node;
    }

    static boolean hasEmail(Sight sight) {
        return sight.knows("email");
    }

    static boolean hasPhone(Sight sight) {
        return sight.knows("phone");
    }

    private static ObjectNode person(Person person, Sight sight, String address, String type, String phoneType) {
        ObjectNode node = Json.object()
                .put("personId", id(person.id()))
                .put("fullName", person.full())
                .put("companyId", id(person.company().id()));
        ArrayNode addresses = node.putArray("emailAddresses");
        if (hasEmail(sight)) {
            addresses
                    .addObject()
                    .put(address, person.email())
                    .put(type, "work")
                    .put("emailConfidence", grade(sight))
                    .put("updateDate", person.lastUpdated());
        }
        ArrayNode numbers = node.putArray("phoneNumbers");
        if (hasPhone(sight)) {
            numbers.addObject()
                    .put("number", person.phone())
                    .put("phoneType", phoneType)
                    .put("doNotCall", false)
                    .put("updateDate", person.lastUpdated());
        }
        if (sight.knows("title")) {
            ObjectNode job =
                    node.putObject("jobTitle").put("title", person.job().title());
            job.putArray("departments").add(person.job().department());
            job.put("seniority", person.job().seniority());
        }
        return node;
    }

    /** A+ is the one grade that is published; anything less is null. */
    private static String grade(Sight sight) {
        return sight.confidence() > 0.7 ? "A+" : null;
    }
}
