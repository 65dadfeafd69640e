package io.tenantpulse.standalone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code check}: the runbook's quick check of one tenant, answered from the running detector. */
@Command(
        name = "check",
        description = {
            "The runbook's quick check of one tenant, answered from the running detector: counts, conditions, resources,"
                    + " pods that are not running, warnings, causes and what to do.",
            "",
            "Text from Kubernetes is shown without control characters."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:healthy",
            "1:unhealthy, or not known to be healthy",
            "2:wrong usage; a Tenant and a LynqNode have that name",
            "3:cannot reach the detector, or it cannot answer now",
            "4:no such tenant is known",
            "70:internal error"
        })
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private TenantOptions tenant;

    @Option(names = "--json", description = "The detector's answer as one line of JSON.")
    private boolean json;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "Kubeconfig context to name in the kubectl commands.")
    private @Nullable String context;

    @Option(names = "--no-color", description = "No colours; also set by NO_COLOR or TERM=dumb.")
    private boolean noColor;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        ObjectNode answer = new DetectorClient(tenant.url()).tenant(tenant.of(spec.commandLine()), tenant.kind());
        KubectlCommands.forContext(answer, context);
        String text = json ? answer + "\n" : new CheckReport(answer, Colours.isWanted(noColor)).text();
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
        return answer.path("health").asText().equals("healthy") ? ExitCode.OK : ExitCode.FOUND;
    }
}
