package io.tributary.identity;

/** The encoder of RFC 3492, section 6.3, with the parameters of its section 5. */
final class Punycode {
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int FIRST_NON_BASIC = 0x80;

    private Punycode() {}

    /** The label without its {@code xn--} prefix. The caller bounds the length: a DNS label never overflows the arithmetic. */
    static String encode(String label) {
        int[] points = label.codePoints().toArray();
        StringBuilder out = new StringBuilder();
        for (int point : points) {
            if (point < FIRST_NON_BASIC) {
                out.append((char) point);
            }
        }
        int basic = out.length();
        if (basic > 0) {
            out.append('-');
        }
        int bias = INITIAL_BIAS;
        int delta = 0;
        int next = FIRST_NON_BASIC;
        int handled = basic;
        while (handled < points.length) {
            int smallest = smallestFrom(next, points);
            delta += (smallest - next) * (handled + 1);
            next = smallest;
            for (int point : points) {
                if (point < next) {
                    delta++;
                } else if (point == next) {
                    appendVariableLength(delta, bias, out);
                    bias = adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
            delta++;
            next++;
        }
        return out.toString();
    }

    private static int smallestFrom(int least, int[] points) {
        int smallest = Integer.MAX_VALUE;
        for (int point : points) {
            if (point >= least && point < smallest) {
                smallest = point;
            }
        }
        return smallest;
    }

    private static void appendVariableLength(int delta, int bias, StringBuilder out) {
        int rest = delta;
        for (int k = BASE; ; k += BASE) {
            int threshold = Math.max(T_MIN, Math.min(T_MAX, k - bias));
            if (rest < threshold) {
                out.append(digit(rest));
                return;
            }
            out.append(digit(threshold + (rest - threshold) % (BASE - threshold)));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    private static int adapt(int delta, int length, boolean first) {
        int scaled = first ? delta / DAMP : delta / 2;
        scaled += scaled / length;
        int k = 0;
        while (scaled > (BASE - T_MIN) * T_MAX / 2) {
            scaled /= BASE - T_MIN;
            k += BASE;
        }
        return k + (BASE - T_MIN + 1) * scaled / (scaled + SKEW);
    }

    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }
}
