package io.tributary.acceptance;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Secrets in every form in which they travel: as they are, in a URL, and within any base64 text. Immutable. */
final class Needles {
    private final Map<String, String> forms = new LinkedHashMap<>();

    /** @param secrets by the names under which a find is reported */
    Needles(Map<String, String> secrets) {
        secrets.forEach((name, secret) -> {
            forms.put(secret, name + ", as it is");
            forms.put(URLEncoder.encode(secret, StandardCharsets.UTF_8), name + ", in a URL");
            for (int before = 0; before < 3; before++) {
                byte[] bytes = (" ".repeat(before) + secret).getBytes(StandardCharsets.UTF_8);
                String coded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
                // The first and last characters depend on what stands before and behind.
                String core = coded.substring(before == 0 ? 0 : before + 1, bytes.length / 3 * 4);
                forms.put(core, name + ", in base64");
                forms.putIfAbsent(core.replace('+', '-').replace('/', '_'), name + ", in base64 for URLs");
            }
        });
    }

    /** Which secrets a text holds, and in which form. */
    Set<String> in(String text) {
        Set<String> found = new TreeSet<>();
        forms.forEach((form, name) -> {
            if (text.contains(form)) {
                found.add(name);
            }
        });
        return found;
    }
}
