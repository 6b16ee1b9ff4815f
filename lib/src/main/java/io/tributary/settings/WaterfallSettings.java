package io.tributary.settings;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.wanted.WantedFields;
import io.tributary.yaml.Faults;
import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;
import io.tributary.yaml.Tree;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The section on waterfalls: per entity the providers in their order, alone or with what is wanted of them. */
final class WaterfallSettings {
    private static final String AUTO = "auto";

    static final ObjectShape SHAPE = Shape.object("Whom to ask, in which order: a list of providers, the first to ask"
                    + " first, or a mapping that also says which fields are wanted.")
            .withDefault("person", oneOf(EntityKind.PERSON), "[]", "Providers for persons.")
            .withDefault("company", oneOf(EntityKind.COMPANY), "[]", "Providers for companies.");

    private WaterfallSettings() {}

    private static Shape oneOf(EntityKind entity) {
        List<String> paths = Field.of(entity).stream().map(Field::path).toList();
        return Shape.either(
                Shape.list(Shape.text()),
                Shape.object("Providers, and what is wanted of them.")
                        .required(
                                "order",
                                Shape.either(Shape.list(Shape.text()), Shape.oneOf(AUTO)),
                                "Providers, the first to ask first; or auto.")
                        .optional(
                                "among",
                                Shape.list(Shape.text()),
                                "Of order auto: the providers. Who found more for a credit goes first, key by key, by what history"
                                        + " says of keys of the same kind, country and company size. Where it says nothing they"
                                        + " are asked as they stand here; a merge rule that goes by the order of providers goes"
                                        + " by this.")
                        .optional(
                                "explore",
                                Shape.decimal(0, 1),
                                "Of order auto: the share of keys at which the provider that is known least goes first, so"
                                        + " that it is measured too. None if absent.")
                        .withDefault(
                                "wants",
                                Shape.entries(Shape.oneOf(paths), Shape.text()),
                                "{}",
                                "Fields for which providers are asked, each with a rule for the value: any, or some of"
                                        + " above CONFIDENCE, max-age DURATION, type mobile or type landline. The next"
                                        + " provider is asked only while a field is missing, and only one whose file fills"
                                        + " it; what history holds is not asked again. A field with a max-age counts for so"
                                        + " long, every other as long as its provider's answers. Without any, the first"
                                        + " match is enough."));
    }

    /** The names of an entity's waterfall, each with its place; bears trees with holes. */
    static List<Tree> order(Tree waterfall, EntityKind entity) {
        return waterfall
                .find(entity.id())
                .map(tree -> tree.isList() ? tree.list() : tree.list(isAuto(tree) ? "among" : "order"))
                .orElse(List.of());
    }

    private static boolean isAuto(Tree entity) {
        return entity.find("order").filter(Tree::isScalar).isPresent();
    }

    /** The entities whose order is measured, each with the share of its keys that explores. */
    static Map<EntityKind, Double> explored(Tree waterfall) {
        Map<EntityKind, Double> explored = new EnumMap<>(EntityKind.class);
        for (EntityKind entity : EntityKind.values()) {
            waterfall
                    .find(entity.id())
                    .filter(WaterfallSettings::isAuto)
                    .ifPresent(tree -> explored.put(
                            entity, tree.find("explore").map(Tree::decimal).orElse(0.0)));
        }
        return explored;
    }

    static void check(Tree waterfall, Faults faults) {
        for (EntityKind entity : EntityKind.values()) {
            rules(waterfall, entity)
                    .forEach((path, rule) -> WantedFields.parse(entity, Map.of(path, rule.text())).faults().stream()
                            .map(fault -> fault.substring(path.length() + ": ".length()))
                            .forEach(fault -> faults.add(rule.fault(fault))));
            waterfall.find(entity.id()).filter(tree -> tree.has("order")).ifPresent(tree -> checkOrder(tree, faults));
        }
    }

    private static void checkOrder(Tree entity, Faults faults) {
        if (isAuto(entity)) {
            if (!entity.isGiven("among")) {
                faults.add(entity.at("order")
                        .fault("'auto' does not say whom to ask; name the providers under among: [...]"));
            }
            return;
        }
        for (String key : List.of("among", "explore")) {
            entity.find(key)
                    .ifPresent(tree -> faults.add(
                            tree.fault("belongs to order: auto, and here the order is written by hand; remove it")));
        }
    }

    private static Map<String, Tree> rules(Tree waterfall, EntityKind entity) {
        return waterfall.find(entity.id()).map(tree -> tree.entries("wants")).orElse(Map.of());
    }

    /** The enabled providers of each entity, in order. */
    static Map<EntityKind, List<String>> orders(Tree waterfall, Map<String, ProviderSettings> providers) {
        Map<EntityKind, List<String>> orders = new EnumMap<>(EntityKind.class);
        for (EntityKind entity : EntityKind.values()) {
            orders.put(
                    entity,
                    order(waterfall, entity).stream()
                            .map(Tree::text)
                            .filter(name -> providers.get(name).enabled())
                            .toList());
        }
        return orders;
    }

    static WantedFields wanted(Tree waterfall) {
        WantedFields wanted = WantedFields.NOTHING;
        for (EntityKind entity : EntityKind.values()) {
            Map<String, String> written = new LinkedHashMap<>();
            rules(waterfall, entity).forEach((path, rule) -> written.put(path, rule.text()));
            wanted = wanted.and(WantedFields.parse(entity, written).wanted());
        }
        return wanted;
    }
}
