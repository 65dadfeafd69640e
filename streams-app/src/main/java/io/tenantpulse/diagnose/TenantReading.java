package io.tenantpulse.diagnose;

import io.tenantpulse.model.Condition;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the tenant's own object says: conflicts, templates, and how the operator keeps up. */
final class TenantReading {
    /** An Event older than the newest of its reason by more tells of an earlier attempt. */
    private static final Duration SAME_ATTEMPT = Duration.ofMinutes(2);

    /** Silence of the operator that needs an explanation; its slowest recheck comes every 5 minutes. */
    private static final Duration OPERATOR_PATIENCE = Duration.ofMinutes(10);

    private static final Set<String> RENDERING = Set.of("TemplateRenderError", "TemplateRenderFailed");
    private static final Pattern RESOURCE =
            Pattern.compile("\\bresource '?([A-Za-z0-9][A-Za-z0-9._-]{0,252})", Pattern.CASE_INSENSITIVE);
    private static final Pattern CONFLICT =
            Pattern.compile("conflict detected for ([^/\\s]{0,63})/(\\S{1,253}) \\(Kind: ([A-Za-z0-9]{1,63})");

    private final Reading reading;
    private final TenantView view;
    private final ObjectId tenant;

    TenantReading(Reading reading) {
        this.reading = reading;
        this.view = reading.view();
        this.tenant = objectOf(view);
    }

    /** The tenant as an object. */
    static ObjectId objectOf(TenantView view) {
        String kindName = view.id().kindName();
        String group = kindName.substring(view.id().kind().length() + 1);
        return new ObjectId(
                group, view.id().kind(), view.id().namespace(), view.id().name());
    }

    /** Resources whose objects others manage, by id. Only while the operator says that there is a conflict. */
    SortedMap<String, Finding> conflicts() {
        SortedMap<String, Finding> found = new TreeMap<>();
        if (!view.isTrue("Conflicted") && !view.badReason("Ready").contains("Conflicted")) {
            return found;
        }
        Map<ObjectId, Dependency> named = new HashMap<>();
        for (Dependency each : view.dependencies()) {
            named.put(each.object(), each);
            SeenObject object = reading.tree().find(each.object());
            if (object != null && !object.owned()) {
                found.put(DependencyGraph.idOf(each), conflict(each, null).with(each.object(), "owned", "no", null));
            }
        }
        for (Warning each : attempt(Set.of("ResourceConflict"))) {
            Matcher matcher = CONFLICT.matcher(each.message());
            for (Dependency dependency : matcher.find() ? view.dependencies() : List.<Dependency>of()) {
                ObjectId object = dependency.object();
                if (object.namespace().equals(matcher.group(1))
                        && object.name().equals(matcher.group(2))
                        && object.kind().equals(matcher.group(3))) {
                    found.putIfAbsent(DependencyGraph.idOf(dependency), conflict(dependency, each));
                }
            }
        }
        return found;
    }

    private Finding conflict(Dependency dependency, @Nullable Warning warning) {
        ObjectId object = dependency.object();
        return Finding.of(
                        CauseWord.CONFLICT,
                        Confidence.CERTAIN,
                        object,
                        object.kind() + ' ' + object.name() + " is managed by somebody else")
                .subject(object.kind() + ' ' + object.namespace() + '/' + object.name())
                .with(tenant, view.facts().condition("Conflicted"))
                .with(warning);
    }

    /** A conflict of which it is not known whose; null: there is none. */
    @Nullable
    Finding conflictOfUnknown() {
        if (!view.isTrue("Conflicted")) {
            return null;
        }
        return Finding.of(CauseWord.CONFLICT, Confidence.CERTAIN, tenant, "some resource is managed by somebody else")
                .with(tenant, view.facts().condition("Conflicted"));
    }

    /** That the template does not render, said by the tenant's conditions; null: they do not say so. */
    @Nullable
    Finding templateError() {
        for (String type : List.of("Ready", "Degraded")) {
            String reason = view.badReason(type);
            if (Set.of("TemplateRenderError", "VariablesBuildError", "SortError")
                    .contains(reason)) {
                Finding found = Finding.of(
                                CauseWord.TEMPLATE_ERROR,
                                Confidence.CERTAIN,
                                tenant,
                                "the template does not render: " + reason)
                        .subject(view.facts().template())
                        .with(tenant, view.facts().condition(type));
                List<Warning> warnings = attempt(RENDERING);
                return warnings.isEmpty() ? found : found.with(warnings.get(0));
            }
        }
        return null;
    }

    /** Ids that Events about the newest attempt to render the template name, with what they say. */
    SortedMap<String, Finding> unrendered() {
        SortedMap<String, Finding> found = new TreeMap<>();
        for (Warning each : attempt(RENDERING)) {
            String id = mentioned(each.message());
            if (id != null) {
                found.putIfAbsent(
                        id,
                        Finding.of(
                                        CauseWord.TEMPLATE_ERROR,
                                        Confidence.LIKELY,
                                        tenant,
                                        "the template of " + id + " does not render")
                                .subject(view.facts().template())
                                .with(each));
            }
        }
        return found;
    }

    /** Why an object that should exist, and waits for nothing, does not. */
    Finding absent(Dependency dependency, Map<String, Finding> unrendered) {
        String id = DependencyGraph.idOf(dependency);
        ObjectId object = dependency.object();
        Instant deleted = view.facts().deletionTimestamp();
        if (deleted != null) {
            return Finding.of(CauseWord.UNKNOWN, Confidence.CERTAIN, object, "gone, for the tenant is being deleted")
                    .with(tenant, "metadata.deletionTimestamp", deleted, deleted);
        }
        Finding rendering = unrendered.get(id);
        if (rendering != null) {
            return rendering;
        }
        for (Warning each : attempt(Set.of("ApplyFailed"))) {
            if (id.equals(mentioned(each.message()))) {
                return PodCreation.read(object, each.message(), Confidence.LIKELY)
                        .with(each);
            }
        }
        boolean applied = view.facts().isApplied(dependency.id());
        if (!applied && reading.isWithinTimeout(dependency, reading.startOfAbsent(dependency))) {
            return Finding.of(CauseWord.STARTING, Confidence.LIKELY, object, "is not created yet")
                    .with(object, "exists", "no", reading.startOf(null));
        }
        if (view.facts().skippedIds().contains(dependency.id())) {
            return Finding.of(CauseWord.UNKNOWN, Confidence.LIKELY, object, "the operator skips it after a failure")
                    .with(tenant, "status.skippedResourceIds", dependency.id(), null);
        }
        String detail = applied
                ? "was applied, and no longer exists: the operator has not made it again"
                : "the operator has not created it";
        return Finding.of(CauseWord.OPERATOR_STALE, applied ? Confidence.LIKELY : Confidence.POSSIBLE, object, detail)
                .with(object, "exists", "no", reading.startOf(null));
    }

    /** That the operator does not keep up with the tenant; null: nothing says so. */
    @Nullable
    Finding operatorStale() {
        if (view.facts().deletionTimestamp() != null) {
            return null;
        }
        Long seen = view.facts().observedGeneration();
        Long asked = view.facts().generation();
        if (seen != null && asked != null && seen < asked && isLongAgo(view.generationSince())) {
            return Finding.of(
                            CauseWord.OPERATOR_STALE,
                            Confidence.CERTAIN,
                            tenant,
                            "the operator has seen generation " + seen + " of " + asked)
                    .with(tenant, "status.observedGeneration", seen, view.generationSince())
                    .with(tenant, "metadata.generation", asked, view.generationSince());
        }
        boolean silent =
                view.facts().counts() == null && view.facts().conditions().isEmpty();
        if (silent && isLongAgo(view.facts().createdAt())) {
            return Finding.of(
                            CauseWord.OPERATOR_STALE,
                            Confidence.LIKELY,
                            tenant,
                            "the operator has never written a status")
                    .with(tenant, "status", "absent", view.facts().createdAt());
        }
        return null;
    }

    private boolean isLongAgo(@Nullable Instant since) {
        return since != null && !reading.now().isBefore(since.plus(OPERATOR_PATIENCE));
    }

    /** What the tenant says of itself where nothing else explains it; null: it says that all is well. */
    @Nullable
    Finding unexplained() {
        Condition ready = view.facts().condition("Ready");
        if (ready == null || ready.status().equals("True")) {
            return null;
        }
        String reason = ready.reason() == null ? ready.status() : ready.reason();
        return Finding.of(CauseWord.UNKNOWN, Confidence.POSSIBLE, tenant, "the operator says not ready: " + reason)
                .subject(ready.reason())
                .with(tenant, ready);
    }

    /** Warnings about the tenant of the newest attempt that has any of the reasons, the newest first. */
    private List<Warning> attempt(Set<String> reasons) {
        List<Warning> all = reading.tree().warningsOf(tenant).stream()
                .filter(each -> reasons.contains(each.reason()) && isOfThisTenant(each))
                .toList();
        Instant newest = all.isEmpty() ? null : all.get(0).lastAt();
        return newest == null
                ? all
                : all.stream()
                        .filter(each -> each.lastAt() != null && !each.lastAt().isBefore(newest.minus(SAME_ATTEMPT)))
                        .toList();
    }

    /** A name can be used again. */
    private boolean isOfThisTenant(Warning warning) {
        String uid = warning.objectUid();
        return uid == null || uid.isEmpty() || view.uid().isEmpty() || uid.equals(view.uid());
    }

    private @Nullable String mentioned(String message) {
        Matcher matcher = RESOURCE.matcher(message);
        while (matcher.find()) {
            String word = matcher.group(1);
            for (Dependency each : view.dependencies()) {
                if (each.id().equals(word)) {
                    return word;
                }
            }
        }
        return null;
    }
}
