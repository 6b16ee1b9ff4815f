package io.tributary.sandbox;

import io.tributary.sandbox.wire.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

class SnovioQuirksTest extends QuirkSheet {
    private static final String KEY =
            "grant_type=client_credentials&client_id=sandbox-snovio-id&client_secret=sandbox-snovio-secret";
    private static final String FINDER = "/snovio/v2/emails-by-domain-by-name";
    private static final String PAGES = "/snovio/v2/li-profiles-by-urls";
    private static final String DOMAINS = "/snovio/v2/company-domain-by-name";
    private static final String ROW =
            "{\"rows\":[{\"first_name\":\"Ada\",\"last_name\":\"Example\",\"domain\":\"acme.example\"}]}";

    SnovioQuirksTest() {
        super("snovio");
        seenOfMisses(
                "row-left-out",
                "[] missed 0.0",
                asking -> at(read(asking, start(asking)), "/data") + " " + truth(asking));
        seen("second-address", "later 2.0", asking -> {
            start(asking);
            return truth(asking);
        });
        seen("unverified", "\"unknown\" later 1.0, then found 0.0", asking -> {
            Reply started = start(asking);
            String first = truth(asking);
            return at(read(asking, started), "/data/0/result/0/smtp_status") + " " + first + ", then " + truth(asking);
        });
        seen(
                "trailing-slash",
                "\"https://www.linkedin.com/in/ada/\"",
                asking -> at(
                        read(
                                asking,
                                PAGES,
                                send(asking, "POST", PAGES + "/start?urls[]=https://www.linkedin.com/in/ada", "")),
                        "/data/0/url"));
        seenOfMisses(
                "domain-null",
                "{\"domain\":null}",
                asking -> at(
                        read(asking, DOMAINS, send(asking, "POST", DOMAINS + "/start", "names%5B%5D=Acme")),
                        "/data/0/result"));
        seen("slow-task", "in_progress in_progress in_progress completed", asking -> {
            Reply started = start(asking);
            StringBuilder seen = new StringBuilder();
            for (int i = 0; i < 4; i++) {
                seen.append(i == 0 ? "" : " ")
                        .append(Asking.json(read(asking, started))
                                .path("status")
                                .asText());
            }
            return seen.toString();
        });
        seen("task-lost", "later 1.0, then 404 unanswered 0.0", asking -> {
            Reply started = start(asking);
            String first = truth(asking);
            return first + ", then " + read(asking, started).status() + " " + truth(asking);
        });
        seen("control-characters", "[escaped, raw]", asking -> forms(asking).toString());
        seen("token-cut", "3600 401", asking -> {
            Reply granted = token(asking);
            clock.advance(Duration.ofSeconds(2));
            Map<String, String> bearer = bearer(granted);
            return at(granted, "/expires_in") + " "
                    + asking.send("GET", "/snovio/v1/get-balance", "", bearer)
                            .reply()
                            .status();
        });
        seenWithoutCredits("credits-as-502", "502 you ran out of credits", asking -> said(start(asking)));
        seenWithoutCredits(
                "credits-as-402", "402 {\"errors\":[\"The limit is reached\"]}", asking -> said(start(asking)));
        seen(
                "credits-end",
                "\"not_enough_credits\" [] unanswered 0.0",
                asking -> at(read(asking, start(asking)), "/status", "/data") + " " + truth(asking));
    }

    private static String said(Reply reply) {
        return reply.status() + " " + new String(reply.body(), StandardCharsets.UTF_8);
    }

    private Set<String> forms(Asking asking) {
        Set<String> forms = new TreeSet<>();
        for (int i = 0; i < 20; i++) {
            String body = new String(read(asking, start(asking)).body(), StandardCharsets.UTF_8);
            forms.add(body.contains("\0") ? "raw" : body.contains("\\u0000") ? "escaped" : "none");
        }
        return forms;
    }

    private static Reply start(Asking asking) {
        return send(asking, "POST", FINDER + "/start", ROW);
    }

    private Reply read(Asking asking, Reply started) {
        return read(asking, FINDER, started);
    }

    private Reply read(Asking asking, String path, Reply started) {
        clock.advance(Duration.ofSeconds(2));
        String hash = Asking.json(started).at("/data/task_hash").asText();
        return send(asking, "GET", path + "/result?task_hash=" + hash, "");
    }

    private static Reply send(Asking asking, String method, String uri, String body) {
        return asking.send(method, uri, body, bearer(token(asking))).reply();
    }

    private static Map<String, String> bearer(Reply granted) {
        return Map.of(
                "authorization",
                "Bearer " + Asking.json(granted).path("access_token").asText());
    }

    private static Reply token(Asking asking) {
        return asking.send("POST", "/snovio/v1/oauth/access_token", KEY, Map.of())
                .reply();
    }
}
