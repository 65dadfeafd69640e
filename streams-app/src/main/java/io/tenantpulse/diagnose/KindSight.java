package io.tenantpulse.diagnose;

/** How well the kinds of a cluster are seen. */
@FunctionalInterface
public interface KindSight {
    /** What can be said of the objects of a kind. */
    enum Sight {
        /** Listed completely, and watched: what is not known does not exist. */
        LIVE,
        /** It was, and what was known stands. */
        BLIND,
        /** Never listed completely, not served, or forbidden. */
        UNKNOWN
    }

    /**
     * Of a kind.
     *
     * @param kindName as {@link io.tenantpulse.model.ObjectId#kindName()}
     */
    Sight of(String kindName);
}
