package io.tenantpulse.bench.oracle;

import static io.tenantpulse.bench.oracle.WrongDetector.that;

import java.util.List;
import java.util.stream.Stream;

/** What can be wrong with a detector. */
final class WrongDetectors {
    private static final String CLUSTER = "detect/ClusterState.java";
    private static final String CONDITIONS = "detect/Conditions.java";
    private static final String DETECTOR = "detect/Detector.java";
    private static final String FIRST_SIGHT = "detect/FirstSight.java";
    private static final String INCIDENT = "detect/IncidentState.java";
    private static final String KIND = "detect/KindState.java";
    private static final String MARKS = "detect/Marks.java";
    private static final String OWN = "detect/OwnReadiness.java";
    private static final String SETTLING = "detect/Settling.java";
    private static final String STRETCH = "detect/Stretch.java";
    private static final String TENANTS = "detect/Tenants.java";
    private static final String TURN = "detect/TenantTurn.java";

    private WrongDetectors() {}

    static List<WrongDetector> all() {
        return Stream.of(
                        clocks(),
                        holds(),
                        gaps(),
                        proofs(),
                        order(),
                        objects(),
                        readiness(),
                        sights(),
                        speech(),
                        BlockersAndCounts.wrong(),
                        Unseen.wrong())
                .flatMap(List::stream)
                .toList();
    }

    private static List<WrongDetector> clocks() {
        return List.of(
                that(
                        "a value that changes while the condition stays true starts the clock anew",
                        SETTLING,
                        "boolean holds = verdict == Verdict.TRUE && clock.reason().equals(reason);",
                        "boolean holds = verdict == Verdict.TRUE && clock.reason().equals(reason)"
                                + " && (!literalNews || clock.isFiring());"),
                that(
                        "a deadline fires when the watermark has passed it, not when it has reached it",
                        TURN,
                        "act(deadline -> !deadline.isAfter(watermark), watermark, this::isJudgeable);",
                        "act(deadline -> deadline.isBefore(watermark), watermark, this::isJudgeable);"),
                that(
                        "a recovery exactly at the deadline comes too late",
                        TURN,
                        "act(deadline -> deadline.isBefore(observedAt), observedAt, proven);",
                        "act(deadline -> !deadline.isAfter(observedAt), observedAt, proven);"),
                that(
                        "a later look at the object proves no earlier deadline",
                        TURN,
                        "act(deadline -> deadline.isBefore(observedAt), observedAt, proven);",
                        "act(deadline -> false, observedAt, proven);"),
                that(
                        "the wall clock decides, not the watermark",
                        MARKS,
                        "tenants.reach(now, mark.time());",
                        "tenants.reach(now, java.time.Instant.now());"),
                that(
                        "when a watermark was written decides, not what it says",
                        MARKS,
                        "tenants.reach(now, mark.time());",
                        "tenants.reach(now, mark.observedAt());"),
                that(
                        "one cluster's watermark drives the clocks of all",
                        DETECTOR,
                        "return marks.onWatermark(cluster, watermark);",
                        "clusters.values().forEach(other -> tenants.reach(other.state(), watermark.time()));"
                                + " return marks.onWatermark(cluster, watermark);"));
    }

    private static List<WrongDetector> holds() {
        return List.of(
                that(
                        "reasons of TenantDegraded share one clock",
                        SETTLING,
                        "boolean holds = verdict == Verdict.TRUE && clock.reason().equals(reason);",
                        "boolean holds = verdict == Verdict.TRUE;"),
                that(
                        "keep-firing is ignored",
                        SETTLING,
                        "} else if (rule.keepFiring().isZero()) {",
                        "} else if (clock.isFiring()) {"),
                that(
                        "a condition that comes back while its alert is kept firing does not save it",
                        SETTLING,
                        "keep(clock, clock.keptUntil(null), rule);\n} else {",
                        "keep(clock, clock, rule); } else {"),
                that(
                        "what was due is forgotten by a restart",
                        "topology/DueIndex.java",
                        "entries(cluster).add(new Due(timeOf(entry.key, cluster), id));",
                        ""),
                that(
                        "a restart forgets how well kinds can be seen",
                        DETECTOR,
                        "Watched.remembered(cluster,",
                        "Watched.remembered(cluster.withKinds(Map.of()),"));
    }

    private static List<WrongDetector> gaps() {
        return List.of(
                that(
                        "a kind that is blind has lost its tenants",
                        MARKS,
                        "now = alerts.judgeKinds(cluster, now, mark.time());",
                        "now = alerts.judgeKinds(cluster, now, mark.time()); ClusterState seen = now;"
                                + " memory.eachTenant(cluster.cluster(), tenant -> { if (seen.kind("
                                + "tenant.id().kindName()).isHidden()) tenants.remove(seen, tenant, mark.time(),"
                                + " ResolveReason.RECOVERED); });"),
                that("deadlines of a blind kind are judged", KIND, "case BLIND -> false;", "case BLIND -> true;"),
                that(
                        "a gap that nothing bridges is counted",
                        STRETCH,
                        "case FREEZE -> new Stretch(since, frozen.plus(Duration.between(lower, to)), true,",
                        "case FREEZE -> new Stretch(since, frozen, true,"),
                that(
                        "a gap that nothing bridges starts the clock anew",
                        STRETCH,
                        "case FREEZE -> new Stretch(since, frozen.plus(Duration.between(lower, to)), true,",
                        "case FREEZE -> new Stretch(at, Duration.ZERO, true,"),
                that("a watch that went on after a break is not believed", KIND, "resumed && judged,", "false,"));
    }

    private static List<WrongDetector> proofs() {
        return List.of(
                that(
                        "resourceVersions are compared as text, and one that comes earlier has not changed",
                        TENANTS,
                        "before.resourceVersion().equals(news.resourceVersion());",
                        "before.resourceVersion().compareTo(news.resourceVersion()) >= 0;"),
                that(
                        "the same resourceVersion proves nothing after a gap",
                        TENANTS,
                        "boolean same = before.undecodableSince() == null && isSame(before, news); turn.acrossGap",
                        "boolean same = false; turn.acrossGap"),
                that(
                        "a proving condition that changed within the gap bridges it",
                        TURN,
                        "boolean bridged = same || (proven != null && !proven.isAfter(start));",
                        "boolean bridged = same || proven != null;"),
                that(
                        "a look proves deadlines across a gap",
                        KIND,
                        "return seen.epoch() == now.epoch() && !seen.isBefore(brokenAt) && isJudgeable();",
                        "return true;"));
    }

    private static List<WrongDetector> order() {
        return List.of(
                that(
                        "a superseded exporter is still listened to",
                        DETECTOR,
                        "if (news.position().epoch() < cluster.last().epoch()) {",
                        "if (news.position().epoch() < cluster.last().epoch()) { if (!cluster.state().gone()) return true;"),
                that(
                                "what was read is read again where it is repeated",
                                DETECTOR,
                                "if (!cluster.last().isBefore(news.position())) {",
                                "if (cluster.last().epoch() < 0) {")
                        .and(
                                TENANTS,
                                "if (before != null && !before.position().isBefore(news.position())) {",
                                "if (before != null && before.uid() == null) {"),
                that(
                        "a frame sweeps where it begins",
                        MARKS,
                        "ClusterState skewed = mark.fromMemory()",
                        "sweep(cluster, kind, mark.position(), mark.observedAt());"
                                + " ClusterState skewed = mark.fromMemory()"),
                that(
                        "what an unfinished frame mentioned need not be mentioned by the next",
                        MARKS,
                        "&& tenant.frame().isBefore(frame)) { tenants.remove",
                        "&& tenant.frame().sequence() == 0) { tenants.remove"));
    }

    private static List<WrongDetector> objects() {
        return List.of(
                that(
                        "a deletion is not seen",
                        TENANTS,
                        "remove(cluster, proved(cluster, before, news), news.observedAt(), ResolveReason.DELETED);",
                        "proved(cluster, before, news);"),
                that(
                        "another object of the same name goes on with the clocks of the first",
                        TENANTS,
                        "if (before != null && !before.uid().equals(news.uid())) { remove",
                        "if (before != null && before.uid().isEmpty()) { remove"),
                that(
                                "Tenant and LynqNode of one name are one",
                                "topology/StreamsMemory.java",
                                "lastKey = key(id.key());",
                                "lastKey = key(id.key().replace(\"LynqNode\", \"Tenant\"));")
                        .and(
                                "topology/StreamsMemory.java",
                                "move(tenantDeadlines, id.cluster(), id.key(), before, after);",
                                "move(tenantDeadlines, id.cluster(), id.key().replace(\"LynqNode\", \"Tenant\"), before,"
                                        + " after);")
                        .and(
                                "topology/StreamsMemory.java",
                                "move(looks, id.cluster(), id.key(), before, after);",
                                "move(looks, id.cluster(), id.key().replace(\"LynqNode\", \"Tenant\"), before, after);"),
                that(
                        "failed resources do not keep a difference of counts from being a mismatch",
                        CONDITIONS,
                        "counts.ready() != counts.desired() && counts.desired() > 0 && counts.failed() == 0;",
                        "counts.ready() != counts.desired() && counts.desired() > 0;"),
                that("five failed tenants of a registry are many", CONDITIONS, "int MANY = 5;", "int MANY = 4;"));
    }

    private static List<WrongDetector> readiness() {
        return List.of(
                that(
                                "a resource that need not be ready is waited for",
                                OWN,
                                "if (!dependency.waitForReady()) { return foundApplied",
                                "if (dependency == null) { return foundApplied")
                        .and(OWN, "dependency.waitForReady(), since,", "true, since,"),
                that(
                        "a resource that is made once must be ready, too",
                        OWN,
                        "if (dependency.once() || resource == null) {",
                        "if (resource == null) {"),
                that(
                        "a resource that does not exist is not missed",
                        OWN,
                        "return absent(dependency, kind, tenant);",
                        "return Found.READY;"),
                that(
                        "flapping begins with the fifth turn",
                        "detect/Flips.java",
                        "isBefore(now, mismatch.endOf(rate.high(), rate));",
                        "isBefore(now, mismatch.endOf(rate.high() - 1, rate));"));
    }

    private static List<WrongDetector> sights() {
        return List.of(
                that(
                        "first sight ignores lastTransitionTime",
                        FIRST_SIGHT,
                        "Instant proven = inFrame ? cluster.corrected(byServer) : null;",
                        "Instant proven = null;"),
                that(
                        "lastTransitionTime is believed outside of frames",
                        FIRST_SIGHT,
                        "Instant proven = inFrame ? cluster.corrected(byServer) : null;",
                        "Instant proven = cluster.corrected(byServer);"),
                that(
                        "first sight goes back before the object was made",
                        FIRST_SIGHT,
                        "created == null ? proven : Stretch.later(proven, created)",
                        "proven"),
                that(
                        "first sight after a gap goes back before what was last seen",
                        FIRST_SIGHT,
                        "if (knownTo != null) {",
                        "if (cluster == null && knownTo != null) {"),
                that(
                        "the API server's clock is taken for the exporter's",
                        CLUSTER,
                        "return byServer == null ? null : byServer.minusMillis(skewMillis);",
                        "return byServer;"));
    }

    private static List<WrongDetector> speech() {
        return List.of(
                that(
                        "an incident is named by when it fired",
                        INCIDENT,
                        "return new IncidentState(id, first.since(), at,",
                        "return new IncidentState(id, at, at,"),
                that(
                        "an alert that fires late says that it fired when that was found",
                        TURN,
                        "Speech.Instants when = new Speech.Instants(next.when, decidedAt); Stuck",
                        "Speech.Instants when = new Speech.Instants(decidedAt, decidedAt); Stuck"),
                that(
                        "a tenant that got worse has recovered",
                        TURN,
                        "reason = ResolveReason.ESCALATED;",
                        "reason = ResolveReason.RECOVERED;"),
                that(
                        "a kind is blind since it was said, not since it was last covered",
                        KIND,
                        "Instant start = coverage == KindCoverage.LIVE && coveredTo != null ? coveredTo : watermark;",
                        "Instant start = watermark;"));
    }
}
