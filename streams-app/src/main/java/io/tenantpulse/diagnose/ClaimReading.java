package io.tenantpulse.diagnose;

import io.tenantpulse.model.ClaimFacts;
import io.tenantpulse.model.Warning;
import org.jspecify.annotations.Nullable;

/** Why a PersistentVolumeClaim is not bound. */
final class ClaimReading {
    private static final String WAITS = "WaitForFirstConsumer";

    private ClaimReading() {}

    /** Null: it is bound, or nothing is told of it. */
    static @Nullable Finding pending(Reading reading, SeenObject claim) {
        ClaimFacts facts = claim.facts().claim();
        if (facts == null || facts.phase().equals("Bound")) {
            return null;
        }
        Warning provisioning = reading.warning(claim, ClaimReading::tells);
        Finding found;
        if (facts.phase().equals("Lost")) {
            found = volume(claim, "its volume is lost", facts.storageClass()).failed(true);
        } else if (Boolean.FALSE.equals(facts.storageClassExists())) {
            found = volume(claim, "StorageClass " + facts.storageClass() + " does not exist", facts.storageClass())
                    .failed(true);
        } else if (WAITS.equals(facts.bindingMode()) && provisioning == null) {
            found = Finding.of(
                            CauseWord.VOLUME_WAITS_FOR_CONSUMER,
                            Confidence.LIKELY,
                            claim.object(),
                            "it is bound once a pod that uses it is scheduled")
                    .subject(facts.storageClass());
        } else if (facts.storageClass() == null) {
            found = volume(claim, "no volume matches it, and it names no StorageClass", null);
        } else {
            String failed = provisioning == null ? "has not made its volume yet" : "cannot make its volume";
            found = volume(claim, "StorageClass " + facts.storageClass() + ' ' + failed, facts.storageClass());
        }
        return found.with(claim.object(), "status.phase", facts.phase(), claim.since())
                .with(claim.object(), "spec.storageClassName", facts.storageClass(), null)
                .with(claim.object(), "StorageClass exists", facts.storageClassExists(), null)
                .with(claim.object(), "volumeBindingMode", facts.bindingMode(), null)
                .with(provisioning);
    }

    private static Finding volume(SeenObject claim, String detail, @Nullable String storageClass) {
        return Finding.of(CauseWord.VOLUME_PENDING, Confidence.CERTAIN, claim.object(), detail)
                .subject(storageClass);
    }

    private static boolean tells(Warning warning) {
        return warning.reason().equals("ProvisioningFailed") || warning.reason().equals("FailedBinding");
    }
}
