package io.tenantpulse.exporter;

/** Which partitions a record goes to. */
public enum Target {
    /** The partition of its key. */
    KEY,
    /** Every partition, as all marks but EPOCH. */
    EVERY_PARTITION
}
