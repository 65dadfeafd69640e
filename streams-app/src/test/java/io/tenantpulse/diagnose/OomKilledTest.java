package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Picture.Pod;
import java.util.List;
import org.junit.jupiter.api.Test;

class OomKilledTest {
    private static CauseWord seen(Pod pod) {
        return new Picture()
                .needs("db", "StatefulSet")
                .workload("db", 1, 1, 0)
                .pod(pod)
                .cause()
                .word();
    }

    @Test
    void isTheSameWhereverBetweenTwoKillsItIsSeen() {
        assertThat(List.of(
                        seen(Pod.of("db").crashed(3, "waiting", "CrashLoopBackOff", "OOMKilled", 137, null)),
                        seen(Pod.of("db").crashed(3, "running", null, "OOMKilled", 137, Picture.minute(29))),
                        seen(Pod.of("db").crashed(3, "terminated", "OOMKilled", "OOMKilled", 137, null))))
                .containsOnly(CauseWord.OOM_KILLED);
    }

    @Test
    void aKillLongAgoIsForgiven() {
        assertThat(seen(Pod.of("db").crashed(1, "running", null, "OOMKilled", 137, Picture.minute(1))))
                .isEqualTo(CauseWord.READINESS_PROBE);
    }
}
