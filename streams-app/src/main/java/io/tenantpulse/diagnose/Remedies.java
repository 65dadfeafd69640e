package io.tenantpulse.diagnose;

import io.tenantpulse.model.ObjectId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The runbook's remedies with real names. A command is only made of names that Kubernetes allows (RFC 1123), so that no
 * name can be taken for an option; quoting is {@link Remedy}'s.
 */
final class Remedies {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
    private static final Pattern KIND = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,62}");
    /** Groups whose kinds kubectl knows by their short names without doubt. */
    private static final List<String> BUILT_IN =
            List.of("", "apps", "batch", "networking.k8s.io", "policy", "autoscaling", "storage.k8s.io");

    private final Reading reading;

    Remedies(Reading reading) {
        this.reading = reading;
    }

    /** Those that only read first. */
    List<Remedy> of(Finding finding) {
        List<Remedy> made = new ArrayList<>();
        ObjectId about = finding.about();
        switch (finding.word()) {
            case IMAGE_PULL,
                    UNSCHEDULABLE,
                    VOLUME_MOUNT,
                    STARTING,
                    NODE_NOT_READY,
                    STATEFUL_SET_ORDINAL,
                    UNKNOWN,
                    ADMISSION_DENIED,
                    QUOTA_EXCEEDED -> describe(made, about);
            case CRASH_LOOP, OOM_KILLED, INIT_CONTAINER, READINESS_PROBE -> crash(made, finding);
            case CONTAINER_CONFIG -> config(made, finding);
            case VOLUME_PENDING, VOLUME_WAITS_FOR_CONSUMER -> claim(made, finding);
            case JOB_FAILED, JOB_RUNNING -> job(made, about);
            case LOAD_BALANCER_PENDING, SCALED_TO_ZERO, NO_ELIGIBLE_NODE, CONFLICT -> describe(made, about);
            case ROLLOUT_DEADLINE -> rollout(made, about);
            case DEPENDENCY_CYCLE, DEPENDENCY_MISSING, DEPENDENCY_WAIT, TEMPLATE_ERROR -> tenant(made);
            case OPERATOR_STALE, STATUS_DRIFT -> operator(made);
        }
        further(made, finding);
        made.sort(Comparator.comparing(Remedy::mutating));
        return made;
    }

    private void further(List<Remedy> made, Finding finding) {
        ObjectId about = finding.about();
        switch (finding.word()) {
            case QUOTA_EXCEEDED ->
                in(made, about.namespace(), "see what the quota allows and who uses it", "describe", "resourcequota");
            case NODE_NOT_READY -> node(made, finding);
            case UNSCHEDULABLE -> add(made, "see what the nodes have left", false, "describe", "nodes");
            case SCALED_TO_ZERO -> {
                scale(made, about);
                editTemplate(made, "or let the tenant not wait for it: waitForReady: false");
            }
            case NO_ELIGIBLE_NODE ->
                add(
                        made,
                        "compare the nodes' labels and taints with what it asks for",
                        false,
                        "get",
                        "nodes",
                        "--show-labels");
            case STATEFUL_SET_ORDINAL -> logs(made, finding, false);
            case CONFLICT -> managers(made, about);
            case IMAGE_PULL -> editTemplate(made, "correct the image, or the pull secret, in the template");
            case READINESS_PROBE ->
                editTemplate(
                        made, "increase initialDelaySeconds, periodSeconds or failureThreshold, if the probe is wrong");
            case OOM_KILLED -> editTemplate(made, "raise the container's memory limit");
            case STARTING, JOB_RUNNING -> editTemplate(made, "raise timeoutSeconds, if it is slow each time");
            case VOLUME_WAITS_FOR_CONSUMER -> editTemplate(made, "take the claim out of its consumer's dependIds");
            case VOLUME_PENDING -> editTemplate(made, "correct the storageClassName, if it is wrong");
            case DEPENDENCY_CYCLE, DEPENDENCY_MISSING -> editTemplate(made, "correct dependIds");
            case DEPENDENCY_WAIT -> editTemplate(made, "remove needless dependIds, or set waitForReady: false");
            case TEMPLATE_ERROR -> editTemplate(made, "correct the template");
            case OPERATOR_STALE, STATUS_DRIFT -> reconcile(made);
            default -> {}
        }
    }

    private void describe(List<Remedy> made, ObjectId object) {
        named(made, "see its state and its Events", object, "describe");
    }

    private void crash(List<Remedy> made, Finding finding) {
        describe(made, finding.about());
        logs(made, finding, finding.word() != CauseWord.READINESS_PROBE);
    }

    private void logs(List<Remedy> made, Finding finding, boolean previous) {
        ObjectId pod = finding.about();
        String container = finding.container();
        if (!pod.kind().equals("Pod") || !isName(pod.name()) || !isName(pod.namespace())) {
            return;
        }
        List<String> arguments = new ArrayList<>(List.of("logs", pod.name(), "-n", pod.namespace()));
        if (container != null && isName(container)) {
            arguments.addAll(List.of("-c", container));
        }
        arguments.add("--tail=100");
        if (previous) {
            arguments.add("--previous");
        }
        made.add(new Remedy(previous ? "read what it said before it ended" : "read what it says", arguments, false));
    }

    private void config(List<Remedy> made, Finding finding) {
        describe(made, finding.about());
        String subject = finding.subject() == null ? "" : finding.subject();
        int space = subject.indexOf(' ');
        if (space > 0) {
            ObjectId missing = new ObjectId(
                    "", subject.substring(0, space), finding.about().namespace(), subject.substring(space + 1));
            named(made, "see whether it exists", missing, "get");
        }
    }

    private void claim(List<Remedy> made, Finding finding) {
        describe(made, finding.about());
        add(made, "see the StorageClasses", false, "get", "storageclass");
        if (finding.about().kind().equals("PersistentVolumeClaim") && finding.subject() != null) {
            named(
                    made,
                    "see its provisioner and binding mode",
                    new ObjectId("storage.k8s.io", "StorageClass", "", finding.subject()),
                    "describe");
        }
    }

    private void job(List<Remedy> made, ObjectId job) {
        describe(made, job);
        if (isName(job.name()) && isName(job.namespace())) {
            add(made, "read what it says", false, "logs", "job/" + job.name(), "-n", job.namespace(), "--tail=100");
        }
    }

    private void rollout(List<Remedy> made, ObjectId workload) {
        describe(made, workload);
        if (isName(workload.name()) && isName(workload.namespace())) {
            String target = kubectlKind(workload) + '/' + workload.name();
            add(made, "follow the rollout", false, "rollout", "status", target, "-n", workload.namespace());
            add(made, "go back to the version before", true, "rollout", "undo", target, "-n", workload.namespace());
        }
    }

    private void scale(List<Remedy> made, ObjectId workload) {
        if (isName(workload.name()) && isName(workload.namespace())) {
            String target = kubectlKind(workload) + '/' + workload.name();
            add(made, "run it, if it should run", true, "scale", target, "-n", workload.namespace(), "--replicas=1");
        }
    }

    private void node(List<Remedy> made, Finding finding) {
        String node = finding.subject();
        if (node != null && isName(node)) {
            add(made, "see what is wrong with the node", false, "describe", "node", node);
        }
        ObjectId pod = finding.about();
        if (pod.kind().equals("Pod") && isName(pod.name()) && isName(pod.namespace())) {
            add(
                    made,
                    "let the pod go, once it is certain that the node is off",
                    true,
                    "delete",
                    "pod",
                    pod.name(),
                    "-n",
                    pod.namespace(),
                    "--force",
                    "--grace-period=0");
        }
    }

    private void managers(List<Remedy> made, ObjectId object) {
        if (isName(object.name())
                && isName(object.namespace())
                && KIND.matcher(object.kind()).matches()) {
            add(
                    made,
                    "see who manages it",
                    false,
                    "get",
                    kubectlKind(object),
                    object.name(),
                    "-n",
                    object.namespace(),
                    "--show-managed-fields",
                    "-o",
                    "jsonpath={.metadata.managedFields[*].manager}");
        }
    }

    private void tenant(List<Remedy> made) {
        describe(made, TenantReading.objectOf(reading.view()));
    }

    private void operator(List<Remedy> made) {
        tenant(made);
        add(made, "see whether the operator runs", false, "get", "pods", "-n", operatorNamespace());
        add(
                made,
                "read what the operator says",
                false,
                "logs",
                "-n",
                operatorNamespace(),
                "-l",
                isLynq() ? "control-plane=controller-manager" : "app=tenant-operator",
                "--tail=200");
    }

    /** As the runbook has it, and as Lynq's manifests install it. */
    private String operatorNamespace() {
        return isLynq() ? "lynq-system" : "tenant-operator-system";
    }

    private boolean isLynq() {
        return reading.view().id().kind().equals("LynqNode");
    }

    private void reconcile(List<Remedy> made) {
        ObjectId tenant = TenantReading.objectOf(reading.view());
        if (isName(tenant.name()) && isName(tenant.namespace())) {
            add(
                    made,
                    "make the operator look again",
                    true,
                    "annotate",
                    kubectlKind(tenant),
                    tenant.name(),
                    "-n",
                    tenant.namespace(),
                    kubectlKind(tenant) + "/reconcile="
                            + reading.now().instant().getEpochSecond(),
                    "--overwrite");
        }
    }

    private void editTemplate(List<Remedy> made, String why) {
        String template = reading.view().facts().template();
        String namespace = reading.view().id().namespace();
        if (template != null && isName(template) && isName(namespace)) {
            String kind = isLynq() ? "lynqform" : "tenanttemplate";
            add(made, why, true, "edit", kind, template, "-n", namespace);
        }
    }

    private static void named(List<Remedy> made, String why, ObjectId object, String verb) {
        boolean scoped = object.namespace().isEmpty() || isName(object.namespace());
        if (!isName(object.name()) || !scoped || !KIND.matcher(object.kind()).matches()) {
            return;
        }
        List<String> arguments = new ArrayList<>(List.of(verb, kubectlKind(object), object.name()));
        if (!object.namespace().isEmpty()) {
            arguments.addAll(List.of("-n", object.namespace()));
        }
        made.add(new Remedy(why, arguments, false));
    }

    private static void in(List<Remedy> made, String namespace, String why, String verb, String kind) {
        if (isName(namespace)) {
            add(made, why, false, verb, kind, "-n", namespace);
        }
    }

    private static void add(List<Remedy> made, String why, boolean mutating, String... arguments) {
        made.add(new Remedy(why, List.of(arguments), mutating));
    }

    /** As kubectl finds it by discovery: with the group where the kind alone could be another's. */
    private static String kubectlKind(ObjectId object) {
        String kind = object.kind().toLowerCase(Locale.ROOT);
        boolean plain = BUILT_IN.contains(object.group()) || !isName(object.group());
        return plain ? kind : kind + '.' + object.group();
    }

    private static boolean isName(@Nullable String name) {
        return name != null && NAME.matcher(name).matches();
    }
}
