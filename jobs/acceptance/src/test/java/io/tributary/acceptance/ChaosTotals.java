package io.tributary.acceptance;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All rounds together, for people. */
final class ChaosTotals {
    private ChaosTotals() {}

    /** A line for each round, one for each fault, and one for all. */
    static List<String> lines(List<ChaosOutcome> rounds) {
        List<String> lines =
                new ArrayList<>(rounds.stream().map(ChaosOutcome::toString).toList());
        lines.add("");
        lines.addAll(faults(rounds));
        lines.add("");
        lines.add(sum(rounds));
        lines.add("rounds by commit: "
                + rounds.stream()
                        .collect(Collectors.groupingBy(ChaosOutcome::code, TreeMap::new, Collectors.counting()))
                        .entrySet()
                        .stream()
                        .map(code -> (code.getKey().isEmpty() ? "not noted" : code.getKey()) + " " + code.getValue())
                        .collect(Collectors.joining(", ")));
        lines.add("a round "
                + RoundTime.mean(rounds.stream().map(ChaosOutcome::time).toList()));
        return lines;
    }

    private static List<String> faults(List<ChaosOutcome> rounds) {
        Map<ChaosFault, List<ChaosEvent>> events = new EnumMap<>(ChaosFault.class);
        rounds.stream().flatMap(round -> round.events().stream()).forEach(event -> events.computeIfAbsent(
                        event.fault(), fault -> new ArrayList<>())
                .add(event));
        List<String> lines =
                new ArrayList<>(List.of("fault | run | not run | answers it lost that were paid for twice"));
        for (ChaosFault fault : ChaosFault.values()) {
            List<ChaosEvent> some = events.getOrDefault(fault, List.of());
            Map<String, Long> reasons = some.stream()
                    .filter(event -> !event.ran())
                    .collect(Collectors.groupingBy(ChaosEvent::notRun, TreeMap::new, Collectors.counting()));
            lines.add("%s | %d | %s | %d"
                    .formatted(
                            fault.words(),
                            some.stream().filter(ChaosEvent::ran).count(),
                            reasons.isEmpty()
                                    ? "0"
                                    : reasons.entrySet().stream()
                                            .map(reason -> reason.getValue() + ": " + reason.getKey())
                                            .collect(Collectors.joining("; ")),
                            some.stream().mapToLong(ChaosEvent::repeats).sum()));
        }
        return lines;
    }

    private static String sum(List<ChaosOutcome> rounds) {
        long kills = rounds.stream().mapToLong(ChaosOutcome::kills).sum();
        long repeats = rounds.stream().mapToLong(ChaosOutcome::repeats).sum();
        double worst = rounds.stream()
                .filter(each -> each.bound() > 0)
                .mapToDouble(each -> (double) each.repeats() / each.bound())
                .max()
                .orElse(0);
        return ("rounds %s | failed %d | kills %d | repeats %d | repeats per kill %.1f | worst of repeats to bound %.2f"
                        + " | late %d")
                .formatted(
                        rounds.stream()
                                .collect(Collectors.groupingBy(ChaosOutcome::keys, TreeMap::new, Collectors.counting()))
                                .entrySet()
                                .stream()
                                .map(group -> group.getValue() + " of " + group.getKey() + " keys")
                                .collect(Collectors.joining(", ")),
                        rounds.stream().filter(each -> !each.broken().isEmpty()).count(),
                        kills,
                        repeats,
                        kills == 0 ? 0 : (double) repeats / kills,
                        worst,
                        rounds.stream().mapToLong(ChaosOutcome::late).sum());
    }
}
