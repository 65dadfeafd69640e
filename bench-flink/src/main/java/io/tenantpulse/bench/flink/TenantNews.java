package io.tenantpulse.bench.flink;

/**
 * What detection needs of a record, made right where it is decoded, so that no Avro object goes from one operator to the
 * next. A POJO as Flink's own serializer wants it.
 */
public final class TenantNews {
    /** The tenant's; empty: a mark. */
    public String key = "";

    /** When it was observed. */
    public long at;

    /** Bits of the literal rules that hold. */
    public int holding;

    /** Why it is degraded; empty if it is not. */
    public String degraded = "";

    public long epoch;

    public long sequence;

    /** Of a watermark: whose it is. */
    public String cluster = "";

    /** Of a watermark: its time; 0: it is none. */
    public long watermark;

    boolean isOfTenant() {
        return !key.isEmpty();
    }
}
