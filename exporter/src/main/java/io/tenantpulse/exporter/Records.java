package io.tenantpulse.exporter;

import io.tenantpulse.exporter.kube.Detail;
import io.tenantpulse.exporter.kube.Facts;
import io.tenantpulse.exporter.kube.ObjectName;
import io.tenantpulse.schema.Keys;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.RegistryObserved;
import io.tenantpulse.v1.ResourceObserved;
import io.tenantpulse.v1.TemplateObserved;
import io.tenantpulse.v1.TenantObserved;
import io.tenantpulse.v1.WarningObserved;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** Makes the log's records of facts. A record that would be too large becomes a minimal one that says UNDECODABLE. */
final class Records implements Output {
    private final String cluster;
    private final int maxRecordBytes;
    private final Appender appender;
    private final List<Facts> tooLarge = new ArrayList<>();

    /** A record that wants to know its place. */
    interface Positioned {
        SpecificRecord at(long epoch, long sequence);
    }

    /** Takes each record, in order. */
    interface Appender {
        void append(WatchedKind kind, String key, Positioned record);
    }

    Records(String cluster, int maxRecordBytes, Appender appender) {
        this.cluster = cluster;
        this.maxRecordBytes = maxRecordBytes;
        this.appender = appender;
    }

    /** The objects whose records were too large since this was last asked. */
    List<Facts> takeTooLarge() {
        if (tooLarge.isEmpty()) {
            return List.of();
        }
        List<Facts> taken = List.copyOf(tooLarge);
        tooLarge.clear();
        return taken;
    }

    @Override
    public void tenant(Facts facts, Change change, boolean dependencies) {
        appender.append(
                facts.kind(),
                key(facts.name()),
                (epoch, sequence) -> checked(facts, change, said -> {
                    TenantObserved.Builder record = FleetRecords.tenant(facts, said, dependencies);
                    return record.setCluster(cluster)
                            .setEpoch(epoch)
                            .setSequence(sequence)
                            .build();
                }));
    }

    @Override
    public void registry(Facts facts, Change change) {
        appender.append(
                facts.kind(),
                key(facts.name()),
                (epoch, sequence) -> checked(facts, change, said -> {
                    RegistryObserved.Builder record = FleetRecords.registry(facts, said);
                    return record.setCluster(cluster)
                            .setEpoch(epoch)
                            .setSequence(sequence)
                            .build();
                }));
    }

    @Override
    public void template(Facts facts, Change change) {
        appender.append(
                facts.kind(),
                key(facts.name()),
                (epoch, sequence) -> checked(facts, change, said -> {
                    TemplateObserved.Builder record = FleetRecords.template(facts, said);
                    return record.setCluster(cluster)
                            .setEpoch(epoch)
                            .setSequence(sequence)
                            .build();
                }));
    }

    @Override
    public void resource(Facts facts, Attribution attribution, Change change, Joined joined) {
        appender.append(
                facts.kind(),
                key(attribution.tenant()),
                (epoch, sequence) -> checked(facts, change, said -> {
                    ResourceObserved.Builder record = ResourceRecords.resource(facts, attribution, said, joined);
                    return record.setCluster(cluster)
                            .setEpoch(epoch)
                            .setSequence(sequence)
                            .build();
                }));
    }

    @Override
    public void warning(Facts facts, Attribution attribution) {
        if (!(facts.detail() instanceof Detail.OfEvent event)) {
            return;
        }
        WarningObserved.Builder record = ResourceRecords.warning(facts, event, attribution);
        appender.append(
                facts.kind(),
                key(attribution.tenant()),
                (epoch, sequence) -> record.setCluster(cluster)
                        .setEpoch(epoch)
                        .setSequence(sequence)
                        .build());
    }

    private String key(ObjectName name) {
        return Keys.of(cluster, name.namespace(), name.kind(), name.name());
    }

    private SpecificRecord checked(Facts facts, Change change, Function<Change, SpecificRecordBase> make) {
        boolean minimal = facts.undecodable() && change != Change.DELETED && change != Change.RELEASED;
        SpecificRecordBase made = make.apply(minimal ? Change.UNDECODABLE : change);
        if (Sizes.fits(made, maxRecordBytes)) {
            return made;
        }
        tooLarge.add(facts);
        SpecificRecordBase least = make.apply(Change.UNDECODABLE);
        if (change == Change.DELETED || change == Change.RELEASED) {
            // That it is gone must be said, however large it was.
            least.put(least.getSchema().getField("change").pos(), change);
        }
        return least;
    }

    static @Nullable Long orNull(long value) {
        return value == Facts.NONE ? null : (Long) value;
    }
}
