package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import io.tributary.sandbox.world.Inputs;
import io.tributary.sandbox.world.Person;
import io.tributary.sandbox.world.Sight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Snov.io's tasks: started once and billed then, asked for until they are completed, and v1's answer at once. */
final class SnovioTasks {
    static final String NO_CREDITS = "not_enough_credits";
    private static final int MAX = 10;
    private static final String JOB = "req_";

    /** The tasks, by the path that stands before {@code /start} and {@code /result}. */
    enum Task {
        FINDER("/v2/emails-by-domain-by-name", "email.bulk_start"),
        PROFILES("/v2/li-profiles-by-urls", "profile.bulk_start"),
        DOMAINS("/v2/company-domain-by-name", "domain.bulk_start"),
        /** Of the other family: the hash is part of the result's path. */
        COMPANY("/v2/domain-search", "company.start");

        private final String path;
        private final String operation;

        Task(String path, String operation) {
            this.path = path;
            this.operation = operation;
        }

        String operation() {
            return operation;
        }
    }

    private SnovioTasks() {}

    /** The task that a request starts. */
    static Optional<Task> started(Request request) {
        return Arrays.stream(Task.values())
                .filter(task ->
                        request.method().equals("POST") && request.path().equals(task.path + "/start"))
                .findFirst();
    }

    /** The task whose result a request asks for. */
    static Optional<Task> asked(Request request) {
        return Arrays.stream(Task.values())
                .filter(task -> request.method().equals("GET")
                        && (task == Task.COMPANY
                                ? request.path().startsWith(task.path + "/result/")
                                : request.path().equals(task.path + "/result")))
                .findFirst();
    }

    static Reply start(Request request, Desk desk) {
        Task task = started(request).orElseThrow();
        if (task == Task.COMPANY) {
            return company(request, desk);
        }
        ObjectNode meta = Json.object();
        List<Desk.Item> items = new ArrayList<>();
        switch (task) {
            case FINDER -> {
                JsonNode rows = request.json().orElse(Json.object()).path("rows");
                meta.set("rows", rows);
                rows.forEach(row -> finder(row, desk).ifPresent(items::add));
                if (items.size() != rows.size()) {
                    return SnovioDialect.errors(400, "a row needs first_name, last_name and domain");
                }
            }
            case PROFILES -> SnovioDialect.values(request, "urls[]").forEach(url -> items.add(profile(url, desk)));
            default -> SnovioDialect.values(request, "names[]").forEach(name -> items.add(domain(name, desk)));
        }
        if (items.isEmpty() || items.size() > MAX) {
            return SnovioDialect.errors(400, "1 to " + MAX + " are taken");
        }
        return accepted(task, desk.shaped(items), meta, desk);
    }

    /** A row that is not found has an empty result, or is missing; what the credits do not reach is left out. */
    private static Reply accepted(Task task, List<Desk.Item> items, ObjectNode meta, Desk desk) {
        ArrayNode data = Json.array();
        List<Charge> charges = new ArrayList<>();
        double left = desk.creditsLeft();
        boolean enough = true;
        for (Desk.Item item : items) {
            double price = item.charge().map(Charge::credits).orElse(0.0);
            enough &= price <= left;
            if (enough) {
                left -= price;
                item.charge().ifPresent(charges::add);
                if (!item.body().isNull()) {
                    data.add(item.body());
                }
            }
        }
        ObjectNode result = Json.object().put("status", enough ? "completed" : NO_CREDITS);
        result.set("data", data);
        String hash = hash(task, result.set("meta", meta), desk);
        ObjectNode answer = Json.object();
        answer.putObject("data").put("task_hash", hash);
        return Reply.json(200, answer.set("meta", meta), charges);
    }

    private static Reply company(Request request, Desk desk) {
        Optional<String> domain = SnovioDialect.values(request, "domain").stream()
                .map(Inputs::domain)
                .filter(Inputs::isDomain)
                .findFirst();
        if (domain.isEmpty()) {
            return SnovioDialect.errors(400, "domain is needed");
        }
        Sight sight = desk.company(domain.get());
        ObjectNode meta = Json.object().put("domain", domain.get());
        ObjectNode result = Json.object().put("status", "completed");
        result.set(
                "data", sight.found() ? SnovioShape.company(desk.world().company(domain.get()), sight) : Json.array());
        String hash = hash(Task.COMPANY, result.set("meta", meta), desk);
        ObjectNode answer = Json.object();
        answer.putArray("data");
        answer.set("meta", Json.object().put("domain", domain.get()).put("task_hash", hash));
        answer.putObject("links").put("result", "https://api.snov.io" + Task.COMPANY.path + "/result/" + hash);
        return Reply.json(200, answer, charge("company", domain.get(), sight.found() ? 1 : 0));
    }

    private static String hash(Task task, ObjectNode result, Desk desk) {
        return desk.memory()
                .accept(Json.object().put("task", task.name()).set("result", result), desk.now())
                .substring(JOB.length());
    }

    /** A hash is known at the path of its own task only. */
    static Reply read(Request request, Desk desk) {
        Task task = asked(request).orElseThrow();
        String hash = task == Task.COMPANY
                ? request.path().substring((task.path + "/result/").length())
                : request.parameter("task_hash").orElse("");
        Optional<Memory.Job> job = desk.memory()
                .job(JOB + hash)
                .filter(known -> known.result().path("task").asText().equals(task.name()));
        if (job.isEmpty()) {
            return SnovioDialect.unknown();
        }
        boolean ready = !desk.now().isBefore(job.get().readyAt());
        ObjectNode answer = job.get().result().path("result").deepCopy();
        if (!ready) {
            answer.put("status", task == Task.COMPANY ? "in progress" : "in_progress");
            answer.putArray("data");
        }
        ((ObjectNode) answer.path("meta")).put("task_hash", hash);
        return Reply.json(200, answer);
    }

    /** By e-mail, at once: found for a credit, or a success that is false. */
    static Reply profile(Request request, Desk desk) {
        String email = SnovioDialect.values(request, "email").stream()
                .findFirst()
                .map(Inputs::email)
                .orElse("");
        if (!Inputs.isEmail(email)) {
            return SnovioDialect.errors(400, "email is needed");
        }
        Sight sight = desk.person(email);
        return sight.found()
                ? Reply.json(
                        200, SnovioShape.byEmail(desk.world().personByEmail(email), sight), charge("person", email, 1))
                : Reply.json(
                        200,
                        Json.object().put("success", false).put("result", "We couldn't find profile with this email"),
                        charge("person", email, 0));
    }

    private static Optional<Desk.Item> finder(JsonNode row, Desk desk) {
        PersonAsk ask =
                PersonAsk.read(row, new PersonAsk.Names("-", "-", "-", "first_name", "last_name", "-", "domain"));
        if (ask.kind() != PersonAsk.Kind.NAME) {
            return Optional.empty();
        }
        Sight sight = desk.person(ask.input());
        if (!sight.found() && sight.noise().at("row").unit() < 0.5) {
            return Optional.of(new Desk.Item(NullNode.getInstance(), Optional.of(charge("person", ask.input(), 0))));
        }
        ObjectNode found = SnovioShape.addresses(ask.name(), ask.person(desk.world()), sight);
        return Optional.of(new Desk.Item(
                found,
                Optional.of(charge("person", ask.input(), found.path("result").size()))));
    }

    private static Desk.Item profile(String url, Desk desk) {
        String page = Inputs.linkedin(url);
        Sight sight = desk.person(page);
        ObjectNode item = Json.object().put("url", sight.noise().at("slash").unit() < 0.5 ? url : url + "/");
        Person person = desk.world().personByLinkedin(page);
        item.set("result", sight.found() ? SnovioShape.profile(person, sight) : Json.array());
        return new Desk.Item(item, Optional.of(charge("person", page, sight.found() ? 1 : 0)));
    }

    private static Desk.Item domain(String name, Desk desk) {
        String domain = desk.world().companyByName(name).domain();
        Sight sight = desk.company(domain);
        ObjectNode item = Json.object().put("name", name);
        item.set("result", sight.found() ? Json.object().put("domain", domain) : Json.array());
        return new Desk.Item(item, Optional.of(charge("company.domain", domain, sight.found() ? 1 : 0)));
    }

    private static Charge charge(String entity, String input, double credits) {
        return credits == 0 ? Charge.free(entity, input, 200) : Charge.each(entity, input, 200, credits);
    }
}
