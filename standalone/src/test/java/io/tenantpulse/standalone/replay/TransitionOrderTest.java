package io.tenantpulse.standalone.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.schema.AvroLimits;
import io.tenantpulse.v1.AlertStatus;
import io.tenantpulse.v1.AlertTransition;
import io.tenantpulse.v1.Cause;
import io.tenantpulse.v1.Evidence;
import io.tenantpulse.v1.ObjectRef;
import io.tenantpulse.v1.Remedy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransitionOrderTest {
    static {
        AvroLimits.install();
    }

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<String> written = new ArrayList<>();
    private final TransitionOrder order = new TransitionOrder(
            t -> written.add(t.getCluster() + ' ' + t.getTenant() + ' ' + t.getAlert() + ' ' + t.getStatus()));

    @Test
    void ordersByInstantClusterTenantAlertAndStatus() throws IOException {
        order.add(transition(2, "a", "x", "One", AlertStatus.FIRING));
        order.add(transition(1, "b", "x", "One", AlertStatus.FIRING));
        order.add(transition(1, "a", "y", "One", AlertStatus.FIRING));
        order.add(transition(1, "a", "x", "Two", AlertStatus.FIRING));
        order.add(transition(1, "a", "x", "One", AlertStatus.RESOLVED));
        order.add(transition(1, "a", "x", "One", AlertStatus.FIRING));

        order.writeAll();

        assertThat(written)
                .containsExactly(
                        "a x One FIRING",
                        "a x One RESOLVED",
                        "a x Two FIRING",
                        "a y One FIRING",
                        "b x One FIRING",
                        "a x One FIRING");
    }

    @Test
    void holdsWhatTheSlowestClusterCanStillPrecede() throws IOException {
        order.add(transition(1, "a", "x", "One", AlertStatus.FIRING));
        order.add(transition(2, "a", "x", "Two", AlertStatus.FIRING));

        order.writeBefore(START.plusSeconds(2));

        assertThat(written).containsExactly("a x One FIRING");
        assertThat(order.isEmpty()).isFalse();
    }

    @Test
    void writesFieldsInOrderAndLeavesOutWhatIsAbsent() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AlertTransition firing = AlertTransition.newBuilder(
                        transition(900, "prod-eu", "acme", "TenantNotReady", AlertStatus.FIRING))
                .setSince(START.plusMillis(250))
                .setReady(3)
                .setDesired(8)
                .setFrozenMillis(1500)
                .setLabels(Map.of("template", "web", "registry", "eu"))
                .setNotReady(List.of("api"))
                .build();

        new TransitionJson(out).write(firing);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"alert\":\"TenantNotReady\",\"cluster\":\"prod-eu\",\"namespace\":\"ns\",\"kind\":\"Tenant\","
                                + "\"tenant\":\"acme\",\"status\":\"firing\",\"at\":\"2026-01-01T00:15:00Z\","
                                + "\"since\":\"2026-01-01T00:00:00.250Z\",\"severity\":\"critical\","
                                + "\"labels\":{\"registry\":\"eu\",\"template\":\"web\"},\"ready\":3,\"desired\":8,\"frozen\":1.5,"
                                + "\"continuity\":\"proven\",\"notReady\":[\"api\"]}\n");
    }

    @Test
    void writesCausesAndBlockersWhereADiagnosisWasMade() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ObjectRef pod = new ObjectRef("", "Pod", "ns", "db-0", null);
        Cause pull = Cause.newBuilder()
                .setCause("ImagePull")
                .setResource("db")
                .setResources(List.of("db"))
                .setConfidence("certain")
                .setEvidence(List.of(new Evidence(pod, "status.phase", "Pending", START)))
                .setRemedies(List.of(new Remedy("see it", "kubectl describe pod db-0 -n ns", false)))
                .build();
        AlertTransition firing = AlertTransition.newBuilder(
                        transition(900, "prod-eu", "acme", "TenantDependencyStuck", AlertStatus.FIRING))
                .setSummary("acme: 1/2 ready")
                .setCauses(List.of(pull))
                .setBlocker("db")
                .setBlockers(List.of("db"))
                .setHeld(1)
                .setChains(List.of(List.of("api", "db")))
                .build();

        new TransitionJson(out).write(firing);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .endsWith("\"causes\":[{\"cause\":\"ImagePull\",\"resource\":\"db\",\"resources\":[\"db\"],"
                        + "\"confidence\":\"certain\",\"count\":1,\"evidence\":[{\"object\":\"Pod/ns/db-0\","
                        + "\"field\":\"status.phase\",\"value\":\"Pending\",\"since\":\"2026-01-01T00:00:00Z\"}],"
                        + "\"remedies\":[{\"why\":\"see it\",\"command\":\"kubectl describe pod db-0 -n ns\","
                        + "\"mutating\":false}]}],\"blockers\":[\"db\"],\"blocker\":\"db\",\"held\":1,"
                        + "\"chains\":[[\"api\",\"db\"]],\"summary\":\"acme: 1/2 ready\"}\n");
    }

    private static AlertTransition transition(
            int second, String cluster, String tenant, String alert, AlertStatus status) {
        return AlertTransition.newBuilder()
                .setAlert(alert)
                .setStatus(status)
                .setCluster(cluster)
                .setNamespace("ns")
                .setKind("Tenant")
                .setTenant(tenant)
                .setSeverity("critical")
                .setSince(START)
                .setAt(START.plusSeconds(second))
                .setDecidedAt(START.plusSeconds(second))
                .setLabels(Map.of())
                .build();
    }
}
