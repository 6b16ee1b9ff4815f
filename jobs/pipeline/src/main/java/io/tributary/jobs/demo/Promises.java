package io.tributary.jobs.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.jobs.report.Figure;
import io.tributary.jobs.report.RunSummary;
import java.util.ArrayList;
import java.util.List;

/** What the demo promises, as figures with their bounds, from its summaries and the providers' books. */
final class Promises {
    private Promises() {}

    /**
     * @param nights tonight, tomorrow, and once more
     * @param ledger the sandbox's books
     * @param published whether the quotas were those that the providers publish
     * @param faults whether the providers failed on purpose
     */
    static List<Figure> held(List<RunSummary> nights, JsonNode ledger, boolean published, boolean faults) {
        List<Figure> figures = new ArrayList<>();
        double told = sum(nights, "repeats");
        double sure = sum(nights, "credits");
        double billed = booked(ledger, "billed_credits");
        figures.add(Figure.atMost(
                "answers paid twice that no summary tells", Math.max(0, booked(ledger, "repeats") - told), 0));
        figures.add(Figure.atMost("calls refused by a rate window", booked(ledger, "refused_by_window"), 0));
        figures.add(Figure.atMost("credits counted above those billed", Math.max(0, sure - billed), 0));
        figures.add(Figure.atMost(
                "credits billed above those counted and uncertain",
                Math.max(0, billed - sure - sum(nights, "credits_uncertain")),
                0));
        if (!faults) {
            figures.add(Figure.atMost("answers paid twice", booked(ledger, "repeats"), 0));
            RunSummary third = nights.get(2);
            figures.add(Figure.atMost("third night: keys asked", third.count("work"), 0));
            figures.add(Figure.atMost("third night: golden rows changed", third.count("golden_changed"), 0));
            if (published) {
                figures.add(Figure.atLeast("busiest rate window, part used", busiest(ledger), 0.8));
            }
        }
        return List.copyOf(figures);
    }

    private static double sum(List<RunSummary> nights, String name) {
        return nights.stream().mapToDouble(night -> night.count(name)).sum();
    }

    private static double booked(JsonNode ledger, String name) {
        double sum = 0;
        for (JsonNode provider : ledger.path("providers")) {
            sum += provider.path(name).asDouble();
        }
        return sum;
    }

    private static double busiest(JsonNode ledger) {
        double most = 0;
        for (JsonNode provider : ledger.path("providers")) {
            JsonNode window = provider.path("busiest_window");
            if (window.path("limit").asDouble() > 0) {
                most = Math.max(
                        most,
                        window.path("used").asDouble() / window.path("limit").asDouble());
            }
        }
        return most;
    }
}
