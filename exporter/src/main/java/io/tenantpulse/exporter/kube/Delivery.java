package io.tenantpulse.exporter.kube;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A piece of an HTTP answer, put into the mailbox of whoever asked. */
record Delivery(Exchange from, Signal signal) {

    /** What can arrive, in this order: one {@link Answered}, any number of {@link Bytes}, one {@link Ended}. */
    sealed interface Signal permits Answered, Bytes, Ended {}

    /**
     * The status line and headers.
     *
     * @param retryAfter seconds as the server wrote them, if it did
     * @param date the server's clock as it wrote it, if it did
     */
    record Answered(int status, Optional<String> retryAfter, Optional<String> date, boolean multiplexed)
            implements Signal {}

    /** Bytes of the body; nothing more arrives until {@link Exchange#more}. */
    record Bytes(List<ByteBuffer> buffers) implements Signal {}

    /** The end of the answer: clean if there is no failure. */
    record Ended(@Nullable Throwable failure) implements Signal {}
}
