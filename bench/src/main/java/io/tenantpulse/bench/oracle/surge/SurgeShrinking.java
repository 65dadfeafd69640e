package io.tenantpulse.bench.oracle.surge;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a history of surges shorter while it still shows a disagreement: without restarts, scopes and whole rounds. */
public final class SurgeShrinking {
    private SurgeShrinking() {}

    public static SurgeHistory of(SurgeHistory history, Predicate<SurgeHistory> stillWrong) {
        SurgeHistory now = better(
                history,
                history.with(
                        history.rounds().stream().map(Round::withoutRestart).toList()),
                stillWrong);
        for (String scope : history.scopes()) {
            List<Round> without = now.rounds().stream()
                    .map(round -> round.of(each -> !each.scope().equals(scope)))
                    .filter(round -> !round.minutes().isEmpty())
                    .toList();
            now = better(now, now.with(without), stillWrong);
        }
        for (int size = Math.max(1, now.rounds().size() / 2); size >= 1; size /= 2) {
            for (int from = now.rounds().size() - size; from >= 0; from -= size) {
                List<Round> without = new ArrayList<>(now.rounds());
                without.subList(from, Math.min(from + size, without.size())).clear();
                now = better(now, now.with(without), stillWrong);
                from = Math.min(from, now.rounds().size());
            }
        }
        return now;
    }

    private static SurgeHistory better(SurgeHistory now, SurgeHistory shorter, Predicate<SurgeHistory> stillWrong) {
        return stillWrong.test(shorter) ? shorter : now;
    }
}
