package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tenantpulse.exporter.WatchedKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rights that we ask for are exactly those that we use. */
class AccessRightsTest {
    @Test
    void asksForTheWatchedKindsAndNothingElse() throws IOException {
        String yaml = Files.readString(Path.of("../deploy/rbac/exporter-clusterrole.yaml"));
        ClusterRole role = Serialization.unmarshal(yaml.substring(0, yaml.indexOf("\n---")), ClusterRole.class);

        TreeSet<String> granted = new TreeSet<>();
        for (PolicyRule rule : role.getRules()) {
            assertThat(rule.getVerbs()).containsExactlyInAnyOrder("list", "watch");
            rule.getApiGroups().forEach(group -> rule.getResources().forEach(one -> granted.add(group + "/" + one)));
        }
        TreeSet<String> watched = new TreeSet<>();
        WatchedKind.ALL.forEach(kind -> watched.add(kind.group() + "/" + kind.plural()));
        assertThat(granted).isEqualTo(watched).doesNotContain("/secrets");
    }
}
