package io.tenantpulse.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.trends.ByHealth;
import io.tenantpulse.trends.Health;
import io.tenantpulse.trends.Scope;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FleetMetersTest {
    private static final Scope WEB = Scope.template("c1", "shop", "web");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FleetMeters meters = new FleetMeters(registry);

    /** Every series that is there, with its value. */
    private Map<String, Double> series() {
        return registry.getMeters().stream()
                .collect(Collectors.toMap(
                        FleetMetersTest::name,
                        meter -> meter.measure().iterator().next().getValue(),
                        (a, b) -> a,
                        TreeMap::new));
    }

    private static String name(Meter meter) {
        return meter.getId().getName()
                + meter.getId().getTags().stream()
                        .map(tag -> tag.getKey() + '=' + tag.getValue())
                        .sorted()
                        .toList();
    }

    private static FleetMeters.Part alert(String template) {
        return new FleetMeters.Part("TenantNotReady", "c1", "shop", "prod", template);
    }

    @Test
    void showsHowTheTenantsOfAScopeStand() {
        meters.tenants(WEB, ByHealth.of(Health.HEALTHY, 9).plus(ByHealth.of(Health.FAILED, 1)));

        assertThat(series())
                .hasSize(Health.values().length + 1)
                .containsEntry(
                        "tenantpulse.template.tenants[state=failed, template=web, tenant_namespace=shop, watched_cluster=c1]",
                        1.0)
                .containsEntry(
                        "tenantpulse.template.tenants[state=healthy, template=web, tenant_namespace=shop, watched_cluster=c1]",
                        9.0)
                .containsEntry(
                        "tenantpulse.template.unhealthy.ratio[template=web, tenant_namespace=shop, watched_cluster=c1]",
                        0.1);
    }

    @Test
    void aScopeWithoutTenantsAndTrendsThatAreNotOursHaveNoSeries() {
        meters.tenants(WEB, ByHealth.of(Health.HEALTHY, 9));
        meters.tenants(Scope.cluster("c1"), ByHealth.of(Health.HEALTHY, 9));
        meters.tenants(WEB, ByHealth.NONE);
        assertThat(series().keySet()).allMatch(name -> name.startsWith("tenantpulse.cluster."));

        meters.tenantsReleased();

        assertThat(series()).isEmpty();
    }

    @Test
    void neitherTheFleetNorNamespacesHaveSeriesOfTheirOwn() {
        meters.tenants(Scope.FLEET, ByHealth.of(Health.HEALTHY, 9));
        meters.tenants(Scope.namespace("c1", "shop"), ByHealth.of(Health.HEALTHY, 9));

        assertThat(series()).isEmpty();
    }

    @Test
    void countsAlertsByScopeOnceHoweverOftenTheyAreTold() {
        meters.alert(0, "a", alert("web"));
        meters.alert(0, "a", alert("web"));
        meters.alert(1, "b", alert("web"));

        assertThat(series())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "tenantpulse.cluster.alerts.firing[alert=TenantNotReady, watched_cluster=c1]", 2.0,
                        "tenantpulse.registry.alerts.firing[alert=TenantNotReady, registry=prod, tenant_namespace=shop, watched_cluster=c1]",
                                2.0,
                        "tenantpulse.template.alerts.firing[alert=TenantNotReady, template=web, tenant_namespace=shop, watched_cluster=c1]",
                                2.0));
    }

    @Test
    void anAlertWhoseTenantChangesItsTemplateMoves() {
        meters.alert(0, "a", alert("web"));
        meters.alert(0, "a", alert("batch"));

        assertThat(series().keySet())
                .anyMatch(name -> name.contains("template=batch"))
                .noneMatch(name -> name.contains("template=web"));
    }

    @Test
    void whatEndedOrIsNoLongerOursHasNoSeries() {
        meters.alert(0, "a", alert("web"));
        meters.alert(1, "b", alert("web"));
        meters.incident(1, "c1/shop/Tenant/acme", new FleetMeters.Part("", "c1", "shop", null, null));
        meters.alert(0, "a", null);
        meters.alert(0, "never", null);
        assertThat(series()).hasSize(4).containsEntry("tenantpulse.cluster.incidents.open[watched_cluster=c1]", 1.0);

        meters.released(1);

        assertThat(series()).isEmpty();
    }
}
