package io.tenantpulse.standalone.demo;

import java.util.List;

/** Who lives in the demo and what happens to them around its start: the story that its first minutes tell. */
final class Cast {
    static final List<String> CLUSTERS = List.of("prod-eu", "prod-us", "staging");

    /** The customers' short names; later ones get a number. */
    static final List<String> NAMES = List.of(
            "acme", "bolt", "cobalt", "delta", "ember", "fjord", "garnet", "harbor", "indigo", "jasper", "kite",
            "lumen", "maple", "nova", "orbit", "pixel", "quill", "raven", "sable", "tundra", "umber", "vesper",
            "willow", "xenon", "yonder", "zephyr", "aspen", "birch", "cedar", "dune", "echo", "flint", "grove", "haze",
            "iris", "juno", "koi", "lark", "mist", "north");

    /**
     * A group of tenants of one template in one cluster.
     *
     * @param count for a demo of 60 tenants
     */
    record Group(String cluster, String template, int count) {}

    static final List<Group> GROUPS = List.of(
            new Group("prod-eu", "shop", 8),
            new Group("prod-eu", "crm", 4),
            new Group("prod-eu", "edge", 12),
            new Group("prod-eu", "analytics", 1),
            new Group("prod-eu", "queue", 1),
            new Group("prod-eu", "trial", 1),
            new Group("prod-us", "shop", 7),
            new Group("prod-us", "crm", 4),
            new Group("prod-us", "edge", 4),
            new Group("prod-us", "analytics", 2),
            new Group("prod-us", "model", 2),
            new Group("prod-us", "queue", 1),
            new Group("prod-us", "trial", 1),
            new Group("staging", "queue", 1),
            new Group("staging", "shop", 5),
            new Group("staging", "crm", 2),
            new Group("staging", "edge", 3),
            new Group("staging", "analytics", 1),
            new Group("staging", "model", 1));

    /**
     * One trouble of the script.
     *
     * @param which the how-manieth tenant of its template; counts for troubles of tenants that exist
     * @param atSeconds from the demo's start; negative: it was so before
     */
    record Line(String cluster, Trouble trouble, String template, int which, int atSeconds, int lastsSeconds) {}

    private static final int FOR_EVER = 100 * 86_400;

    static final List<Line> BEFORE_AND_SOON = List.of(
            new Line("prod-eu", Trouble.IMAGE_MISSING, "shop", 0, -2400, 3600),
            new Line("prod-eu", Trouble.PROBE_FAILS, "shop", 1, -865, 2100),
            new Line("prod-eu", Trouble.OUT_OF_MEMORY, "crm", 0, -1500, 3900),
            new Line("prod-eu", Trouble.CLASS_MISSING, "analytics", 0, -1080, 3300),
            new Line("prod-eu", Trouble.CYCLE, "knot", 0, -2700, FOR_EVER),
            new Line("prod-eu", Trouble.QUOTA, "trial", 0, -600, 2400),
            new Line("prod-eu", Trouble.SLOW_PULL, "shop", 2, 60, 600),
            new Line("prod-us", Trouble.DATABASE_IMAGE_MISSING, "shop", 0, -1980, 3600),
            new Line("prod-us", Trouble.SECRET_MISSING, "shop", 1, -860, 1800),
            new Line("prod-us", Trouble.WAITS_FOR_CONSUMER, "analytics", 0, -1320, 3000),
            new Line("prod-us", Trouble.JOB_FAILS, "shop", 0, -720, 2400),
            new Line("prod-us", Trouble.CONFLICT, "shop", 0, -960, 2400),
            new Line("prod-us", Trouble.LONG_START, "model", 0, -780, 2000),
            new Line("prod-us", Trouble.UNSCHEDULABLE, "crm", 0, -480, 2100),
            new Line("staging", Trouble.CRASH_LOOP, "shop", 0, -2880, 5400),
            new Line("staging", Trouble.MISSING_DEPENDENCY, "gap", 0, -2700, FOR_EVER),
            new Line("staging", Trouble.SCALED_TO_ZERO, "shop", 1, -1800, 4200),
            new Line("staging", Trouble.NO_ADDRESS, "analytics", 0, -850, 1800),
            new Line("staging", Trouble.FLAPPING, "edge", 0, 90, 900));

    private Cast() {}

    /** How many tenants a group has in a demo of the given size: all groups shrink or grow alike, none vanishes. */
    static int size(Group group, int tenants) {
        int all = GROUPS.stream().mapToInt(Group::count).sum();
        return Math.max(1, Math.round((float) group.count() * tenants / all));
    }
}
