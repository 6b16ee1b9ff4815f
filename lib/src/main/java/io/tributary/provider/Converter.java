package io.tributary.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.model.Field;
import io.tributary.model.FieldType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ways to turn what a provider says into what the model holds. A value that can't be read gives nothing, never a fault. */
enum Converter {
    /** As it stands; numbers become their text. */
    TEXT,
    LOWER,
    /** A whole number, from a number or a text such as {@code 1,200}. */
    LONG,
    /** A whole number that the provider gives in thousands. */
    THOUSANDS,
    /** All texts, or the texts of an array. */
    LIST,
    /** A URL, a path such as {@code in/ada} or a bare handle: {@code linkedin.com/in/ada}. */
    LINKEDIN_PERSON,
    /** The same for companies: {@code linkedin.com/company/acme}. */
    LINKEDIN_COMPANY,
    /** The host of a URL or a host, lower case, without {@code www.}. */
    DOMAIN,
    /** A text such as {@code 51-200} or {@code 1000+}; a plain number is no range. */
    RANGE,
    /** A date as Americans write it, such as {@code 8/3/2026 7:05 AM}: {@code 2026-08-03}; the time has no zone and is left. */
    US_DATE,
    /** A handle without {@code @} or the URL before it. */
    HANDLE;

    private static final Pattern US_DATE_PARTS = Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{4})(\\s.*)?");
    private static final Pattern SPACERS = Pattern.compile("[,_ $]");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,17}(\\.\\d{1,17})?([eE][+]?\\d{1,2})?");
    private static final Pattern A_RANGE = Pattern.compile(".*\\d.*[-\u2013+].*|.*\\+");
    private static final Pattern BEFORE_HANDLE = Pattern.compile("^.*/(?=[^/]+/?$)");
    private static final Pattern HANDLE_MARKS = Pattern.compile("[@/]");
    private static final Pattern LINKEDIN_HOST = Pattern.compile("(?i)^(https?://)?([a-z]{2,3}\\.)?linkedin\\.com/");
    private static final Pattern QUERY = Pattern.compile("[?#].*$");
    private static final Pattern LAST_SLASHES = Pattern.compile("/+$");
    private static final Pattern LINKEDIN_FOLDER = Pattern.compile("(in|pub|company|school|showcase)/.+");
    private static final Pattern LINKEDIN_PATH = Pattern.compile("[^\\s]+/[^\\s/]+(/[^\\s]*)?");
    private static final Pattern SCHEME = Pattern.compile("^[a-z][a-z0-9+.-]*://");
    private static final Pattern AFTER_HOST = Pattern.compile("[/?#:].*$");
    private static final Pattern WWW = Pattern.compile("^www\\.");
    private static final Pattern HOST = Pattern.compile("[^\\s@]+\\.[^\\s@.]+");

    /** The name in specs: {@code linkedin-person}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What suits a field when the spec names no converter. */
    static Converter usual(Field field) {
        return switch (field.type()) {
            case STRING -> TEXT;
            case LONG -> LONG;
            case STRING_LIST -> LIST;
        };
    }

    boolean gives(FieldType type) {
        return switch (this) {
            case LONG, THOUSANDS -> type == FieldType.LONG;
            case LIST -> type == FieldType.STRING_LIST;
            case TEXT, LOWER, US_DATE, LINKEDIN_PERSON, LINKEDIN_COMPANY, DOMAIN, RANGE, HANDLE ->
                type == FieldType.STRING;
        };
    }

    Optional<Object> convert(List<JsonNode> nodes) {
        if (this == LIST) {
            List<String> texts = new ArrayList<>();
            for (JsonNode node : nodes) {
                if (node.isArray()) {
                    node.forEach(item -> text(item).ifPresent(texts::add));
                } else {
                    text(node).ifPresent(texts::add);
                }
            }
            return texts.isEmpty() ? Optional.empty() : Optional.of(texts);
        }
        for (JsonNode node : nodes) {
            Optional<Object> value = one(node);
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    private Optional<Object> one(JsonNode node) {
        return switch (this) {
            case TEXT -> text(node).map(value -> value);
            case LOWER -> text(node).map(value -> value.toLowerCase(Locale.ROOT));
            case LONG -> number(node, 1);
            case THOUSANDS -> number(node, 1000);
            case LIST -> Optional.empty();
            case LINKEDIN_PERSON -> linkedIn(node, "in/");
            case LINKEDIN_COMPANY -> linkedIn(node, "company/");
            case DOMAIN -> text(node).flatMap(Converter::host).map(value -> value);
            case RANGE ->
                text(node).filter(value -> A_RANGE.matcher(value).matches()).map(value -> value);
            case US_DATE -> text(node).flatMap(Converter::date).map(value -> value);
            case HANDLE ->
                text(node)
                        .map(value -> without(HANDLE_MARKS, first(BEFORE_HANDLE, value)))
                        .filter(value -> !value.isBlank())
                        .map(value -> value);
        };
    }

    /** The text without the first part that fits. */
    private static String first(Pattern part, String text) {
        return part.matcher(text).replaceFirst("");
    }

    /** The text without any part that fits. */
    private static String without(Pattern part, String text) {
        return part.matcher(text).replaceAll("");
    }

    private static Optional<String> text(JsonNode node) {
        if (!node.isTextual() && !node.isNumber()) {
            return Optional.empty();
        }
        String text = node.asText();
        String clean = (text.indexOf(0) < 0 ? text : text.replace("\u0000", "")).strip();
        return clean.isEmpty() ? Optional.empty() : Optional.of(clean);
    }

    private static Optional<Object> number(JsonNode node, long factor) {
        if (node.isIntegralNumber() && node.canConvertToLong() && Math.abs(node.longValue()) < 1L << 50) {
            return Optional.of(node.longValue() * factor);
        }
        String digits = without(SPACERS, text(node).orElse(""));
        if (!NUMBER.matcher(digits).matches()) {
            return Optional.empty();
        }
        BigDecimal value = new BigDecimal(digits).multiply(BigDecimal.valueOf(factor));
        return value.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                ? Optional.empty()
                : Optional.of(value.setScale(0, java.math.RoundingMode.HALF_UP).longValueExact());
    }

    private static Optional<Object> linkedIn(JsonNode node, String folder) {
        return text(node)
                .map(value -> first(LAST_SLASHES, first(QUERY, first(LINKEDIN_HOST, value))))
                .map(value -> LINKEDIN_FOLDER.matcher(value).matches() ? value : folder + value)
                .filter(value -> LINKEDIN_PATH.matcher(value).matches())
                .map(value -> "linkedin.com/" + value);
    }

    private static Optional<String> date(String value) {
        Matcher parts = US_DATE_PARTS.matcher(value);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.of(
                            Integer.parseInt(parts.group(3)),
                            Integer.parseInt(parts.group(1)),
                            Integer.parseInt(parts.group(2)))
                    .toString());
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static Optional<String> host(String value) {
        String host = first(WWW, first(AFTER_HOST, first(SCHEME, value.toLowerCase(Locale.ROOT))));
        return HOST.matcher(host).matches() ? Optional.of(host) : Optional.empty();
    }
}
