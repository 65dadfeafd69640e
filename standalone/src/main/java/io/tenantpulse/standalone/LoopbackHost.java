package io.tenantpulse.standalone;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells requests that name this machine from those that a browser sends for a foreign page whose name was made to point
 * here (DNS rebinding): listening on loopback alone does not keep those out.
 */
final class LoopbackHost {
    private static final Pattern AUTHORITY =
            Pattern.compile("(?<name>[a-z0-9.-]+|\\[[0-9a-f:.]+])(:(?<port>[0-9]{1,5}))?");
    private static final Pattern IPV4 = Pattern.compile("127\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern ORIGIN = Pattern.compile("https?://(.+)");
    private static final int MAX_OCTET = 255;
    private static final int MAX_PORT = 65_535;

    private LoopbackHost() {}

    /** @param host a {@code Host} header: exactly localhost, an address of 127.0.0.0/8 or [::1], with or without a port */
    static boolean isNamedBy(@Nullable String host) {
        if (host == null) {
            return false;
        }
        Matcher parsed = AUTHORITY.matcher(host.toLowerCase(Locale.ROOT));
        if (!parsed.matches()) {
            return false;
        }
        String port = parsed.group("port");
        String name = parsed.group("name");
        boolean loopback = name.equals("localhost") || name.equals("[::1]") || isIpv4Loopback(name);
        return loopback && (port == null || Integer.parseInt(port) <= MAX_PORT);
    }

    /** @param origin an {@code Origin} header; absent where no browser is involved */
    static boolean isOrigin(@Nullable String origin) {
        if (origin == null) {
            return true;
        }
        Matcher parsed = ORIGIN.matcher(origin);
        return parsed.matches() && isNamedBy(parsed.group(1));
    }

    private static boolean isIpv4Loopback(String name) {
        Matcher octets = IPV4.matcher(name);
        return octets.matches()
                && Integer.parseInt(octets.group(1)) <= MAX_OCTET
                && Integer.parseInt(octets.group(2)) <= MAX_OCTET
                && Integer.parseInt(octets.group(3)) <= MAX_OCTET;
    }
}
