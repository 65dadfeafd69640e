package io.tenantpulse.exporter.kube;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A condition of a status.
 *
 * @param message redacted and cut
 * @param lastTransitionTime {@link Facts#NONE} where absent
 */
public record ConditionFacts(
        String type,
        String status,
        @Nullable String reason,
        @Nullable String message,
        long lastTransitionTime) {
    /** Whether two lists, sorted by type, say the same; times never matter. */
    static boolean same(List<ConditionFacts> some, List<ConditionFacts> others, boolean messagesMatter) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            ConditionFacts one = some.get(i);
            ConditionFacts other = others.get(i);
            if (!one.type.equals(other.type)
                    || !one.status.equals(other.status)
                    || !Objects.equals(one.reason, other.reason)
                    || (messagesMatter && !Objects.equals(one.message, other.message))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the list has the condition with status True. */
    public static boolean isTrue(List<ConditionFacts> conditions, String type) {
        for (ConditionFacts each : conditions) {
            if (each.type.equals(type)) {
                return each.status.equals("True");
            }
        }
        return false;
    }
}
