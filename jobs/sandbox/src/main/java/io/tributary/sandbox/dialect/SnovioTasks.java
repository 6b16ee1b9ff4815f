package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import io.tributary.sandbox.world.Inputs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Snov.io's tasks: started once and billed then, asked for until they are completed. */
final class SnovioTasks {
    static final String NO_CREDITS = "not_enough_credits";
    private static final int MAX = 10;
    private static final int SLOW = 3;
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

    /** What a task comes to, and what it means and costs for each of its inputs. */
    private record Outcome(ObjectNode result, List<Charge> charges) {}

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
                rows.forEach(row -> SnovioLookups.addresses(row, desk).ifPresent(items::add));
                if (items.size() != rows.size()) {
                    return SnovioDialect.errors(400, "a row needs first_name, last_name and domain");
                }
            }
            case PROFILES ->
                SnovioDialect.values(request, "urls[]").forEach(url -> items.add(SnovioLookups.profile(url, desk)));
            default ->
                SnovioDialect.values(request, "names[]").forEach(name -> items.add(SnovioLookups.domain(name, desk)));
        }
        if (items.isEmpty() || items.size() > MAX) {
            return SnovioDialect.errors(400, "1 to " + MAX + " are taken");
        }
        Outcome outcome = outcome(desk.shaped(items), desk);
        outcome.result().set("meta", meta);
        ObjectNode answer = Json.object();
        answer.putObject("data").put("task_hash", hash(task, outcome, desk));
        return Reply.json(200, answer.set("meta", meta), later(outcome));
    }

    private static Reply company(Request request, Desk desk) {
        Optional<String> domain = SnovioDialect.values(request, "domain").stream()
                .map(Inputs::domain)
                .filter(Inputs::isDomain)
                .findFirst();
        if (domain.isEmpty()) {
            return SnovioDialect.errors(400, "domain is needed");
        }
        Outcome outcome = outcome(List.of(SnovioLookups.company(domain.get(), desk)), desk);
        ObjectNode meta = Json.object().put("domain", domain.get());
        JsonNode only = outcome.result().path("data").path(0);
        if (!only.isMissingNode()) {
            outcome.result().set("data", only);
        }
        outcome.result().set("meta", meta);
        String hash = hash(Task.COMPANY, outcome, desk);
        ObjectNode answer = Json.object();
        answer.putArray("data");
        answer.set("meta", Json.object().put("domain", domain.get()).put("task_hash", hash));
        answer.putObject("links").put("result", "https://api.snov.io" + Task.COMPANY.path + "/result/" + hash);
        return Reply.json(200, answer, later(outcome));
    }

    /** A row that is not found has an empty result, or is missing; what the credits do not reach is left out. */
    private static Outcome outcome(List<Desk.Item> items, Desk desk) {
        ArrayNode data = Json.array();
        List<Charge> charges = new ArrayList<>();
        double left = desk.creditsLeft();
        boolean enough = !desk.shows(SnovioQuirks.CREDITS_END);
        for (Desk.Item item : items) {
            double price = item.charge().map(Charge::credits).orElse(0.0);
            enough &= price <= left;
            if (!enough) {
                item.charge().map(charge -> charge.unpaid(200)).ifPresent(charges::add);
                continue;
            }
            left -= price;
            item.charge().ifPresent(charges::add);
            if (!item.body().isNull()) {
                data.add(item.body());
            }
        }
        ObjectNode result = Json.object().put("status", enough ? "completed" : NO_CREDITS);
        return new Outcome(result.set("data", data), charges);
    }

    /** All of it is paid for now and told later. */
    private static List<Charge> later(Outcome outcome) {
        return outcome.charges().stream().map(Charge::later).toList();
    }

    private static String hash(Task task, Outcome outcome, Desk desk) {
        String first =
                outcome.charges().isEmpty() ? "" : outcome.charges().get(0).input();
        boolean lost = desk.shows(SnovioQuirks.TASK_LOST, first);
        ObjectNode job = Json.object().put("task", task.name()).put("lost", lost);
        List<Charge> answers = outcome.charges().stream()
                .map(charge -> lost ? charge.unpaid(404) : charge.paidBefore())
                .toList();
        return desk.memory()
                .accept(
                        job.set("result", outcome.result()),
                        answers,
                        desk.shows(SnovioQuirks.SLOW_TASK, first) ? SLOW : 0,
                        desk.now())
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
        if (job.get().result().path("lost").asBoolean()) {
            return SnovioDialect.unknown().withCharges(job.get().answers());
        }
        ObjectNode answer = job.get().result().path("result").deepCopy();
        ((ObjectNode) answer.path("meta")).put("task_hash", hash);
        if (job.get().isReady(desk.now())) {
            return rough(Reply.json(200, answer, job.get().answers()), hash);
        }
        answer.put("status", task == Task.COMPANY ? "in progress" : "in_progress");
        answer.putArray("data");
        return Reply.json(200, answer);
    }

    /** Of the control characters in it, half are escaped and half are not. */
    private static Reply rough(Reply reply, String hash) {
        String body = new String(reply.body(), StandardCharsets.UTF_8);
        return body.contains("\\u0000") && hash.hashCode() % 2 == 0
                ? reply.withBody(body.replace("\\u0000", "\0").getBytes(StandardCharsets.UTF_8))
                : reply;
    }
}
