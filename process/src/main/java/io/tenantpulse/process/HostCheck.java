package io.tenantpulse.process;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides by its Host header whether a request is meant for us. A page of the web can make a browser ask 127.0.0.1 under a name of the page's own (DNS
 * rebinding): such a name is refused.
 */
final class HostCheck {
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-f:.]+]|[a-z0-9.-]+)(:\\d{1,5})?");
    private static final Pattern LOOPBACK = Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

    private final Set<String> allowed;

    /** @param more names beside those of loopback */
    HostCheck(List<String> more) {
        allowed = Set.copyOf(
                more.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
    }

    boolean allows(@Nullable String header) {
        if (header == null) {
            return false;
        }
        var parsed = HOST.matcher(header.toLowerCase(Locale.ROOT));
        if (!parsed.matches()) {
            return false;
        }
        String host = parsed.group(1);
        return host.equals("localhost")
                || host.equals("[::1]")
                || LOOPBACK.matcher(host).matches()
                || allowed.contains(host);
    }
}
