package io.tenantpulse.bench.oracle;

import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.Condition;
import io.tenantpulse.v1.Dependency;
import io.tenantpulse.v1.KindState;
import io.tenantpulse.v1.RegistryObserved;
import io.tenantpulse.v1.ResourceObserved;
import io.tenantpulse.v1.TenantObserved;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A history as people read it, one line an entry. */
final class StoryText {
    private StoryText() {}

    static String of(History history) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < history.log().size(); i++) {
            if (history.restarts().contains(i)) {
                text.append("        -- the detector is started again --\n");
            }
            text.append("    ").append(line(history.log().get(i))).append('\n');
        }
        return text.toString();
    }

    private static String line(LogEntry entry) {
        String place = entry.observedAt() + " " + entry.cluster() + " " + entry.epoch() + "/" + entry.sequence() + " ";
        if (entry.value() instanceof TenantObserved tenant) {
            return place + of(tenant);
        }
        if (entry.value() instanceof ResourceObserved resource) {
            return place + of(resource);
        }
        if (entry.value() instanceof RegistryObserved registry) {
            return place + registry.getKind() + " " + registry.getName() + " " + registry.getChange() + " "
                    + registry.getUid() + " rv " + registry.getResourceVersion() + " "
                    + counts(registry.getReady(), registry.getDesired(), registry.getFailed());
        }
        return entry.value() instanceof ClusterMark mark ? place + of(mark) : place + entry.value();
    }

    private static String of(TenantObserved tenant) {
        return tenant.getKind() + " " + tenant.getName() + " " + tenant.getChange() + " " + tenant.getUid() + " rv "
                + tenant.getResourceVersion() + " made " + tenant.getCreatedAt() + " "
                + counts(tenant.getReady(), tenant.getDesired(), tenant.getFailed())
                + (tenant.getGeneration() == null
                        ? ""
                        : " generation " + tenant.getGeneration() + " seen " + tenant.getObservedGeneration())
                + tenant.getConditions().stream().map(StoryText::of).collect(Collectors.joining())
                + (tenant.getAppliedIds().isEmpty() ? "" : " applied " + tenant.getAppliedIds())
                + (tenant.getSkippedIds().isEmpty() ? "" : " skipped " + tenant.getSkippedIds())
                + of(tenant.getDependencies());
    }

    private static String of(Condition condition) {
        return " " + condition.getType() + "=" + condition.getStatus() + "(" + condition.getReason() + " "
                + condition.getLastTransitionTime() + ")";
    }

    private static String of(@Nullable List<Dependency> spec) {
        if (spec == null || spec.isEmpty()) {
            return "";
        }
        return spec.stream()
                .map(each -> each.getId() + "=" + each.getKind() + "/" + each.getName() + each.getDependIds()
                        + (each.getWaitForReady() ? "" : " not waited for") + " " + each.getTimeoutSeconds() + "s "
                        + each.getCreationPolicy())
                .collect(Collectors.joining(", ", " needs {", "}"));
    }

    private static String of(ResourceObserved resource) {
        return resource.getKind() + " " + resource.getName() + " of " + resource.getTenantKind() + " "
                + resource.getTenantName() + " " + resource.getChange() + " " + resource.getUid() + " rv "
                + resource.getResourceVersion() + " id " + resource.getResourceId() + " " + resource.getReadiness()
                + " made " + resource.getCreatedAt();
    }

    private static String counts(@Nullable Integer ready, @Nullable Integer desired, @Nullable Integer failed) {
        return desired == null ? "no status" : ready + "/" + desired + " failed " + failed;
    }

    private static String of(ClusterMark mark) {
        return switch (mark.getType()) {
            case WATERMARK -> "WATERMARK " + mark.getWatermark() + coverage(mark);
            case GAP ->
                "GAP " + mark.getKinds() + " " + mark.getFrom() + " to " + mark.getTo()
                        + (mark.getResumed() ? " resumed" : "");
            case SYNC_BEGIN ->
                "SYNC_BEGIN " + mark.getKind() + (mark.getFromMemory() ? " from memory" : "")
                        + (mark.getSkewMillis() == 0 ? "" : " skew " + mark.getSkewMillis() + " ms");
            case SYNC_END -> "SYNC_END " + mark.getKind();
            default -> mark.getType().toString();
        };
    }

    private static String coverage(ClusterMark mark) {
        String not = mark.getCoverage().stream()
                .filter(each -> each.getState() != KindState.LIVE)
                .map(each -> each.getKind() + " " + each.getState())
                .collect(Collectors.joining(", "));
        return not.isEmpty() ? "" : " but not " + not;
    }
}
