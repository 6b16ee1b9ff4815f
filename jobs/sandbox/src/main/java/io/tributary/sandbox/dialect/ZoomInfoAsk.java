package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.world.Company;
import io.tributary.sandbox.world.Inputs;
import io.tributary.sandbox.world.Person;
import io.tributary.sandbox.world.World;
import java.util.Optional;

/**
 * What one input of an enrichment means, by the best identifier that it holds. Both surfaces name its parts alike.
 *
 * @param input the normalised identifier; empty if the input names nobody
 * @param given the input as it was sent
 */
record ZoomInfoAsk(Kind kind, String input, PersonAsk named, JsonNode given) {
    enum Kind {
        PERSON_ID,
        EMAIL,
        HASHED_EMAIL,
        PHONE,
        NAME,
        COMPANY_ID,
        WEBSITE,
        COMPANY_NAME,
        NOTHING
    }

    private static final PersonAsk.Names NAMES =
            new PersonAsk.Names("emailAddress", "-", "fullName", "firstName", "lastName", "companyName", "companyId");

    static ZoomInfoAsk contact(JsonNode given) {
        PersonAsk named = PersonAsk.read(given, NAMES);
        Optional<ZoomInfoAsk> read = read(given, named, "personId", Kind.PERSON_ID)
                .or(() -> named.kind() == PersonAsk.Kind.EMAIL
                        ? Optional.of(new ZoomInfoAsk(Kind.EMAIL, named.input(), named, given))
                        : Optional.empty())
                .or(() -> read(given, named, "hashedEmail", Kind.HASHED_EMAIL))
                .or(() -> read(given, named, "phone", Kind.PHONE));
        return read.orElseGet(() -> new ZoomInfoAsk(
                named.kind() == PersonAsk.Kind.NAME ? Kind.NAME : Kind.NOTHING, named.input(), named, given));
    }

    /** Of several websites the first is looked at. */
    static ZoomInfoAsk company(JsonNode given) {
        PersonAsk nobody = new PersonAsk(PersonAsk.Kind.NOBODY, "", "", "");
        return read(given, nobody, "companyId", Kind.COMPANY_ID)
                .or(() -> Json.text(given, "companyWebsite")
                        .map(sites -> Inputs.domain(sites.split(",")[0]))
                        .map(domain -> new ZoomInfoAsk(Kind.WEBSITE, domain, nobody, given)))
                .or(() -> read(given, nobody, "companyName", Kind.COMPANY_NAME))
                .orElseGet(() -> new ZoomInfoAsk(Kind.NOTHING, "", nobody, given));
    }

    private static Optional<ZoomInfoAsk> read(JsonNode given, PersonAsk named, String member, Kind kind) {
        return Json.text(given, member).map(text -> {
            String plain = kind == Kind.PHONE ? text.replaceAll("[^+0-9]", "") : Inputs.words(text);
            return new ZoomInfoAsk(kind, plain, named, given);
        });
    }

    /** What the ledger calls it. */
    String entity() {
        return switch (kind) {
            case COMPANY_ID, WEBSITE, COMPANY_NAME -> "company";
            default -> "person";
        };
    }

    boolean isReadable() {
        return switch (kind) {
            case NOTHING -> false;
            case EMAIL -> Inputs.isEmail(input);
            case WEBSITE -> Inputs.isDomain(input);
            default -> true;
        };
    }

    Person person(World world) {
        return switch (kind) {
            case EMAIL, NAME -> named.person(world);
            default -> world.personByLinkedin(Inputs.linkedin(input));
        };
    }

    Company company(World world) {
        return kind == Kind.WEBSITE
                ? world.company(input)
                : world.companyByName(Json.text(given, "companyName").orElse(input));
    }
}
