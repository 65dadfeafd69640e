package io.tenantpulse.topology.serde;

import io.tenantpulse.model.ClaimFacts;
import io.tenantpulse.model.Condition;
import io.tenantpulse.model.Container;
import io.tenantpulse.model.Counts;
import io.tenantpulse.model.Facts;
import io.tenantpulse.model.JobFacts;
import io.tenantpulse.model.PodFacts;
import io.tenantpulse.model.Replicas;
import io.tenantpulse.model.TenantFacts;
import io.tenantpulse.model.TenantId;

/** What objects say of themselves, in the bytes of state. A component is read where it is written. */
final class FactsBytes {
    private FactsBytes() {}

    static void put(StateWriter out, TenantId id) {
        out.word(id.cluster());
        out.word(id.namespace());
        out.word(id.kind());
        out.text(id.name());
    }

    static TenantId tenantId(StateReader in) {
        return new TenantId(in.word(), in.word(), in.word(), in.text());
    }

    static void put(StateWriter out, TenantFacts facts) {
        out.maybe(facts.createdAt(), StateWriter::time);
        out.maybe(facts.deletionTimestamp(), StateWriter::time);
        out.maybe(facts.generation(), StateWriter::number);
        out.maybe(facts.observedGeneration(), StateWriter::number);
        out.maybe(facts.counts(), FactsBytes::put);
        out.each(facts.conditions(), FactsBytes::put);
        out.words(facts.appliedIds());
        out.words(facts.skippedIds());
        out.maybe(facts.template(), StateWriter::word);
        out.maybe(facts.templateGeneration(), StateWriter::number);
        out.maybe(facts.registry(), StateWriter::word);
        out.maybe(facts.applyStartTime(), StateWriter::time);
    }

    static TenantFacts tenantFacts(StateReader in) {
        return new TenantFacts(
                in.maybe(StateReader::time),
                in.maybe(StateReader::time),
                in.maybe(StateReader::number),
                in.maybe(StateReader::number),
                in.maybe(FactsBytes::counts),
                in.each(FactsBytes::condition),
                in.words(),
                in.words(),
                in.maybe(StateReader::word),
                in.maybe(StateReader::number),
                in.maybe(StateReader::word),
                in.maybe(StateReader::time));
    }

    static void put(StateWriter out, Counts counts) {
        out.number(counts.ready());
        out.number(counts.desired());
        out.number(counts.failed());
    }

    static Counts counts(StateReader in) {
        return new Counts(in.count(), in.count(), in.count());
    }

    private static void put(StateWriter out, Condition condition) {
        out.word(condition.type());
        out.word(condition.status());
        out.maybe(condition.reason(), StateWriter::word);
        out.maybe(condition.message(), StateWriter::text);
        out.maybe(condition.lastTransitionTime(), StateWriter::time);
    }

    private static Condition condition(StateReader in) {
        return new Condition(
                in.word(),
                in.word(),
                in.maybe(StateReader::word),
                in.maybe(StateReader::text),
                in.maybe(StateReader::time));
    }

    static void put(StateWriter out, Facts facts) {
        out.maybe(facts.parentUid(), StateWriter::text);
        out.maybe(facts.deletionTimestamp(), StateWriter::time);
        out.each(facts.conditions(), FactsBytes::put);
        out.maybe(facts.replicas(), FactsBytes::put);
        out.maybe(facts.pod(), FactsBytes::put);
        out.maybe(facts.claim(), FactsBytes::put);
        out.maybe(facts.job(), FactsBytes::put);
        out.maybe(facts.serviceType(), StateWriter::word);
        out.words(facts.images());
    }

    static Facts facts(StateReader in) {
        return new Facts(
                in.maybe(StateReader::text),
                in.maybe(StateReader::time),
                in.each(FactsBytes::condition),
                in.maybe(FactsBytes::replicas),
                in.maybe(FactsBytes::pod),
                in.maybe(FactsBytes::claim),
                in.maybe(FactsBytes::job),
                in.maybe(StateReader::word),
                in.words());
    }

    private static void put(StateWriter out, Replicas replicas) {
        out.number(replicas.desired());
        out.number(replicas.current());
        out.number(replicas.updated());
        out.number(replicas.ready());
        out.number(replicas.available());
        out.maybe(replicas.generation(), StateWriter::number);
        out.maybe(replicas.observedGeneration(), StateWriter::number);
    }

    private static Replicas replicas(StateReader in) {
        return new Replicas(
                in.count(),
                in.count(),
                in.count(),
                in.count(),
                in.count(),
                in.maybe(StateReader::number),
                in.maybe(StateReader::number));
    }

    private static void put(StateWriter out, PodFacts pod) {
        out.word(pod.phase());
        out.maybe(pod.reason(), StateWriter::word);
        out.maybe(pod.node(), StateWriter::word);
        out.maybe(pod.nodeReady(), StateWriter::flag);
        out.each(pod.containers(), FactsBytes::put);
    }

    private static PodFacts pod(StateReader in) {
        return new PodFacts(
                in.word(),
                in.maybe(StateReader::word),
                in.maybe(StateReader::word),
                in.maybe(StateReader::flag),
                in.each(FactsBytes::container));
    }

    private static void put(StateWriter out, Container container) {
        out.word(container.name());
        out.flag(container.init());
        out.maybe(container.image(), StateWriter::word);
        out.flag(container.ready());
        out.number(container.restarts());
        out.word(container.state());
        out.maybe(container.reason(), StateWriter::word);
        out.maybe(container.message(), StateWriter::text);
        out.maybe(container.exitCode(), StateWriter::count);
        out.maybe(container.lastReason(), StateWriter::word);
        out.maybe(container.startedAt(), StateWriter::time);
    }

    private static Container container(StateReader in) {
        return new Container(
                in.word(),
                in.flag(),
                in.maybe(StateReader::word),
                in.flag(),
                in.count(),
                in.word(),
                in.maybe(StateReader::word),
                in.maybe(StateReader::text),
                in.maybe(StateReader::count),
                in.maybe(StateReader::word),
                in.maybe(StateReader::time));
    }

    private static void put(StateWriter out, ClaimFacts claim) {
        out.word(claim.phase());
        out.maybe(claim.storageClass(), StateWriter::word);
        out.maybe(claim.storageClassExists(), StateWriter::flag);
        out.maybe(claim.bindingMode(), StateWriter::word);
    }

    private static ClaimFacts claim(StateReader in) {
        return new ClaimFacts(
                in.word(), in.maybe(StateReader::word), in.maybe(StateReader::flag), in.maybe(StateReader::word));
    }

    private static void put(StateWriter out, JobFacts job) {
        out.number(job.active());
        out.number(job.succeeded());
        out.number(job.failed());
        out.maybe(job.completions(), StateWriter::count);
        out.maybe(job.backoffLimit(), StateWriter::count);
        out.flag(job.suspended());
    }

    private static JobFacts job(StateReader in) {
        return new JobFacts(
                in.count(),
                in.count(),
                in.count(),
                in.maybe(StateReader::count),
                in.maybe(StateReader::count),
                in.flag());
    }
}
