package io.tributary.sandbox;

import io.tributary.sandbox.wire.Reply;
import java.time.Duration;

class HunterQuirksTest extends QuirkSheet {
    private static final String FINDER = "/hunter/v2/email-finder?domain=acme.example&first_name=Ada&last_name=Example";

    HunterQuirksTest() {
        super("hunter");
        seen("claimed", "451 \"claimed_email\" suppressed 0.0", asking -> told(asking, person(asking)));
        seen("finder-pending", "202 later 0.0, then 200 found 1.0", asking -> {
            String first = asking.get(FINDER).status() + " " + truth(asking);
            clock.advance(Duration.ofSeconds(2));
            return first + ", then " + asking.get(FINDER).status() + " " + truth(asking);
        });
        seen("nothing-in-200", "200 nobody unanswered 0.0", asking -> {
            Reply reply = person(asking);
            String who = Asking.json(reply).path("data").has("email") ? " somebody " : " nobody ";
            return reply.status() + who + truth(asking);
        });
        seen(
                "employer-only",
                "null \"acme.example\" missed 1.0",
                asking -> at(both(asking), "/data/person", "/data/company/domain") + " " + truth(asking));
        seenOfSome("side-absent", "company absent", asking -> {
            String absent = "none absent";
            for (int i = 0; i < 40; i++) {
                Reply reply = asking.get("/hunter/v2/combined/find?email=ada" + i + "%40firm" + i + ".example");
                if (reply.status() == 200 && !Asking.json(reply).path("data").has("company")) {
                    absent = "company absent";
                }
            }
            return absent;
        });
        seen(
                "employees-as-range",
                "text found 1.0",
                asking -> (Asking.json(company(asking))
                                        .at("/data/metrics/employees")
                                        .isTextual()
                                ? "text "
                                : "number ")
                        + truth(asking));
        seen("id-null", "null found 1.0", asking -> at(person(asking), "/data/id") + " " + truth(asking));
        seen(
                "id-number",
                "number",
                asking -> Asking.json(person(asking)).at("/data/id").isNumber() ? "number" : "text");
        seen("name-null", "null found 1.0", asking -> at(company(asking), "/data/name") + " " + truth(asking));
        seen("score-null", "null found 1.0", asking -> at(asking.get(FINDER), "/data/score") + " " + truth(asking));
        seen(
                "address-alone",
                "\"ada.example@acme.example\" null found 1.0",
                asking -> at(asking.get(FINDER), "/data/email", "/data/first_name") + " " + truth(asking));
        seen(
                "unsure-is-free",
                "\"webmail\" found 0.0",
                asking -> at(verified(asking, "ada%40gmail.com"), "/data/status") + " " + truth(asking));
        seen(
                "smtp-failed",
                "222 unanswered 0.0",
                asking -> verified(asking, "ada%40acme.example").status() + " " + truth(asking));
        seen("checks-null", "null", asking -> at(verified(asking, "ada%40acme.example"), "/data/regexp"));
        seenWithoutCredits("credits-as-402", "402 \"payment_required\"", asking -> said(person(asking)));
        seenWithoutCredits("credits-as-usage", "429 \"usage_limit_reached\"", asking -> said(person(asking)));
        seen("forbidden", "403 \"forbidden\" unanswered 0.0", asking -> told(asking, person(asking)));
        seen("proxy-404", "404 unanswered 0.0", asking -> person(asking).status() + " " + truth(asking));
    }

    private String told(Asking asking, Reply reply) {
        return said(reply) + " " + truth(asking);
    }

    private static String said(Reply reply) {
        return reply.status() + " " + at(reply, "/errors/0/id");
    }

    private static Reply person(Asking asking) {
        return asking.get("/hunter/v2/people/find?email=ada.example%40acme.example");
    }

    private static Reply both(Asking asking) {
        return asking.get("/hunter/v2/combined/find?email=ada.example%40acme.example");
    }

    private static Reply company(Asking asking) {
        return asking.get("/hunter/v2/companies/find?domain=acme.example");
    }

    private static Reply verified(Asking asking, String email) {
        return asking.get("/hunter/v2/email-verifier?email=" + email);
    }
}
