package io.tenantpulse.schema;

import java.util.Map;

/**
 * Keeps a broken record from asking for gigabytes: Avro believes the lengths that it reads unless it is given limits.
 *
 * <p>Avro reads them once, when its first decoder is made: launchers call {@link #install} first.
 */
public final class AvroLimits {
    /** Far above what fits in a record of {@link Topics#MAX_MESSAGE_BYTES}, far below what hurts. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "org.apache.avro.limits.string.maxLength", "4194304",
            "org.apache.avro.limits.bytes.maxLength", "4194304",
            "org.apache.avro.limits.collectionItems.maxLength", "1000000");

    private AvroLimits() {}

    /** Sets the limits that nobody has set. */
    public static void install() {
        DEFAULTS.forEach((key, value) -> {
            if (System.getProperty(key) == null) {
                System.setProperty(key, value);
            }
        });
    }
}
