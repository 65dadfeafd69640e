package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.Role;
import io.tenantpulse.exporter.WatchedKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code metadata}: identity first, the few labels that are ours, and of annotations two of a tenant. */
final class Metadata {
    private static final int SIBLINGS = 1 << 12;

    String name = "";
    String namespace = "";
    String uid = "";
    String resourceVersion = "";
    long createdAt;
    long deletedAt;
    long generation;
    boolean orphaned;

    @Nullable
    String registry;

    @Nullable
    String templateGeneration;

    @Nullable
    String applyStartTime;

    private final Read.FieldReader labels = this::label;
    private final Read.FieldReader annotations = this::annotation;
    private final Read.FieldReader owner = this::owner;
    private final List<RawOwner> owners = new ArrayList<>();

    @SuppressWarnings({"unchecked", "rawtypes"})
    private final @Nullable List<OwnerRef>[] siblings = new List[SIBLINGS];

    private boolean tenant;
    private @Nullable String oldTenant;
    private @Nullable String oldTenantNamespace;
    private @Nullable String node;
    private @Nullable String nodeNamespace;
    private RawOwner current = new RawOwner();

    private static final class RawOwner {
        private String apiVersion = "";
        private String kind = "";
        private String name = "";
        private String uid = "";
        private boolean controller;

        /** Whether the reference says the same, for an object of that namespace. */
        private boolean isSaidBy(OwnerRef known, String namespace) {
            ObjectName owner = known.owner();
            return uid.equals(known.uid())
                    && name.equals(owner.name())
                    && kind.equals(owner.kind())
                    && controller == known.controller()
                    && (namespace.equals(owner.namespace())
                            || owner.namespace().isEmpty() && WatchedKind.isClusterScoped(owner.group(), owner.kind()))
                    && ObjectName.group(apiVersion).equals(owner.group());
        }
    }

    void clear(WatchedKind kind) {
        tenant = kind.role() == Role.TENANT;
        name = "";
        namespace = "";
        uid = "";
        resourceVersion = "";
        createdAt = Facts.NONE;
        deletedAt = Facts.NONE;
        generation = Facts.NONE;
        orphaned = false;
        registry = null;
        templateGeneration = null;
        applyStartTime = null;
        oldTenant = null;
        oldTenantNamespace = null;
        node = null;
        nodeNamespace = null;
        owners.clear();
    }

    void field(Field field, JsonReader in) {
        switch (field) {
            case NAME -> name = Read.textOr(in, "");
            case NAMESPACE -> namespace = Read.textOr(in, "");
            case UID -> uid = Read.textOr(in, "");
            case RESOURCE_VERSION -> resourceVersion = Read.textOr(in, "");
            case CREATION_TIMESTAMP -> createdAt = Read.time(in);
            case DELETION_TIMESTAMP -> deletedAt = Read.time(in);
            case GENERATION -> generation = Read.number(in);
            case LABELS -> Read.object(in, labels);
            case OWNER_REFERENCES -> owners(in);
            case ANNOTATIONS -> {
                if (tenant) {
                    Read.object(in, annotations);
                } else {
                    in.skipValue();
                }
            }
            default -> in.skipValue();
        }
    }

    private void label(Field field, JsonReader in) {
        switch (field) {
            case OLD_REGISTRY, HUB -> registry = Read.text(in);
            case OLD_TENANT -> oldTenant = Read.text(in);
            case OLD_TENANT_NAMESPACE -> oldTenantNamespace = Read.text(in);
            case NODE -> node = Read.text(in);
            case NODE_NAMESPACE -> nodeNamespace = Read.text(in);
            case OLD_ORPHANED, ORPHANED -> orphaned |= "true".equals(Read.text(in));
            default -> in.skipValue();
        }
    }

    private void annotation(Field field, JsonReader in) {
        switch (field) {
            case OLD_TEMPLATE_GENERATION, TEMPLATE_GENERATION -> templateGeneration = Read.text(in);
            case OLD_APPLY_START_TIME, APPLY_START_TIME -> applyStartTime = Read.text(in);
            default -> in.skipValue();
        }
    }

    private void owners(JsonReader in) {
        owners.clear();
        if (in.beginArray()) {
            while (in.nextElement()) {
                current = new RawOwner();
                Read.object(in, owner);
                owners.add(current);
            }
        }
    }

    private void owner(Field field, JsonReader in) {
        switch (field) {
            case API_VERSION -> current.apiVersion = Read.textOr(in, "");
            case KIND -> current.kind = Read.textOr(in, "");
            case NAME -> current.name = Read.textOr(in, "");
            case UID -> current.uid = Read.textOr(in, "");
            case CONTROLLER -> current.controller = Read.flag(in, false);
            default -> in.skipValue();
        }
    }

    /** The owners by name; an owner lives in the namespace of what it owns, or in none. */
    List<OwnerRef> ownerRefs() {
        if (owners.size() == 1) {
            return onlyOwner(owners.get(0));
        }
        List<OwnerRef> made = new ArrayList<>(owners.size());
        for (RawOwner each : owners) {
            made.add(ownerRef(each));
        }
        return List.copyOf(made);
    }

    /** What one owner owns has mostly the very same list, so it is made and kept once. */
    private List<OwnerRef> onlyOwner(RawOwner raw) {
        int place = raw.uid.hashCode() & siblings.length - 1;
        List<OwnerRef> known = siblings[place];
        if (known != null && raw.isSaidBy(known.get(0), namespace)) {
            return known;
        }
        List<OwnerRef> made = List.of(ownerRef(raw));
        siblings[place] = made;
        return made;
    }

    private OwnerRef ownerRef(RawOwner raw) {
        String group = ObjectName.group(raw.apiVersion);
        return new OwnerRef(
                new ObjectName(
                        group, raw.kind, WatchedKind.isClusterScoped(group, raw.kind) ? "" : namespace, raw.name),
                raw.uid,
                raw.controller);
    }

    /** The tenant that tracking labels name; its namespace is the object's own where none is said. */
    @Nullable
    ObjectName labelledTenant() {
        if (node != null && !node.isEmpty()) {
            return ObjectName.of(WatchedKind.LYNQ_NODE, nodeNamespace == null ? namespace : nodeNamespace, node);
        }
        if (oldTenant != null && !oldTenant.isEmpty()) {
            return ObjectName.of(
                    WatchedKind.TENANT, oldTenantNamespace == null ? namespace : oldTenantNamespace, oldTenant);
        }
        return null;
    }

    /** Generation of the template, written by the operator as text; what is no number says nothing. */
    long templateGenerationNumber() {
        try {
            return templateGeneration == null ? Facts.NONE : Long.parseLong(templateGeneration);
        } catch (NumberFormatException e) {
            return Facts.NONE;
        }
    }

    /** When the operator began to apply the spec; what is no time says nothing. */
    long applyStartMillis() {
        if (applyStartTime == null) {
            return Facts.NONE;
        }
        try {
            byte[] text = applyStartTime.getBytes(StandardCharsets.UTF_8);
            return Times.parse(text, 0, text.length);
        } catch (MalformedJsonException e) {
            return Facts.NONE;
        }
    }
}
