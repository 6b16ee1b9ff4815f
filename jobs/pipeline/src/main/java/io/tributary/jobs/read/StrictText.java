package io.tributary.jobs.read;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes an extract without guessing: a byte-order mark decides, else the configured encoding, and what is no text in
 * it becomes {@link #MALFORMED}, a character that no text may hold, so that exactly the damaged rows can be set aside.
 */
final class StrictText {
    /** The noncharacter U+FFFF. */
    static final char MALFORMED = '\uFFFF';

    private StrictText() {}

    static Reader open(InputStream bytes, Charset configured) throws IOException {
        BufferedInputStream in = new BufferedInputStream(bytes, 1 << 16);
        Charset charset = configured;
        if (startsWith(in, 0xEF, 0xBB, 0xBF)) {
            charset = StandardCharsets.UTF_8;
        } else if (startsWith(in, 0xFF, 0xFE)) {
            charset = StandardCharsets.UTF_16LE;
        } else if (startsWith(in, 0xFE, 0xFF)) {
            charset = StandardCharsets.UTF_16BE;
        }
        return new InputStreamReader(
                in,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)
                        .replaceWith(String.valueOf(MALFORMED)));
    }

    static boolean isDamaged(String value) {
        return value.indexOf(MALFORMED) >= 0;
    }

    /** Consumes the mark if it stands there, and leaves the stream untouched if not. */
    private static boolean startsWith(InputStream in, int... mark) throws IOException {
        in.mark(mark.length);
        for (int expected : mark) {
            if (in.read() != expected) {
                in.reset();
                return false;
            }
        }
        return true;
    }
}
