package io.tenantpulse.config;

import java.util.List;

/** Says everything that is wrong with what was configured; the process cannot start. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    /**
     * @param where file or source
     * @param faults each names what, where, value and remedy; at least one
     */
    public ConfigException(String where, List<String> faults) {
        super(where + " cannot be used: " + String.join("; ", faults));
        this.faults = List.copyOf(faults);
    }

    /** One by one. */
    public List<String> faults() {
        return faults;
    }
}
