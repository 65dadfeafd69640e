package io.tenantpulse.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and a port of this machine: counts connections, cuts them, refuses new ones for a while. */
public final class TcpProxy implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final int target;
    private volatile boolean cut;

    /** Listens at once. */
    public TcpProxy(int target) throws IOException {
        this.target = target;
        spawn(this::accept);
    }

    /** Where to connect to. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Connections taken so far. */
    public int accepted() {
        return accepted.get();
    }

    /** Ends all connections and refuses new ones. */
    public void cut() {
        cut = true;
        open.forEach(TcpProxy::shut);
    }

    /** Takes connections again. */
    public void mend() {
        cut = false;
    }

    @Override
    public void close() {
        cut();
        try {
            listener.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void spawn(Runnable work) {
        Thread thread = new Thread(work, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (cut) {
                    shut(client);
                    continue;
                }
                accepted.incrementAndGet();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(client);
                open.add(server);
                spawn(() -> pump(client, server));
                spawn(() -> pump(server, client));
            } catch (IOException e) {
                // Closed, or the server is away: the client sees its connection end.
                continue;
            }
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // Ends like the connection that broke.
        } finally {
            shut(from);
            shut(to);
        }
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
