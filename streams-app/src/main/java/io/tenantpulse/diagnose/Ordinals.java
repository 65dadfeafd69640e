package io.tenantpulse.diagnose;

import io.tenantpulse.model.Readiness;
import io.tenantpulse.model.Replicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A StatefulSet goes from pod to pod: one that is not ready holds those that are not created, or not updated, yet. With
 * {@code podManagementPolicy: Parallel} nobody waits to be created, so nothing is absent but what was refused, and that is
 * no pod's doing; the policy itself need not be known.
 */
final class Ordinals {
    private Ordinals() {}

    /**
     * Adds that one pod holds the rest. What is plainly broken in that pod (an image, a crash, a volume, its node) leads, for
     * it is what must be mended, with or without others that wait, and twelve tenants of one bad rollout must name one cause;
     * that it holds others is then the consequence, and the next finding. What only says that the pod is not ready (a probe,
     * an init container that does not end, nothing at all) becomes the detail of this one.
     */
    static void add(List<Finding> found, SeenObject set, List<SeenObject> pods, @Nullable Replicas replicas) {
        List<SeenObject> bad = pods.stream()
                .filter(each -> each.readiness() != Readiness.READY)
                .toList();
        if (replicas == null || bad.size() != 1 || found.isEmpty()) {
            return;
        }
        int absent = Math.max(0, replicas.desired() - pods.size());
        int held = absent > 0 ? absent : replicas.desired() - replicas.updated() - 1;
        Finding own = found.get(0);
        if (held <= 0 || own.word() == CauseWord.STARTING) {
            return;
        }
        SeenObject holder = bad.get(0);
        String detail = holder.object().name() + " holds " + held + (held == 1 ? " other pod" : " other pods") + ": "
                + own.word() + ", " + own.detail();
        Finding ordinal = new Finding(
                        CauseWord.STATEFUL_SET_ORDINAL,
                        Confidence.CERTAIN,
                        holder.object(),
                        own.container(),
                        own.subject(),
                        detail,
                        List.of(),
                        1,
                        own.failed())
                .with(set.object(), "status.replicas", pods.size() + " of " + replicas.desired(), set.since())
                .with(own.evidence());
        boolean specific = own.failed()
                || own.word() == CauseWord.NODE_NOT_READY
                || own.word() == CauseWord.UNSCHEDULABLE
                || own.word() == CauseWord.VOLUME_PENDING
                || own.word() == CauseWord.VOLUME_MOUNT;
        found.add(specific ? 1 : 0, ordinal);
        if (!specific) {
            found.remove(own);
        }
    }
}
