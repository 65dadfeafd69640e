package io.tenantpulse.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port that takes connections and never answers; open as long as the tests run. */
final class SilentPort {
    private static final ServerSocket SOCKET = open();

    static final int OPEN = SOCKET.getLocalPort();

    private SilentPort() {}

    private static ServerSocket open() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
