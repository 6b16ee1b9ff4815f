package io.tributary.sandbox;

import io.tributary.sandbox.wire.Reply;

class LushaQuirksTest extends QuirkSheet {
    private static final String V3 = "/lusha/v3/contacts/search-and-enrich";
    private static final String TWO =
            "{\"contacts\":[{\"clientReferenceId\":\"a\",\"email\":\"ada.example@acme.example\"},"
                    + "{\"clientReferenceId\":\"b\",\"email\":\"bo.example@acme.example\"}]}";
    private static final String ONE =
            "{\"contacts\":[{\"clientReferenceId\":\"a\",\"email\":\"ada.example@acme.example\"}]}";

    LushaQuirksTest() {
        super("lusha");
        seenOfMisses(
                "restricted",
                "\"COMPLIANCE_RESTRICTED\" suppressed 0.0",
                asking -> at(one(asking), "/results/0/error/code") + " " + truth(asking));
        seen(
                "enrich-failed",
                "\"ENRICH_FAILED\" unreadable 0.0",
                asking -> at(one(asking), "/results/0/error/code") + " " + truth(asking));
        seen("left-out", "[] unanswered 0.0", asking -> at(one(asking), "/results") + " " + truth(asking));
        seen(
                "reordered",
                "\"b\" \"a\"",
                asking -> at(two(asking), "/results/0/clientReferenceId", "/results/1/clientReferenceId"));
        seen(
                "stranger",
                "\"nobody\" \"a\"",
                asking -> at(one(asking), "/results/0/clientReferenceId", "/results/1/clientReferenceId"));
        seen(
                "halted",
                "\"halted\" 1 unanswered 0.0",
                asking -> at(two(asking), "/status", "/billing/resultsReturned") + " " + truth(asking));
        seen("status-told", "\"completed\"", asking -> at(one(asking), "/status"));
        seen("legal-451", "451 unanswered 0.0, alone 451 suppressed 0.0", asking -> {
            String both = two(asking).status() + " " + truth(asking);
            return both + ", alone " + one(asking).status() + " " + truth(asking);
        });
        seen(
                "already-revealed",
                "1.0 found 1.0",
                asking -> at(one(asking), "/billing/creditsCharged") + " " + truth(asking));
        seen(
                "id-number",
                "number",
                asking -> Asking.json(one(asking)).at("/results/0/id").isNumber() ? "number" : "text");
        seen("timed-out", "499 unanswered 0.0", asking -> one(asking).status() + " " + truth(asking));
        seen("other-names", "another name", asking -> {
            String names = "";
            for (int i = 0; i < 9 && names.isEmpty(); i++) {
                names = at(old(asking, "p" + i), "/contact/data/emailAddresses/0/email");
            }
            return names.isEmpty() ? "the usual name" : "another name";
        });
        seen(
                "other-error",
                "\"NOT_PROCESSED\" unanswered 0.0",
                asking -> at(old(asking, "ada"), "/contact/error/name") + " " + truth(asking));
        seen(
                "employer-absent",
                " found",
                asking -> at(old(asking, "ada"), "/contact/data/company") + " "
                        + truth(asking).replaceAll(" .*", ""));
        seen(
                "credits-end",
                "\"PARTIAL_OUT_OF_CREDITS\" 1 unanswered 0.0",
                asking -> at(two(asking), "/status", "/billing/resultsReturned") + " " + truth(asking));
        seen("billing-failed", "\"BILLING_FAILED\"", asking -> at(one(asking), "/missingDataPoints/0/status"));
        seen("day-used-up", "429 \"Daily API quota limit exceeded\" unanswered 0.0", this::told);
        seen("trial-over", "429 \"You've reached your trial limit\" unanswered 0.0", this::told);
        seen("forbidden", "403 \"Your plan does not include this endpoint\" unanswered 0.0", this::told);
    }

    private String told(Asking asking) {
        Reply reply = one(asking);
        return reply.status() + " " + at(reply, "/message") + " " + truth(asking);
    }

    private static Reply one(Asking asking) {
        return asking.post(V3, ONE);
    }

    private static Reply two(Asking asking) {
        return asking.post(V3, TWO);
    }

    private static Reply old(Asking asking, String local) {
        return asking.get("/lusha/v2/person?email=" + local + "%40acme.example");
    }
}
