package io.tenantpulse.detect;

import io.tenantpulse.diagnose.DialectEvidence;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What one partition remembers of a cluster.
 *
 * @param last the newest record that was taken; at rest, the newest mark
 * @param watermark the newest; null: none yet
 * @param probed whether watermarks are proven by a probe
 * @param home whether EPOCH stands in this partition: it speaks for the cluster
 * @param skewMillis the API server's clock minus the exporter's
 * @param kinds by name
 * @param rulesHash of the rules that the state was derived with
 * @param gone removed for good: only a higher epoch revives it
 * @param staleSince ClusterTelemetryStale fires since; null: it does not
 * @param operator how the cluster's operator was seen to behave, for people: no alert depends on it
 */
public record ClusterState(
        String cluster,
        Position last,
        @Nullable Instant watermark,
        boolean probed,
        boolean home,
        long skewMillis,
        Map<String, KindState> kinds,
        String rulesHash,
        boolean gone,
        @Nullable Instant staleSince,
        DialectEvidence operator) {
    private static final Duration JUST_MADE = Duration.ofMinutes(1);

    private static final long LOOKS = 1000;

    public ClusterState {
        // State that an older version wrote has none, and reads as null.
        operator = Objects.requireNonNullElse(operator, DialectEvidence.NONE);
        kinds = java.util.Collections.unmodifiableMap(new TreeMap<>(kinds));
    }

    static ClusterState fresh(String cluster, String rulesHash) {
        return new ClusterState(
                cluster, Position.NONE, null, true, false, 0, Map.of(), rulesHash, false, null, DialectEvidence.NONE);
    }

    /** Never null: a kind that nothing was said of is unknown. */
    KindState kind(String name) {
        KindState known = kinds.get(name);
        return known == null ? KindState.unknown(name) : known;
    }

    ClusterState with(KindState kind) {
        Map<String, KindState> now = new TreeMap<>(kinds);
        now.put(kind.kind(), kind);
        return withKinds(now);
    }

    ClusterState withKinds(Map<String, KindState> now) {
        return new ClusterState(
                cluster, last, watermark, probed, home, skewMillis, now, rulesHash, gone, staleSince, operator);
    }

    ClusterState changeKinds(UnaryOperator<KindState> change) {
        Map<String, KindState> now = new TreeMap<>();
        kinds.values().forEach(kind -> now.put(kind.kind(), change.apply(kind)));
        return withKinds(now);
    }

    ClusterState at(Position position) {
        return new ClusterState(
                cluster, position, watermark, probed, home, skewMillis, kinds, rulesHash, gone, staleSince, operator);
    }

    ClusterState atHome() {
        return new ClusterState(
                cluster, last, watermark, probed, true, skewMillis, kinds, rulesHash, gone, staleSince, operator);
    }

    ClusterState withSkew(long millis) {
        return new ClusterState(
                cluster, last, watermark, probed, home, millis, kinds, rulesHash, gone, staleSince, operator);
    }

    ClusterState withWatermark(Instant time, boolean byProbe) {
        Instant newest = watermark == null || time.isAfter(watermark) ? time : watermark;
        return new ClusterState(
                cluster, last, newest, byProbe, home, skewMillis, kinds, rulesHash, gone, staleSince, operator);
    }

    ClusterState withRules(String hash) {
        return new ClusterState(
                cluster, last, watermark, probed, home, skewMillis, kinds, hash, gone, staleSince, operator);
    }

    ClusterState withStaleSince(@Nullable Instant since) {
        return new ClusterState(
                cluster, last, watermark, probed, home, skewMillis, kinds, rulesHash, gone, since, operator);
    }

    /** With more looks at the operator; what was seen long ago fades, for operators are upgraded. */
    ClusterState seen(DialectEvidence looks) {
        DialectEvidence before = operator.tenants() < LOOKS ? operator : operator.faded();
        return new ClusterState(
                cluster,
                last,
                watermark,
                probed,
                home,
                skewMillis,
                kinds,
                rulesHash,
                gone,
                staleSince,
                before.plus(looks));
    }

    /** Without what every mark moves: for telling whether anything else has changed. */
    ClusterState withoutTime() {
        return new ClusterState(
                        cluster,
                        Position.NONE,
                        null,
                        probed,
                        home,
                        skewMillis,
                        Map.of(),
                        rulesHash,
                        gone,
                        staleSince,
                        operator)
                .withKinds(changeKinds(KindState::withoutTime).kinds);
    }

    /** Whether it makes no difference to a tenant: how far its kinds are covered makes one only to what is seen anew. */
    boolean isJudgedAs(ClusterState other) {
        return this == other
                || (skewMillis == other.skewMillis
                        && gone == other.gone
                        && rulesHash.equals(other.rulesHash)
                        && changeKinds(KindState::withoutTime)
                                .kinds
                                .equals(other.changeKinds(KindState::withoutTime).kinds));
    }

    ClusterState removed() {
        return new ClusterState(
                cluster, last, watermark, probed, home, 0, Map.of(), rulesHash, true, null, DialectEvidence.NONE);
    }

    /** An instant of the API server's clock by the exporter's. */
    @Nullable
    Instant corrected(@Nullable Instant byServer) {
        return byServer == null ? null : byServer.minusMillis(skewMillis);
    }

    /** Whether what is seen first was made then: a watch that begins without a list tells old objects as added, too. */
    boolean isJustMade(@Nullable Instant createdAt, Instant seen) {
        Instant created = corrected(createdAt);
        return created != null && created.plus(JUST_MADE).isAfter(seen);
    }
}
