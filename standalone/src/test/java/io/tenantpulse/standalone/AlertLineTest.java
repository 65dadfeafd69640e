package io.tenantpulse.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.schema.AvroLimits;
import io.tenantpulse.v1.AlertStatus;
import io.tenantpulse.v1.AlertTransition;
import io.tenantpulse.v1.Cause;
import io.tenantpulse.v1.Surge;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertLineTest {
    static {
        AvroLimits.install();
    }

    private static final Instant SINCE = Instant.parse("2026-01-01T18:32:12Z");

    @Test
    void saysWhatFiresSinceWhenAndHowMuchIsReady() {
        assertThat(new AlertLine(false).of(firing("acme-web").build()))
                .isEqualTo("18:47:12 FIRING   critical TenantNotReady prod-eu/shop-a/acme-web (Tenant)"
                        + " since 18:32:12, 3 of 8 ready, waiting for api db, incident 5f00aa11");
    }

    @Test
    void saysHowLongAResolvedAlertLasted() {
        AlertTransition resolved = firing("acme-web")
                .setStatus(AlertStatus.RESOLVED)
                .setReason("recovered")
                .setAt(SINCE.plusSeconds(3661))
                .build();

        assertThat(new AlertLine(false).of(resolved))
                .isEqualTo("19:33:13 RESOLVED critical TenantNotReady prod-eu/shop-a/acme-web (Tenant)"
                        + " recovered after 1h 1m, incident 5f00aa11");
    }

    @Test
    void saysWhichPartOfTheFleetSurgesAndWhatItHasInCommon() {
        AlertTransition surge = firing("any")
                .setAlert("FleetMismatchSurge")
                .setTenant(null)
                .setKind(null)
                .setIncident(null)
                .setReady(null)
                .setDesired(null)
                .setFailed(null)
                .setNotReady(List.of())
                .setLabels(Map.of("scope", "template", "template", "web"))
                .setSurge(Surge.newBuilder().setMembers(45).setTenants(500).build())
                .setCauses(List.of(Cause.newBuilder()
                        .setCause("VolumePending")
                        .setSubject("fast")
                        .build()))
                .build();

        assertThat(new AlertLine(false).of(surge))
                .isEqualTo("18:47:12 FIRING   critical FleetMismatchSurge prod-eu/shop-a/web (template) since 18:32:12,"
                        + " 45 of 500 tenants unhealthy, VolumePending fast");
    }

    @Test
    void saysWhichRegistryFails() {
        AlertTransition registry = firing("any")
                .setAlert("RegistryTenantsFailure")
                .setTenant(null)
                .setKind("TenantRegistry")
                .setIncident(null)
                .setNotReady(List.of())
                .setLabels(Map.of("registry", "prod"))
                .build();

        assertThat(new AlertLine(false).of(registry))
                .isEqualTo(
                        "18:47:12 FIRING   critical RegistryTenantsFailure prod-eu/shop-a/prod (TenantRegistry) since"
                                + " 18:32:12, 3 of 8 ready");
    }

    @Test
    void namesTheDayWhereItIsNotTheSame() {
        assertThat(new AlertLine(false)
                        .of(firing("acme-web")
                                .setSince(SINCE.minusSeconds(86_400))
                                .build()))
                .contains("since 2025-12-31 18:32:12");
    }

    @Test
    void letsNoForeignControlCharacterThrough() {
        String line = new AlertLine(true).of(firing("a\u001b[2Jb\r\nc\u202ed").build());

        assertThat(line.replaceAll("\u001b\\[[0-9;]*m", "")).matches("[^\\p{Cntrl}\u202e]*");
        assertThat(line).startsWith("18:47:12 \u001b[1;31mFIRING  \u001b[0m ");
    }

    private static AlertTransition.Builder firing(String tenant) {
        return AlertTransition.newBuilder()
                .setAlert("TenantNotReady")
                .setStatus(AlertStatus.FIRING)
                .setCluster("prod-eu")
                .setNamespace("shop-a")
                .setKind("Tenant")
                .setTenant(tenant)
                .setSeverity("critical")
                .setSince(SINCE)
                .setAt(SINCE.plusSeconds(900))
                .setDecidedAt(SINCE.plusSeconds(900))
                .setIncident("5f00aa1122334455")
                .setLabels(Map.of())
                .setReady(3)
                .setDesired(8)
                .setNotReady(List.of("api", "db"));
    }
}
