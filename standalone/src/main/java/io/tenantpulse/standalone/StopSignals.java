package io.tenantpulse.standalone;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Ctrl-C and SIGTERM: the first stops in order, a second one, at least half a second later, at once. What comes sooner is the
 * same wish, told twice: {@code timeout} and some process managers signal both a process and its group.
 *
 * <p>The JVM alone would ignore a second Ctrl-C while it stops. Its signal API is not part of the platform's public
 * classes, so it is reached by name; where it is missing, the JVM's own behaviour stays.
 */
final class StopSignals {
    private static final int SIGNAL_EXIT_BASE = 128;
    private static final Duration SAME_WISH = Duration.ofMillis(500);

    private final Consumer<String> say;
    /** When, by the monotonic clock, it was asked for; 0: not yet. */
    private final AtomicLong asked = new AtomicLong();

    private StopSignals(Consumer<String> say) {
        this.say = say;
    }

    /** @param say gets the one line that a person sees */
    static void install(Consumer<String> say) {
        StopSignals signals = new StopSignals(say);
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            for (String name : new String[] {"INT", "TERM"}) {
                Object which = signal.getConstructor(String.class).newInstance(name);
                int number = (Integer) signal.getMethod("getNumber").invoke(which);
                InvocationHandler calls =
                        (proxy, method, args) -> signals.onCall(proxy, method.getName(), args, number);
                Object ours =
                        Proxy.newProxyInstance(StopSignals.class.getClassLoader(), new Class<?>[] {handler}, calls);
                signal.getMethod("handle", signal, handler).invoke(null, which, ours);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            say.accept("a second Ctrl-C will not force the end on this JVM");
        }
    }

    private Object onCall(Object proxy, String method, Object[] args, int number) {
        return switch (method) {
            case "handle" -> {
                stop(SIGNAL_EXIT_BASE + number);
                yield Boolean.TRUE;
            }
            case "equals" -> proxy == args[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "StopSignals";
        };
    }

    private void stop(int exitCode) {
        long now = System.nanoTime() | 1;
        if (asked.compareAndSet(0, now)) {
            say.accept("stopping (Ctrl-C again ends at once)");
            new Thread(() -> System.exit(exitCode), "stop").start();
        } else if (now - asked.get() > SAME_WISH.toNanos()) {
            Runtime.getRuntime().halt(exitCode);
        }
    }
}
