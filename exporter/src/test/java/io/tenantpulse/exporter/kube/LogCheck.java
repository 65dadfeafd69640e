package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.KindState;
import io.tenantpulse.v1.MarkType;
import io.tenantpulse.v1.TenantObserved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;

/** Whether a log of tenants tells the truth: compares it with what the server holds and with what was written when. */
final class LogCheck {
    private static final String TENANT = WatchedKind.TENANT.name();

    private final List<SpecificRecord> records;

    LogCheck(SeenLog log) {
        this.records = log.all();
    }

    /**
     * A change that the API server had confirmed by then.
     *
     * @param version of the tenant after it; compared as a number, which is more than the API promises but holds for this server
     */
    record Written(String tenant, long version, Instant confirmed) {}

    /** Names of the tenants that there are by the log, and how many of their resources are ready; -1: unobserved. */
    TreeMap<String, Integer> state() {
        TreeMap<String, Integer> state = new TreeMap<>();
        Set<String> mentioned = null;
        for (SpecificRecord record : records) {
            if (record instanceof ClusterMark mark && TENANT.equals(mark.getKind())) {
                if (mark.getType() == MarkType.SYNC_BEGIN) {
                    mentioned = new TreeSet<>();
                } else if (mark.getType() == MarkType.SYNC_END) {
                    state.keySet().retainAll(mentioned == null ? Set.of() : mentioned);
                    mentioned = null;
                }
            } else if (record instanceof TenantObserved tenant) {
                if (mentioned != null) {
                    mentioned.add(tenant.getName());
                }
                if (tenant.getChange() == Change.DELETED) {
                    state.remove(tenant.getName());
                } else if (tenant.getChange() != Change.UNDECODABLE) {
                    state.put(tenant.getName(), tenant.getReady() == null ? -1 : tenant.getReady());
                }
            }
        }
        return state;
    }

    /** Nothing is told twice, sequences have no holes, watermarks only grow. */
    LogCheck isInOrder() {
        Set<String> seen = new HashSet<>();
        boolean inFrame = false;
        long epoch = 0;
        long sequence = 0;
        Instant watermark = Instant.MIN;
        for (SpecificRecord record : records) {
            long at = (long) record.get(record.getSchema().getField("sequence").pos());
            long in = (long) record.get(record.getSchema().getField("epoch").pos());
            assertThat(in).isGreaterThanOrEqualTo(epoch);
            assertThat(at)
                    .as("sequence after %s of epoch %s", sequence, epoch)
                    .isEqualTo(in == epoch ? sequence + 1 : 1);
            epoch = in;
            sequence = at;
            if (record instanceof ClusterMark mark) {
                if (TENANT.equals(mark.getKind())) {
                    inFrame = mark.getType() == MarkType.SYNC_BEGIN;
                } else if (mark.getType() == MarkType.WATERMARK) {
                    assertThat(mark.getWatermark()).isAfter(watermark);
                    watermark = mark.getWatermark();
                }
            } else if (record instanceof TenantObserved tenant && !inFrame) {
                assertThat(seen.add(in + tenant.getUid() + tenant.getResourceVersion() + tenant.getChange()))
                        .as("told once: %s", tenant)
                        .isTrue();
            }
        }
        return this;
    }

    /** No watermark that covers the tenants stands before a change that had been confirmed by its time. */
    LogCheck isNeverAheadOf(List<Written> written) {
        Map<String, Long> told = new HashMap<>();
        List<String> lies = new ArrayList<>();
        for (SpecificRecord record : records) {
            if (record instanceof TenantObserved tenant) {
                told.merge(tenant.getName(), Long.parseLong(tenant.getResourceVersion()), Math::max);
            } else if (record instanceof ClusterMark mark && covers(mark)) {
                for (Written one : written) {
                    if (!one.confirmed().isAfter(mark.getWatermark())
                            && told.getOrDefault(one.tenant(), 0L) < one.version()) {
                        lies.add("watermark " + mark.getWatermark() + " stands before " + one);
                    }
                }
            }
        }
        assertThat(lies).isEmpty();
        return this;
    }

    /** Nothing unseen goes unsaid: no watermark covers the tenants in between, and gaps of theirs cover all of it. */
    LogCheck declares(Instant from, Instant to) {
        Instant covered = from;
        for (SpecificRecord record : records) {
            if (record instanceof ClusterMark mark && covers(mark)) {
                assertThat(mark.getWatermark().isAfter(from)
                                && mark.getWatermark().isBefore(to))
                        .as("a watermark of %s, between %s and %s", mark.getWatermark(), from, to)
                        .isFalse();
            } else if (record instanceof ClusterMark mark
                    && mark.getType() == MarkType.GAP
                    && mark.getKinds().contains(TENANT)
                    && (mark.getFrom() == null || !mark.getFrom().isAfter(covered))
                    && mark.getTo().isAfter(covered)) {
                covered = mark.getTo();
            }
        }
        assertThat(covered).as("the end of what gaps say was not seen").isAfterOrEqualTo(to);
        return this;
    }

    private static boolean covers(ClusterMark mark) {
        return mark.getType() == MarkType.WATERMARK
                && mark.getCoverage().stream()
                        .anyMatch(each -> each.getKind().equals(TENANT) && each.getState() == KindState.LIVE);
    }
}
