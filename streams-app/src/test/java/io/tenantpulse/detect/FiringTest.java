package io.tenantpulse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.model.Counts;
import io.tenantpulse.model.RegistryId;
import io.tenantpulse.model.TenantId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is found in memory after a restart is what was told before it. */
class FiringTest {
    private static final String REGISTRY = "TenantRegistry.operator.kubernetes-tenants.org";

    private final Story story = new Story().watches(REGISTRY);

    private List<String> found() {
        List<String> found = new ArrayList<>();
        Firing.visit(story.memory, new Firing.Visitor() {
            @Override
            public void alert(
                    String identity,
                    String alert,
                    String cluster,
                    @Nullable String namespace,
                    @Nullable String registry,
                    @Nullable String template) {
                found.add(identity + " of " + namespace + ' ' + registry + ' ' + template);
            }

            @Override
            public void incident(TenantId tenant, @Nullable String registry, @Nullable String template) {
                found.add("incident of " + tenant.key() + ' ' + registry + ' ' + template);
            }
        });
        return found;
    }

    @Test
    void findsAlertsAndIncidentsThatGoOn() {
        story.epoch("00:00", 1)
                .emptyFrame("00:00", Story.TENANT)
                .emptyFrame("00:00", REGISTRY)
                .watermark("00:01");
        RegistryId prod = new RegistryId("c1", "ops", "TenantRegistry", "prod");
        story.send(new Observation.OfRegistry(
                prod, story.next(), Story.time("00:02"), Change.ADDED, "u", "1", new Counts(1, 9, 8)));
        story.tenant("acme").template("web").counts(3, 5, 0).modified("01:00");
        story.tenant("well").template("web").counts(5, 5, 0).modified("01:00");
        story.tenant("pending")
                .template("web")
                .counts(3, 5, 0)
                .modified("10:00")
                .watermark("16:00");
        assertThat(found())
                .containsExactlyInAnyOrder(
                        "TenantResourcesMismatch|c1/ns/Tenant/acme| of ns null web",
                        "incident of c1/ns/Tenant/acme null web",
                        "RegistryManyTenantsFailure|c1/ops/TenantRegistry/prod| of ops prod null");
        assertThat(story.transitions.stream().map(Transition::identity))
                .allMatch(told -> found().stream().anyMatch(line -> line.startsWith(told)));

        story.cover(REGISTRY, KindCoverage.BLIND)
                .watermark("30:00")
                .tick("30:00")
                .tick("40:00");
        story.tenant("acme").template("web").counts(5, 5, 0).modified("40:00");

        assertThat(found())
                .contains(
                        "ClusterKindBlind|c1|" + REGISTRY + " of null null null",
                        "ClusterTelemetryStale|c1| of null null null")
                .noneMatch(line -> line.contains("acme"));
    }
}
