package io.tenantpulse.standalone;

import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.exporter.kube.KubeAccess;
import io.tenantpulse.exporter.kube.KubeAccessException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that choose the clusters to watch. */
final class ClusterOptions {
    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "Context of the kubeconfig to watch; may be given several times. Default: the current one.")
    private List<String> contexts = new ArrayList<>();

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Kubeconfig to read. Default: KUBECONFIG, else ~/.kube/config.")
    private @Nullable Path kubeconfig;

    boolean isGiven() {
        return kubeconfig != null || !contexts.isEmpty();
    }

    /** @throws CommandFailure if a context is unknown or the kubeconfig cannot be used */
    List<ExporterConfig.Cluster> clusters() {
        KubeAccess access = new KubeAccess(System.getenv());
        try {
            Set<String> wanted = new LinkedHashSet<>(contexts);
            if (wanted.isEmpty()) {
                wanted.add(
                        access.currentContext(kubeconfig)
                                .orElseThrow(
                                        () -> new CommandFailure(
                                                ExitCode.USAGE,
                                                "the kubeconfig has no current context (choose one with --context, or try up --demo)")));
            }
            List<ExporterConfig.Cluster> clusters =
                    wanted.stream().map(this::cluster).toList();
            clusters.forEach(access::check);
            return clusters;
        } catch (KubeAccessException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private ExporterConfig.Cluster cluster(String context) {
        String name = ExporterConfig.Cluster.nameOf(context)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE, "context " + context + " has no letter or digit to name its cluster by"));
        return new ExporterConfig.Cluster(name, context, kubeconfig, false);
    }
}
