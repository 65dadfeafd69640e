package io.tenantpulse.topology;

import io.tenantpulse.diagnose.DialectEvidence;
import io.tenantpulse.model.TenantId;
import io.tenantpulse.query.Origin;
import io.tenantpulse.query.TenantQueries;
import io.tenantpulse.query.TenantReport;
import io.tenantpulse.query.TenantSelection;
import io.tenantpulse.schema.Partitions;
import io.tenantpulse.schema.TopicSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** Answers from the stores of this instance. */
final class StoreQueries implements TenantQueries {
    private final KafkaStreams streams;
    private final TopicSpec log;
    private final Where where;

    /**
     * Which detector answers.
     *
     * @param version of Tenant Pulse
     * @param application id of its application
     * @param instance its name; null: it has none
     */
    record Where(
            String version, String application, @Nullable String instance) {}

    /** @param log the topic of observations */
    StoreQueries(KafkaStreams streams, TopicSpec log, Where where) {
        this.streams = streams;
        this.log = log;
        this.where = where;
    }

    @Override
    public Answer tenant(String cluster, String namespace, String name, @Nullable String kind) {
        if (streams.state() != KafkaStreams.State.RUNNING) {
            return new NotNow(
                    "the detector is " + streams.state() + ", not RUNNING: its state is being restored or moved");
        }
        try {
            return answer(cluster, namespace, name, kind == null ? TenantId.KINDS : List.of(kind));
        } catch (InvalidStateStoreException e) {
            // Its message names stores and threads, which helps nobody who asks for a tenant.
            return new NotNow("the detector's state is being restored or moved");
        } catch (TenantReader.TornException e) {
            return new NotNow(String.valueOf(e.getMessage()));
        }
    }

    /** Figures of those tenants that are here; null while state is being restored or moved. */
    TenantFiguresReader.@Nullable Found figures(List<TenantSelection> asked, int limit) {
        if (streams.state() != KafkaStreams.State.RUNNING) {
            return null;
        }
        try {
            return new TenantFiguresReader(log.partitions(), partitionsHere(), this::open).read(asked, limit);
        } catch (InvalidStateStoreException movedMeanwhile) {
            return null;
        }
    }

    private Answer answer(String cluster, String namespace, String name, List<String> kinds)
            throws TenantReader.TornException {
        Set<Integer> here = partitionsHere();
        List<TenantReport> found = new ArrayList<>();
        for (String kind : kinds) {
            TenantId id = new TenantId(cluster, namespace, kind, name);
            int partition = Partitions.of(id.key(), log.partitions());
            if (!here.contains(partition)) {
                return new Elsewhere(partition);
            }
            TenantReader.Memories read = reader(partition).read(id);
            if (read != null) {
                Origin origin = new Origin(where.version, where.application, where.instance, partition);
                found.add(TenantReport.of(read.snapshot(), read.incidents(), operator(cluster, here), origin));
            }
        }
        if (found.isEmpty()) {
            return new Unknown();
        }
        return found.size() > 1 ? new Ambiguous() : new Found(found.get(0));
    }

    private TenantReader reader(int partition) {
        return new TenantReader(name -> open(name, partition));
    }

    private ReadOnlyKeyValueStore<Bytes, byte[]> open(String name, int partition) {
        return streams.store(
                StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                        .withPartition(partition));
    }

    private Set<Integer> partitionsHere() {
        return streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .filter(partition -> partition.topic().equals(log.name()))
                .map(partition -> partition.partition())
                .collect(Collectors.toSet());
    }

    /** How the cluster's operator was seen to behave, by every partition that is here. */
    private DialectEvidence operator(String cluster, Set<Integer> here) {
        DialectEvidence evidence = DialectEvidence.NONE;
        for (int partition : here) {
            evidence = evidence.plus(reader(partition).operator(cluster));
        }
        return evidence;
    }
}
