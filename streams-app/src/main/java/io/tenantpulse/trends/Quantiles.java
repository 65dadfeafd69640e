package io.tenantpulse.trends;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import com.datadoghq.sketch.ddsketch.store.Bin;
import com.datadoghq.sketch.ddsketch.store.SparseStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;

/**
 * A sketch of many durations: their quantiles within {@link #RELATIVE_ERROR}, their number exactly. Sketches of different
 * windows and scopes merge without losing anything, in any order: the result is that of all durations in one sketch.
 * Immutable. Kept and sent as DDSketch's own encoding.
 */
public final class Quantiles {
    /** A quantile is off by so much of the true one at most. */
    public static final double RELATIVE_ERROR = 0.01;

    public static final Quantiles NONE = new Quantiles(empty());

    private final DDSketch sketch;

    private Quantiles(DDSketch sketch) {
        this.sketch = sketch;
    }

    private static DDSketch empty() {
        return new DDSketch(new LogarithmicMapping(RELATIVE_ERROR), SparseStore::new);
    }

    /** Of one duration; a negative one counts as zero. */
    public static Quantiles of(Duration value) {
        return NONE.plus(value);
    }

    /**
     * Reads {@link #toBytes} back.
     *
     * @throws UncheckedIOException if it is not a sketch
     */
    public static Quantiles ofBytes(byte[] bytes) {
        if (bytes.length == 0) {
            return NONE;
        }
        try {
            DDSketch read = empty();
            read.decodeAndMergeWith(ByteArrayInput.wrap(bytes));
            return new Quantiles(read);
        } catch (IOException e) {
            throw new UncheckedIOException("not a sketch of durations: " + bytes.length + " bytes", e);
        }
    }

    /** DDSketch's own encoding, with its mapping; empty for an empty sketch. */
    public byte[] toBytes() {
        if (sketch.isEmpty()) {
            return new byte[0];
        }
        try {
            GrowingByteArrayOutput out = GrowingByteArrayOutput.withDefaultInitialCapacity();
            sketch.encode(out, false);
            return out.trimmedCopy();
        } catch (IOException e) {
            throw new UncheckedIOException("a sketch in memory cannot be encoded", e);
        }
    }

    /** With one more. */
    public Quantiles plus(Duration value) {
        DDSketch more = sketch.copy();
        more.accept(Math.max(0, value.toMillis()));
        return new Quantiles(more);
    }

    public Quantiles plus(Quantiles other) {
        if (other.sketch.isEmpty()) {
            return this;
        }
        if (sketch.isEmpty()) {
            return other;
        }
        DDSketch both = sketch.copy();
        both.mergeWith(other.sketch);
        return new Quantiles(both);
    }

    public long count() {
        return Math.round(sketch.getCount());
    }

    public boolean isEmpty() {
        return sketch.isEmpty();
    }

    /**
     * The duration that a share of all does not exceed.
     *
     * @param share 0 to 1
     * @throws java.util.NoSuchElementException if the sketch is empty
     */
    public Duration quantile(double share) {
        return Duration.ofMillis(Math.round(sketch.getValueAtQuantile(share)));
    }

    /** How many are longer; those that differ from it by less than {@link #RELATIVE_ERROR} may count as either. */
    public long longerThan(Duration limit) {
        double longer = 0;
        Iterator<Bin> bins = sketch.getPositiveValueStore().getDescendingIterator();
        while (bins.hasNext()) {
            Bin bin = bins.next();
            if (sketch.getIndexMapping().value(bin.getIndex()) <= limit.toMillis()) {
                break;
            }
            longer += bin.getCount();
        }
        return Math.round(longer);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantiles that && Arrays.equals(toBytes(), that.toBytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toBytes());
    }

    @Override
    public String toString() {
        return isEmpty() ? "none" : count() + " with median " + quantile(0.5);
    }
}
