package io.tenantpulse.bench.oracle;

import static io.tenantpulse.bench.oracle.WrongDetector.that;

import java.util.List;
import java.util.stream.Stream;

/** What can be wrong with the judge of surges. */
final class WrongSurges {
    private static final String BASELINE = "trends/Baseline.java";
    private static final String FACTS = "trends/SurgeFacts.java";
    private static final String JUDGE = "trends/SurgeJudge.java";
    private static final String QUARTERS = "trends/Quarters.java";
    private static final String STATE = "trends/SurgeState.java";
    private static final String MERGER = "trends/Merger.java";
    private static final String SURGES = "trends/Surges.java";

    private WrongSurges() {}

    static List<WrongDetector> all() {
        return Stream.of(thresholds(), sights(), clocks(), usual(), common(), order())
                .flatMap(List::stream)
                .toList();
    }

    private static List<WrongDetector> thresholds() {
        return List.of(
                that(
                        "the share must be exceeded",
                        JUDGE,
                        "all > 0 && isReached(tenants.unhealthy(), share * all);",
                        "all > 0 && tenants.unhealthy() > share * all + SurgeThreshold.ROUNDING;"),
                that(
                        "any number of tenants is enough",
                        JUDGE,
                        "return isReached(tenants.unhealthy(), number) && all > 0",
                        "return tenants.unhealthy() > 0 && all > 0"),
                that(
                        "thresholds are reached as binary fractions are",
                        JUDGE,
                        "return count >= number - SurgeThreshold.ROUNDING;",
                        "return count >= number;"),
                that(
                        "it does not matter what is usual",
                        "trends/SurgeThreshold.java",
                        "return Math.max(share, factor * usual);",
                        "return share;"),
                that(
                                "it is over just below what raised it",
                                JUDGE,
                                "double tenantsToClear = threshold.tenants() * threshold.clear();",
                                "double tenantsToClear = threshold.tenants();")
                        .and(JUDGE, "double shareToClear = bar * threshold.clear();", "double shareToClear = bar;"));
    }

    private static List<WrongDetector> sights() {
        return List.of(
                that(
                        "what is out of sight may raise a surge",
                        JUDGE,
                        "long all = tenants.judged() + tenants.blind();",
                        "long all = tenants.judged();"),
                that(
                        "what is out of sight may end a surge",
                        JUDGE,
                        "long most = tenants.unhealthy() + tenants.blind();",
                        "long most = tenants.unhealthy();"),
                that(
                        "minutes in which all is blind are usual",
                        JUDGE,
                        "if (tenants.judged() == 0 && tenants.blind() > 0) {",
                        "if (tenants.total() == 0) {"),
                that(
                        "minutes that were not told count for the hold and the end",
                        JUDGE,
                        "boolean gap = state.surge() != null && missed.compareTo(Duration.ZERO) > 0;",
                        "boolean gap = false;"),
                that(
                        "blind minutes count for the hold",
                        STATE,
                        "Duration more = firedAt == null ? frozen.plus(time) : frozen;",
                        "Duration more = frozen;"),
                that(
                        "blind minutes count for the end",
                        STATE,
                        "Instant clear = clearSince == null ? null : clearSince.plus(time);",
                        "Instant clear = clearSince;"),
                that(
                        "it is not told that tenants are out of sight",
                        JUDGE,
                        "boolean unseen = tenants.blind() > 0",
                        "boolean unseen = false"));
    }

    private static List<WrongDetector> clocks() {
        return List.of(
                that(
                        "there is no hold",
                        JUDGE,
                        "return surge.since().plus(hold).plus(surge.frozen());",
                        "return surge.since().plus(surge.frozen());"),
                that(
                        "a minute below the threshold does not start the hold anew",
                        JUDGE,
                        "} else if (isBelow(threshold.tenants(), bar)) { state = state.with(null);",
                        "} else if (isBelow(threshold.tenants(), bar)) { state = state.with(surge);"),
                that("it is not kept firing", JUDGE, "Instant over = clear.plus(keepFiring);", "Instant over = clear;"),
                that(
                        "a relapse does not start the end anew",
                        JUDGE,
                        "state = state.with(surge.clearing(null));",
                        "state = state.with(surge);"),
                that(
                        "it is over when that is found",
                        JUDGE,
                        "say(SurgeChange.Kind.ENDED, surge, over, facts(surge));",
                        "say(SurgeChange.Kind.ENDED, surge, window.end(), facts(surge));"));
    }

    private static List<WrongDetector> usual() {
        return List.of(
                that(
                                "what a surge brings is usual at once",
                                JUDGE,
                                "onPending(surge, threshold.bar(surge.usual()));",
                                "onPending(surge, threshold.bar(usual == null ? surge.usual() : usual));")
                        .and(
                                JUDGE,
                                "onFiring(surge, threshold.bar(surge.usual()));",
                                "onFiring(surge, threshold.bar(usual == null ? surge.usual() : usual));"),
                that(
                        "the mean is usual, not the median",
                        QUARTERS,
                        "return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0 / MILLION;",
                        "return Arrays.stream(sorted).average().orElseThrow() / MILLION;"),
                that(
                        "of an even number of quarter hours the upper one is the median",
                        QUARTERS,
                        "return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0 / MILLION;",
                        "return sorted[sorted.length / 2] / MILLION;"),
                that(
                        "a quarter hour counts of which one minute was seen",
                        BASELINE,
                        "if (minutes >= MOST) {",
                        "if (minutes > 0) {"),
                that(
                        "what is usual is never forgotten",
                        BASELINE,
                        "all.headMap(start - length.toMillis()).clear();",
                        "all.headMap(0L).clear();"),
                that(
                        "of shares the nearest millionth counts",
                        BASELINE,
                        "MILLION * seen.unhealthy() / seen.judged();",
                        "(MILLION * seen.unhealthy() + seen.judged() / 2) / seen.judged();"),
                that(
                        "the first quarter hour is judged",
                        JUDGE,
                        "Double own = state.usualBefore(window.start());",
                        "Double own = state.baseline().usual();"),
                that(
                        "what is new is held to itself",
                        JUDGE,
                        "isNew && other < own ? other : own;",
                        "isNew && other < own ? own : own;"),
                that(
                        "what was new is held to its cluster for ever",
                        JUDGE,
                        "boolean isNew = window.start().isBefore(state.from().plus(NEW));",
                        "boolean isNew = true;"));
    }

    private static List<WrongDetector> common() {
        return List.of(
                that(
                        "a cause must be had by more than the share that dominates",
                        FACTS,
                        "first.getValue() >= dominant * of - SurgeThreshold.ROUNDING",
                        "first.getValue() > dominant * of + SurgeThreshold.ROUNDING"),
                that(
                        "no cause is named before all are diagnosed",
                        FACTS,
                        "if (2 * diagnosed < members.count()) {",
                        "if (diagnosed < members.count()) {"),
                that(
                        "no cause is named whose subjects differ",
                        FACTS,
                        "return dominates(new TopCounts(words, causes.other()), diagnosed, dominant);",
                        "return exact;"),
                that("another cause is told as often as it changes", JUDGE, "if (other && !soon) {", "if (other) {"),
                that(
                        "the cause of the last few is told",
                        JUDGE,
                        "state = state.with(surge.clearing(clear)); return;",
                        "state = state.with(surge.clearing(clear));"),
                that(
                        "less than a twentieth is a movement",
                        FACTS,
                        "PART * Math.abs(change) < first",
                        "Math.abs(change) < first / PART"));
    }

    private static List<WrongDetector> order() {
        return List.of(
                that(
                        "a minute that was judged is judged again when it is corrected",
                        JUDGE,
                        "if (window.start().isBefore(state.upTo())) {",
                        "if (window.start().isBefore(state.from())) {"),
                that(
                        "a correction by which nobody was there ends a surge",
                        SURGES,
                        "window.end().isBefore(state.upTo())",
                        "window.end().isBefore(state.from())"),
                that(
                        "minutes in which the cluster is silent are judged",
                        SURGES,
                        "&& !window.blindClusters().contains(scope.cluster())",
                        "&& window.revision() >= 0"),
                that(
                        "a surge of what has no tenants any more goes on",
                        SURGES,
                        "say(rule.alert(), SurgeJudge.onVanished(state, window.end()));",
                        "after.put(rule.alert(), state);"),
                that(
                        "a restart forgets everything",
                        "topology/StreamsSurgeMemory.java",
                        "StreamsSurgeMemory(ProcessingContext context) {"
                                + " this.store = context.getStateStore(Stores.SURGES);",
                        "StreamsSurgeMemory(ProcessingContext context) {"
                                + " this.store = context.getStateStore(Stores.SURGES);"
                                + " each(known -> forget(known.scope()));"));
    }

    /** What can be wrong with the merger before it. */
    static List<WrongDetector> mergers() {
        return List.of(
                that(
                        "a minute is over when the first partition has closed it",
                        "trends/Progress.java",
                        "start.isBefore(Collections.min(closedTo.values()));",
                        "start.isBefore(Collections.max(closedTo.values()));"),
                that(
                        "the last partition's part is the whole",
                        MERGER,
                        "known == null ? partial.totals() : known.beside(partial.totals());",
                        "partial.totals();"),
                that(
                        "the minutes of a silent cluster are told like those of one whose tenants are blind",
                        MERGER,
                        "close(scope, start, Totals.unseen(levels, WindowSize.MINUTE), List.of(cluster), null);",
                        "close(scope, start, Totals.unseen(levels, WindowSize.MINUTE), List.of(), null);"),
                that(
                        "what comes of a silent cluster after all is told as what it was taken for",
                        MERGER,
                        "close(scope, start, totals, List.of(), told);",
                        "close(scope, start, told == null ? totals : told.totals(), List.of(), told);"),
                that(
                        "the causes of one partition are those of all",
                        "trends/Members.java",
                        "Population.sum(byCause.counts(), other.byCause.counts()),",
                        "byCause.counts(),"));
    }
}
