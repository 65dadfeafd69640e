package io.tenantpulse.query;

import java.util.ArrayList;
import java.util.List;

/**
 * Tenants that somebody named: one, or all of a namespace.
 *
 * @param name {@link #ALL} for every tenant of the namespace
 */
public record TenantSelection(String cluster, String namespace, String name) {
    public static final String ALL = "*";
    private static final int PARTS = 3;

    /**
     * Reads {@code CLUSTER/NAMESPACE/NAME} or {@code CLUSTER/NAMESPACE/*}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static TenantSelection parse(String text) {
        String[] parts = text.strip().split("/", -1);
        boolean whole = parts.length == PARTS && !parts[0].isEmpty() && !parts[1].isEmpty() && !parts[2].isEmpty();
        boolean starred = whole && (parts[0].contains(ALL) || parts[1].contains(ALL));
        if (!whole || starred || parts[2].contains(ALL) && !parts[2].equals(ALL)) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" names no tenants: write CLUSTER/NAMESPACE/NAME, or CLUSTER/NAMESPACE/* for all of"
                            + " a namespace");
        }
        return new TenantSelection(parts[0], parts[1], parts[2]);
    }

    /** Reads several, and adds what is wrong with the others to {@code faults}. */
    public static List<TenantSelection> parseAll(List<String> texts, List<String> faults) {
        List<TenantSelection> all = new ArrayList<>();
        for (String text : texts) {
            try {
                all.add(parse(text));
            } catch (IllegalArgumentException e) {
                faults.add("metrics.tenants: " + e.getMessage());
            }
        }
        return all;
    }

    public boolean isAll() {
        return name.equals(ALL);
    }

    @Override
    public String toString() {
        return cluster + '/' + namespace + '/' + name;
    }
}
