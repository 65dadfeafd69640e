package io.tenantpulse.standalone;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Ports of 127.0.0.1: which are free, and what to say when one is not. */
final class LoopbackPorts {
    private LoopbackPorts() {}

    /**
     * A port that can be listened on now.
     *
     * @param wanted 0 for any
     * @param what for the message, such as {@code Kafka}
     * @param flag option of the command line that chooses the port
     * @throws EmbeddedStartException if the wanted port is taken or not allowed
     */
    static int free(int wanted, String what, String flag) {
        if (wanted < 0 || wanted > 65_535) {
            throw new EmbeddedStartException(flag + " must be 0 (any) to 65535, not " + wanted);
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(loopback(), wanted));
            return probe.getLocalPort();
        } catch (IOException e) {
            throw unusable(wanted, what, flag, e);
        }
    }

    static EmbeddedStartException unusable(int port, String what, String flag, IOException e) {
        String why =
                e instanceof BindException && String.valueOf(e.getMessage()).contains("in use")
                        ? "is in use by another process: stop that one"
                        : "cannot be listened on (" + e.getMessage() + "): use another one";
        return new EmbeddedStartException(
                "port " + port + " of 127.0.0.1, for " + what + ", " + why + " or choose another port with " + flag
                        + " (0: any)",
                e);
    }

    static InetAddress loopback() {
        try {
            return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}
