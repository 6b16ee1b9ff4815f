package io.tributary.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.sandbox.wire.Reply;

class ApolloQuirksTest extends QuirkSheet {
    private static final String TWO = "{\"details\":[{\"email\":\"ada.example@acme.example\"},"
            + "{\"name\":\"Bo Example\",\"domain\":\"acme.example\"}]}";

    ApolloQuirksTest() {
        super("apollo");
        seenOfMisses(
                "stub",
                "\"\" \"none\" missed 0.0",
                asking -> at(one(asking), "/person/name", "/person/match_confidence") + " " + truth(asking));
        seenOfMisses("person-absent", " \"none\"", asking -> at(one(asking), "/person", "/match_confidence"));
        seenOfMisses(
                "bulk-stub",
                "\"\" null missed 0.0",
                asking -> at(two(asking), "/matches/0/name", "/matches/1") + " " + truth(asking));
        seenOfMisses("stranger", "2 strangers for 2.0: missed 1.0", asking -> {
            Reply reply = two(asking);
            long others = matches(reply).findValuesAsText("email").stream()
                    .filter(email -> email.startsWith("stranger."))
                    .count();
            return others + " strangers for " + billed(asking) + ": " + truth(asking);
        });
        seen(
                "reordered",
                "\"Bo Example\" \"Ada Example\"",
                asking -> at(two(asking), "/matches/0/name", "/matches/1/name"));
        seenOfMisses("gaps-closed", "0 of 2", asking -> matches(two(asking)).size() + " of 2");
        seen(
                "no-matches",
                "\"success\"  unanswered 0.0",
                asking -> at(two(asking), "/status", "/matches") + " " + truth(asking));
        seen("credits-absent", " for 2.0", asking -> at(two(asking), "/credits_consumed") + " for " + billed(asking));
        seen("half-price", "1.0 for 1.0", asking -> at(two(asking), "/credits_consumed") + " for " + billed(asking));
        seen("already-paid", "0.0 found 0.0", asking -> at(two(asking), "/credits_consumed") + " " + truth(asking));
        seen(
                "locked-address",
                "\"email_not_unlocked@domain.com\" found 1.0",
                asking -> at(two(asking), "/matches/0/email") + " " + truth(asking));
        seen(
                "address-absent",
                "  found 1.0",
                asking -> at(two(asking), "/matches/0/email", "/matches/0/email_status") + " " + truth(asking));
        seen(
                "odd-status",
                "odd",
                asking ->
                        at(two(asking), "/matches/0/email_status").matches("\"(verified|guessed)\"") ? "usual" : "odd");
        seen("own-record", "\"Someone Else\"", asking -> at(two(asking), "/matches/0/contact/name"));
        seen("id-null", "null found 1.0", asking -> at(two(asking), "/matches/0/id") + " " + truth(asking));
        seen(
                "printed-revenue",
                " printed",
                asking -> at(company(asking), "/organization/annual_revenue")
                        + (Asking.json(company(asking))
                                        .at("/organization/annual_revenue_printed")
                                        .isTextual()
                                ? " printed"
                                : ""));
        seen("large-revenue", "251200000000", asking -> at(company(asking), "/organization/annual_revenue"));
        seen(
                "other-domain",
                "\"group.acme.example\" found 1.0",
                asking -> at(company(asking), "/organization/primary_domain") + " " + truth(asking));
        seenWithoutCredits("credits-as-422", "422 \"INSUFFICIENT_CREDITS\"", asking -> said(two(asking)));
        seenWithoutCredits("credits-as-402", "402 \"INSUFFICIENT_CREDITS\"", asking -> said(two(asking)));
        seen(
                "out-of-scope",
                "403 \"API_INACCESSIBLE\" unanswered 0.0",
                asking -> said(two(asking)) + " " + truth(asking));
    }

    private static String said(Reply reply) {
        return reply.status() + " " + at(reply, "/error_code");
    }

    private static JsonNode matches(Reply reply) {
        return Asking.json(reply).path("matches");
    }

    private static Reply one(Asking asking) {
        return asking.post("/apollo/api/v1/people/match", "{\"email\":\"ada.example@acme.example\"}");
    }

    private static Reply two(Asking asking) {
        return asking.post("/apollo/api/v1/people/bulk_match", TWO);
    }

    private static Reply company(Asking asking) {
        return asking.get("/apollo/api/v1/organizations/enrich?domain=acme.example");
    }
}
