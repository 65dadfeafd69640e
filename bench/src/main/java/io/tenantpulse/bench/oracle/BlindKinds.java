package io.tenantpulse.bench.oracle;

import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.KindCoverage;
import io.tenantpulse.v1.KindState;
import io.tenantpulse.v1.MarkType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** ClusterKindBlind: watermarks have not covered a kind for a while of the cluster's time. */
final class BlindKinds {
    private BlindKinds() {}

    static List<Said> of(Era era, Duration hold) {
        Set<String> kinds = new TreeSet<>();
        for (int i = 0; i < era.size(); i++) {
            if (era.isMark(i, MarkType.WATERMARK)) {
                era.mark(i).getCoverage().forEach(each -> kinds.add(each.getKind()));
            }
        }
        List<Said> said = new ArrayList<>();
        kinds.forEach(kind -> said.addAll(of(era, kind, hold)));
        return said;
    }

    private static List<Said> of(Era era, String kind, Duration hold) {
        List<Said> said = new ArrayList<>();
        Instant since = null;
        Instant covered = null;
        boolean fires = false;
        for (int i = 0; i < era.size(); i++) {
            if (era.beginsEpoch(i) && !fires) {
                // That nobody watched at all is not held against the kind
                since = null;
                covered = null;
            }
            if (fires && era.isMark(i, MarkType.CLUSTER_GONE)) {
                Instant at = era.at(i).observedAt();
                said.add(said(era, kind, Said.Status.RESOLVED, since, at, at, "cluster-removed"));
            }
            if (!era.isMark(i, MarkType.WATERMARK)) {
                continue;
            }
            ClusterMark mark = era.mark(i);
            Instant time = mark.getWatermark();
            if (isCovered(mark, kind)) {
                if (fires) {
                    said.add(said(era, kind, Said.Status.RESOLVED, since, time, time, "recovered"));
                }
                fires = false;
                since = null;
                covered = time;
                continue;
            }
            since = since != null ? since : covered != null ? covered : time;
            if (!fires && !since.plus(hold).isAfter(time)) {
                fires = true;
                said.add(said(era, kind, Said.Status.FIRING, since, since.plus(hold), time, null));
            }
        }
        return said;
    }

    private static boolean isCovered(ClusterMark watermark, String kind) {
        for (KindCoverage each : watermark.getCoverage()) {
            if (each.getKind().equals(kind)) {
                return each.getState() == KindState.LIVE || each.getState() == KindState.ABSENT;
            }
        }
        return false;
    }

    private static Said said(
            Era era,
            String kind,
            Said.Status status,
            Instant since,
            Instant at,
            Instant decided,
            @org.jspecify.annotations.Nullable String reason) {
        return new Said(
                "ClusterKindBlind", era.cluster(), kind, status, since, at, decided, Duration.ZERO, reason, null);
    }
}
