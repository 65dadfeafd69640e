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

/**
 * Stands between a client and a port of this machine: counts connections, cuts them, refuses new ones for a while, keeps them open and forwards nothing,
 * cuts them after so many bytes, or lets few bytes through.
 */
public final class TcpProxy implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final int target;
    private final Object change = new Object();
    private volatile boolean cut;
    private volatile Set<Direction> held = Set.of();
    private volatile long allowance = Long.MAX_VALUE;
    private volatile int bytesPerSecond = Integer.MAX_VALUE;

    /** Which way bytes go. */
    public enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

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

    /** From now on nothing is forwarded that way, while both sockets stay open, as if packets were lost; {@link #flow} delivers all of it. */
    public void hold(Direction... directions) {
        held = Set.of(directions);
    }

    /** Ends {@link #hold} and {@link #throttle}. */
    public void flow() {
        synchronized (change) {
            held = Set.of();
            bytesPerSecond = Integer.MAX_VALUE;
            change.notifyAll();
        }
    }

    /** Lets so many more bytes through to clients, then cuts all connections, once; new ones are taken at once. */
    public void cutAfter(long bytes) {
        synchronized (change) {
            allowance = bytes;
        }
    }

    /** Lets only about so many bytes a second through to each client. */
    public void throttle(int bytesEachSecond) {
        bytesPerSecond = bytesEachSecond;
    }

    @Override
    public void close() {
        cut();
        flow();
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
                spawn(() -> pump(client, server, Direction.TO_SERVER));
                spawn(() -> pump(server, client, Direction.TO_CLIENT));
            } catch (IOException e) {
                // Closed, or the server is away: the client sees its connection end.
                continue;
            }
        }
    }

    private void pump(Socket from, Socket to, Direction direction) {
        byte[] buffer = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int read = in.read(buffer);
            while (read >= 0) {
                int pass = allowed(read, direction);
                out.write(buffer, 0, pass);
                if (pass < read) {
                    open.forEach(TcpProxy::shut);
                }
                read = in.read(buffer);
            }
            await(direction); // whose packets are lost, loses its FIN too
        } catch (IOException e) {
            // Ends like the connection that broke.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            shut(from);
            shut(to);
        }
    }

    /** Waits until the bytes may pass. Returns how many of them. */
    private int allowed(int bytes, Direction direction) throws InterruptedException {
        await(direction);
        if (direction == Direction.TO_SERVER) {
            return bytes;
        }
        int rate = bytesPerSecond;
        if (rate < Integer.MAX_VALUE) {
            Thread.sleep(Math.min(10_000, bytes * 1000L / rate));
        }
        synchronized (change) {
            if (allowance >= bytes) {
                allowance -= allowance == Long.MAX_VALUE ? 0 : bytes;
                return bytes;
            }
            int rest = (int) allowance;
            allowance = Long.MAX_VALUE;
            return rest;
        }
    }

    private void await(Direction direction) throws InterruptedException {
        synchronized (change) {
            while (held.contains(direction) && !cut) {
                change.wait(100);
            }
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
