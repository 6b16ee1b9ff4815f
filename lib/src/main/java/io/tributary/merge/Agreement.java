package io.tributary.merge;

import io.tributary.model.Field;
import io.tributary.model.FieldType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What two providers say alike. Texts agree when their normal forms are the same but for case and spacing, numbers when
 * they are equal. Of lists the items agree one by one: a list keeps those that another provider's list has too. A
 * provider does not agree with itself, however often it answers.
 */
final class Agreement {
    private static final Pattern SPACES = Pattern.compile("[\\s\\h]+");

    private Agreement() {}

    /** The offers that another provider's offer bears out; lists hold what is left of them. */
    static List<Offer> among(Field field, List<Offer> offers) {
        Map<String, Set<String>> saidBy = new HashMap<>();
        for (Offer offer : offers) {
            for (Object item : items(field, offer.value())) {
                saidBy.computeIfAbsent(folded(item), each -> new HashSet<>())
                        .add(offer.by().provider());
            }
        }
        List<Offer> agreed = new ArrayList<>();
        for (Offer offer : offers) {
            List<?> left = items(field, offer.value()).stream()
                    .filter(item -> saidBy.get(folded(item)).size() > 1)
                    .toList();
            if (!left.isEmpty()) {
                Object value = field.type() == FieldType.STRING_LIST ? left : offer.value();
                agreed.add(new Offer(offer.by(), value, offer.source()));
            }
        }
        return agreed;
    }

    private static List<?> items(Field field, Object value) {
        return field.type() == FieldType.STRING_LIST ? (List<?>) value : List.of(value);
    }

    private static String folded(Object item) {
        return SPACES.matcher(item.toString().strip()).replaceAll(" ").toLowerCase(Locale.ROOT);
    }
}
