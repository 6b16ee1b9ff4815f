package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.world.Person;
import io.tributary.sandbox.world.Sight;
import java.util.List;

/** Apollo's habits, and what they do to a person or organisation. */
final class ApolloQuirks {
    static final Quirk STUB =
            Quirk.habit("stub", 0.33, "a single miss by e-mail is a person with an empty name and a full organisation");
    static final Quirk PERSON_ABSENT =
            Quirk.habit("person-absent", 0.5, "a single miss has no person at all, where others have null");
    static final Quirk BULK_STUB = Quirk.rare("bulk-stub", "the same stub in bulk, where else a miss is null");
    static final Quirk STRANGER = Quirk.rare("stranger", "in bulk, a miss is somebody else's record, which is billed");
    static final Quirk REORDERED = Quirk.rare("reordered", "a batch is answered in reverse");
    static final Quirk GAPS_CLOSED = Quirk.rare("gaps-closed", "a batch leaves its misses out instead of null");
    static final Quirk NO_MATCHES =
            Quirk.rare("no-matches", "a batch is a success without the list of matches; it is free");
    static final Quirk CREDITS_ABSENT =
            Quirk.rare("credits-absent", "a batch does not say what it cost, which is then the usual price");
    static final Quirk HALF_PRICE = Quirk.rare("half-price", "in a batch each match costs half a credit");
    static final Quirk ALREADY_PAID = Quirk.rare("already-paid", "in a batch a match costs nothing");
    static final Quirk LOCKED_ADDRESS =
            Quirk.rare("locked-address", "an address is email_not_unlocked@domain.com, at the price of a match");
    static final Quirk ADDRESS_ABSENT = Quirk.rare("address-absent", "a match has neither address nor its status");
    static final Quirk ODD_STATUS = Quirk.rare("odd-status", "the status of an address is a rarer word, or null");
    static final Quirk OWN_RECORD =
            Quirk.rare("own-record", "a match holds the customer's own contact or account, which says something else");
    static final Quirk ID_NULL = Quirk.rare("id-null", "a person or organisation has a name and no id");
    static final Quirk PRINTED_REVENUE =
            Quirk.rare("printed-revenue", "a revenue is printed text only, such as 251.2M");
    static final Quirk LARGE_REVENUE = Quirk.rare("large-revenue", "a revenue takes more than 32 bits");
    static final Quirk OTHER_DOMAIN =
            Quirk.rare("other-domain", "after a merger an organisation stands under another domain");
    static final Quirk CREDITS_AS_422 = Quirk.rare("credits-as-422", "credits that are gone are told by 422");
    static final Quirk CREDITS_AS_402 = Quirk.rare("credits-as-402", "credits that are gone are told by 402");
    static final Quirk OUT_OF_SCOPE =
            Quirk.ending("out-of-scope", "a call is a 403 API_INACCESSIBLE: the key may not do that");

    static final List<Quirk> ALL = List.of(
            STUB,
            PERSON_ABSENT,
            BULK_STUB,
            STRANGER,
            REORDERED,
            GAPS_CLOSED,
            NO_MATCHES,
            CREDITS_ABSENT,
            HALF_PRICE,
            ALREADY_PAID,
            LOCKED_ADDRESS,
            ADDRESS_ABSENT,
            ODD_STATUS,
            OWN_RECORD,
            ID_NULL,
            PRINTED_REVENUE,
            LARGE_REVENUE,
            OTHER_DOMAIN,
            CREDITS_AS_422,
            CREDITS_AS_402,
            OUT_OF_SCOPE);

    private static final List<String> STATUSES =
            List.of("unverified", "likely to engage", "extrapolated", "unavailable", "");
    private static final long LARGE = 251_200_000_000L;

    private ApolloQuirks() {}

    /** A found person. Without its place in a list it can be known only by what it was asked by, so that stays. */
    static ObjectNode person(PersonAsk ask, Sight sight, boolean placed, Desk desk) {
        Person person = ask.person(desk.world());
        ObjectNode node = ApolloShape.person(person, sight, person.company());
        String input = ask.input();
        if (node.has("organization")) {
            organization(
                    (ObjectNode) node.path("organization"), person.company().domain(), desk);
        }
        if (desk.shows(ODD_STATUS, input)) {
            String word = STATUSES.get(Math.floorMod(input.hashCode(), STATUSES.size()));
            node.put("email_status", word.isEmpty() ? null : word);
        }
        if (desk.shows(OWN_RECORD, input)) {
            node.putObject("contact")
                    .put("name", "Someone Else")
                    .put("email", "someone.else@crm.example")
                    .put("title", "Stranger");
        }
        if (desk.shows(ID_NULL, input)) {
            node.putNull("id");
        }
        if (!placed) {
            return ask.kind() == PersonAsk.Kind.LINKEDIN
                    ? node.put("linkedin_url", "http://www.linkedin.com/in/" + person.linkedin())
                    : node;
        }
        if (desk.shows(LOCKED_ADDRESS, input)) {
            node.put("email", "email_not_unlocked@domain.com");
        }
        return desk.shows(ADDRESS_ABSENT, input) ? node.without(List.of("email", "email_status")) : node;
    }

    static ObjectNode organization(ObjectNode node, String domain, Desk desk) {
        if (desk.shows(LARGE_REVENUE, domain)) {
            node.put("annual_revenue", LARGE).put("annual_revenue_printed", "251.2B");
        }
        if (desk.shows(PRINTED_REVENUE, domain)) {
            node.remove("annual_revenue");
        }
        if (desk.shows(OTHER_DOMAIN, domain)) {
            node.put("primary_domain", "group." + domain);
        }
        if (desk.shows(OWN_RECORD, domain)) {
            node.putObject("account").put("name", "Somewhere Else").put("domain", "crm.example");
        }
        return desk.shows(ID_NULL, domain) ? node.putNull("id") : node;
    }

    /** What a miss by e-mail may look like: nobody, at an employer of whom all is known. */
    static ObjectNode stub(String email, Desk desk) {
        ObjectNode stub = Json.object().put("name", "").put("match_confidence", "none");
        var employer = desk.world().personByEmail(email).company();
        stub.set("organization", ApolloShape.organization(employer, desk.company(employer.domain())));
        return stub;
    }

    /** Who is told instead of somebody whom nobody knows. */
    static ObjectNode stranger(Sight sight, Desk desk) {
        Person other =
                desk.world().personByEmail("stranger." + sight.noise().hex().substring(0, 6) + "@else.example");
        // Told apart by whatever was asked by: else nobody could know.
        return ApolloShape.person(other, sight, other.company())
                .put("email", other.email())
                .put("linkedin_url", "http://www.linkedin.com/in/" + other.linkedin());
    }
}
