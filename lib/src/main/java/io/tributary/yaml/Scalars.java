package io.tributary.yaml;

import io.tributary.secret.SecretRef;
import io.tributary.yaml.ScalarShape.Reading;
import io.tributary.yaml.YamlNode.Scalar;
import io.tributary.yaml.YamlNode.ScalarKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds of single values. */
final class Scalars {

    private static final Set<ScalarKind> TEXT = EnumSet.of(ScalarKind.TEXT);
    private static final Set<ScalarKind> NUMBER = EnumSet.of(ScalarKind.INTEGER, ScalarKind.DECIMAL);
    private static final String URL = "https://[^/\\s]+.*|http://(localhost|127\\.[0-9.]+|\\[::1\\])(:[0-9]+)?(/.*)?";

    private Scalars() {}

    static ScalarShape anyText() {
        return new ScalarShape(
                "text", TEXT, false, scalar -> Reading.of(scalar.text()), node -> node.put("type", "string"));
    }

    static ScalarShape text() {
        return new ScalarShape(
                "text",
                TEXT,
                false,
                scalar -> scalar.text().isBlank() ? Reading.wrong("is blank") : Reading.of(scalar.text()),
                node -> node.put("type", "string").put("pattern", "\\S"));
    }

    static ScalarShape anyName() {
        return matching("\\S(.*\\S)?", "a name");
    }

    static ScalarShape matching(String pattern, String noun) {
        Pattern compiled = Pattern.compile(pattern);
        return new ScalarShape(
                noun,
                TEXT,
                false,
                scalar -> compiled.matcher(scalar.text()).matches()
                        ? Reading.of(scalar.text())
                        : Reading.wrong("is not " + noun),
                node -> node.put("type", "string").put("pattern", "^(" + pattern + ")$"));
    }

    static ScalarShape oneOf(List<String> words) {
        List<String> allowed = List.copyOf(words);
        String noun = allowed.size() == 1 ? "'" + allowed.get(0) + "'" : "one of " + String.join(", ", allowed);
        return new ScalarShape(
                noun,
                TEXT,
                false,
                scalar -> allowed.contains(scalar.text())
                        ? Reading.of(scalar.text())
                        : Reading.wrong("is not allowed" + remedy(scalar.text(), allowed)),
                node -> allowed.forEach(node.put("type", "string").putArray("enum")::add));
    }

    private static String remedy(String written, List<String> allowed) {
        return Nearest.to(written, allowed)
                .map(word -> "; did you mean '" + word + "'?")
                .orElse("; write one of " + String.join(", ", allowed));
    }

    static ScalarShape integer(long least, long most) {
        String noun = "a whole number " + range(String.valueOf(least), String.valueOf(most), most == Long.MAX_VALUE);
        return new ScalarShape(
                noun, EnumSet.of(ScalarKind.INTEGER), false, scalar -> whole(scalar, least, most, noun), node -> {
                    node.put("type", "integer").put("minimum", least);
                    if (most != Long.MAX_VALUE) {
                        node.put("maximum", most);
                    }
                });
    }

    private static Reading whole(Scalar scalar, long least, long most, String noun) {
        try {
            long value = number(scalar.text()).longValueExact();
            return value >= least && value <= most ? Reading.of(value) : Reading.wrong("is not " + noun);
        } catch (ArithmeticException | NumberFormatException e) {
            return Reading.wrong("is not " + noun);
        }
    }

    static ScalarShape decimal(double least, double most) {
        String noun = "a number " + range(plain(least), plain(most), most == Double.MAX_VALUE);
        return new ScalarShape(noun, NUMBER, false, scalar -> fraction(scalar, least, most, noun), node -> {
            node.put("type", "number").put("minimum", least);
            if (most != Double.MAX_VALUE) {
                node.put("maximum", most);
            }
        });
    }

    private static Reading fraction(Scalar scalar, double least, double most, String noun) {
        try {
            double value = number(scalar.text()).doubleValue();
            return value >= least && value <= most ? Reading.of(value) : Reading.wrong("is not " + noun);
        } catch (NumberFormatException e) {
            return Reading.wrong("is not " + noun);
        }
    }

    /** YAML's core schema also knows 0x and 0o numbers. */
    static BigDecimal number(String text) {
        if (text.startsWith("0x")) {
            return new BigDecimal(new BigInteger(text.substring(2), 16));
        }
        if (text.startsWith("0o")) {
            return new BigDecimal(new BigInteger(text.substring(2), 8));
        }
        return new BigDecimal(text);
    }

    private static String range(String least, String most, boolean open) {
        return open ? "of at least " + least : "from " + least + " to " + most;
    }

    private static String plain(double bound) {
        return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
    }

    static ScalarShape flag() {
        return new ScalarShape(
                "true or false",
                EnumSet.of(ScalarKind.BOOLEAN),
                false,
                scalar -> Reading.of(scalar.text().toLowerCase(Locale.ROOT).equals("true")),
                node -> node.put("type", "boolean"));
    }

    static ScalarShape duration() {
        return new ScalarShape(
                "a duration such as 30s, 15m, 1h or 30d",
                EnumSet.of(ScalarKind.TEXT, ScalarKind.INTEGER, ScalarKind.DECIMAL),
                false,
                scalar -> Durations.parse(scalar.text())
                        .map(duration -> Reading.of(duration))
                        .orElseGet(() -> Reading.wrong("is not a duration; write " + Durations.remedy(scalar.text()))),
                node -> node.put("type", "string").put("pattern", "^" + Durations.PATTERN + "$"));
    }

    static ScalarShape url() {
        Pattern pattern = Pattern.compile(URL);
        return new ScalarShape(
                "a URL",
                TEXT,
                false,
                scalar -> {
                    URI uri = uri(scalar.text());
                    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
                    if (!http || uri.getHost() == null) {
                        return Reading.wrong("is not a URL; write it in full: https://host/path");
                    }
                    return pattern.matcher(scalar.text()).matches()
                            ? Reading.of(uri)
                            : Reading.wrong("is not encrypted; write https:// (http:// is only for this machine)");
                },
                node -> node.put("type", "string").put("pattern", "^(" + URL + ")$"));
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return URI.create("");
        }
    }

    static ScalarShape any() {
        return new ScalarShape(
                "a single value",
                EnumSet.of(ScalarKind.TEXT, ScalarKind.INTEGER, ScalarKind.DECIMAL, ScalarKind.BOOLEAN),
                false,
                Scalars::typed,
                node -> node.putArray("type").add("string").add("number").add("boolean"));
    }

    private static Reading typed(Scalar scalar) {
        return switch (scalar.kind()) {
            case TEXT, EMPTY -> Reading.of(scalar.text());
            case BOOLEAN -> Reading.of(scalar.text().toLowerCase(Locale.ROOT).equals("true"));
            case INTEGER -> whole(scalar, Long.MIN_VALUE, Long.MAX_VALUE, "a number of 64 bits");
            case DECIMAL -> fraction(scalar, -Double.MAX_VALUE, Double.MAX_VALUE, "a finite number");
        };
    }

    static ScalarShape secretReference() {
        String pattern =
                Stream.of(SecretRef.Kind.values()).map(SecretRef.Kind::grammar).collect(Collectors.joining("|"));
        return new ScalarShape(
                "the place of a secret", TEXT, true, Scalars::reference, node -> node.put("type", "string")
                        .put("pattern", "^(" + pattern + ")$"));
    }

    private static Reading reference(Scalar scalar) {
        try {
            return Reading.of(SecretRef.parse(scalar.text()).toString());
        } catch (IllegalArgumentException e) {
            return Reading.wrong("is " + e.getMessage());
        }
    }
}
