package io.tributary.identity;

import java.util.Optional;

/** The one form of what people and providers write in many ways. Thread-safe; the lists are read once in a JVM. */
public final class CommonForm {
    private CommonForm() {}

    private static final class OncePerJvm {
        static final Countries COUNTRIES = Countries.shipped();
    }

    /** ISO 3166 alpha-2 in upper case, from a code or a name; empty for what no list knows. */
    public static Optional<String> country(String text) {
        return OncePerJvm.COUNTRIES.alpha2(text);
    }

    /**
     * A number that exists, in E.164, with {@code ;ext=} and its extension if it has one.
     *
     * @param country where the number is dialled, as {@link #country} reads it; without it only numbers with their
     *     country code can be read
     */
    public static Optional<String> phone(String text, Optional<String> country) {
        return PhoneLine.read(text, country.flatMap(CommonForm::country))
                .value()
                .map(PhoneLine::line);
    }
}
