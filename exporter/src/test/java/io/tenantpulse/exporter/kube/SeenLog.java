package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.Batch;
import io.tenantpulse.exporter.ObservationSink;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.KindState;
import io.tenantpulse.v1.MarkType;
import io.tenantpulse.v1.TenantObserved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/** Everything that an exporter wrote, for tests to look at. */
final class SeenLog implements ObservationSink {
    private final List<SpecificRecord> records = new ArrayList<>();

    @Override
    public synchronized void accept(Batch batch) {
        batch.records().forEach(record -> records.add(record.value()));
    }

    synchronized List<SpecificRecord> all() {
        return List.copyOf(records);
    }

    synchronized int size() {
        return records.size();
    }

    List<ClusterMark> marks(MarkType type) {
        return marks(mark -> mark.getType() == type);
    }

    List<ClusterMark> marks(Predicate<ClusterMark> wanted) {
        return all().stream()
                .filter(ClusterMark.class::isInstance)
                .map(ClusterMark.class::cast)
                .filter(wanted)
                .toList();
    }

    List<ClusterMark> marksOf(WatchedKind kind, MarkType type) {
        return marks(mark -> mark.getType() == type
                && (kind.name().equals(mark.getKind()) || mark.getKinds().contains(kind.name())));
    }

    List<TenantObserved> tenants() {
        return all().stream()
                .filter(TenantObserved.class::isInstance)
                .map(TenantObserved.class::cast)
                .toList();
    }

    /** Names of the tenants that the last complete frame of the kind mentions. */
    TreeSet<String> tenantsOfLastFrame() {
        TreeSet<String> names = new TreeSet<>();
        TreeSet<String> complete = new TreeSet<>();
        for (SpecificRecord record : all()) {
            if (record instanceof ClusterMark mark && WatchedKind.TENANT.name().equals(mark.getKind())) {
                if (mark.getType() == MarkType.SYNC_BEGIN) {
                    names = new TreeSet<>();
                } else if (mark.getType() == MarkType.SYNC_END) {
                    complete = names;
                }
            } else if (record instanceof TenantObserved tenant && tenant.getChange() == Change.SNAPSHOT) {
                names.add(tenant.getName());
            }
        }
        return complete;
    }

    Optional<ClusterMark> lastWatermark() {
        List<ClusterMark> all = marks(MarkType.WATERMARK);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    Optional<KindState> lastState(WatchedKind kind) {
        return lastWatermark()
                .flatMap(mark -> mark.getCoverage().stream()
                        .filter(each -> each.getKind().equals(kind.name()))
                        .findFirst())
                .map(io.tenantpulse.v1.KindCoverage::getState);
    }

    boolean hasWatermarkAfter(Instant time) {
        return lastWatermark().filter(mark -> mark.getWatermark().isAfter(time)).isPresent();
    }
}
