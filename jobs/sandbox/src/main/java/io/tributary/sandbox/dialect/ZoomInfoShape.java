package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.world.Company;
import io.tributary.sandbox.world.Person;
import io.tributary.sandbox.world.Sight;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * Records in ZoomInfo's words. What is not known is missing on the legacy surface and null on GTM.
 *
 * @param legacy whether truths are texts and dates are American
 * @param ids the number of a record
 */
record ZoomInfoShape(boolean legacy, List<String> fields, ToLongFunction<String> ids) {
    ZoomInfoShape {
        fields = List.copyOf(fields);
    }

    /** Whether an output field of a contact is known. */
    static boolean knows(String field, Sight sight) {
        return switch (field) {
            case "email", "phone", "city", "state", "country" -> sight.knows(field);
            case "jobTitle" -> sight.knows("title");
            default -> true;
        };
    }

    /** 50 to 99. */
    static int accuracy(Sight sight) {
        return (int) Math.round(sight.confidence() * 100);
    }

    /** The fields of a contact that were asked for, without its id and its company. */
    ObjectNode contact(Person person, Sight sight) {
        ObjectNode node = Json.object();
        for (String field : fields) {
            JsonNode value = value(field, person, sight);
            if (!value.isMissingNode() && knows(field, sight)) {
                node.set(field, value);
            } else if (!value.isMissingNode() && !legacy) {
                node.putNull(field);
            }
        }
        if (!legacy) {
            node.put("hasCanadianEmail", isCanadian(person));
            node.put("personHasMoved", moved(sight));
        }
        return node;
    }

    private JsonNode value(String field, Person person, Sight sight) {
        ObjectNode box = Json.object();
        switch (field) {
            case "firstName" -> box.put(field, person.first());
            case "lastName" -> box.put(field, person.last());
            case "email" -> box.put(field, person.email());
            case "phone" -> box.put(field, person.phone());
            case "jobTitle" -> box.put(field, person.job().title());
            case "jobFunction" -> box.put(field, person.job().department());
            case "managementLevel" -> box.put(field, person.job().seniority());
            case "city" -> box.put(field, person.place().city());
            case "state" -> box.put(field, person.place().state());
            case "country" -> box.put(field, person.place().country());
            case "contactAccuracyScore" -> box.put(field, accuracy(sight));
            case "hasCanadianEmail" -> {
                if (legacy) {
                    box.put(field, Boolean.toString(isCanadian(person)));
                } else {
                    box.put(field, isCanadian(person));
                }
            }
            case "personHasMoved" -> box.put(field, moved(sight));
            case "lastUpdatedDate", "validDate" ->
                box.put(field, legacy ? american(person, sight) : person.lastUpdated());
            default -> {}
        }
        return box.path(field);
    }

    /** Whether any field of the company was asked for with a contact. */
    boolean showsEmployer() {
        return fields.stream().anyMatch(field -> field.startsWith("company"));
    }

    /** The company within a contact: revenue is a text here, with its dollars beside it. */
    ObjectNode employer(Company company) {
        ObjectNode node = Json.object().put("id", ids.applyAsLong(company.id())).put("name", company.name());
        if (legacy || fields.contains("companyRevenue")) {
            node.put("revenue", revenue(company.revenue())).put("revenueNumeric", company.revenue());
        }
        if (fields.contains("companyWebsite")) {
            node.put("website", "www." + company.domain());
        }
        if (fields.contains("companyEmployeeCount")) {
            node.put("employeeCount", company.employees());
        }
        return node;
    }

    /** The fields of a company that were asked for, without its id: revenue is in thousands here. */
    ObjectNode company(Company company, Sight sight) {
        ObjectNode node = Json.object();
        for (String field : fields) {
            switch (field) {
                case "name" -> node.put(field, company.name());
                case "website" -> node.put(field, "www." + company.domain());
                case "revenue" -> known(node, field, company.revenue() / 1000, sight);
                case "employeeCount" -> known(node, field, company.employees(), sight);
                case "foundedYear" -> known(node, field, company.foundedYear(), sight);
                case "phone" -> node.put(field, company.phone());
                case "city" -> node.put(field, company.place().city());
                case "state" -> node.put(field, company.place().state());
                case "country" -> node.put(field, company.place().country());
                default -> {}
            }
        }
        return node;
    }

    private void known(ObjectNode node, String field, long value, Sight sight) {
        if (sight.knows(field)) {
            node.put(field, value);
        } else if (!legacy) {
            node.putNull(field);
        }
    }

    /** An input as it comes back: in lower case on the legacy surface, names and values. */
    JsonNode echo(JsonNode given) {
        if (!legacy) {
            return given;
        }
        ObjectNode lower = Json.object();
        given.properties()
                .forEach(part -> lower.set(
                        part.getKey().toLowerCase(Locale.ROOT),
                        part.getValue().isTextual()
                                ? lower.textNode(part.getValue().textValue().toLowerCase(Locale.ROOT))
                                : part.getValue()));
        return lower;
    }

    private static boolean isCanadian(Person person) {
        return person.place().countryCode().equals("CA");
    }

    private static String moved(Sight sight) {
        return sight.noise().at("moved").pick(List.of("No", "No", "No", "Yes", "Uncertain"));
    }

    /** Such as {@code 8/3/2026 7:05 AM}. */
    private static String american(Person person, Sight sight) {
        LocalDate date = LocalDate.parse(person.lastUpdated());
        return String.format(
                Locale.ROOT,
                "%d/%d/%d %d:%02d %s",
                date.getMonthValue(),
                date.getDayOfMonth(),
                date.getYear(),
                1 + sight.noise().at("hour").below(12),
                sight.noise().at("minute").below(60),
                sight.noise().at("half").pick(List.of("AM", "PM")));
    }

    /** Such as {@code $40 Million}. */
    private static String revenue(long dollars) {
        return dollars >= 1_000_000_000L
                ? "$" + dollars / 1_000_000_000L + " Billion"
                : dollars >= 1_000_000 ? "$" + dollars / 1_000_000 + " Million" : "$" + dollars / 1000 + " Thousand";
    }
}
