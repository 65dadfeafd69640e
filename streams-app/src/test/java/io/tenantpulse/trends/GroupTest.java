package io.tenantpulse.trends;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupTest {
    @Test
    void isTheSameInOrderWhereItsKeyIsTheSame() {
        List<Group> groups = new ArrayList<>();
        List<String> names = List.of("", "a", "a-b", "a/b", "b", "b/c", "/", "a/");
        for (String registry : names) {
            for (String template : names) {
                groups.add(new Group("east", "shop", "Tenant.operator.kubernetes-tenants.org", registry, template));
            }
        }

        for (Group one : groups) {
            for (Group other : groups) {
                assertThat(Integer.signum(one.compareTo(other)))
                        .as("%s and %s", one, other)
                        .isEqualTo(Integer.signum(one.key().compareTo(other.key())));
            }
        }
    }

    @Test
    void isOrderedByClusterNamespaceAndKindFirst() {
        List<Group> ordered = List.of(
                new Group("a", "s", "K", "z", ""),
                new Group("b", "r", "K", "y", ""),
                new Group("b", "s", "J", "x", ""),
                new Group("b", "s", "K", "w", ""));

        assertThat(ordered.stream().sorted()).isEqualTo(ordered);
    }
}
