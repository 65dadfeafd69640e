package io.tenantpulse.diagnose;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why resources of a tenant are not ready.
 *
 * @param resources ids of the resources concerned, sorted; empty where the tenant itself is
 * @param evidence what it was read from, the strongest first
 * @param count how many objects (pods, mostly) show it; at least 1
 * @param subject what several tenants can have in common: an image, a StorageClass, a node, a quota; null: nothing
 * @param detail for people, one line
 * @param remedies those that only read first
 */
public record Cause(
        CauseWord word,
        Confidence confidence,
        List<String> resources,
        List<Evidence> evidence,
        int count,
        @Nullable String subject,
        String detail,
        List<Remedy> remedies) {
    public Cause {
        resources = List.copyOf(resources);
        evidence = List.copyOf(evidence);
        remedies = List.copyOf(remedies);
    }
}
