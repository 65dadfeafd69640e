package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Jobs: one pod, a second try when it fails, then an end. */
final class JobController {
    private final World world;

    JobController(World world) {
        this.world = world;
    }

    /** Starts a CronJob's Job by hand, as {@code kubectl create job --from} does. */
    void run(String namespace, String cronJob, int number) {
        world.store().peek(Kinds.CRON_JOB, namespace, cronJob).ifPresent(found -> {
            String name = cronJob + "-manual-" + number;
            ObjectNode job = Json.object(
                    "metadata",
                    Json.object(
                            "name",
                            name,
                            "namespace",
                            namespace,
                            "annotations",
                            Json.object("cronjob.kubernetes.io/instantiate", "manual"),
                            "ownerReferences",
                            Json.array(PodFactory.owner(found))),
                    "spec",
                    found.at("/spec/jobTemplate/spec"),
                    "status",
                    Json.object());
            world.store().create(Kinds.JOB, job, "kubectl-create");
            world.touch(new Workload(Kinds.JOB, namespace, name));
        });
    }

    /** Brings one Job forward; true when it has ended. */
    boolean sync(Workload workload) {
        ObjectNode job = world.store()
                .peek(Kinds.JOB, workload.namespace(), workload.name())
                .orElse(null);
        if (job == null
                || Conditions.isTrue(job.path("status"), "Complete")
                || Conditions.isTrue(job.path("status"), "Failed")) {
            return true;
        }
        String uid = job.path("metadata").path("uid").asText();
        List<SimPod> pods = world.podsOf(workload).stream()
                .filter(pod -> pod.revision.equals(uid))
                .toList();
        long succeeded =
                pods.stream().filter(pod -> pod.phase == SimPod.Phase.SUCCEEDED).count();
        long failed =
                pods.stream().filter(pod -> pod.phase == SimPod.Phase.FAILED).count();
        long active = pods.stream().filter(SimPod::active).count();
        boolean exhausted = failed > job.path("spec").path("backoffLimit").asInt(6);
        if (active == 0 && succeeded == 0 && !exhausted) {
            ObjectNode template = (ObjectNode) job.path("spec").path("template");
            String name = workload.name() + "-" + world.suffix(5);
            if (world.podFactory()
                    .create(new PodFactory.Plan(workload, job, uid, template, name, true))
                    .isEmpty()) {
                active = 1;
            }
        }
        writeStatus(workload, job, active, succeeded, failed, exhausted);
        return succeeded > 0 || exhausted;
    }

    private void writeStatus(
            Workload workload, ObjectNode job, long active, long succeeded, long failed, boolean exhausted) {
        String now = Json.time(world.now());
        boolean running = world.podsOf(workload).stream().anyMatch(pod -> pod.phase == SimPod.Phase.RUNNING);
        ObjectNode status = Json.object(
                "startTime",
                job.path("status").path("startTime").asText(now),
                "ready",
                running ? 1 : 0,
                "terminating",
                0,
                "uncountedTerminatedPods",
                Json.object());
        if (active > 0) {
            status.put("active", active);
        }
        if (failed > 0) {
            status.put("failed", failed);
        }
        if (succeeded > 0) {
            status.put("succeeded", succeeded).put("completionTime", now);
            status.set(
                    "conditions",
                    ends(
                            "SuccessCriteriaMet",
                            "Complete",
                            "CompletionsReached",
                            "Reached expected number of succeeded pods"));
        } else if (exhausted) {
            String message = "Job has reached the specified backoff limit";
            status.set("conditions", ends("FailureTarget", "Failed", "BackoffLimitExceeded", message));
            world.events()
                    .write(
                            Kinds.JOB,
                            workload.namespace(),
                            workload.name(),
                            EventWriter.News.warning("BackoffLimitExceeded", message, "job-controller"));
        }
        world.store().updateStatus(Kinds.JOB, workload.namespace(), workload.name(), status, World.CONTROLLER_MANAGER);
    }

    private ArrayNode ends(String target, String end, String reason, String message) {
        ArrayNode conditions = Json.array();
        for (String type : new String[] {target, end}) {
            conditions.add(Json.object(
                    "type",
                    type,
                    "status",
                    "True",
                    "reason",
                    reason,
                    "message",
                    message,
                    "lastProbeTime",
                    Json.time(world.now()),
                    "lastTransitionTime",
                    Json.time(world.now())));
        }
        return conditions;
    }
}
