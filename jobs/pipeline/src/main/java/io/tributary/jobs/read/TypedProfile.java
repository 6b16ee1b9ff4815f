package io.tributary.jobs.read;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Profile;
import java.util.List;
import java.util.Map;

/** What somebody typed, as a profile. */
public final class TypedProfile {
    private TypedProfile() {}

    /** @param typed path of a model field to what stands in its column; what can't be read as the field's type is left out */
    public static Profile of(EntityKind entity, Map<String, String> typed) {
        Profile profile = Profile.empty(entity);
        for (Field field : Field.of(entity)) {
            String text = typed.get(field.path());
            if (text == null || text.isBlank()) {
                continue;
            }
            switch (field.type()) {
                case STRING -> profile = profile.with(field, text);
                case LONG -> {
                    Long number = wholeNumber(text);
                    profile = number == null ? profile : profile.with(field, number);
                }
                case STRING_LIST -> profile = profile.with(field, List.of(text.split("\\s*[;,]\\s*")));
            }
        }
        return profile;
    }

    /** A count as people type it (1,200 or 1200.0); null when it is no number, and then the CRM column keeps it. */
    private static Long wholeNumber(String text) {
        String digits = text.strip().replaceAll("[,_ ]", "").replaceAll("\\.0+$", "");
        return digits.matches("-?\\d{1,18}") ? Long.valueOf(digits) : null;
    }
}
