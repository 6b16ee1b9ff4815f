package io.tributary.provider;

import io.tributary.model.Identifiers;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.Outcome;
import io.tributary.yaml.Faults;
import io.tributary.yaml.Nearest;
import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;
import io.tributary.yaml.Tree;
import java.net.URI;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a provider's file may say of the provider's own sandbox or test key, and how that is read. */
final class LiveShape {
    private static final ObjectShape TRIAL = Shape.object("An ask, and what must come of it.")
            .required("operation", Shape.text(), "One of operations.")
            .required("inputs", Shape.entries(Shape.oneOf(SpecWords.inputs()), Shape.text()), "What is asked about.")
            .required("is", Shape.someOf(Shape.oneOf(SpecWords.outcomes())), "The outcomes of which one must come.");

    static final ObjectShape LIVE = Shape.object(
                    "How 'providers check --live' tries the file against the provider itself without paying.")
            .optional("key", Shape.text(), "A test key that the provider publishes; absent: one's own is used.")
            .withDefault("hosts", Shape.entries(Shape.url()), "{}", "Addresses of its sandbox, by the names of hosts.")
            .required("asks", Shape.someOf(TRIAL), "What is asked.");

    private LiveShape() {}

    /** What can only be told from the rest of the file, which has no other fault. */
    static void relations(Tree spec, Faults faults) {
        Set<String> hosts = spec.entries("hosts").keySet();
        Map<String, Tree> operations = spec.entries("operations");
        spec.find("live").ifPresent(live -> {
            live.entries("hosts").entrySet().stream()
                    .filter(host -> !hosts.contains(host.getKey()))
                    .forEach(host -> faults.add(host.getValue()
                            .fault("\"" + host.getKey() + "\" is none of the hosts"
                                    + Nearest.remedy(host.getKey(), hosts))));
            for (Tree trial : live.list("asks")) {
                String name = trial.text("operation");
                if (!operations.containsKey(name)) {
                    faults.add(trial.at("operation")
                            .fault("there is no operation \"" + name + "\""
                                    + Nearest.remedy(name, operations.keySet())));
                } else if (SpecRelations.needs(operations.get(name)).stream()
                        .noneMatch(trial.entries("inputs").keySet()::containsAll)) {
                    faults.add(trial.at("inputs").fault("are not enough for " + name + ", which could not be asked"));
                }
            }
        });
    }

    static LiveCheck read(Tree live) {
        Map<String, URI> hosts = new LinkedHashMap<>();
        live.entries("hosts").forEach((name, url) -> hosts.put(name, url.url()));
        return new LiveCheck(
                live.find("key").map(Tree::text),
                hosts,
                live.list("asks").stream().map(LiveShape::trial).toList());
    }

    private static LiveCheck.Trial trial(Tree trial) {
        Map<Input, String> inputs = new EnumMap<>(Input.class);
        trial.entries("inputs").forEach((name, value) -> inputs.put(OperationReader.input(name), value.text()));
        return new LiveCheck.Trial(
                trial.text("operation"),
                new Identifiers(inputs),
                trial.texts("is").stream()
                        .map(word -> Outcome.valueOf(SpecWords.constant(word)))
                        .collect(Collectors.toSet()));
    }
}
