package io.tenantpulse.topology;

import io.tenantpulse.bench.oracle.surge.Minute;
import io.tenantpulse.bench.oracle.surge.SurgeHistory;
import io.tenantpulse.bench.oracle.surge.SurgeSaid;
import io.tenantpulse.bench.oracle.surge.SurgeSubject;
import io.tenantpulse.trends.HeldMergerMemory;
import io.tenantpulse.trends.Merger;
import io.tenantpulse.trends.MergerVoice;
import io.tenantpulse.trends.Partial;
import io.tenantpulse.trends.Report;
import io.tenantpulse.trends.Scope;
import io.tenantpulse.trends.TrendWindow;
import io.tenantpulse.trends.WindowClosed;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The judge of surges behind the merger: several partitions tell their parts of what a history holds, one far ahead of the
 * other. A minute that was told by all cannot be told again so, and changes nothing: it is left out.
 */
public final class MergedSurgeRig implements SurgeSubject {
    private final SurgeRig judge;
    private final Merger merger;
    private final Random random;
    private final List<ArrayDeque<Report>> partitions = new ArrayList<>();
    private Instant clusterTo = Instant.EPOCH;
    private Instant fleetTo = Instant.EPOCH;

    /** With nothing remembered. */
    public MergedSurgeRig(SurgeHistory history) {
        judge = new SurgeRig(history);
        random = new Random(history.seed());
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            partitions.add(new ArrayDeque<>());
        }
        merger = new Merger(count, new HeldMergerMemory(), new MergerVoice() {
            @Override
            public void say(TrendWindow window) {
                judge.on(window);
            }

            @Override
            public void count(String what) {
                // What is odd here is meant to be.
            }
        });
    }

    @Override
    public void take(List<Minute> minutes) {
        if (minutes.isEmpty()) {
            return;
        }
        Instant start = minutes.get(0).start();
        String cluster = Minute.cluster(minutes.get(0).scope());
        boolean isSilent = minutes.get(0).isSilent();
        if (!isSilent && start.isAfter(clusterTo)) {
            clusterTo = start;
            for (int i = 0; i < partitions.size(); i++) {
                tell(i, minutes);
                partitions.get(i).add(new WindowClosed(i, cluster, start, List.of(), false));
            }
        }
        if (start.isAfter(fleetTo)) {
            fleetTo = start;
            List<String> blind = isSilent ? List.of(cluster) : List.of();
            for (int i = 0; i < partitions.size(); i++) {
                partitions.get(i).add(new WindowClosed(i, null, start, blind, false));
            }
        }
        partitions.forEach(each -> hand(each, random.nextInt(each.size() + 1)));
    }

    private void tell(int partition, List<Minute> minutes) {
        for (Minute each : minutes) {
            partitions
                    .get(partition)
                    .add(new Partial(
                            partition,
                            Minute.cluster(each.scope()),
                            each.start(),
                            Scope.parse(each.scope()),
                            SurgeRig.totals(each.counts().part(partition, partitions.size()))));
        }
    }

    private void hand(ArrayDeque<Report> reports, int count) {
        for (int i = 0; i < count; i++) {
            merger.on(reports.remove());
        }
    }

    @Override
    public void restart() {
        judge.restart();
    }

    @Override
    public List<SurgeSaid> said() {
        partitions.forEach(each -> hand(each, each.size()));
        return judge.said();
    }

    @Override
    public void close() {
        judge.close();
    }
}
