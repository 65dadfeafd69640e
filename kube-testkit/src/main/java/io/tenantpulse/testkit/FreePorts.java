package io.tenantpulse.testkit;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of 127.0.0.1 for servers that cannot choose one themselves, or that come back on the one they had.
 *
 * <p>They lie below the ports from which systems serve outgoing connections: a port that the system hands out for "any" can be a
 * client's a moment later, before the server listens on it, or while a test has stopped it.
 */
public final class FreePorts {
    private static final int LOWEST = 20_000;
    private static final int COUNT = 12_000;

    // JVMs that test beside this one begin elsewhere; within this one no port is given twice before all were.
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private FreePorts() {}

    /**
     * A port on which nobody listens now.
     *
     * @throws IllegalStateException if all are taken, or loopback cannot be listened on
     */
    public static int next() {
        for (int tries = 0; tries < COUNT; tries++) {
            int port = LOWEST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            try (ServerSocket probe = new ServerSocket()) {
                probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (BindException taken) {
                continue;
            } catch (IOException e) {
                throw new IllegalStateException("cannot listen on port " + port + " of 127.0.0.1", e);
            }
        }
        throw new IllegalStateException("no free port from " + LOWEST + " to " + (LOWEST + COUNT - 1));
    }
}
