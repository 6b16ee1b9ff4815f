package io.tributary.provider;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A complete response.
 *
 * @param headers by name, ignoring case
 */
public record HttpAnswer(int status, Map<String, List<String>> headers, byte[] body) {
    private static final char REPLACEMENT = '\ufffd';

    public HttpAnswer {
        TreeMap<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> sorted.put(name, List.copyOf(values)));
        headers = java.util.Collections.unmodifiableMap(sorted);
        body = body.clone();
    }

    /** The first value of a header, if it came. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).filter(v -> !v.isEmpty()).map(v -> v.get(0));
    }

    /** The body as UTF-8; if it is not UTF-8, each byte as a character of ISO 8859-1, so that nothing of it is lost. */
    public String text() {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 || isUtf8() ? text : new String(body, StandardCharsets.ISO_8859_1);
    }

    private boolean isUtf8() {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Status and size only: a body may describe a person. */
    @Override
    public String toString() {
        return "HTTP " + status + ", " + body.length + " bytes";
    }
}
