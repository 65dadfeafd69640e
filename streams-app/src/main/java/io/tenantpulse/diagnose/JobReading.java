package io.tenantpulse.diagnose;

import io.tenantpulse.model.Condition;
import io.tenantpulse.model.Container;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.JobFacts;
import io.tenantpulse.model.PodFacts;
import io.tenantpulse.model.Warning;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why a Job is not complete. */
final class JobReading {
    /** A pod of a Job that only starts, or is not ready, is a Job that runs. */
    private static final Set<CauseWord> RUNNING =
            Set.of(CauseWord.STARTING, CauseWord.READINESS_PROBE, CauseWord.UNKNOWN, CauseWord.INIT_CONTAINER);

    private final Reading reading;
    private final Dependency dependency;
    private final SeenObject job;
    private final List<SeenObject> pods;

    JobReading(Reading reading, Dependency dependency, SeenObject job) {
        this.reading = reading;
        this.dependency = dependency;
        this.job = job;
        this.pods = reading.tree().below(dependency).stream()
                .filter(each -> each.isA("Pod"))
                .toList();
    }

    Finding read() {
        for (String type : List.of("Failed", "FailureTarget")) {
            Condition failed = job.facts().condition(type);
            if (failed != null && failed.status().equals("True")) {
                return failed(failed);
            }
        }
        Finding ofPod = ofPods();
        return ofPod == null ? running() : ofPod;
    }

    private Finding failed(Condition failed) {
        Finding found = Finding.of(
                CauseWord.JOB_FAILED,
                Confidence.CERTAIN,
                job.object(),
                failed.reason() == null ? "the Job failed" : "the Job failed: " + failed.reason());
        found = found.subject(image()).with(job.object(), failed);
        for (int i = pods.size() - 1; i >= 0; i--) {
            Container ended = lastEnded(pods.get(i));
            if (ended != null) {
                String field = "containers[" + ended.name() + "].";
                String killed = ContainerReading.wasKilledForMemory(ended) ? ", killed for its memory" : "";
                return found.detail(found.detail() + "; the last pod ended with exit code " + ended.exitCode() + killed)
                        .container(ended.name())
                        .with(
                                pods.get(i).object(),
                                field + "exitCode",
                                ended.exitCode(),
                                pods.get(i).since())
                        .with(pods.get(i).object(), field + "reason", reasonOf(ended), null);
            }
        }
        return found;
    }

    private static @Nullable Container lastEnded(SeenObject pod) {
        PodFacts facts = pod.facts().pod();
        for (Container each : facts == null ? List.<Container>of() : facts.containers()) {
            if (each.exitCode() != null && each.exitCode() != 0) {
                return each;
            }
        }
        return null;
    }

    private static @Nullable String reasonOf(Container container) {
        return container.state().equals("terminated") ? container.reason() : container.lastReason();
    }

    private @Nullable String image() {
        List<String> images = job.facts().images();
        return images.isEmpty() ? null : images.get(0);
    }

    /** What stops its pods; the newest that is not over tells. */
    private @Nullable Finding ofPods() {
        PodReading reader = new PodReading(reading, dependency, job);
        for (int i = pods.size() - 1; i >= 0; i--) {
            SeenObject pod = pods.get(i);
            boolean over =
                    pod.facts().pod() != null && pod.facts().pod().phase().equals("Failed");
            Finding found = over ? killed(pod) : reader.of(pod);
            if (found != null && !RUNNING.contains(found.word()) && !isFirstTry(found, pod)) {
                return found;
            }
        }
        Warning refused = pods.isEmpty() ? reading.warning(job, PodCreation::isFailedCreate) : null;
        return refused == null
                ? null
                : PodCreation.read(job.object(), refused.message(), Confidence.LIKELY)
                        .with(refused);
    }

    /** A container that ended badly and is not started again makes way for another pod: no crash loop. */
    private static boolean isFirstTry(Finding found, SeenObject pod) {
        PodFacts facts = pod.facts().pod();
        return found.word() == CauseWord.CRASH_LOOP
                && facts != null
                && facts.containers().stream().allMatch(each -> each.restarts() == 0);
    }

    /** A pod that is over is one try of several; only that it was killed for its memory will come again. */
    private @Nullable Finding killed(SeenObject pod) {
        PodFacts facts = pod.facts().pod();
        for (Container each : facts == null ? List.<Container>of() : facts.containers()) {
            if (ContainerReading.wasKilledForMemory(each)) {
                return ContainerReading.crash(pod, each, reading.now());
            }
        }
        return null;
    }

    private Finding running() {
        JobFacts facts = job.facts().job();
        String detail = "the Job has not completed";
        if (facts != null && facts.suspended()) {
            detail = "the Job is suspended";
        } else if (facts != null && facts.failed() > 0) {
            detail = "the Job runs; " + facts.failed() + (facts.failed() == 1 ? " pod" : " pods") + " of it failed";
        } else if (facts != null) {
            detail = "the Job runs: " + facts.succeeded() + " of "
                    + (facts.completions() == null ? 1 : facts.completions()) + " completed";
        }
        Finding found = Finding.of(CauseWord.JOB_RUNNING, Confidence.CERTAIN, job.object(), detail)
                .subject(image());
        return facts == null
                ? found
                : found.with(job.object(), "status.active", facts.active(), job.since())
                        .with(job.object(), "status.failed", facts.failed(), null);
    }
}
