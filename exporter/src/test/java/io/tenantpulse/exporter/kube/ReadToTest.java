package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a watch counts as read to the end, by a client that hands over what each test wants, when it wants. */
class ReadToTest {
    private final BlockingQueue<Delivery> mailbox = new LinkedBlockingQueue<>();
    private final Callbacks callbacks = new Callbacks(Runnable::run);
    private final Exchange exchange = new Exchange(mailbox, callbacks, ended -> {});
    private final WatchStream stream = new WatchStream(exchange);
    private AsyncBody.Consumer<List<ByteBuffer>> bytes;
    private Runnable onConsume = () -> {};

    @BeforeEach
    void answer() {
        AsyncBody body = new AsyncBody() {
            @Override
            public void consume() {
                onConsume.run();
            }

            @Override
            public CompletableFuture<Void> done() {
                return new CompletableFuture<>();
            }

            @Override
            public void cancel() {}
        };
        exchange.start(client(body), null);
        take();
    }

    @SuppressWarnings("unchecked")
    private HttpClient client(AsyncBody body) {
        HttpResponse<AsyncBody> response = (HttpResponse<AsyncBody>)
                fake(HttpResponse.class, Map.of("code", 200, "body", body, "headers", Map.of()));
        return (HttpClient) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpClient.class}, (self, method, arguments) -> {
                    bytes = (AsyncBody.Consumer<List<ByteBuffer>>) arguments[1];
                    return CompletableFuture.completedFuture(response);
                });
    }

    private static Object fake(Class<?> type, Map<String, Object> answers) {
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) ->
                        method.getReturnType() == List.class ? List.of() : answers.get(method.getName()));
    }

    private void arrive(String text) {
        try {
            bytes.consume(List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))), null);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void take() {
        Delivery next = mailbox.remove();
        if (next.signal() instanceof Delivery.Bytes piece) {
            feed(piece);
        }
        exchange.more();
    }

    private void feed(Delivery.Bytes piece) {
        try {
            stream.feed(piece, (line, length, cut) -> {});
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void isNotReadWhileSomethingWaits() {
        assertThat(stream.readTo()).isNotNull();

        arrive("{}\n");

        assertThat(stream.readTo()).isNull();
        take();
        assertThat(stream.readTo()).isEqualTo(new WatchStream.ReadTo(exchange, 2));
    }

    /** Its beginning came before the probe's answer: it happened before, and is not in the log. */
    @Test
    void isNotReadInTheMiddleOfAnEvent() {
        arrive("{\"type\":\"MODI");
        take();

        assertThat(stream.readTo()).isNull();
        assertThat(stream.isIdle()).isTrue();
        arrive("FIED\"}\n");
        take();
        assertThat(stream.readTo()).isNotNull();
    }

    /** What lay ready is handed over while the next piece is asked for. */
    @Test
    void isNotReadWhileTheNextPieceIsHandedOver() {
        WatchStream.ReadTo[] meanwhile = new WatchStream.ReadTo[2];
        onConsume = () -> {
            meanwhile[0] = stream.readTo();
            onConsume = () -> {};
            arrive("{}\n");
            meanwhile[1] = stream.readTo();
        };
        arrive("{}\n");
        take();

        assertThat(meanwhile).containsOnlyNulls();
        assertThat(stream.readTo()).isNull();
    }

    @Test
    void knowsWhenAllThatHadBegunHasEnded() {
        LinkedBlockingQueue<Runnable> pool = new LinkedBlockingQueue<>();
        Callbacks late = new Callbacks(pool::add);
        late.execute(() -> {});
        Set<Object> begun = late.unfinished();
        late.execute(() -> {});

        assertThat(late.haveEnded(begun)).isFalse();
        pool.remove().run();
        assertThat(late.haveEnded(begun)).isTrue();
        assertThat(late.unfinished()).hasSize(1);
    }

    @Test
    void countsTheCallersOwnWorkToo() {
        Callbacks own = new Callbacks(Runnable::run);
        boolean[] within = new boolean[1];

        own.here(() -> within[0] = own.unfinished().size() == 1);

        assertThat(within[0]).isTrue();
        assertThat(own.unfinished()).isEmpty();
    }
}
