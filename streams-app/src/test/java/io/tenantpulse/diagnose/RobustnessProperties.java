package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.model.ClaimFacts;
import io.tenantpulse.model.Condition;
import io.tenantpulse.model.Container;
import io.tenantpulse.model.Counts;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.Facts;
import io.tenantpulse.model.JobFacts;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.PodFacts;
import io.tenantpulse.model.Readiness;
import io.tenantpulse.model.Replicas;
import io.tenantpulse.model.TenantFacts;
import io.tenantpulse.model.TenantId;
import io.tenantpulse.model.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Facts that contradict each other, are absent, or want to do harm: a diagnosis always comes out, and in order. */
class RobustnessProperties {
    private static final List<String> WORDS = List.of(
            "",
            "waiting",
            "running",
            "terminated",
            "CrashLoopBackOff",
            "ImagePullBackOff",
            "OOMKilled",
            "CreateContainerConfigError",
            "Unschedulable",
            "FailedMount",
            "FailedCreate",
            "ApplyFailed",
            "ResourceConflict",
            "TemplateRenderError",
            "exceeded quota: $(x), a",
            "secret \"-rf\" not found",
            "resource a",
            "Resource conflict detected for ns/a (Kind: Pod, Policy",
            "line\nbreak\u202e\u0000\u2028",
            "\ud800",
            "'; rm -rf / #",
            "<script>",
            "False",
            "True",
            "Unknown",
            "Ready",
            "Degraded",
            "Conflicted",
            "Progressing",
            "ReplicaFailure",
            "PodScheduled",
            "Failed",
            "DependencyError",
            "Pending",
            "Lost",
            "WaitForFirstConsumer");
    private static final List<String> KINDS = List.of(
            "Deployment",
            "StatefulSet",
            "DaemonSet",
            "ReplicaSet",
            "Job",
            "Pod",
            "PersistentVolumeClaim",
            "Service",
            "Ingress",
            "Secret",
            "Widget",
            "");

    /** Makes anything; half of it nothing. */
    private static final class Chaos {
        final Random random;

        Chaos(long seed) {
            random = new Random(seed);
        }

        String word() {
            return WORDS.get(random.nextInt(WORDS.size()));
        }

        @Nullable
        String maybe() {
            return random.nextBoolean() ? word() : null;
        }

        String id() {
            return random.nextInt(12) == 0 ? word() : String.valueOf((char) ('a' + random.nextInt(8)));
        }

        int number() {
            return random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(5) - 1;
        }

        @Nullable
        Integer maybeNumber() {
            return random.nextBoolean() ? number() : null;
        }

        @Nullable
        Instant maybeTime() {
            return switch (random.nextInt(8)) {
                case 0, 1 -> null;
                case 2 -> Instant.EPOCH;
                case 3 -> Picture.START.plus(Duration.ofDays(9999));
                default -> Picture.minute(random.nextInt(60));
            };
        }

        Instant time() {
            Instant time = maybeTime();
            return time == null ? Picture.START : time;
        }

        @Nullable
        Boolean maybeFlag() {
            return random.nextInt(3) == 0 ? null : (Boolean) random.nextBoolean();
        }

        ObjectId object() {
            String kind = KINDS.get(random.nextInt(KINDS.size()));
            return new ObjectId(Picture.groupOf(kind), kind, random.nextInt(9) == 0 ? word() : "ns", id());
        }

        List<Condition> conditions() {
            List<Condition> made = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                made.add(new Condition(word(), word(), maybe(), maybe(), maybeTime()));
            }
            return made;
        }

        Facts facts() {
            List<Container> containers = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                containers.add(new Container(
                        word(),
                        random.nextInt(3) == 0,
                        maybe(),
                        random.nextBoolean(),
                        number(),
                        word(),
                        maybe(),
                        maybe(),
                        maybeNumber(),
                        maybe(),
                        maybeTime()));
            }
            return new Facts(
                    random.nextBoolean() ? "u" + random.nextInt(20) : maybe(),
                    random.nextInt(4) == 0 ? maybeTime() : null,
                    conditions(),
                    random.nextBoolean()
                            ? null
                            : new Replicas(number(), number(), number(), number(), number(), null, 3L),
                    random.nextBoolean() ? null : new PodFacts(word(), maybe(), maybe(), maybeFlag(), containers),
                    random.nextBoolean() ? null : new ClaimFacts(word(), maybe(), maybeFlag(), maybe()),
                    random.nextBoolean()
                            ? null
                            : new JobFacts(number(), number(), number(), maybeNumber(), null, random.nextBoolean()),
                    maybe(),
                    List.of(word(), word()));
        }

        SeenObject seen() {
            return new SeenObject(
                    object(),
                    random.nextInt(9) == 0 ? "" : "u" + random.nextInt(20),
                    random.nextBoolean() ? id() : null,
                    random.nextInt(5) > 0,
                    Readiness.values()[random.nextInt(3)],
                    maybe(),
                    maybeTime(),
                    time(),
                    maybeTime(),
                    random.nextBoolean(),
                    facts(),
                    random.nextInt(6) == 0);
        }

        Dependency dependency() {
            List<String> needs = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                needs.add(id());
            }
            return new Dependency(
                    id(), object(), needs, random.nextInt(5) > 0, Duration.ofSeconds(number()), random.nextInt(6) == 0);
        }

        TenantView view() {
            List<Dependency> dependencies = new ArrayList<>();
            List<SeenObject> objects = new ArrayList<>();
            List<Warning> warnings = new ArrayList<>();
            for (int i = random.nextInt(10); i > 0; i--) {
                dependencies.add(dependency());
            }
            for (int i = random.nextInt(25); i > 0; i--) {
                objects.add(seen());
            }
            for (int i = random.nextInt(10); i > 0; i--) {
                warnings.add(new Warning(
                        "e" + i, object(), maybe(), maybe(), word(), word(), number(), maybeTime(), maybeTime()));
            }
            Collections.shuffle(objects, random);
            return new TenantView(
                    new TenantId("c", "ns", random.nextBoolean() ? "Tenant" : "LynqNode", word()),
                    word(),
                    new TenantFacts(
                            maybeTime(),
                            maybeTime(),
                            random.nextBoolean() ? null : (Long) (long) number(),
                            random.nextBoolean() ? null : (Long) (long) number(),
                            random.nextInt(4) == 0 ? null : new Counts(number(), number(), number()),
                            conditions(),
                            List.of(id(), id()),
                            List.of(id(), id()),
                            maybe(),
                            null,
                            maybe(),
                            maybeTime()),
                    maybeTime(),
                    random.nextInt(6) == 0 ? maybeTime() : null,
                    dependencies,
                    objects,
                    Map.of(),
                    warnings,
                    null,
                    kind -> KindSight.Sight.values()[Math.abs(kind.hashCode() % 3)]);
        }
    }

    @Property(tries = 3000)
    void aDiagnosisAlwaysComesOut(@ForAll @LongRange(min = 0) long seed) {
        TenantView view = new Chaos(seed).view();

        Diagnosis diagnosis = Diagnosis.diagnose(view, Picture.minute(30));

        assertThat(diagnosis.resources()).hasSameSizeAs(view.dependencies());
        assertThat(diagnosis.summary()).doesNotContain("\n", "\u202e", "\u0000", "\u2028");
        assertThat(diagnosis.description()).doesNotContain("\n", "\u202e", "\u0000", "\u2028");
        for (Cause cause : diagnosis.causes()) {
            assertThat(cause.count()).isPositive();
            assertThat(cause.remedies()).extracting(Remedy::mutating).isSorted();
            assertThat(cause.resources()).isSorted().doesNotHaveDuplicates();
        }
        boolean bad = diagnosis.resources().stream()
                .anyMatch(each ->
                        each.required() && each.isNotReady() && each.state() != ResourceHealth.State.TERMINATING);
        assertThat(diagnosis.causes().isEmpty() && bad).isFalse();
        assertThat(DialectEvidence.of(view, diagnosis, Picture.minute(30)).tenants())
                .isEqualTo(1);
    }

    @Property(tries = 500)
    void theOrderInWhichObjectsAreKnownDoesNotMatter(@ForAll @LongRange(min = 0) long seed) {
        TenantView view = new Chaos(seed).view();
        // Two objects of one name or one uid are not of this world: which of them is known is left open.
        HashSet<Object> names = new HashSet<>();
        List<SeenObject> distinct = view.objects().stream()
                .filter(each -> names.add(each.object()) && names.add("uid " + each.uid()))
                .toList();
        List<SeenObject> shuffled = new ArrayList<>(distinct);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(Diagnosis.diagnose(with(view, distinct), Picture.minute(30)))
                .isEqualTo(Diagnosis.diagnose(with(view, shuffled), Picture.minute(30)));
    }

    @Property(tries = 600)
    void nothingIsAnotherBeforeTheDiagnosisSaysSo(@ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long seed) {
        TenantView view = new Chaos(seed).view();
        Diagnosis now = Diagnosis.diagnose(view, Picture.START);
        Instant until = now.changesAt() == null ? Picture.START.plus(Duration.ofDays(20_000)) : now.changesAt();

        Diagnosis then = Diagnosis.diagnose(view, until.minusMillis(1));

        assertThat(leading(then)).isEqualTo(leading(now));
        assertThat(until).isAfter(Picture.START);
    }

    private static List<Object> leading(Diagnosis diagnosis) {
        List<Object> told = new ArrayList<>(diagnosis.blockers());
        diagnosis.causes().forEach(each -> told.add(each.word() + " " + each.resources()));
        return told;
    }

    private static TenantView with(TenantView view, List<SeenObject> objects) {
        return new TenantView(
                view.id(),
                view.uid(),
                view.facts(),
                view.generationSince(),
                view.undecodableSince(),
                view.dependencies(),
                objects,
                view.absent(),
                view.warnings(),
                view.warningsUntil(),
                view.kinds());
    }

    @Test
    void aTenantOfWhichNothingIsKnownHasNoCause() {
        TenantView empty = new TenantView(
                new TenantId("c", "ns", "Tenant", "acme"),
                "",
                new TenantFacts(null, null, null, null, null, List.of(), List.of(), List.of(), null, null, null, null),
                null,
                null,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                null,
                kind -> KindSight.Sight.UNKNOWN);

        Diagnosis diagnosis = Diagnosis.diagnose(empty, Picture.START);

        assertThat(diagnosis.causes()).isEmpty();
        assertThat(diagnosis.views().own()).isEqualTo(Outlook.CONVERGED);
    }
}
