package io.tributary.sandbox;

import io.tributary.sandbox.wire.Reply;
import java.time.Duration;

class ExampleQuirksTest extends QuirkSheet {
    private static final String ADA = "{\"email\":\"ada.example@acme.example\"}";

    ExampleQuirksTest() {
        super("example");
        seen("job", "202 later 1.0, then \"completed\" found 0.0", this::later);
        seen("job-failed", "202 later 1.0, then \"failed\" unanswered 0.0", this::later);
        seen("slow-job", "\"processing\" \"processing\" \"processing\" \"completed\"", this::looks);
        seen("id-alone", "{id, confidence} found 1.0", asking -> {
            Reply reply = ask(asking);
            return Asking.json(reply).size() == 2 ? "{id, confidence} " + truth(asking) : "more";
        });
        seen("new-fields", "[\"cat\"] found 1.0", asking -> at(ask(asking), "/pets") + " " + truth(asking));
        seen("confidence-absent", " found 1.0", asking -> at(ask(asking), "/confidence") + " " + truth(asking));
        seen("error-in-200", "200 \"internal\" unanswered 0.0", asking -> {
            Reply reply = ask(asking);
            return reply.status() + " " + at(reply, "/error/code") + " " + truth(asking);
        });
    }

    private static Reply ask(Asking asking) {
        return asking.post("/example/v1/person/enrich", ADA);
    }

    private String later(Asking asking) {
        Reply accepted = ask(asking);
        String first = accepted.status() + " " + truth(asking);
        clock.advance(Duration.ofSeconds(2));
        Reply read = asking.get("/example/v1/requests/"
                + Asking.json(accepted).path("request_id").asText());
        return first + ", then " + at(read, "/status") + " " + truth(asking);
    }

    /** Jobs are made by a webhook here, for the quirk is not about who gets one. */
    private String looks(Asking asking) {
        Reply accepted = asking.post(
                "/example/v1/person/bulk",
                "{\"emails\":[\"ada@acme.example\"],\"webhook_url\":\"https://hooks.example/1\"}");
        String uri = "/example/v1/requests/"
                + Asking.json(accepted).path("request_id").asText();
        clock.advance(Duration.ofSeconds(2));
        StringBuilder seen = new StringBuilder(at(asking.get(uri), "/status"));
        for (int i = 0; i < 3; i++) {
            seen.append(' ').append(at(asking.get(uri), "/status"));
        }
        return seen.toString();
    }
}
