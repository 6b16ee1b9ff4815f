package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Charge;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Reply;
import io.tributary.sandbox.wire.Request;
import io.tributary.sandbox.wire.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The bulk jobs of the Enterprise API: accepted at once, asked for until they are over, read page by page. What a job
 * finds is billed when it is accepted; the records of a page, or of a job, that fails are not.
 */
final class ZoomInfoJobs {
    private static final int MAX = 10_000;
    /** The text says so; the sample and the text on the status say 1000. */
    private static final int PAGE = 500;

    private static final String PREFIX = "req_";
    /** A job's id has forty digits. */
    private static final String SUFFIX = "4a31b1f4c0a0e6f2d7b8a9c0";

    private ZoomInfoJobs() {}

    static Reply start(Request request, boolean person, Desk desk) {
        ZoomInfoCall call;
        try {
            call = ZoomInfoCall.read(request.json().orElse(Json.object()), person, MAX);
        } catch (IllegalArgumentException unreadable) {
            return ZoomInfoLegacyDialect.error(400, unreadable.getMessage());
        }
        if (desk.shows(ZoomInfoQuirks.NO_BULK, "account")) {
            return call.undone(ZoomInfoLegacyDialect.error(403, "Bulk enrichment is not in your subscription"));
        }
        String aCase = call.aCase(desk);
        Optional<Reply> refused = ZoomInfoLegacyEnrich.refused(call, aCase, desk);
        if (refused.isPresent()) {
            return refused.get();
        }
        ObjectNode job = Json.object()
                .put("entityType", person ? "contact" : "company")
                .put("total", call.asks().size())
                .put("failed", desk.shows(ZoomInfoQuirks.JOB_FAILED, aCase))
                .put("capitals", desk.shows(ZoomInfoQuirks.CAPITALS, aCase));
        List<Charge> charges =
                pages(job.putArray("pages"), call, aCase, job.path("failed").asBoolean(), desk);
        String id = desk.memory().accept(job, List.of(), 0, desk.now()).substring(PREFIX.length()) + SUFFIX;
        return Reply.json(200, Json.object().put("jobId", id), charges);
    }

    /** Works the records page by page, since nothing of a page that fails is looked up. */
    private static List<Charge> pages(ArrayNode pages, ZoomInfoCall call, String aCase, boolean lost, Desk desk) {
        int size = desk.shows(ZoomInfoQuirks.LARGE_PAGES, aCase) ? 2 * PAGE : PAGE;
        boolean gap = desk.shows(ZoomInfoQuirks.PAGE_GAP, aCase);
        ZoomInfoMatcher matcher = ZoomInfoLegacyEnrich.matcher(call, desk);
        List<Charge> charges = new ArrayList<>();
        for (int from = 0; from < call.asks().size(); from += size) {
            int number = 1 + pages.size();
            List<ZoomInfoAsk> asks =
                    call.asks().subList(from, Math.min(from + size, call.asks().size()));
            boolean fails = lost || desk.shows(ZoomInfoQuirks.PAGE_FAILED, aCase + "|" + number);
            ObjectNode page = pages.addObject()
                    .put("page", gap && number > 1 ? number + 1 : number)
                    .put("fails", fails);
            List<Desk.Item> items = fails
                    ? asks.stream().map(ZoomInfoJobs::untouched).toList()
                    : ZoomInfoLegacyEnrich.items(
                            new ZoomInfoCall(call.person(), asks, call.fields(), call.required()),
                            matcher,
                            false,
                            desk);
            for (Desk.Item item : items) {
                keep(page.withArray("items"), item);
                item.charge().map(charge -> charge.meaning(Truth.LATER)).ifPresent(charges::add);
            }
        }
        return charges;
    }

    private static Desk.Item untouched(ZoomInfoAsk ask) {
        return new Desk.Item(
                Json.object(),
                Optional.of(Charge.free(ask.entity(), ask.input(), 200).meaning(Truth.UNANSWERED)));
    }

    private static void keep(ArrayNode items, Desk.Item item) {
        ObjectNode kept = items.addObject();
        kept.set("body", item.body());
        item.charge().ifPresent(charge -> kept.put("entity", charge.entity())
                .put("input", charge.input())
                .put("truth", charge.truth().name()));
    }

    static Reply status(Request request, Desk desk) {
        Optional<Memory.Job> known = job(request, desk);
        if (known.isEmpty()) {
            return ZoomInfoLegacyDialect.error(404, "Unknown job");
        }
        JsonNode job = known.get().result();
        boolean over = !desk.now().isBefore(known.get().readyAt());
        boolean failed = job.path("failed").asBoolean();
        String status = !over ? "In_Progress" : failed ? "Failed" : "Completed";
        ObjectNode body = Json.object()
                .put("jobId", id(request))
                .put("status", job.path("capitals").asBoolean() ? status.toUpperCase(Locale.ROOT) : status)
                .put("jobType", "redeem")
                .put("entityType", job.path("entityType").asText());
        if (!over) {
            return Reply.json(200, body);
        }
        List<Charge> lost = new ArrayList<>();
        List<Integer> good = new ArrayList<>();
        for (JsonNode page : job.path("pages")) {
            if (page.path("fails").asBoolean()) {
                lost.addAll(charges(page));
            } else {
                good.add(page.path("page").asInt());
            }
        }
        if (!failed) {
            body.put("totalRecords", job.path("total").asInt())
                    .put("totalPages", lastPage(job))
                    .put("successfulPagesCount", good.size());
            ArrayNode pages = body.putArray("successfulPages");
            good.forEach(pages::add);
        }
        return Reply.json(200, body, lost);
    }

    static Reply results(Request request, Desk desk) {
        Optional<Memory.Job> known =
                job(request, desk).filter(job -> !desk.now().isBefore(job.readyAt()));
        if (known.isEmpty()) {
            return ZoomInfoLegacyDialect.error(404, "Unknown job");
        }
        JsonNode job = known.get().result();
        int asked = request.json().orElse(Json.object()).path("page").asInt();
        for (JsonNode page : job.path("pages")) {
            if (page.path("page").asInt() == asked && !page.path("fails").asBoolean()) {
                ObjectNode body = Json.object()
                        .put("jobType", "redeem")
                        .put("entityType", job.path("entityType").asText())
                        .put("totalRecords", job.path("total").asInt())
                        .put("totalPages", lastPage(job))
                        .put("currentPage", asked)
                        .put("currentResults", page.path("items").size());
                ArrayNode result = body.putArray("result");
                page.path("items").forEach(item -> result.add(item.path("body")));
                return Reply.json(200, body, charges(page));
            }
        }
        return ZoomInfoLegacyDialect.error(400, "Page " + asked + " is none of the successful pages");
    }

    /** What the records of a page came to; the price was taken when the job was accepted. */
    private static List<Charge> charges(JsonNode page) {
        List<Charge> charges = new ArrayList<>();
        for (JsonNode item : page.path("items")) {
            if (item.has("entity")) {
                charges.add(Charge.free(
                                item.path("entity").asText(), item.path("input").asText(), 200)
                        .meaning(Truth.valueOf(item.path("truth").asText())));
            }
        }
        return charges;
    }

    private static int lastPage(JsonNode job) {
        JsonNode pages = job.path("pages");
        return pages.path(pages.size() - 1).path("page").asInt();
    }

    private static String id(Request request) {
        return Json.text(request.json().orElse(Json.object()), "jobId").orElse("");
    }

    private static Optional<Memory.Job> job(Request request, Desk desk) {
        String id = id(request);
        return id.endsWith(SUFFIX)
                ? desk.memory().job(PREFIX + id.substring(0, id.length() - SUFFIX.length()))
                : Optional.empty();
    }
}
