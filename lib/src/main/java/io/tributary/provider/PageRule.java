package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.model.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How the pages of a finished job are found. An ask that is not answered on the pages read so far stays pending on those
 * that are left; it is nobody's fault, so that is no look in vain.
 *
 * @param at where a response names its pages, by {@code by}
 * @param apart whether that response has no items itself: the pages are asked for by a request of their own
 */
record PageRule(By by, NodePath at, boolean apart) {
    /** A page that was named is there. Should it not be, it is looked for a few times more. */
    static final Patience PATIENCE = new Patience(Duration.ofMillis(1), Duration.ofSeconds(10), Duration.ofMinutes(5));

    /** More are no plausible job, and each is a call. */
    private static final int MOST_PAGES = 100_000;

    /** What stands at the place. */
    enum By {
        /** The list of the pages. */
        LIST,
        /** How many pages there are, counted from 1. */
        TOTAL,
        /** The page after this one; nothing on the last. */
        NEXT
    }

    /** The same rule for the responses that hold the pages. */
    PageRule inPage() {
        return new PageRule(by, at, false);
    }

    /** What a response means that names pages and has no items. */
    Reading started(List<Ask> asks, JsonNode json, SubjectRule subject) {
        JsonNode named = at.find(json);
        if (by == By.LIST ? !named.isArray() : !named.isValueNode() || named.asInt() < 0) {
            return new Reading(Verdict.UNREADABLE, "unrecognised_body", List.of());
        }
        List<String> pages = named(json);
        return new Reading(
                Verdict.ANSWERED,
                "",
                asks.stream()
                        .map(ask -> pages.isEmpty()
                                ? subject.without(ask.reference(), Outcome.UNKNOWN, "no_pages", "")
                                        .ofJob(ask.pending().map(Pending::jobId))
                                : waiting(ask, job(ask).with(pages), subject))
                        .toList());
    }

    /** What becomes of an ask that has no item in this response; empty if it was the last. */
    Optional<ItemReading> elsewhere(Ask ask, JsonNode json, SubjectRule subject) {
        JobPages now = job(ask);
        List<String> left = by == By.NEXT || now.pages().isEmpty()
                ? named(json)
                : now.afterNext().pages();
        // The first response was the first page.
        List<String> unread =
                by == By.TOTAL && now.pages().isEmpty() && !left.isEmpty() ? left.subList(1, left.size()) : left;
        return unread.isEmpty() ? Optional.empty() : Optional.of(waiting(ask, now.with(unread), subject));
    }

    private static JobPages job(Ask ask) {
        return JobPages.of(ask.pending().map(Pending::jobId).orElse(""));
    }

    private static ItemReading waiting(Ask ask, JobPages left, SubjectRule subject) {
        return subject.without(ask.reference(), Outcome.PENDING, "further_pages", "")
                .ofJob(Optional.of(left.text()));
    }

    private List<String> named(JsonNode json) {
        JsonNode node = at.find(json);
        return switch (by) {
            case LIST -> {
                List<String> pages = new ArrayList<>();
                node.forEach(page -> pages.add(page.asText()));
                yield pages.stream()
                        .filter(page -> !page.isBlank())
                        .distinct()
                        .limit(MOST_PAGES)
                        .toList();
            }
            case TOTAL ->
                IntStream.rangeClosed(1, Math.min(node.asInt(), MOST_PAGES))
                        .mapToObj(Integer::toString)
                        .toList();
            case NEXT -> node.isValueNode() && !node.asText("").isBlank() ? List.of(node.asText()) : List.of();
        };
    }
}
