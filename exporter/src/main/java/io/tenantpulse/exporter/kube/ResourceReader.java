package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.WatchedKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the small kinds: Service, Ingress, Namespace, PersistentVolumeClaim, StorageClass and Node. */
final class ResourceReader extends DetailReader {
    private final Read.FieldReader spec = this::spec;
    private final Read.FieldReader status = this::status;
    private final Read.FieldReader loadBalancer = this::loadBalancer;
    private final WatchedKind kind;
    private @Nullable String serviceType;
    private boolean hasRule;
    private boolean hasAddress;
    private String phase = "";
    private @Nullable String storageClass;
    private @Nullable String bindingMode;

    ResourceReader(WatchedKind kind) {
        this.kind = kind;
    }

    @Override
    void clear() {
        super.clear();
        serviceType = null;
        hasRule = false;
        hasAddress = false;
        phase = "";
        storageClass = null;
        bindingMode = null;
    }

    @Override
    void field(Field field, JsonReader in) {
        if (field == Field.VOLUME_BINDING_MODE) {
            bindingMode = Read.text(in);
        } else if (field == Field.SPEC && kind != WatchedKind.NODE) {
            Read.object(in, spec);
        } else if (field == Field.STATUS) {
            Read.object(in, status);
        } else {
            in.skipValue();
        }
    }

    private void spec(Field field, JsonReader in) {
        if (field == Field.TYPE && kind == WatchedKind.SERVICE) {
            serviceType = Read.text(in);
        } else if (field == Field.RULES && kind == WatchedKind.INGRESS) {
            hasRule = Read.hasEntry(in);
        } else if (field == Field.STORAGE_CLASS_NAME && kind == WatchedKind.CLAIM) {
            storageClass = Read.text(in);
        } else {
            in.skipValue();
        }
    }

    private void status(Field field, JsonReader in) {
        switch (field) {
            case PHASE -> phase = Read.textOr(in, "");
            case LOAD_BALANCER -> Read.object(in, loadBalancer);
            case CONDITIONS -> conditions = conditionReader.read(in);
            default -> in.skipValue();
        }
    }

    private void loadBalancer(Field field, JsonReader in) {
        if (field == Field.INGRESS) {
            hasAddress = Read.hasEntry(in);
        } else {
            in.skipValue();
        }
    }

    @Override
    Detail detail(Metadata metadata) {
        if (kind == WatchedKind.SERVICE) {
            return new Detail.OfService(serviceType, hasAddress);
        }
        if (kind == WatchedKind.INGRESS) {
            return new Detail.OfIngress(hasRule, hasAddress);
        }
        if (kind == WatchedKind.NAMESPACE) {
            return new Detail.OfNamespace(phase);
        }
        if (kind == WatchedKind.CLAIM) {
            return new Detail.OfClaim(phase, storageClass);
        }
        if (kind == WatchedKind.STORAGE_CLASS) {
            return new Detail.OfStorageClass(bindingMode);
        }
        boolean ready = ConditionFacts.isTrue(conditions, "Ready");
        // A node's conditions change with each heartbeat, and only its readiness is joined.
        conditions = List.of();
        return new Detail.OfNode(ready);
    }
}
