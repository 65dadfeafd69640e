package io.tenantpulse.standalone.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.schema.AvroLimits;
import io.tenantpulse.v1.AlertStatus;
import io.tenantpulse.v1.AlertTransition;
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
