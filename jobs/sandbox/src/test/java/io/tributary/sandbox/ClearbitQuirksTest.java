package io.tributary.sandbox;

import io.tributary.sandbox.wire.Reply;
import java.time.Duration;

class ClearbitQuirksTest extends QuirkSheet {
    ClearbitQuirksTest() {
        super("clearbit");
        seen("queued", "202 later 1.0, then 200 found 0.0", asking -> {
            String first = both(asking).status() + " " + truth(asking);
            clock.advance(Duration.ofSeconds(2));
            return first + ", then " + both(asking).status() + " " + truth(asking);
        });
        seenOfPending("queued-empty", "0 bytes", asking -> both(asking).body().length + " bytes");
        seenOfPending(
                "queued-nulls",
                "null null later 1.0",
                asking -> at(both(asking), "/person", "/company") + " " + truth(asking));
        seenOfMisses("paid-miss", "404 missed 1.0", asking -> both(asking).status() + " " + truth(asking));
        seen(
                "role-refused",
                "422 unreadable 0.0",
                asking -> asking.get(find("info")).status() + " " + truth(asking));
        seenOfMisses(
                "error-list",
                "\"unknown_record\" missed 1.0",
                asking -> at(both(asking), "/0/type") + " " + truth(asking));
        seen(
                "employer-only",
                "null \"acme.example\" missed 1.0",
                asking -> at(both(asking), "/person", "/company/domain") + " " + truth(asking));
        seen(
                "side-absent",
                "absent",
                asking -> Asking.json(asking.get(find("ada.example").replace("acme.example", "gmail.com")))
                                .has("company")
                        ? "there"
                        : "absent");
        seen("nothing-in-200", "200 null null unanswered 1.0", asking -> {
            Reply reply = both(asking);
            return reply.status() + " " + at(reply, "/person", "/company") + " " + truth(asking);
        });
        seen("status-201", "201 found 1.0", asking -> both(asking).status() + " " + truth(asking));
        seen(
                "id-alone",
                "1 found 1.0",
                asking -> Asking.json(both(asking)).path("person").size() + " " + truth(asking));
        seen(
                "full-name-alone",
                "\"Ada Example\"  found 1.0",
                asking -> at(both(asking), "/person/name/fullName", "/person/name/givenName") + " " + truth(asking));
        seen("fuzzy-null", "null", asking -> at(both(asking), "/person/fuzzy"));
        seen("old-types", "2006261", asking -> at(both(asking), "/person/twitter/id"));
        seen("old-handle", "\"pub/", asking -> start(at(both(asking), "/person/linkedin/handle")));
        seen(
                "other-domain",
                "\"group.acme.example\" [\"acme.example\"] found 1.0",
                asking -> at(company(asking), "/domain", "/domainAliases") + " " + truth(asking));
        seen(
                "open-range",
                "\"1000+\" null",
                asking -> at(company(asking), "/metrics/employeesRange", "/metrics/employees"));
        seen("not-indexed", "null", asking -> at(company(asking), "/indexedAt"));
        seen("empty-texts", "\"\"", asking -> at(company(asking), "/logo"));
        seen("proxy-404", "404 unanswered 0.0", asking -> both(asking).status() + " " + truth(asking));
    }

    private static String find(String local) {
        return "/clearbit-person/v2/combined/find?email=" + local + "%40acme.example";
    }

    private static Reply both(Asking asking) {
        return asking.get(find("ada.example"));
    }

    private static Reply company(Asking asking) {
        return asking.get("/clearbit-company/v2/companies/find?domain=acme.example");
    }

    private static String start(String text) {
        return text.length() < 5 ? text : text.substring(0, 5);
    }
}
