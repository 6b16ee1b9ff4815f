package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.world.Company;
import io.tributary.sandbox.world.Inputs;
import io.tributary.sandbox.world.Sight;
import io.tributary.sandbox.world.World;
import java.util.List;
import java.util.Optional;

/** What People Data Labs can be asked about, and by which inputs. Many inputs may be one value or several. */
enum PeopleDataLabsEntity {
    /** By an address, a page, a name with a company, or a number. */
    PERSON("enrich") {
        @Override
        Optional<Subject> subject(JsonNode params, Desk desk) {
            PersonAsk ask = PersonAsk.read(flat(params), NAMES).orPhone(first(params, "phone"));
            if (ask.kind() == PersonAsk.Kind.NOBODY) {
                return Optional.empty();
            }
            Sight sight = desk.person(ask.input());
            boolean known = ask.isReadable() && sight.found();
            return Optional.of(new Subject("person", ask.input(), sight, known) {
                @Override
                ObjectNode body() {
                    ObjectNode item = Json.object().put("status", 200).put("likelihood", likelihood());
                    boolean gated = desk.shows(PeopleDataLabsQuirks.GATED, ask.input());
                    return item.set("data", PeopleDataLabsShape.person(ask.person(desk.world()), sight, gated));
                }
            });
        }
    },
    /** By a site, a name, or a page. The record is flat. */
    COMPANY("enrich_company") {
        @Override
        Optional<Subject> subject(JsonNode params, Desk desk) {
            return company(params, desk.world()).map(company -> {
                Sight sight = desk.company(company.domain());
                return new Subject("company", company.domain(), sight, sight.found()) {
                    @Override
                    ObjectNode body() {
                        ObjectNode item = Json.object().put("status", 200).put("likelihood", likelihood());
                        return item.setAll(PeopleDataLabsShape.company(company, sight));
                    }
                };
            });
        }
    };

    private static final PersonAsk.Names NAMES =
            new PersonAsk.Names("email", "profile", "name", "first_name", "last_name", "company", "domain");

    /** Someone or something that was asked about. */
    abstract static class Subject {
        private final String entity;
        private final String input;
        private final Sight sight;
        private final boolean known;

        private Subject(String entity, String input, Sight sight, boolean known) {
            this.entity = entity;
            this.input = input;
            this.sight = sight;
            this.known = known;
        }

        String entity() {
            return entity;
        }

        String input() {
            return input;
        }

        /** Whether it is known, and surely enough. */
        boolean isMatch(JsonNode params) {
            return known && likelihood() >= params.path("min_likelihood").asInt(2);
        }

        int likelihood() {
            return (int) Math.round(sight.confidence() * 10);
        }

        abstract ObjectNode body();
    }

    private final String creditsType;

    PeopleDataLabsEntity(String creditsType) {
        this.creditsType = creditsType;
    }

    String creditsType() {
        return creditsType;
    }

    /** Whom or what these inputs mean; nothing if they are too few. */
    abstract Optional<Subject> subject(JsonNode params, Desk desk);

    private static Optional<Company> company(JsonNode params, World world) {
        return first(params, "website")
                .map(Inputs::domain)
                .filter(Inputs::isDomain)
                .map(world::company)
                .or(() -> first(params, "name").map(world::companyByName))
                .or(() -> first(params, "profile").map(url -> world.companyByName(Inputs.slug(Inputs.linkedin(url)))));
    }

    /** The first value of each input; a company is a name, a site, or both. */
    private static ObjectNode flat(JsonNode params) {
        ObjectNode flat = Json.object();
        params.properties()
                .forEach(input -> first(params, input.getKey()).ifPresent(value -> flat.put(input.getKey(), value)));
        JsonNode companies = params.path("company");
        for (JsonNode company : companies.isArray() ? companies : Json.array(List.of(companies.asText()))) {
            String site = Inputs.domain(company.asText());
            if (Inputs.isDomain(site)) {
                flat.put("domain", site);
            }
        }
        return flat;
    }

    private static Optional<String> first(JsonNode params, String input) {
        JsonNode given = params.path(input);
        return given.isArray()
                ? Json.text(Json.object().set("first", given.path(0)), "first")
                : Json.text(params, input);
    }
}
