package io.tributary.settings;

import io.tributary.model.EntityKind;
import io.tributary.yaml.Faults;
import io.tributary.yaml.Nearest;
import io.tributary.yaml.Tree;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules between settings, in one place; they bear trees with holes, so that all faults come at once. */
final class PipelineRules {

    private PipelineRules() {}

    static void check(Tree tree, Faults faults) {
        tree.find("lake").ifPresent(lake -> LakeSettings.check(lake, faults));
        tree.list("sources").forEach(source -> SourceSettings.check(source, faults));
        refuseTwins(tree, faults);
        tree.entries("providers").values().forEach(provider -> ProviderSettings.check(provider, faults));
        tree.find("waterfall").ifPresent(waterfall -> checkWaterfall(tree, waterfall, faults));
        tree.find("budget").ifPresent(budget -> BudgetSettings.check(budget, faults));
        tree.find("merge").ifPresent(merge -> MergeSettings.check(merge, faults));
        tree.find("limits").ifPresent(limits -> LimitSettings.check(limits, faults));
        tree.find("retention").ifPresent(retention -> RetentionSettings.check(retention, faults));
        tree.find("journal")
                .flatMap(journal -> journal.find("max-age"))
                .filter(age -> age.duration().isZero())
                .ifPresent(age -> faults.add(age.fault("leaves no time at all; write 1s")));
    }

    /** A mapping for companies can't serve contacts. */
    static void checkEntity(Tree source, Tree mapping, Faults faults) {
        Optional<SourceSettings.CrmObject> object = source.find("object")
                .map(word -> SourceSettings.CrmObject.valueOf(SourceSettings.constant(word.text())));
        Optional<String> entity = mapping.find("entity").map(Tree::text);
        if (object.isPresent()
                && entity.isPresent()
                && !object.get().entity().id().equals(entity.get())) {
            faults.add(source.at("mapping")
                    .fault("describes a " + entity.get() + ", but the object '"
                            + object.get().id() + "' is a "
                            + object.get().entity().id() + "; take another mapping"));
        }
    }

    private static void refuseTwins(Tree tree, Faults faults) {
        Map<String, Tree> names = new HashMap<>();
        Map<String, Tree> objects = new HashMap<>();
        for (Tree source : tree.list("sources")) {
            Optional<Tree> name = source.find("name");
            name.map(text -> names.putIfAbsent(text.text(), text))
                    .ifPresent(twin -> faults.add(name.get()
                            .fault('"' + twin.text() + "\" is the name of another source too" + onLine(twin)
                                    + "; give each its own")));
            Optional<Tree> crm = source.find("crm").or(() -> name);
            Optional<Tree> object = source.find("object");
            if (crm.isPresent() && object.isPresent()) {
                Tree twin = objects.putIfAbsent(
                        crm.get().text() + "/" + object.get().text(), source);
                if (twin != null && source.has("crm")) {
                    faults.add(
                            source.fault("is a second source of " + object.get().text() + "s of "
                                    + crm.get().text() + onLine(twin)
                                    + "; one object of one CRM comes from one source (its path may be a glob)"));
                }
            }
        }
    }

    private static String onLine(Tree other) {
        return other.line() == 0 ? "" : ", on line " + other.line();
    }

    private static void checkWaterfall(Tree tree, Tree waterfall, Faults faults) {
        Map<String, Tree> providers = tree.entries("providers");
        Set<String> asked = new LinkedHashSet<>();
        WaterfallSettings.check(waterfall, faults);
        for (EntityKind entity : EntityKind.values()) {
            Set<String> seen = new HashSet<>();
            for (Tree name : WaterfallSettings.order(waterfall, entity)) {
                asked.add(name.text());
                if (!providers.containsKey(name.text())) {
                    faults.add(name.fault('"' + name.text() + "\" is no provider of this file"
                            + Nearest.remedy(name.text(), providers.keySet())));
                } else if (!seen.add(name.text())) {
                    faults.add(name.fault('"' + name.text() + "\" stands here twice; remove one"));
                }
            }
        }
        providers.forEach((name, provider) -> {
            boolean enabled = provider.find("enabled").map(Tree::flag).orElse(true);
            if (enabled && !asked.contains(name)) {
                faults.add(provider.fault("is in no waterfall and would never be asked; name it in waterfall.person or"
                        + " waterfall.company, or write enabled: false"));
            }
        });
    }
}
