package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Picture.Pod;
import io.tenantpulse.model.Facts;
import io.tenantpulse.model.Readiness;
import org.junit.jupiter.api.Test;

class TenantCausesTest {
    private static SeenObject ofAnother(String name) {
        return new SeenObject(
                Picture.object("ConfigMap", name),
                "cm",
                "cfg",
                false,
                Readiness.READY,
                null,
                Picture.minute(0),
                Picture.minute(0),
                null,
                false,
                Facts.NONE,
                false);
    }

    @Test
    void aConflictIsOfTheObjectThatIsAnothers() {
        Picture picture = new Picture()
                .needs("cfg", "ConfigMap")
                .needs("api", "Deployment", "cfg")
                .has(ofAnother("acme-cfg"))
                .condition("Conflicted", "True", "ResourceConflict", "see events");

        assertThat(picture.words()).containsExactly("Conflict", "DependencyWait");
        assertThat(picture.cause().resources()).containsExactly("cfg");
        assertThat(picture.diagnosed().blockers()).containsExactly(new Blockage.Blocker("cfg", 1));
        assertThat(picture.health("cfg").state()).isEqualTo(ResourceHealth.State.FAILED);
    }

    @Test
    void aConflictAboutAnOwnedObjectIsNamedByTheOperatorsEvent() {
        Picture picture = new Picture().needs("api", "Deployment").workload("api", 1, 1, 1);
        picture.condition("Conflicted", "True", "ResourceConflict", "see events")
                .tenantWarning(
                        "ResourceConflict",
                        "Resource conflict detected for ns/acme-api (Kind: Deployment, Policy: Stuck). Another");

        assertThat(picture.cause().word()).isEqualTo(CauseWord.CONFLICT);
        assertThat(picture.cause().resources()).containsExactly("api");
    }

    @Test
    void aConflictOfWhichNobodyTellsWhoseIsTheTenants() {
        Picture picture = new Picture()
                .needs("cfg", "ConfigMap")
                .ready("cfg")
                .condition("Conflicted", "True", "ResourceConflict", "see events");

        assertThat(picture.words()).containsExactly("Conflict");
        assertThat(picture.cause().resources()).isEmpty();
    }

    @Test
    void anObjectOfAnotherIsNoConflictWhereTheOperatorSaysNone() {
        Picture picture = new Picture()
                .needs("cfg", "ConfigMap")
                .has(ofAnother("acme-cfg"))
                .counts(1, 1, 0);

        assertThat(picture.words()).isEmpty();
    }

    @Test
    void aTemplateThatDoesNotRenderLeads() {
        Picture picture = new Picture()
                .needs("cfg", "ConfigMap")
                .condition("Ready", "False", "VariablesBuildError", "no such field: plan");

        assertThat(picture.cause().word()).isEqualTo(CauseWord.TEMPLATE_ERROR);
        assertThat(picture.cause().subject()).isEqualTo("web");
        assertThat(picture.cause().evidence())
                .extracting(Evidence::value)
                .contains("False VariablesBuildError: no such field: plan");
    }

    @Test
    void aResourceWhoseTemplateDoesNotRenderIsNamedByTheOperatorsEvent() {
        Picture picture = new Picture().needs("cfg", "ConfigMap").needs("api", "Deployment");
        picture.workload("api", 1, 1, 1)
                .tenantWarning("TemplateRenderError", "Failed to render resource cfg: unclosed action");

        assertThat(picture.words()).containsExactly("TemplateError");
        assertThat(picture.cause().resources()).containsExactly("cfg");
    }

    @Test
    void anOperatorThatNeverWroteAStatusIsStale() {
        Picture picture = new Picture().needs("cfg", "ConfigMap").withoutStatus();

        assertThat(picture.words()).containsExactly("OperatorStale", "OperatorStale");
        assertThat(picture.cause().resources()).containsExactly("cfg");
        assertThat(picture.now(3).words()).containsExactly("Starting");
    }

    @Test
    void anOperatorThatDoesNotMakeAnObjectAgainIsStale() {
        Picture picture = new Picture().needs("cfg", "ConfigMap").applied("cfg").now(1);

        assertThat(picture.cause().word()).isEqualTo(CauseWord.OPERATOR_STALE);
        assertThat(picture.cause().confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(picture.health("cfg").state()).isEqualTo(ResourceHealth.State.MISSING);
    }

    @Test
    void aTenantThatIsBeingDeletedDoesNotBlameItsOperator() {
        Picture picture = new Picture()
                .needs("cfg", "ConfigMap")
                .applied("cfg")
                .withoutStatus()
                .deleted(29);

        assertThat(picture.words()).containsExactly("Unknown");
        assertThat(picture.cause().detail()).isEqualTo("gone, for the tenant is being deleted");
    }

    @Test
    void anOperatorThatLagsBehindTheGenerationIsStale() {
        Picture picture = new Picture()
                .needs("cfg", "ConfigMap")
                .ready("cfg")
                .counts(1, 1, 0)
                .generations(4, 3L);

        assertThat(picture.words()).startsWith("OperatorStale");
        assertThat(picture.cause().detail()).isEqualTo("the operator has seen generation 3 of 4");
        assertThat(picture.cause().remedies())
                .extracting(each -> each.command(null))
                .contains("kubectl logs -n tenant-operator-system -l app=tenant-operator --tail=200")
                .last()
                .asString()
                .startsWith("kubectl annotate tenant.operator.kubernetes-tenants.org acme -n ns "
                        + "tenant.operator.kubernetes-tenants.org/reconcile=");
    }

    @Test
    void countsThatContradictAreTheCauseWhereAllIsReady() {
        Picture picture = new Picture().needs("cfg", "ConfigMap").ready("cfg").counts(0, 1, 0);

        assertThat(picture.words()).containsExactly("StatusDrift");
    }

    @Test
    void aTenantThatSaysNotReadyWhileNothingShowsItIsUnknown() {
        Picture picture = new Picture()
                .needs("cfg", "ConfigMap")
                .ready("cfg")
                .counts(1, 1, 0)
                .condition("Ready", "False", "SomethingNew", "words");

        assertThat(picture.words()).containsExactly("Unknown");
        assertThat(picture.cause().subject()).isEqualTo("SomethingNew");
    }

    @Test
    void aHealthyTenantHasNoCause() {
        Picture picture = new Picture()
                .needs("cfg", "ConfigMap")
                .needs("api", "Deployment", "cfg")
                .ready("cfg")
                .workload("api", 1, 1, 1)
                .pod(Pod.of("api").ready())
                .counts(2, 2, 0);

        Diagnosis diagnosis = picture.diagnosed();

        assertThat(diagnosis.causes()).isEmpty();
        assertThat(diagnosis.blockers()).isEmpty();
        assertThat(diagnosis.drift().isDrift()).isFalse();
        assertThat(diagnosis.views()).isEqualTo(new Views(Outlook.CONVERGED, Outlook.CONVERGED, null));
        assertThat(diagnosis.summary()).isEqualTo("acme: 2/2 ready, 0 failed, no cause found");
    }
}
