package io.tenantpulse.topology.serde;

import io.tenantpulse.detect.Observation;
import io.tenantpulse.detect.Position;
import io.tenantpulse.model.ClaimFacts;
import io.tenantpulse.model.Condition;
import io.tenantpulse.model.Container;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.Facts;
import io.tenantpulse.model.JobFacts;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.PodFacts;
import io.tenantpulse.model.Replicas;
import io.tenantpulse.model.TenantFacts;
import io.tenantpulse.model.TenantId;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of tenants and of their objects into the domain at once, which costs a fraction of the way over Avro's own
 * objects. It knows the order of the fields, and so reads only what was written with the very schema that we have; everything
 * else, and whatever it stumbles over, is left to Avro and {@link Observations}, which a test holds it against.
 */
final class OwnSchemaReader {
    private static final Change[] CHANGES = Change.values();
    private static final Readiness[] READINESS = Readiness.values();

    private OwnSchemaReader() {}

    static Observation.@Nullable OfTenant tenant(byte[] record, Instant observedAt) {
        AvroBytes in = new AvroBytes(record, TenantHead.PREFIX_BYTES);
        String cluster = in.word();
        Position position = position(in);
        Change change = in.symbol(CHANGES);
        String kind = in.word();
        String namespace = in.word();
        TenantId id = new TenantId(cluster, namespace, kind, in.text());
        String uid = in.text();
        String version = in.text();
        Instant createdAt = in.maybe(AvroBytes::time);
        Instant deletedAt = in.maybe(AvroBytes::time);
        Long generation = in.maybe(AvroBytes::number);
        Long observedGeneration = in.maybe(AvroBytes::number);
        Integer desired = in.maybe(AvroBytes::count);
        Integer ready = in.maybe(AvroBytes::count);
        Integer failed = in.maybe(AvroBytes::count);
        TenantFacts facts = new TenantFacts(
                createdAt,
                deletedAt,
                generation,
                observedGeneration,
                Observations.counts(ready, desired, failed),
                conditions(in),
                in.each(AvroBytes::word),
                in.each(AvroBytes::word),
                in.maybe(AvroBytes::word),
                in.maybe(AvroBytes::number),
                in.maybe(AvroBytes::word),
                in.maybe(AvroBytes::time));
        List<Dependency> dependencies = in.maybe(OwnSchemaReader::dependencies);
        return in.isAtEnd()
                ? new Observation.OfTenant(
                        id, position, observedAt, Observations.change(change), uid, version, facts, dependencies)
                : null;
    }

    private static Position position(AvroBytes in) {
        return new Position(in.number(), in.number());
    }

    private static List<Condition> conditions(AvroBytes in) {
        return in.each(OwnSchemaReader::condition);
    }

    private static Condition condition(AvroBytes in) {
        String type = in.word();
        String status = in.word();
        String reason = in.maybe(AvroBytes::word);
        String message = null;
        if (Condition.isGood(type, status)) {
            in.skipMaybeText();
        } else {
            message = in.maybe(AvroBytes::word);
        }
        return new Condition(type, status, reason, message, in.maybe(AvroBytes::time));
    }

    private static List<Dependency> dependencies(AvroBytes in) {
        return in.each(OwnSchemaReader::dependency);
    }

    private static Dependency dependency(AvroBytes in) {
        return new Dependency(
                in.word(),
                object(in),
                in.each(AvroBytes::word),
                in.flag(),
                Duration.ofSeconds(in.count()),
                in.word().equals("Once"));
    }

    private static ObjectId object(AvroBytes in) {
        return new ObjectId(in.word(), in.word(), in.word(), in.text());
    }

    static Observation.@Nullable OfResource resource(byte[] record, Instant observedAt) {
        AvroBytes in = new AvroBytes(record, TenantHead.PREFIX_BYTES);
        String cluster = in.word();
        Position position = position(in);
        Change change = in.symbol(CHANGES);
        String kind = in.word();
        String namespace = in.word();
        TenantId tenant = new TenantId(cluster, namespace, kind, in.text());
        ObjectId object = object(in);
        String uid = in.text();
        String parent = in.maybe(AvroBytes::text);
        String version = in.text();
        String resourceId = in.maybe(AvroBytes::word);
        boolean owned = in.flag();
        Readiness readiness = in.symbol(READINESS);
        String reason = in.maybe(AvroBytes::word);
        Instant createdAt = in.maybe(AvroBytes::time);
        Facts facts = new Facts(
                parent,
                in.maybe(AvroBytes::time),
                conditions(in),
                in.maybe(OwnSchemaReader::replicas),
                in.maybe(OwnSchemaReader::pod),
                in.maybe(OwnSchemaReader::claim),
                in.maybe(OwnSchemaReader::job),
                in.maybe(AvroBytes::word),
                in.each(AvroBytes::word));
        return in.isAtEnd()
                ? new Observation.OfResource(
                        tenant,
                        position,
                        observedAt,
                        Observations.change(change),
                        object,
                        uid,
                        version,
                        resourceId,
                        owned,
                        Observations.readiness(readiness),
                        reason,
                        createdAt,
                        facts)
                : null;
    }

    private static Replicas replicas(AvroBytes in) {
        return new Replicas(
                in.count(),
                in.count(),
                in.count(),
                in.count(),
                in.count(),
                in.maybe(AvroBytes::number),
                in.maybe(AvroBytes::number));
    }

    private static PodFacts pod(AvroBytes in) {
        return new PodFacts(
                in.word(),
                in.maybe(AvroBytes::word),
                in.maybe(AvroBytes::word),
                in.maybe(AvroBytes::flag),
                in.each(OwnSchemaReader::container));
    }

    private static Container container(AvroBytes in) {
        return new Container(
                in.word(),
                in.flag(),
                in.maybe(AvroBytes::word),
                in.flag(),
                in.count(),
                in.word(),
                in.maybe(AvroBytes::word),
                in.maybe(AvroBytes::text),
                in.maybe(AvroBytes::count),
                in.maybe(AvroBytes::word),
                in.maybe(AvroBytes::time));
    }

    private static ClaimFacts claim(AvroBytes in) {
        return new ClaimFacts(
                in.word(), in.maybe(AvroBytes::word), in.maybe(AvroBytes::flag), in.maybe(AvroBytes::word));
    }

    private static JobFacts job(AvroBytes in) {
        return new JobFacts(
                in.count(), in.count(), in.count(), in.maybe(AvroBytes::count), in.maybe(AvroBytes::count), in.flag());
    }
}
