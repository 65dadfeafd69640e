package io.tenantpulse.bench.oracle;

import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.Dependency;
import io.tenantpulse.v1.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What exists in a simulated cluster. */
final class RandomObjects {
    private static final List<String> TENANT_KINDS = List.of("Tenant", "LynqNode");
    private static final List<String> REGISTRY_KINDS = List.of("TenantRegistry", "LynqHub");

    private final String cluster;
    private final Profile profile;
    private final Random random;
    private final List<WorldObject> living = new ArrayList<>();
    /** What can't be decoded now, and whether its uid is known all the same. */
    private final Map<WorldObject, Boolean> unreadable = new HashMap<>();

    private int versions = 7;
    private int uids;

    RandomObjects(String cluster, Profile profile, Random random) {
        this.cluster = cluster;
        this.profile = profile;
        this.random = random;
    }

    List<String> kinds() {
        List<String> kinds = new ArrayList<>();
        TENANT_KINDS.forEach(kind -> kinds.add(TenantDraft.kindName(kind)));
        REGISTRY_KINDS.forEach(kind -> kinds.add(RegistryDraft.kindName(kind)));
        if (profile.resources()) {
            kinds.addAll(List.of("Deployment.apps", "Service"));
        }
        return kinds;
    }

    boolean isOwned(String kind) {
        return !kind.contains(".operator.");
    }

    List<WorldObject> first(Instant now) {
        List<WorldObject> made = new ArrayList<>();
        for (int i = 0; i < profile.tenants(); i++) {
            made.addAll(add(now));
        }
        living.add(registry());
        made.add(living.get(living.size() - 1));
        return made;
    }

    private RegistryDraft registry() {
        RegistryDraft registry =
                new RegistryDraft(REGISTRY_KINDS.get(random.nextInt(2)), "shops" + random.nextInt(2), uid());
        registry.change(random);
        return registry;
    }

    private String uid() {
        return cluster + "-" + ++uids;
    }

    List<WorldObject> of(String kind) {
        return living.stream().filter(each -> each.kindName().equals(kind)).toList();
    }

    @Nullable
    WorldObject any() {
        return living.isEmpty() ? null : living.get(random.nextInt(living.size()));
    }

    boolean exists(WorldObject object) {
        return living.contains(object);
    }

    /** As it is published now. */
    SpecificRecord record(WorldObject object, Change change) {
        Boolean known = unreadable.get(object);
        return known == null || change == Change.DELETED ? object.record(change) : object.unreadable(known);
    }

    /** Something else is true of it. */
    void change(WorldObject object, Instant now) {
        if (profile.unreadable() && random.nextInt(8) == 0) {
            unreadable.put(object, random.nextBoolean());
        } else if (random.nextInt(3) > 0) {
            unreadable.remove(object);
        }
        if (object instanceof TenantDraft tenant) {
            if (profile.resources() && random.nextInt(3) > 0) {
                tenant.count(random, now, each -> isThere(each, Readiness.NOT_READY), each -> isThere(each, null));
            } else {
                tenant.change(random, now);
            }
        } else if (object instanceof RegistryDraft registry) {
            registry.change(random);
        } else if (object instanceof ResourceDraft resource) {
            resource.change(random);
        }
        rewritten(object);
    }

    /** @param but it does not count where it is so */
    private boolean isThere(Dependency asked, @Nullable Readiness but) {
        return living.stream()
                .anyMatch(each -> each instanceof ResourceDraft other && other.is(asked) && other.readiness() != but);
    }

    /** A write that changes nothing that is published. */
    void rewritten(@Nullable WorldObject object) {
        if (object != null) {
            object.written(Integer.toString(++versions));
        }
    }

    List<WorldObject> remove(WorldObject object) {
        living.remove(object);
        return List.of(object);
    }

    /** Something new, or nothing where its name is taken. */
    List<WorldObject> add(Instant now) {
        if (profile.resources() && random.nextInt(3) > 0) {
            return addResource();
        }
        if (random.nextInt(6) == 0) {
            RegistryDraft registry = registry();
            return adopt(registry, registry.kind, registry.name);
        }
        String name = "t" + random.nextInt(profile.tenants());
        return add(TENANT_KINDS.get(random.nextInt(3) == 0 ? 1 : 0), name, now);
    }

    /** A tenant of that name, another object than any before. */
    List<WorldObject> add(String kind, String name, Instant now) {
        Instant created = now.minus(Duration.ofSeconds(random.nextInt(3) > 0 ? 0 : random.nextInt(4000)));
        TenantDraft tenant = new TenantDraft(kind, name, uid(), created);
        tenant.change(random, now);
        if (profile.resources()) {
            tenant.respecify(random);
        }
        List<WorldObject> made = new ArrayList<>(adopt(tenant, kind, name));
        if (!made.isEmpty()) {
            tenant.dependencies.stream()
                    .filter(any -> random.nextInt(6) > 0)
                    .forEach(asked -> made.addAll(make(tenant, asked)));
        }
        return made;
    }

    /** Something that a tenant asks for and that is not there. */
    private List<WorldObject> addResource() {
        if (!(any() instanceof TenantDraft tenant) || tenant.dependencies.isEmpty()) {
            return List.of();
        }
        return make(tenant, tenant.dependencies.get(random.nextInt(tenant.dependencies.size())));
    }

    private List<WorldObject> make(TenantDraft tenant, Dependency asked) {
        boolean there = asked.getKind().equals("Secret")
                || living.stream().anyMatch(each -> each instanceof ResourceDraft other && other.is(asked));
        if (there) {
            return List.of();
        }
        ResourceDraft resource = new ResourceDraft(tenant, asked, uid());
        resource.change(random);
        living.add(resource);
        rewritten(resource);
        return List.of(resource);
    }

    private List<WorldObject> adopt(WorldObject object, String kind, String name) {
        for (WorldObject each : living) {
            if (each instanceof TenantDraft tenant && tenant.kind.equals(kind) && tenant.name.equals(name)
                    || each instanceof RegistryDraft registry
                            && registry.kind.equals(kind)
                            && registry.name.equals(name)) {
                return List.of();
            }
        }
        living.add(object);
        rewritten(object);
        return List.of(object);
    }
}
