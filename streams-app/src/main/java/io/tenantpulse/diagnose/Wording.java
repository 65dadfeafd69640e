package io.tenantpulse.diagnose;

import io.tenantpulse.model.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Texts for people. Whatever names and messages hold, a summary is one line. */
final class Wording {
    private static final int FEW = 5;

    private Wording() {}

    /** The first few of them. */
    static String few(List<String> all) {
        String first = all.stream().limit(FEW).collect(Collectors.joining(", "));
        return all.size() <= FEW ? first : first + " and " + (all.size() - FEW) + " more";
    }

    /** {@code acme: 3/5 ready, blocked by db (ImagePull)}. */
    static String summary(TenantView view, List<Cause> causes, List<Blockage.Blocker> blockers) {
        StringBuilder text = new StringBuilder(view.id().name())
                .append(": ")
                .append(counts(view.facts().counts()));
        if (causes.isEmpty()) {
            return oneLine(text.append(", no cause found").toString());
        }
        Cause leading = causes.get(0);
        int held = blockers.isEmpty() ? 0 : blockers.get(0).held();
        text.append(", ").append(leading.word());
        if (!leading.resources().isEmpty()) {
            text.append(" of ").append(few(leading.resources()));
        }
        if (held > 0) {
            text.append(" holds back ").append(held);
        }
        return oneLine(text.toString());
    }

    static String description(
            TenantView view,
            List<ResourceHealth> resources,
            List<Cause> causes,
            List<Blockage.Blocker> blockers,
            Views views,
            Instant now) {
        StringBuilder text = new StringBuilder("The operator counts ")
                .append(counts(view.facts().counts()));
        long ready = resources.stream()
                .filter(each -> each.state() == ResourceHealth.State.READY)
                .count();
        text.append("; by our reading ")
                .append(ready)
                .append(" of ")
                .append(resources.size())
                .append(" are ready.");
        Instant since = resources.stream()
                .filter(each -> each.isNotReady() && each.since() != null)
                .map(ResourceHealth::since)
                .min(Instant::compareTo)
                .orElse(null);
        if (since != null) {
            text.append(" Not ready since ")
                    .append(since)
                    .append(" (")
                    .append(ago(since, now))
                    .append(").");
        }
        List<String> lost = resources.stream()
                .filter(ResourceHealth::regressed)
                .map(ResourceHealth::id)
                .toList();
        if (!lost.isEmpty()) {
            text.append(" Was ready in this generation, then lost it: ")
                    .append(few(lost))
                    .append('.');
        }
        for (Blockage.Blocker each :
                blockers.stream().filter(each -> each.held() > 0).limit(FEW).toList()) {
            text.append(" Blocked by ")
                    .append(each.id())
                    .append(", which holds back ")
                    .append(each.held())
                    .append('.');
        }
        for (Cause each : causes.stream().limit(3).toList()) {
            text.append(' ').append(each.word());
            text.append(each.resources().isEmpty() ? "" : " (" + few(each.resources()) + ')');
            text.append(": ").append(each.detail()).append(each.count() > 1 ? " (" + each.count() + " times)." : ".");
        }
        if (views.difference() != null) {
            text.append(" Note: ").append(views.difference()).append('.');
        }
        return oneLine(text.toString());
    }

    private static String counts(@Nullable Counts counts) {
        return counts == null
                ? "nothing yet"
                : counts.ready() + "/" + counts.desired() + " ready, " + counts.failed() + " failed";
    }

    private static String ago(Instant since, Instant now) {
        Duration lasted = Duration.between(since, now);
        if (lasted.isNegative()) {
            return "0 min";
        }
        return lasted.toHours() < 2
                ? lasted.toMinutes() + " min"
                : lasted.toDays() < 2 ? lasted.toHours() + " h" : lasted.toDays() + " d";
    }

    /** Control and direction characters would let a message write over what stands around it. */
    static String oneLine(String text) {
        return text.codePoints()
                .map(c -> isHarmless(c) ? c : ' ')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isHarmless(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE;
    }
}
