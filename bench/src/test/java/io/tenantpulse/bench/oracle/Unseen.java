package io.tenantpulse.bench.oracle;

import static io.tenantpulse.bench.oracle.WrongDetector.that;

import java.util.List;

/** What can be wrong with a detector that does not see all that own readiness rests on, or can't read what it sees. */
final class Unseen {
    private static final String GAPS = "detect/Gaps.java";
    private static final String OWN = "detect/OwnReadiness.java";
    private static final String OWN_GAP = "detect/OwnGap.java";
    private static final String SETTLING = "detect/Settling.java";
    private static final String VISIBILITY = "detect/Visibility.java";

    private Unseen() {}

    static List<WrongDetector> wrong() {
        return List.of(
                that(
                        "own readiness recovers while a kind that it rests on is blind",
                        SETTLING,
                        "return turn.isHidden(rule) ? Verdict.FROZEN : Verdict.FALSE;",
                        "return Verdict.FALSE;"),
                that(
                                "a resource that was not ready throughout bridges no gap",
                                GAPS,
                                "if (isNotAfter(known, start) || isNotAfter(condition, start)) {",
                                "if (isNotAfter(condition, start)) {")
                        .and(
                                GAPS,
                                "Instant end = known != null && known.isBefore(gap.to()) ? known : gap.to();",
                                "Instant end = gap.to();"),
                that(
                        "that Ready is False bridges no gap of own readiness",
                        GAPS,
                        "if (isNotAfter(known, start) || isNotAfter(condition, start)) {",
                        "if (isNotAfter(known, start)) {"),
                that(
                        "the clock of own readiness starts anew behind every gap",
                        GAPS,
                        "Stretch judged = stretch.owing(null);",
                        "Stretch judged = Stretch.started(at, at);"),
                that(
                        "a gap of own readiness is judged while another kind is still blind",
                        GAPS,
                        "if (gap == null || frozen || OwnGap.isOpen(cluster, kinds)) {",
                        "if (gap == null || frozen) {"),
                that(
                        "deadlines of what can't be decoded are judged",
                        VISIBILITY,
                        "return tenant.undecodableSince() == null && cluster",
                        "return cluster"),
                that(
                        "what could not be decoded was seen all the same",
                        OWN_GAP,
                        "return new OwnGap(undecodableSince, now);",
                        "return null;"),
                that(
                        "a resource that can't be decoded freezes nothing",
                        OWN,
                        "return resource != null && resource.undecodable()",
                        "return resource == null && dependency == null"));
    }
}
