package io.tenantpulse.trends;

/**
 * A set of tenants that is counted as one.
 *
 * @param cluster empty for the fleet
 * @param namespace of the registry, template or tenants; empty for the fleet and for a cluster
 * @param name of the registry or template; empty for the others
 */
public record Scope(Level level, String cluster, String namespace, String name) implements Comparable<Scope> {
    /** All tenants of all clusters. */
    public static final Scope FLEET = new Scope(Level.FLEET, "", "", "");

    /** What holds the set together. */
    public enum Level {
        FLEET("fleet", 1),
        CLUSTER("cluster", 2),
        NAMESPACE("namespace", 3),
        REGISTRY("registry", 4),
        TEMPLATE("template", 4);

        private final String word;
        private final int parts;

        Level(String word, int parts) {
            this.word = word;
            this.parts = parts;
        }

        /** As it is written. */
        public String word() {
            return word;
        }
    }

    public static Scope cluster(String cluster) {
        return new Scope(Level.CLUSTER, cluster, "", "");
    }

    public static Scope namespace(String cluster, String namespace) {
        return new Scope(Level.NAMESPACE, cluster, namespace, "");
    }

    public static Scope registry(String cluster, String namespace, String name) {
        return new Scope(Level.REGISTRY, cluster, namespace, name);
    }

    public static Scope template(String cluster, String namespace, String name) {
        return new Scope(Level.TEMPLATE, cluster, namespace, name);
    }

    /** The same text for the same scope, always: {@code fleet}, {@code cluster/c}, {@code namespace/c/ns}, {@code registry/c/ns/name}, {@code template/c/ns/name}. */
    public String key() {
        return switch (level) {
            case FLEET -> level.word;
            case CLUSTER -> level.word + '/' + cluster;
            case NAMESPACE -> level.word + '/' + cluster + '/' + namespace;
            case REGISTRY, TEMPLATE -> level.word + '/' + cluster + '/' + namespace + '/' + name;
        };
    }

    /**
     * Reads a key back.
     *
     * @throws IllegalArgumentException if it is no scope's key
     */
    public static Scope parse(String key) {
        String[] parts = key.split("/", -1);
        for (Level level : Level.values()) {
            if (level.word.equals(parts[0]) && level.parts == parts.length) {
                return new Scope(level, part(parts, 1), part(parts, 2), part(parts, 3));
            }
        }
        throw new IllegalArgumentException("not a scope: \"" + key
                + "\"; write fleet, cluster/CLUSTER, namespace/CLUSTER/NAMESPACE, registry/CLUSTER/NAMESPACE/NAME or"
                + " template/CLUSTER/NAMESPACE/NAME");
    }

    private static String part(String[] parts, int index) {
        return index < parts.length ? parts[index] : "";
    }

    @Override
    public int compareTo(Scope other) {
        int order = level.compareTo(other.level);
        order = order == 0 ? cluster.compareTo(other.cluster) : order;
        order = order == 0 ? namespace.compareTo(other.namespace) : order;
        return order == 0 ? name.compareTo(other.name) : order;
    }
}
