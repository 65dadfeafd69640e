package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A cluster without its operator: nodes, volumes, load balancers and the controllers that make pods of workloads. It moves in
 * steps of one simulated second and, with the same seed, always the same way. Not thread-safe.
 */
final class World {
    static final List<ResourceType> WORKLOADS =
            List.of(Kinds.DEPLOYMENT, Kinds.STATEFUL_SET, Kinds.DAEMON_SET, Kinds.JOB);
    static final String CONTROLLER_MANAGER = "kube-controller-manager";
    private static final Duration RECHECK = Duration.ofSeconds(15);
    private static final Duration EVENT_CLEANING = Duration.ofMinutes(1);

    private final ObjectStore store;
    private final Random random;
    private final EventWriter events;
    private final Ailments ailments = new Ailments();
    private final Map<String, SimPod> pods = new LinkedHashMap<>();
    private final Map<Workload, Instant> due = new TreeMap<>();
    private final TreeSet<String> changed = new TreeSet<>();
    private final Nodes nodes;
    private final Volumes volumes;
    private final LoadBalancers loadBalancers;
    private final GarbageCollector garbage;
    private final Kubelet kubelet;
    private final PodFactory podFactory;
    private final DeploymentController deployments;
    private final StatefulSetController statefulSets;
    private final DaemonSetController daemonSets;
    private final JobController jobs;
    private final Autoscalers autoscalers;
    private Instant now;
    private Instant nextCleaning;

    World(ObjectStore store, Random random, Instant start) {
        this.store = store;
        this.random = random;
        now = start;
        nextCleaning = start;
        events = new EventWriter(store, this::now);
        nodes = new Nodes(this);
        volumes = new Volumes(this);
        loadBalancers = new LoadBalancers(this);
        garbage = new GarbageCollector(this);
        kubelet = new Kubelet(this);
        podFactory = new PodFactory(this);
        deployments = new DeploymentController(this);
        statefulSets = new StatefulSetController(this);
        daemonSets = new DaemonSetController(this);
        jobs = new JobController(this);
        autoscalers = new Autoscalers(this);
    }

    /** Moves the world by one second. */
    void step(Instant to) {
        now = to;
        nodes.step();
        volumes.step();
        loadBalancers.step();
        for (SimPod pod : List.copyOf(pods.values())) {
            if (kubelet.step(pod)) {
                touch(pod.owner);
            }
        }
        for (Workload workload : List.copyOf(due.keySet())) {
            if (!due.get(workload).isAfter(now)) {
                due.remove(workload);
                sync(workload);
            }
        }
        autoscalers.step();
        garbage.step();
        if (!nextCleaning.isAfter(now)) {
            events.forgetOld();
            nextCleaning = now.plus(EVENT_CLEANING);
        }
    }

    private void sync(Workload workload) {
        boolean settled;
        if (workload.type() == Kinds.DEPLOYMENT) {
            settled = deployments.sync(workload);
        } else if (workload.type() == Kinds.STATEFUL_SET) {
            settled = statefulSets.sync(workload);
        } else if (workload.type() == Kinds.DAEMON_SET) {
            settled = daemonSets.sync(workload);
        } else {
            settled = jobs.sync(workload);
        }
        changed.add(workload.namespace() + "/" + workload.name());
        if (!settled) {
            due.putIfAbsent(workload, now.plus(RECHECK));
        }
    }

    /** Lets the controller of a workload look at it in a second. */
    void touch(Workload workload) {
        due.merge(workload, now.plusSeconds(1), (before, soon) -> before.isBefore(soon) ? before : soon);
    }

    /** Notes that an object changed that an operator may own. */
    void changed(String namespace, String name) {
        changed.add(namespace + "/" + name);
    }

    /** Names of what changed since the last call, as namespace/name. */
    Collection<String> takeChanged() {
        List<String> taken = new ArrayList<>(changed);
        changed.clear();
        return taken;
    }

    Instant now() {
        return now;
    }

    ObjectStore store() {
        return store;
    }

    EventWriter events() {
        return events;
    }

    Ailments ailments() {
        return ailments;
    }

    Nodes nodes() {
        return nodes;
    }

    Volumes volumes() {
        return volumes;
    }

    LoadBalancers loadBalancers() {
        return loadBalancers;
    }

    Autoscalers autoscalers() {
        return autoscalers;
    }

    JobController jobs() {
        return jobs;
    }

    GarbageCollector garbage() {
        return garbage;
    }

    PodFactory podFactory() {
        return podFactory;
    }

    Map<String, SimPod> pods() {
        return pods;
    }

    List<SimPod> podsOf(Workload workload) {
        return pods.values().stream().filter(pod -> pod.owner.equals(workload)).toList();
    }

    /** Whether the database that a pod talks to is ready; true for one that talks to none. */
    boolean hasDatabase(SimPod pod) {
        return pod.database.isEmpty()
                || store.peek(Kinds.STATEFUL_SET, pod.namespace(), pod.database)
                        .filter(set -> OperatorReadiness.ready(Kinds.STATEFUL_SET, set))
                        .isPresent();
    }

    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    /** A suffix as controllers give to names. */
    String suffix(int length) {
        String letters = "bcdfghjklmnpqrstvwxz2456789";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    /** A short hash of a pod template, as in names of ReplicaSets and revisions. */
    static String hash(ObjectNode template) {
        String letters = "bcdfghjklmnpqrstvwxz2456789";
        long hash = 1125899906842597L;
        for (char each : template.toString().toCharArray()) {
            hash = 31 * hash + each;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            text.append(letters.charAt(Math.floorMod(hash, letters.length())));
            hash = hash / letters.length() * 7 + i;
        }
        return text.toString();
    }
}
