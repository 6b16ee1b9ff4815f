package io.tributary.jobs.run;

import io.tributary.jobs.ask.ShippedCatalog;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.wanted.WantedFields;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What is wanted in vain, and of whom nothing is wanted: by the providers' files, before anything is asked. */
final class WantedNotices {
    private WantedNotices() {}

    /** A sentence for each field that no provider of its waterfall fills, and for each provider that fills none. */
    static List<String> of(ShippedCatalog catalog) {
        List<String> notices = new ArrayList<>();
        for (EntityKind entity : EntityKind.values()) {
            WantedFields wanted = catalog.wanted().of(entity);
            if (wanted.isEmpty()) {
                continue;
            }
            Set<Field> filled = EnumSet.noneOf(Field.class);
            for (String provider : catalog.waterfall(entity)) {
                Set<Field> brings = EnumSet.noneOf(Field.class);
                catalog.spec(provider).operations().stream()
                        .filter(operation -> operation.entity() == entity)
                        .forEach(operation -> brings.addAll(operation.brings()));
                filled.addAll(brings);
                if (!wanted.anyOf(brings)) {
                    notices.add("waterfall." + entity.id() + ": " + provider
                            + " is passed over, as its file fills no field that is wanted");
                }
            }
            wanted.fields().stream()
                    .filter(field -> !filled.contains(field))
                    .forEach(field -> notices.add("waterfall." + entity.id() + ".wants." + field.path()
                            + ": no provider of the waterfall fills it, so nobody is asked for it"));
        }
        return notices;
    }
}
