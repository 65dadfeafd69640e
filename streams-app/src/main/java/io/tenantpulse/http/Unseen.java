package io.tenantpulse.http;

import io.tenantpulse.detect.ClusterState;
import io.tenantpulse.detect.KindCoverage;
import io.tenantpulse.detect.KindState;
import io.tenantpulse.detect.ResourceState;
import io.tenantpulse.query.TenantReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a report cannot show of a tenant, in sentences: what was never collected, and what could not be seen. */
final class Unseen {
    private static final List<String> NEVER = List.of(
            "Specs, environment variables, annotations, the contents of Secrets and ConfigMaps, and logs: they never leave"
                    + " the cluster.",
            "Events that are no warnings, metrics, and the capacity of nodes.",
            "Incidents from before this detector began to read, and more than the newest 20.");

    private final TenantReport report;

    Unseen(TenantReport report) {
        this.report = report;
    }

    List<String> words() {
        List<String> words = new ArrayList<>();
        addCluster(words, report.snapshot().cluster());
        addObjects(words);
        addUnwatched(words);
        sentences(report.snapshot().cluster())
                .forEach((sentence, kinds) -> words.add(sentence.formatted(String.join(", ", kinds))));
        words.addAll(NEVER);
        return words;
    }

    private static void addCluster(List<String> words, ClusterState cluster) {
        if (cluster.staleSince() != null) {
            words.add("Anything that happened in the cluster since " + cluster.staleSince()
                    + ": nothing was heard of it since.");
        }
        if (cluster.watermark() == null) {
            words.add("Anything of which it could be said that it is complete: the cluster was never read to an end.");
        }
    }

    private void addObjects(List<String> words) {
        if (report.view().undecodableSince() != null) {
            words.add("The tenant's newest object: it cannot be read since "
                    + report.view().undecodableSince() + ".");
        }
        long unread = report.snapshot().resources().stream()
                .filter(ResourceState::undecodable)
                .count();
        if (unread > 0) {
            words.add("The newest of " + unread + " objects, which cannot be read: what is told of them is older.");
        }
    }

    private void addUnwatched(List<String> words) {
        Set<String> unwatched = new TreeSet<>();
        report.view().dependencies().forEach(each -> unwatched.add(each.object().kindName()));
        unwatched.removeAll(report.snapshot().cluster().kinds().keySet());
        if (!unwatched.isEmpty()) {
            words.add("Resources of these kinds, which nobody watches: " + String.join(", ", unwatched) + ".");
        }
    }

    /** Kinds of which the same is to be said, by what that is. */
    private static Map<String, List<String>> sentences(ClusterState cluster) {
        Map<String, List<String>> sentences = new TreeMap<>();
        for (KindState kind : cluster.kinds().values()) {
            if (kind.coverage() != KindCoverage.LIVE && kind.coverage() != KindCoverage.ABSENT) {
                sentences
                        .computeIfAbsent(notLive(kind), any -> new ArrayList<>())
                        .add(kind.kind());
            }
            if (kind.gap() != null) {
                sentences
                        .computeIfAbsent(gap(kind.gap()), any -> new ArrayList<>())
                        .add(kind.kind());
            }
        }
        return sentences;
    }

    private static String notLive(KindState kind) {
        String since = kind.blindSince() == null ? "" : " since " + kind.blindSince();
        return switch (kind.coverage()) {
            case BLIND -> "What became" + since + " of these kinds, which cannot be watched now: %s.";
            case FORBIDDEN -> "These kinds, which the exporter is not allowed to read" + since + ": %s.";
            case UNKNOWN -> "Whether all is known of these kinds, whose first list is not complete: %s.";
            case LIVE, ABSENT -> throw new AssertionError(kind);
        };
    }

    private static String gap(KindState.Gap gap) {
        if (gap.from() == null && gap.to() == null) {
            return "The history of these kinds, which were never seen: %s.";
        }
        if (gap.from() == null) {
            return "What came and went before " + gap.to() + " of these kinds: %s.";
        }
        String to = gap.to() == null ? " on" : " to " + gap.to();
        return "What came and went from " + gap.from() + to + " of these kinds: %s.";
    }
}
