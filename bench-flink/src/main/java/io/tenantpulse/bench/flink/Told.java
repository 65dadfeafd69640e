package io.tenantpulse.bench.flink;

/** A transition on its way to the topic; a POJO as Flink's own serializer wants it. */
public final class Told {
    public String key = "";
    /** Number of the literal rule. */
    public int rule;

    public String reason = "";
    public boolean fires;
    public long since;
    public long at;
    public long decidedAt;
}
