package io.tenantpulse.bench.oracle;

import static io.tenantpulse.bench.oracle.WrongDetector.that;

import java.util.List;

/** What can be wrong with a detector's reading of dependencies, and of what the operator counts. */
final class BlockersAndCounts {
    private static final String HOLDS = "detect/Holds.java";
    private static final String OWN = "detect/OwnReadiness.java";
    private static final String RESOURCES = "detect/Resources.java";
    private static final String SETTLING = "detect/Settling.java";
    private static final String STUCK = "detect/Stuck.java";

    private BlockersAndCounts() {}

    static List<WrongDetector> wrong() {
        return List.of(
                that(
                                "a resource is stuck though nothing waits for it",
                                STUCK,
                                "if (hold != null && hold.waitedForSince() != null) {",
                                "if (hold != null) {")
                        .and(
                                STUCK,
                                "Stretch stretch = hold.stretch().overNoEarlierThan(hold.waitedForSince(), needed);",
                                "Stretch stretch = hold.stretch();"),
                that(
                        "a blocker's time is over before anything waits for it",
                        STUCK,
                        "Stretch stretch = hold.stretch().overNoEarlierThan(hold.waitedForSince(), needed);",
                        "Stretch stretch = hold.stretch();"),
                that(
                        "a blocker is given no time of its own",
                        STUCK,
                        "found.add(new Stuck(each.id(), stretch, hold.timeout()));",
                        "found.add(new Stuck(each.id(), stretch, Duration.ZERO));"),
                that(
                        "of several blockers the one whose id comes first is told",
                        STUCK,
                        "Comparator.comparing((Stuck stuck) -> stuck.deadline(rule))",
                        "Comparator.comparing((Stuck stuck) -> 0)"),
                that(
                        "dependencies that can't be met are no trouble",
                        STUCK,
                        "if (broken != null) {",
                        "if (rule == null) {"),
                that(
                        "what is not created behind another has begun",
                        HOLDS,
                        "each.absentSince() != null && behind",
                        "each.id() == null"),
                that(
                        "what runs beside its dependency has not begun",
                        HOLDS,
                        "each.absentSince() != null && behind",
                        "behind"),
                that(
                        "an alert of a blocker that recovered does not go on with another",
                        SETTLING,
                        "if (stuck.isOver(rule, turn.cluster(), at)) { turn.goOn",
                        "if (rule == null) { turn.goOn"),
                that(
                        "an id keeps its clock when it names an object of another kind",
                        OWN,
                        "return before == null || before.isOf(dependency.object().kindName()) ? before : null;",
                        "return before;"),
                that(
                        "all that is asked for counts as ready where counts are compared",
                        OWN,
                        "ready.size(), open,",
                        "dependencies.size(), open,"),
                that(
                        "what nobody can know counts as not ready",
                        OWN,
                        "if (found == Found.OPEN || untold || ofNoKind) {",
                        "if (found == null) {"),
                that(
                        "that the operator skipped a dependent explains no count",
                        OWN,
                        "if (behind || held.contains(each.id())) {",
                        "if (behind) {"),
                that("a surplus pod explains a count for ever", RESOURCES, "|| before.isEven() != now.isEven();", ";"));
    }
}
