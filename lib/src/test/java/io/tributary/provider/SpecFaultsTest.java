package io.tributary.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.yaml.Fault;
import io.tributary.yaml.Faults;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes in a provider's file: each is told once, with its line, its path, what is wrong and what was probably meant. */
class SpecFaultsTest {
    static final String GOOD = """
            name: acme
            hosts: {api: "https://api.acme.example"}
            auth: {kind: header, name: X-Key}
            quota: [{calls: 10, per: 1s}]
            re-ask: hold
            rules:
              - {when: {status: "404"}, is: not-found, reason: not_found}
            operations:
              person:
                entity: person
                needs: [[email]]
                request:
                  method: get
                  path: /people
                  query: {email: "${email}"}
                match: {id: "*"}
                complete: [title]
                confidence: {from: score, scale: 100, otherwise: 0.5}
                credits: {by-outcome: {matched: 1}, worst: 1}
                fields:
                  person: {id: id, title: job.title, phone: phone}
            """;

    static List<String> faults(String text) {
        Faults faults = new Faults();
        ProviderSpec.check("acme.yaml", text, faults);
        return faults.list().stream().map(Fault::toString).toList();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(
                        "a balance that tells nothing",
                        "re-ask: hold",
                        "re-ask: hold\nbalance: {request: {method: get, path: /account}}",
                        "acme.yaml:6 balance: tells neither what is left nor what was used; say where 'remaining' or 'used' is"),
                Arguments.of(
                        "a balance of a limit alone",
                        "re-ask: hold",
                        "re-ask: hold\nbalance: {request: {method: get, path: /account}, limit: total}",
                        "acme.yaml:6 balance: tells neither what is left nor what was used; say where 'remaining' or 'used' is, as a limit alone is no balance"),
                Arguments.of(
                        "a balance that is asked for nowhere",
                        "re-ask: hold",
                        "re-ask: hold\nbalance: {remaining: credits}",
                        "acme.yaml:6 balance: lacks the key 'request': How the account is asked for; it must cost nothing."),
                Arguments.of(
                        "a balance at a host that is not there",
                        "re-ask: hold",
                        "re-ask: hold\nbalance: {request: {method: get, host: apl, path: /account}, remaining: credits}",
                        "acme.yaml:6 balance.request.host: \"apl\" is none of the hosts; did you mean 'api'?"),
                Arguments.of(
                        "a balance of somebody",
                        "re-ask: hold",
                        "re-ask: hold\nbalance: {request: {method: get, path: /account, query: {email: \"${email}\"}}, remaining: credits}",
                        "acme.yaml:6 balance.request.query.email: ${email} is no input here; none is known here"),
                Arguments.of(
                        "a meter that is not chosen",
                        "re-ask: hold",
                        "re-ask: hold\nbalance: {request: {method: get, path: /account}, among: \"usage[]\", remaining: left}",
                        "acme.yaml:6 balance: needs 'among' and 'where' together: among: usage[], where: {limitType: credits}"),
                Arguments.of(
                        "a choice among nothing",
                        "re-ask: hold",
                        "re-ask: hold\nbalance: {request: {method: get, path: /account}, where: {type: credits}, remaining: left}",
                        "acme.yaml:6 balance: needs 'among' and 'where' together: among: usage[], where: {limitType: credits}"),
                Arguments.of(
                        "a misspelt meter",
                        "re-ask: hold",
                        "re-ask: hold\nbalance: {request: {method: get, path: /account}, remaning: left, used: spent}",
                        "acme.yaml:6 balance.remaning: is not a known key; did you mean 'remaining'?"),
                Arguments.of(
                        "a meter in a header without a name",
                        "re-ask: hold",
                        "re-ask: hold\nbalance: {request: {method: get, path: /account}, remaining: {}}",
                        "acme.yaml:6 balance.remaining: lacks the key 'header': The header that states it."),
                Arguments.of(
                        "a trial of an operation that is not there",
                        "re-ask: hold",
                        "re-ask: hold\nlive: {asks: [{operation: persons, inputs: {email: a@b.c}, is: [matched]}]}",
                        "acme.yaml:6 live.asks[0].operation: there is no operation \"persons\"; did you mean 'person'?"),
                Arguments.of(
                        "a trial that can't be asked",
                        "re-ask: hold",
                        "re-ask: hold\nlive: {hosts: {ap: \"https://sandbox.acme.example\"}, asks: [{operation: person, inputs: {email: a@b.c}, is: [matched]}]}",
                        "acme.yaml:6 live.hosts.ap: \"ap\" is none of the hosts; did you mean 'api'?"),
                Arguments.of(
                        "a trial with too little",
                        "re-ask: hold",
                        "re-ask: hold\nlive: {asks: [{operation: person, inputs: {phone: \"1\"}, is: [matched]}]}",
                        "acme.yaml:6 live.asks[0].inputs: are not enough for person, which could not be asked"),
                Arguments.of(
                        "a page that is not named",
                        "re-ask: hold",
                        "re-ask: hold\npending: {kind: poll, job: id, request: {method: get, path: \"/jobs/${job_id}\"}, pages: {by: next, at: next}}",
                        "acme.yaml:6 pending.request: has no \"${page}\", so it would ask for the same page again"),
                Arguments.of(
                        "a page after another with a request of its own",
                        "re-ask: hold",
                        "re-ask: hold\npending: {kind: poll, job: id, request: {method: get, path: \"/jobs/${job_id}\"}, pages: {by: next, at: next, request: {method: get, path: \"/pages/${job_id}/${page}\"}}}",
                        "acme.yaml:6 pending.pages: reads one page after the other, but 'next' is only known from a page; take 'request' away and write ${page} into the job's own, or name the pages by list or total"),
                Arguments.of(
                        "an answer about what is asked anyway",
                        "complete: [title]",
                        "answers-also: {person: [title]}",
                        "acme.yaml:17 operations.person.answers-also.person: is what this operation asks about anyway; name the other entity"),
                Arguments.of(
                        "an answer about a company that is not read",
                        "complete: [title]",
                        "answers-also: {company: [name]}",
                        "acme.yaml:17 operations.person.answers-also.company[0]: no answer can be one about a company too, because 'fields' does not map name of a company"),
                Arguments.of(
                        "no confidence rule",
                        "    confidence: {from: score, scale: 100, otherwise: 0.5}\n",
                        "",
                        "acme.yaml:10 operations.person: lacks the key 'confidence': How sure an answer is."),
                Arguments.of(
                        "no last resort of the confidence",
                        ", scale: 100, otherwise: 0.5}",
                        "}",
                        "acme.yaml:18 operations.person.confidence: lacks the key 'otherwise': Where the provider states none; alone, a constant."),
                Arguments.of(
                        "a confidence above 1",
                        "otherwise: 0.5",
                        "otherwise: 50",
                        "acme.yaml:18 operations.person.confidence.otherwise: \"50\" is not a number from 0 to 1"),
                Arguments.of(
                        "a table that nothing reads",
                        "{from: score, scale: 100, otherwise: 0.5}",
                        "{table: {high: 0.9}, otherwise: 0.5}",
                        "acme.yaml:18 operations.person.confidence.table: is never read, because no 'from' says where the provider's word is"),
                Arguments.of(
                        "no worst case",
                        ", worst: 1}",
                        "}",
                        "acme.yaml:19 operations.person.credits: lacks the key 'worst': The most that one ask can cost; budgets are cut by it."),
                Arguments.of(
                        "an unknown outcome",
                        "{matched: 1}",
                        "{match: 1}",
                        "acme.yaml:19 operations.person.credits.by-outcome.match: \"match\" is not allowed; did you mean 'matched'?"),
                Arguments.of(
                        "a misspelled key",
                        "complete: [title]",
                        "complet: [title]",
                        "acme.yaml:17 operations.person.complet: is not a known key; did you mean 'complete'?"),
                Arguments.of(
                        "an unknown rule for asking again",
                        "re-ask: hold",
                        "re-ask: holt",
                        "acme.yaml:5 re-ask: \"holt\" is not allowed; did you mean 'hold'?"),
                Arguments.of(
                        "an unknown verdict",
                        "is: not-found",
                        "is: not-fund",
                        "acme.yaml:7 rules[0].is: \"not-fund\" is not allowed; did you mean 'not-found'?"),
                Arguments.of(
                        "a rule that gives a match",
                        "is: not-found",
                        "is: matched",
                        "acme.yaml:7 rules[0].is: \"matched\" is not allowed; write one of answered-last, transient, rate-limited, too-concurrent, bad-credential, credits-gone, misconfigured, field-refused, split, unreadable, not-found, rejected, pending, suppressed"),
                Arguments.of(
                        "a reason in words",
                        "reason: not_found",
                        "reason: Not found",
                        "acme.yaml:7 rules[0].reason: \"Not found\" is not a code in snake case"),
                Arguments.of(
                        "a status that is none",
                        "status: \"404\"",
                        "status: \"4o4\"",
                        "acme.yaml:7 rules[0].when.status: \"4o4\" is not an HTTP status such as 404 or 5xx"),
                Arguments.of(
                        "a path that is none",
                        "match: {id: \"*\"}",
                        "match: {a..b: \"*\"}",
                        "acme.yaml:16 operations.person.match.a..b: \"a..b\" is not a path such as data.person, or '' for the whole"),
                Arguments.of(
                        "an unknown field",
                        "title: job.title",
                        "titel: job.title",
                        "acme.yaml:21 operations.person.fields.person.titel: \"titel\" is not allowed; did you mean 'title'?"),
                Arguments.of(
                        "a field of a company",
                        "phone: phone",
                        "legal_name: phone",
                        "acme.yaml:21 operations.person.fields.person.legal_name: a person has no field \"legal_name\"; known here: id, email, name.full, name.first, name.last, title, seniority, department, phone, linkedin, company.id, company.name, company.domain, location.city, location.state, location.country, last_updated"),
                Arguments.of(
                        "a converter of another type",
                        "phone: phone",
                        "phone: {from: phone, as: long}",
                        "acme.yaml:21 operations.person.fields.person.phone.as: \"long\" does not give a string, which phone is"),
                Arguments.of(
                        "an unknown converter",
                        "phone: phone",
                        "phone: {from: phone, as: lowercase}",
                        "acme.yaml:21 operations.person.fields.person.phone.as: \"lowercase\" is not allowed; write one of text, lower, long, thousands, list, linkedin-person, linkedin-company, domain, range, us-date, handle"),
                Arguments.of(
                        "an unknown field in complete",
                        "complete: [title]",
                        "complete: [titles]",
                        "acme.yaml:17 operations.person.complete[0]: a person has no field \"titles\"; did you mean 'title'?"),
                Arguments.of(
                        "a complete field that is not mapped",
                        "complete: [title]",
                        "complete: [seniority]",
                        "acme.yaml:17 operations.person.complete[0]: no match can be complete, because 'fields' does not map seniority"),
                Arguments.of(
                        "no field of its entity",
                        "person: {id: id, title: job.title, phone: phone}",
                        "company: {id: id}",
                        "acme.yaml:21 operations.person.fields: maps no field of a person, which this operation asks about"),
                Arguments.of(
                        "an unknown placeholder",
                        "\"${email}\"",
                        "\"${e_mail}\"",
                        "acme.yaml:15 operations.person.request.query.email: ${e_mail} is no input here; did you mean 'email'?"),
                Arguments.of(
                        "a path that may lack its input",
                        "path: /people",
                        "path: /people/${domain}",
                        "acme.yaml:14 operations.person.request.path: ${domain} may be unknown, because not every set of 'needs' has domain"),
                Arguments.of(
                        "a path that is no URL",
                        "path: /people",
                        "path: /people|all",
                        "acme.yaml:14 operations.person.request.path: \"/people|all\" is not a path that starts with /, of URL characters and ${names}"),
                Arguments.of(
                        "an unknown host",
                        "method: get",
                        "host: apl\n      method: get",
                        "acme.yaml:13 operations.person.request.host: \"apl\" is none of the hosts; did you mean 'api'?"),
                Arguments.of(
                        "no host",
                        "{api: \"https://api.acme.example\"}",
                        "{}",
                        "acme.yaml:2 hosts: is empty; give at least one"),
                Arguments.of(
                        "plain http",
                        "https://api.acme.example",
                        "http://api.acme.example",
                        "acme.yaml:2 hosts.api: \"http://api.acme.example\" is not encrypted; write https:// (http:// is only for this machine)"),
                Arguments.of(
                        "an unknown input",
                        "needs: [[email]]",
                        "needs: [[mail]]",
                        "acme.yaml:11 operations.person.needs[0][0]: \"mail\" is not allowed; did you mean 'email'?"),
                Arguments.of(
                        "a batch that sends nobody",
                        "match: {id: \"*\"}",
                        "batch: {size: 10, item: {email: \"${email}\"}}\n    match: {id: \"*\"}",
                        "acme.yaml:13 operations.person.request: has no \"${items}\" in body, form or query, so a batch would send nobody"),
                Arguments.of(
                        "an item rule about the whole call",
                        "match: {id: \"*\"}",
                        "item-rules: [{when: {body: {status: slow}}, is: rate-limited, reason: slow}]\n    match: {id: \"*\"}",
                        "acme.yaml:16 operations.person.item-rules[0].is: \"rate-limited\" is not allowed; write one of not-found, rejected, pending, suppressed, transient, credits-gone"),
                Arguments.of(
                        "items named by references that are not sent",
                        "match: {id: \"*\"}",
                        "batch: {size: 10, keyed: true, item: {email: \"${email}\"}}\n    match: {id: \"*\"}",
                        "acme.yaml:13 operations.person.request: has no \"${items}\" in body, form or query, so a batch would send nobody\n"
                                + "acme.yaml:16 operations.person.batch.item: has no \"${reference}\", by which the items of the answer are named"),
                Arguments.of(
                        "a token from nowhere",
                        "auth: {kind: header, name: X-Key}",
                        "auth: {kind: token, request: {host: logn, path: /token}, token: jwt}",
                        "acme.yaml:3 auth.request.host: \"logn\" is none of the hosts; known here: api"),
                Arguments.of(
                        "a token asked for in two ways",
                        "auth: {kind: header, name: X-Key}",
                        "auth: {kind: token, request: {path: /token, form: {a: b}, body: {a: b}}, token: jwt}",
                        "acme.yaml:3 auth.request: has a form and a body; a request has one of them"),
                Arguments.of(
                        "answers that nobody would fetch",
                        "is: not-found, reason: not_found",
                        "is: pending, reason: queued",
                        "acme.yaml:7 rules[0]: leaves answers pending, but no 'pending' says how they are fetched; write 'pending: {kind: same-request}' or name the job to poll"),
                Arguments.of(
                        "a job that is asked for without its name",
                        "re-ask: hold",
                        "re-ask: hold\npending: {kind: poll, job: id, request: {method: get, path: /jobs}}",
                        "acme.yaml:6 pending.request: has no \"${job_id}\", so it would ask for no job"),
                Arguments.of(
                        "a job that is asked for with what is not known any more",
                        "re-ask: hold",
                        "re-ask: hold\npending: {kind: poll, job: id, request: {method: get, path: \"/jobs/${job_id}/${email}\"}}",
                        "acme.yaml:6 pending.request.path: ${email} is no input here; known here: job_id"),
                Arguments.of(
                        "a job without a place for its name",
                        "re-ask: hold",
                        "re-ask: hold\npending: {kind: poll, request: {method: get, path: \"/jobs/${job_id}\"}}",
                        "acme.yaml:6 pending: lacks the key 'job': Where the accepting response names the job."),
                Arguments.of(
                        "a window without a length",
                        "per: 1s",
                        "per: 1 sec",
                        "acme.yaml:4 quota[0].per: \"1 sec\" is not a duration; write 1s"),
                Arguments.of(
                        "auth of an unknown kind",
                        "kind: header",
                        "kind: heder",
                        "acme.yaml:3 auth.kind: \"heder\" is not allowed; did you mean 'header'?"),
                Arguments.of(
                        "a name with capitals",
                        "name: acme",
                        "name: Acme",
                        "acme.yaml:1 name: \"Acme\" is not a name in lower case"));
    }

    @Test
    void theFileWithoutAMistakeHasNoFault() {
        assertEquals(List.of(), faults(GOOD));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void tellsEveryMistakeOnceAndWhatToDo(String mistake, String good, String bad, String message) {
        assertEquals(1, GOOD.split(java.util.regex.Pattern.quote(good), -1).length - 1, "stands in the good file once");
        assertEquals(message, String.join("\n", faults(GOOD.replace(good, bad))));
    }

    /** An operation that another one keeps from every ask is a mistake, unless the file says that it is not in use. */
    @Test
    void tellsAnOperationThatIsNeverAsked() {
        String second = "  again:\n" + GOOD.substring(GOOD.indexOf("    entity: person"));
        assertEquals(
                List.of(
                        "acme.yaml:23 operations.again: is never asked, because person stands before it and takes the same"
                                + " inputs; move it up, or write 'use: false'"),
                faults(GOOD + second));
        assertEquals(List.of(), faults(GOOD + second.replace("entity: person", "entity: person\n    use: false")));
        assertEquals(List.of(), faults(GOOD + second.replace("[[email]]", "[[email], [linkedin]]")));
        assertEquals(List.of(), faults(GOOD.replace("entity: person", "entity: person\n    use: false") + second));
    }

    @Test
    void tellsAllMistakesAtOnce() {
        String text = GOOD.replace("re-ask: hold", "re-ask: never")
                .replace("by-outcome: {matched: 1}", "by-outcome: {found: 1}")
                .replace("complete: [title]", "complete: [titel]");
        assertEquals(3, faults(text).size());
    }
}
