package io.tributary.provider;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Identifiers.Input;
import io.tributary.yaml.Faults;
import io.tributary.yaml.Nearest;
import io.tributary.yaml.Tree;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules between the settings of a provider's file, which no shape can see. */
final class SpecRelations {
    private static final String ITEMS = "items";
    private static final String OUTPUT_FIELDS = "output_fields";

    private final Tree spec;
    private final Faults faults;

    /** Whether the shapes found no fault: only then is a lack no echo of another fault. */
    private final boolean sound;

    private SpecRelations(Tree spec, Faults faults) {
        this.spec = spec;
        this.faults = faults;
        this.sound = faults.isEmpty();
    }

    static void check(Tree spec, Faults faults) {
        SpecRelations rules = new SpecRelations(spec, faults);
        rules.emptiness();
        spec.list("quota").forEach(window -> WindowShape.check(window, faults));
        spec.entries("operations").values().forEach(rules::operation);
        rules.token();
        rules.pending();
        spec.find("balance").ifPresent(rules::balance);
        if (rules.sound) {
            rules.shadows();
            LiveShape.relations(spec, faults);
        }
    }

    private void emptiness() {
        for (String key : List.of("hosts", "operations")) {
            spec.find(key)
                    .filter(names -> sound && names.entries().isEmpty())
                    .ifPresent(names -> faults.add(names.fault("is empty; give at least one")));
        }
    }

    private void token() {
        Set<String> hosts = spec.entries("hosts").keySet();
        spec.find("auth").flatMap(auth -> auth.find("request")).stream()
                .flatMap(made -> made.isMapping() ? Stream.of(made) : made.list().stream())
                .forEach(request -> {
                    request.find("host")
                            .filter(host -> !hosts.contains(host.text()))
                            .ifPresent(host -> faults.add(host.fault("\"" + host.text() + "\" is none of the hosts"
                                    + Nearest.remedy(host.text(), hosts))));
                    oneContent(request);
                });
    }

    private void oneContent(Tree request) {
        if (sound && request.has("body") && !request.entries("form").isEmpty()) {
            faults.add(request.fault("has a form and a body; a request has one of them"));
        }
    }

    private void balance(Tree balance) {
        host(balance);
        balance.find("request").ifPresent(request -> only(Set.of(), request));
        if (sound && !balance.has("remaining") && !balance.has("used")) {
            faults.add(balance.fault("tells neither what is left nor what was used; say where 'remaining' or 'used' is"
                    + (balance.has("limit") ? ", as a limit alone is no balance" : "")));
        }
        if (sound && balance.has("among") != balance.has("where")) {
            faults.add(
                    balance.fault("needs 'among' and 'where' together: among: usage[], where: {limitType: credits}"));
        }
    }

    private void pending() {
        spec.find("pending").ifPresent(this::pending);
        for (Tree operation : spec.entries("operations").values()) {
            operation.find("pending").ifPresent(this::pending);
        }
        if (sound && !spec.has("pending")) {
            Stream.concat(
                            Stream.of(spec),
                            spec.entries("operations").values().stream().filter(each -> !each.has("pending")))
                    .flatMap(level -> level.list("rules").stream())
                    .filter(rule -> rule.text("is").equals("pending"))
                    .findFirst()
                    .ifPresent(
                            rule -> faults.add(rule.fault("leaves answers pending, but no 'pending' says how they are"
                                    + " fetched; write 'pending: {kind: same-request}' or name the job to poll")));
        }
    }

    private void pending(Tree rule) {
        rule.find("within-run")
                .filter(wait -> sound
                        && (wait.duration("first").isZero()
                                || wait.duration("longest").compareTo(wait.duration("first")) < 0))
                .ifPresent(wait -> faults.add(
                        wait.fault("has a first wait of nothing, or a longest one that is shorter; write for instance"
                                + " {first: 5s, longest: 60s}")));
        Optional<Tree> page = rule.find("pages").flatMap(pages -> pages.find("request"));
        rule.find("request").ifPresent(made -> jobRequest(made, rule.has("pages") && page.isEmpty()));
        page.ifPresent(made -> jobRequest(made, true));
        rule.find("pages")
                .filter(pages -> sound && pages.text("by").equals("next") && page.isPresent())
                .ifPresent(pages ->
                        faults.add(pages.fault("reads one page after the other, but 'next' is only known from a"
                                + " page; take 'request' away and write ${page} into the job's own, or name the pages by list or"
                                + " total")));
    }

    private void jobRequest(Tree made, boolean paged) {
        Set<String> job = paged ? Set.of(Template.JOB_ID, Template.PAGE) : Set.of(Template.JOB_ID);
        List<String> parts = List.of("path", "query", "form", "body");
        parts.forEach(part -> made.find(part).ifPresent(text -> only(job, text)));
        oneContent(made);
        if (parts.stream().noneMatch(part -> uses(made.find(part), Template.JOB_ID))) {
            faults.add(made.fault("has no \"${job_id}\", so it would ask for no job"));
        }
        if (paged && parts.stream().noneMatch(part -> uses(made.find(part), Template.PAGE))) {
            faults.add(made.fault("has no \"${page}\", so it would ask for the same page again"));
        }
    }

    private void operation(Tree operation) {
        host(operation);
        inputs(operation);
        fields(operation);
        operation
                .find("confidence")
                .filter(rule -> !rule.entries("table").isEmpty() && !rule.isGiven("from"))
                .ifPresent(rule -> faults.add(
                        rule.at("table").fault("is never read, because no 'from' says where the provider's word is")));
    }

    private void host(Tree operation) {
        Set<String> hosts = spec.entries("hosts").keySet();
        operation
                .find("request")
                .flatMap(request -> request.find("host"))
                .filter(host -> !hosts.contains(host.text()))
                .ifPresent(host -> faults.add(host.fault(
                        "\"" + host.text() + "\" is none of the hosts" + Nearest.remedy(host.text(), hosts))));
    }

    private void inputs(Tree operation) {
        Optional<Tree> request = operation.find("request");
        boolean batch = operation.has("batch");
        request.ifPresent(made -> {
            made.find("path").ifPresent(path -> {
                placeholders(path, Set.of());
                promised(path, operation);
            });
            for (String part : List.of("query", "form", "body")) {
                made.find(part).ifPresent(content -> placeholders(content, lists(made, batch)));
            }
            oneContent(made);
        });
        operation
                .find("batch")
                .flatMap(rule -> rule.find("item"))
                .ifPresent(item -> placeholders(item, Set.of(Template.REFERENCE)));
        boolean sendsItems = request.isPresent()
                && Stream.of("query", "form", "body")
                        .anyMatch(part -> uses(request.get().find(part), ITEMS));
        if (batch && request.isPresent() && !sendsItems) {
            faults.add(request.get().fault("has no \"${items}\" in body, form or query, so a batch would send nobody"));
        }
        operation
                .find("batch")
                .filter(rule -> sound && rule.flag("keyed") && !uses(rule.find("item"), Template.REFERENCE))
                .ifPresent(rule -> faults.add(
                        rule.at("item").fault("has no \"${reference}\", by which the items of the answer are named")));
    }

    private static Set<String> lists(Tree request, boolean batch) {
        Set<String> lists = new TreeSet<>();
        if (batch) {
            lists.add(ITEMS);
        }
        if (!request.texts("output-fields").isEmpty()) {
            lists.add(OUTPUT_FIELDS);
        }
        return lists;
    }

    /** What stands in a path must be known whenever the operation is asked. */
    private void promised(Tree path, Tree operation) {
        for (String name : new Template(path.text()).used()) {
            Optional<Input> input = Template.input(name);
            if (operation.has("batch")) {
                faults.add(path.fault("${" + name + "} belongs to one ask, but a batch carries several"));
            } else if (input.isPresent()
                    && needs(operation).stream()
                            .anyMatch(set -> !set.contains(input.get().id()))) {
                faults.add(path.fault("${" + name + "} may be unknown, because not every set of 'needs' has "
                        + input.get().id()));
            }
        }
    }

    /** The sets of inputs of an operation of which one must be known whole. */
    static List<Set<String>> needs(Tree operation) {
        return operation.list("needs").stream()
                .map(set -> set.list().stream().map(Tree::text).collect(Collectors.toSet()))
                .toList();
    }

    private static boolean uses(Optional<Tree> tree, String name) {
        if (tree.isEmpty()) {
            return false;
        }
        if (tree.get().isScalar()) {
            return tree.get().scalar() instanceof String text
                    && new Template(text).used().contains(name);
        }
        return tree.get().list().stream().anyMatch(child -> uses(Optional.of(child), name))
                || tree.get().entries().values().stream().anyMatch(child -> uses(Optional.of(child), name));
    }

    private void placeholders(Tree tree, Set<String> more) {
        Set<String> valid = new TreeSet<>(Template.names());
        valid.addAll(more);
        only(valid, tree);
    }

    private void only(Set<String> valid, Tree tree) {
        tree.entries().values().forEach(child -> only(valid, child));
        tree.list().forEach(child -> only(valid, child));
        if (tree.isScalar() && tree.scalar() instanceof String words) {
            new Template(words)
                    .used().stream()
                            .filter(name -> !valid.contains(name))
                            .forEach(name -> faults.add(
                                    tree.fault("${" + name + "} is no input here" + Nearest.remedy(name, valid))));
        }
    }

    private void fields(Tree operation) {
        operation.entries("fields").forEach((entity, fields) -> fields.entries()
                .forEach((path, place) -> mapped(entity, path, place)));
        Optional<EntityKind> own = operation.find("entity").map(word -> EntityKind.of(word.text()));
        if (own.isEmpty()) {
            return;
        }
        Set<String> filled = operation.entries("fields").containsKey(own.get().id())
                ? operation.at("fields").entries(own.get().id()).keySet()
                : Set.of();
        for (Tree path : operation.list("complete")) {
            if (known(own.get(), path, path.text()) && sound && !filled.contains(path.text()) && !filled.isEmpty()) {
                faults.add(path.fault("no match can be complete, because 'fields' does not map " + path.text()));
            }
        }
        operation.entries("answers-also").forEach((other, paths) -> also(operation, own.get(), other, paths));
        if (operation.has("fields") && !operation.at("fields").has(own.get().id())) {
            faults.add(operation
                    .at("fields")
                    .fault("maps no field of a " + own.get().id() + ", which this operation asks about"));
        }
    }

    private void also(Tree operation, EntityKind own, String other, Tree paths) {
        if (own.id().equals(other)) {
            faults.add(paths.fault("is what this operation asks about anyway; name the other entity"));
            return;
        }
        boolean maps = operation.has("fields") && operation.at("fields").has(other);
        Set<String> filled = maps ? operation.at("fields").entries(other).keySet() : Set.of();
        for (Tree path : paths.list()) {
            if (known(EntityKind.of(other), path, path.text()) && sound && !filled.contains(path.text())) {
                faults.add(path.fault("no answer can be one about a " + other + " too, because 'fields' does not map "
                        + path.text() + " of a " + other));
            }
        }
    }

    private void mapped(String entity, String path, Tree place) {
        if (EntityKind.PERSON.id().equals(entity) || EntityKind.COMPANY.id().equals(entity)) {
            EntityKind kind = EntityKind.of(entity);
            known(kind, place, path);
            Field.at(kind, path).ifPresent(field -> place.find("as").ifPresent(word -> {
                Converter converter = Converter.valueOf(SpecWords.constant(word.text()));
                if (!converter.gives(field.type())) {
                    faults.add(word.fault("\"" + word.text() + "\" does not give a "
                            + field.type().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ", which " + path
                            + " is"));
                }
            }));
        }
    }

    private boolean known(EntityKind entity, Tree place, String path) {
        List<String> valid = Field.of(entity).stream().map(Field::path).toList();
        if (!valid.contains(path)) {
            faults.add(
                    place.fault("a " + entity.id() + " has no field \"" + path + "\"" + Nearest.remedy(path, valid)));
        }
        return valid.contains(path);
    }

    /** An operation that can never be chosen is a mistake: the first in use that takes the inputs is asked. */
    private void shadows() {
        Map<String, Map<String, Tree>> before = new HashMap<>();
        spec.entries("operations").forEach((name, operation) -> {
            if (!operation.flag("use")) {
                return;
            }
            Map<String, Tree> earlier = before.computeIfAbsent(operation.text("entity"), entity -> new HashMap<>());
            Set<String> takers = new TreeSet<>();
            boolean everySet = needs(operation).stream().allMatch(set -> {
                Set<String> taken = earlier.entrySet().stream()
                        .filter(other -> needs(other.getValue()).stream().anyMatch(set::containsAll))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
                takers.addAll(taken);
                return !taken.isEmpty();
            });
            if (everySet && !takers.isEmpty()) {
                faults.add(operation.fault("is never asked, because " + String.join(" and ", takers)
                        + " stands before it and takes the same inputs; move it up, or write 'use: false'"));
            }
            earlier.put(name, operation);
        });
    }
}
