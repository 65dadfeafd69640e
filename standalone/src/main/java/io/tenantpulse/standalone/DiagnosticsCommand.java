package io.tenantpulse.standalone;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code diagnostics}: what the runbook asks to collect before a tenant is escalated, from the running detector. */
@Command(
        name = "diagnostics",
        description = {
            "What the runbook asks to collect before a tenant is escalated, as one ZIP archive from the running detector:"
                    + " the tenant, its resources, pods and warnings, the diagnosis, and its last 20 incidents.",
            "",
            "Whitelisted fields only: no specs, Secrets, ConfigMaps, annotations or logs. README.txt in it says what each"
                    + " file is, and what could not be seen."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:written",
            "2:wrong usage; FILE exists or cannot be written; a Tenant and a LynqNode have that name",
            "3:cannot reach the detector, or it cannot answer now",
            "4:no such tenant is known",
            "70:internal error"
        })
final class DiagnosticsCommand implements Callable<Integer> {
    private static final Path STDOUT = Path.of("-");

    @Mixin
    private TenantOptions tenant;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "The archive, such as acme.zip; - is standard output. It is there whole or not at all.")
    private Path output;

    @Option(names = "--force", description = "Replace FILE if it exists.")
    private boolean force;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        TenantOptions.Name name = tenant.of(spec.commandLine());
        WholeFile file = new WholeFile(output, force);
        if (!output.equals(STDOUT)) {
            file.check();
        } else if (System.console() != null) {
            throw new CommandFailure(
                    ExitCode.USAGE, "an archive is not for a terminal: give a file, or redirect standard output");
        }
        byte[] archive = new DetectorClient(tenant.url()).diagnostics(name, tenant.kind());
        if (output.equals(STDOUT)) {
            print(archive);
        } else if (file.write(archive)) {
            spec.commandLine()
                    .getErr()
                    .println("wrote " + output + " (" + archive.length + " bytes; begin with README.txt in it)");
        }
        return ExitCode.OK;
    }

    private static void print(byte[] archive) {
        System.out.write(archive, 0, archive.length);
        if (System.out.checkError()) {
            throw new CommandFailure(ExitCode.USAGE, "standard output cannot be written: nobody reads it");
        }
    }
}
