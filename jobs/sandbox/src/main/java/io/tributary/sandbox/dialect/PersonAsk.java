package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.world.Company;
import io.tributary.sandbox.world.Inputs;
import io.tributary.sandbox.world.Person;
import io.tributary.sandbox.world.World;
import java.util.Optional;

/**
 * Whom a request means, by the best identifier that it holds.
 *
 * @param input the normalised identifier; empty if the request names nobody
 * @param name as it was given; empty unless the person is asked for by name
 * @param employer domain or name of the company; empty unless the person is asked for by name
 */
record PersonAsk(Kind kind, String input, String name, String employer) {
    enum Kind {
        EMAIL,
        LINKEDIN,
        NAME,
        PHONE,
        NOBODY
    }

    /** What the members of a request are called. */
    record Names(
            String email, String linkedin, String name, String first, String last, String company, String domain) {}

    static PersonAsk read(JsonNode body, Names names) {
        Optional<String> email = Json.text(body, names.email()).map(Inputs::email);
        if (email.isPresent()) {
            return new PersonAsk(Kind.EMAIL, email.get(), "", "");
        }
        Optional<String> linkedin = Json.text(body, names.linkedin()).map(Inputs::linkedin);
        if (linkedin.isPresent()) {
            return new PersonAsk(Kind.LINKEDIN, linkedin.get(), "", "");
        }
        Optional<String> name = Json.text(body, names.name()).or(() -> Json.text(body, names.first())
                .flatMap(first -> Json.text(body, names.last()).map(last -> first + " " + last)));
        Optional<String> employer = Json.text(body, names.domain())
                .map(Inputs::domain)
                .or(() -> Json.text(body, names.company()).map(Inputs::words));
        return name.isPresent() && employer.isPresent()
                ? new PersonAsk(Kind.NAME, Inputs.words(name.get()) + "|" + employer.get(), name.get(), employer.get())
                : new PersonAsk(Kind.NOBODY, "", "", "");
    }

    /** The same, or whoever has the number if nobody was named. */
    PersonAsk orPhone(Optional<String> phone) {
        return kind == Kind.NOBODY
                ? phone.map(number -> new PersonAsk(Kind.PHONE, Inputs.phone(number), "", ""))
                        .orElse(this)
                : this;
    }

    /** Whether the request names somebody, and in a form that can be read. */
    boolean isReadable() {
        return kind != Kind.NOBODY && (kind != Kind.EMAIL || Inputs.isEmail(input));
    }

    Person person(World world) {
        return switch (kind) {
            case EMAIL -> world.personByEmail(input);
            case LINKEDIN -> world.personByLinkedin(input);
            case NAME -> world.personByName(name, company(world));
            case PHONE -> world.personByPhone(input);
            case NOBODY -> throw new IllegalStateException("nobody was asked for");
        };
    }

    private Company company(World world) {
        return Inputs.isDomain(employer) ? world.company(employer) : world.companyByName(employer);
    }
}
