package io.tenantpulse.schema;

import java.util.Map;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Says what Avro may do with bytes from outside: how much memory it may ask for, and which classes it may make.
 *
 * <p>Avro reads its limits once, when its first decoder is made: launchers call {@link #install} first.
 */
public final class AvroLimits {
    /** Far above what fits in a record of {@link Topics#MAX_MESSAGE_BYTES}, far below what hurts. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "org.apache.avro.limits.string.maxLength", "4194304",
            "org.apache.avro.limits.bytes.maxLength", "4194304",
            "org.apache.avro.limits.collectionItems.maxLength", "1000000");

    private AvroLimits() {}

    /** Sets the limits that nobody has set, and lets Avro make our own records, which it refuses by default. */
    public static void install() {
        DEFAULTS.forEach((key, value) -> {
            if (System.getProperty(key) == null) {
                System.setProperty(key, value);
            }
        });
        OurRecords.trust();
    }

    /** Done once, by being loaded: what others trust stays trusted. */
    private static final class OurRecords {
        static {
            ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                    ClassSecurityValidator.getGlobal(),
                    type -> type.getPackageName().equals(RecordTypes.NAMESPACE)));
        }

        static void trust() {}
    }
}
