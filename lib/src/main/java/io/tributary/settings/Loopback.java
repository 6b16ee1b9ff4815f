package io.tributary.settings;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells whether a URL stays on this machine, without asking any name service. */
public final class Loopback {

    private static final Pattern ADDRESS = Pattern.compile("127(\\.[0-9]{1,3}){3}");

    private Loopback() {}

    /** Whether the host is localhost or an address of the loopback network; false without a host. */
    public static boolean isHost(URI url) {
        String host = url.getHost();
        if (host == null) {
            return false;
        }
        String plain = host.toLowerCase(Locale.ROOT);
        return plain.equals("localhost")
                || plain.equals("[::1]")
                || ADDRESS.matcher(plain).matches();
    }
}
