package io.tenantpulse.standalone.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Tells what is wrong with a tenant from what was done to it: by the script, by its template, by the loss of a machine. What
 * must be mended first are troubles of the whole spec, then those of resources of which no dependency is in trouble itself,
 * then the operator's own.
 */
final class Truths {
    private static final Duration REPLACED_WITHIN = Duration.ofSeconds(10);

    private final String cluster;
    private final World world;

    Truths(String cluster, World world) {
        this.cluster = cluster;
        this.world = world;
    }

    Truth of(SimTenant tenant) {
        List<Affliction> ofSpec = new ArrayList<>();
        List<Affliction> ofResources = new ArrayList<>(machines(tenant));
        List<Affliction> ofOperator = new ArrayList<>();
        tenant.troubles.forEach((trouble, afflictions) -> {
            if (!trouble.resource().isEmpty()) {
                afflictions.forEach(each -> ofResources.add(asItShows(trouble, tenant, each)));
            } else {
                (trouble.isOfOperator() ? ofOperator : ofSpec).addAll(afflictions);
            }
        });
        ofResources.addAll(tenant.blueprint.afflictions());
        Set<String> hit = ids(ofResources);
        List<Affliction> roots =
                !ofSpec.isEmpty() ? ofSpec : ofResources.isEmpty() ? ofOperator : first(tenant, ofResources);
        Set<String> blockers = ids(roots);
        hit.removeAll(blockers);
        Instant since = roots.stream()
                .map(Affliction::since)
                .min(Comparator.naturalOrder())
                .orElse(tenant.wellSince);
        return new Truth(
                cluster,
                tenant.namespace(),
                tenant.name(),
                roots,
                List.copyOf(blockers),
                List.copyOf(hit),
                waiting(tenant, roots, blockers),
                since.isBefore(tenant.born) ? tenant.born : since);
    }

    /** Those of whose dependencies none is hit. */
    private static List<Affliction> first(SimTenant tenant, List<Affliction> afflictions) {
        Set<String> hit = ids(afflictions);
        return afflictions.stream()
                .filter(each -> tenant.blueprint.dependenciesOf(each.resource()).stream()
                        .noneMatch(hit::contains))
                .sorted(Comparator.comparing(Affliction::since).thenComparing(Affliction::resource))
                .toList();
    }

    private static Set<String> ids(List<Affliction> afflictions) {
        return afflictions.stream()
                .map(Affliction::resource)
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * What is merely slow as long as its time is not over looks like it, and is called so by the vocabulary; and that a
     * rollout is late is said by nobody before its deadline.
     */
    private Affliction asItShows(Trouble trouble, SimTenant tenant, Affliction affliction) {
        boolean fresh = tenant.createdWith(affliction);
        Instant applied = tenant.applyStart.getOrDefault(affliction.resource(), world.now());
        String cause = affliction.cause();
        if (trouble.looksSlowAtFirst(fresh)) {
            int timeout = tenant.blueprint.part(affliction.resource()).timeoutSeconds();
            cause = world.now().isBefore(applied.plusSeconds(timeout)) ? "Starting" : cause;
        } else if (trouble == Trouble.OLD_POD_STAYS) {
            cause = world.now().isBefore(applied.plus(DeploymentController.DEADLINE)) ? "Unknown" : cause;
        }
        return new Affliction(cause, affliction.resource(), affliction.since(), affliction.lasting());
    }

    /** Pods on lost machines: those of Deployments are made anew elsewhere after a while, others stay. */
    private List<Affliction> machines(SimTenant tenant) {
        Map<String, Instant> lost = world.nodes().lost();
        if (lost.isEmpty()) {
            return List.of();
        }
        Map<String, Affliction> found = new TreeMap<>();
        for (SimPod pod : world.pods().values()) {
            Instant since = pod.node == null ? null : lost.get(pod.node);
            if (since == null || pod.finished() || isReplaced(pod)) {
                continue;
            }
            for (Part part : tenant.blueprint.parts()) {
                if (part.waitForReady() && pod.owner.equals(part.workloadOf(tenant))) {
                    found.putIfAbsent(part.id(), new Affliction("NodeNotReady", part.id(), since, true));
                }
            }
        }
        return List.copyOf(found.values());
    }

    /** Those of Deployments and Jobs are, as soon as they are told to end; another needs a moment to be there. */
    private boolean isReplaced(SimPod pod) {
        boolean stays = pod.owner.type() != Kinds.DEPLOYMENT && pod.owner.type() != Kinds.JOB;
        return !stays && pod.terminating != null && world.now().isAfter(pod.terminating.plus(REPLACED_WITHIN));
    }

    private List<String> waiting(SimTenant tenant, List<Affliction> roots, Set<String> blockers) {
        Set<String> waiting = new LinkedHashSet<>();
        boolean nothingIsApplied = !roots.isEmpty()
                && !DependencyOrder.of(tenant.blueprint.parts()).error().isEmpty();
        for (Part part : tenant.blueprint.parts()) {
            boolean behind = tenant.blueprint.dependenciesOf(part.id()).stream().anyMatch(blockers::contains);
            boolean absent = !tenant.applyStart.containsKey(part.id());
            if (part.type() != Kinds.SECRET
                    && (nothingIsApplied || behind && (absent || lacksDatabase(part, tenant)))) {
                waiting.add(part.id());
            }
        }
        return waiting.stream().sorted().toList();
    }

    private boolean lacksDatabase(Part part, SimTenant tenant) {
        return World.WORKLOADS.contains(part.type())
                && world.podsOf(part.workloadOf(tenant)).stream()
                        .anyMatch(pod -> pod.active() && !pod.ready() && !world.hasDatabase(pod));
    }
}
