package io.tributary.model;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What may be sent to a provider about one subject: normalised inputs by name, as request templates refer to them. The
 * names are closed; see {@link Input}. Immutable; the text form shows the names only.
 *
 * @param values the known inputs; never blank
 */
public record Identifiers(Map<Input, String> values) implements Serializable {
    /** The inputs that a request template can name. */
    public enum Input {
        EMAIL,
        /** {@code linkedin.com/in/slug} or {@code linkedin.com/company/slug}. */
        LINKEDIN,
        FIRST_NAME,
        LAST_NAME,
        FULL_NAME,
        COMPANY_NAME,
        /** Registrable domain of the company; never a free-mail or disposable host. */
        DOMAIN,
        /** E.164. */
        PHONE,
        /** ISO 3166 alpha-2, upper case. */
        COUNTRY,
        CITY,
        STATE;

        /** The name in templates and tables: {@code first_name}. */
        public String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public Identifiers {
        Map<Input, String> kept = new EnumMap<>(Input.class);
        values.forEach((input, value) -> {
            Objects.requireNonNull(input, "input");
            if (value != null && !value.isBlank()) {
                kept.put(input, value.strip());
            }
        });
        values = Collections.unmodifiableMap(kept);
    }

    public Optional<String> value(Input input) {
        return Optional.ofNullable(values.get(input));
    }

    public boolean has(Input input) {
        return values.containsKey(input);
    }

    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
