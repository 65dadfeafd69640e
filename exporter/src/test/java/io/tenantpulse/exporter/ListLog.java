package io.tenantpulse.exporter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.RegistryObserved;
import io.tenantpulse.v1.ResourceObserved;
import io.tenantpulse.v1.TemplateObserved;
import io.tenantpulse.v1.TenantObserved;
import io.tenantpulse.v1.WarningObserved;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** A cluster's log that writes into lists; its clock stands at {@link #now}. */
final class ListLog implements Tap {
    static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    final List<Batch> batches = new ArrayList<>();
    final List<String> tapped = new ArrayList<>();
    final List<ClusterMark> tappedMarks = new ArrayList<>();
    final ClusterLog log;
    Instant now = START;

    ListLog() {
        this(ClusterLog.DEFAULT_MAX_RECORD_BYTES);
    }

    ListLog(int maxRecordBytes) {
        log = new ClusterLog("east", batches::add, () -> now, this, maxRecordBytes);
        log.claimEpoch(7, "test");
    }

    void added(WatchedKind kind, ObjectNode object) {
        object(kind, "ADDED", object);
    }

    void modified(WatchedKind kind, ObjectNode object) {
        object(kind, "MODIFIED", object);
    }

    void deleted(WatchedKind kind, ObjectNode object) {
        object(kind, "DELETED", object);
    }

    private void object(WatchedKind kind, String type, ObjectNode object) {
        byte[] bytes = TestObjects.bytes(object);
        log.object(kind, type, bytes, 0, bytes.length, null);
    }

    void text(WatchedKind kind, String type, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        log.object(kind, type, bytes, 0, bytes.length, null);
    }

    /** What was written since this was last asked, each in short. */
    List<String> news() {
        List<String> news = new ArrayList<>();
        for (Batch batch : batches) {
            batch.records().forEach(each -> news.add(inShort(each.value())));
        }
        batches.clear();
        return news;
    }

    List<SpecificRecord> records() {
        return batches.stream()
                .flatMap(batch -> batch.records().stream())
                .map(LogRecord::value)
                .toList();
    }

    <T> T last(Class<T> type) {
        List<T> found =
                records().stream().filter(type::isInstance).map(type::cast).toList();
        return found.get(found.size() - 1);
    }

    private static String inShort(SpecificRecord record) {
        if (record instanceof TenantObserved tenant) {
            return tenant.getChange() + " " + tenant.getKind() + " " + tenant.getName()
                    + (tenant.getDependencies() == null ? "" : " with dependencies");
        }
        if (record instanceof ResourceObserved resource) {
            return resource.getChange() + " " + resource.getKind() + " " + resource.getName() + " of "
                    + resource.getTenantName() + " as " + resource.getResourceId()
                    + (resource.getOwned() ? "" : ", not owned");
        }
        if (record instanceof WarningObserved warning) {
            return "warning " + warning.getReason() + " x" + warning.getCount() + " of " + warning.getTenantName()
                    + " as " + warning.getResourceId();
        }
        if (record instanceof RegistryObserved registry) {
            return registry.getChange() + " " + registry.getKind() + " " + registry.getName();
        }
        if (record instanceof TemplateObserved template) {
            return template.getChange() + " " + template.getKind() + " " + template.getName();
        }
        ClusterMark mark = (ClusterMark) record;
        return mark.getType() + (mark.getKind() == null ? "" : " " + mark.getKind());
    }

    @Override
    public void object(Instant ts, String cluster, String type, byte[] whitelistedJson) {
        tapped.add(new String(whitelistedJson, StandardCharsets.UTF_8));
    }

    @Override
    public void mark(Instant ts, ClusterMark mark) {
        tappedMarks.add(mark);
    }
}
