package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.exporter.ClusterLog;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.KindState;
import io.tenantpulse.v1.MarkType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final WatchedKind TENANT = WatchedKind.TENANT;
    private static final WatchedKind POD = WatchedKind.POD;

    private final SeenLog seen = new SeenLog();
    private Instant now = Instant.ofEpochSecond(1_000);
    private final ClusterLog log = new ClusterLog("c", seen, () -> now, null);
    private final Coverage coverage = new Coverage(log, () -> now, Duration.ofSeconds(10), WatchedKind.ALL);

    @BeforeEach
    void claim() {
        log.claimEpoch(1, "me");
    }

    private Instant at(long second) {
        now = Instant.ofEpochSecond(second);
        return now;
    }

    private void frame(WatchedKind kind) {
        coverage.frameBegins(kind, 0);
        coverage.frameEnds(kind, true);
    }

    private List<MarkType> types() {
        return seen.marks(mark -> true).stream().map(ClusterMark::getType).toList();
    }

    @Test
    void coversAKindFromTheEndOfItsStreamingListOn() {
        at(10);
        frame(TENANT);

        assertThat(coverage.watermark(at(9), true)).isFalse();
        assertThat(coverage.watermark(at(11), true)).isTrue();
        assertThat(seen.lastState(TENANT)).contains(KindState.LIVE);
        assertThat(seen.lastState(POD)).contains(KindState.BLIND);
    }

    @Test
    void writesNoWatermarkWithoutATenantKind() {
        at(10);
        frame(POD);

        assertThat(coverage.watermark(at(11), true)).isFalse();
    }

    @Test
    void needsABookmarkAfterAPagedList() {
        at(10);
        coverage.frameBegins(TENANT, 0);
        coverage.frameEnds(TENANT, false);
        assertThat(coverage.watermark(at(11), true)).isFalse();

        coverage.bookmark(TENANT);

        assertThat(coverage.watermark(at(12), true)).isTrue();
        assertThat(seen.marks(MarkType.GAP)).isEmpty();
    }

    @Test
    void declaresAGapBeforeTheFirstRecordOfAWatchThatGoesOn() {
        at(10);
        frame(TENANT);
        Instant covered = at(11);
        coverage.watermark(covered, true);
        coverage.lost(TENANT);
        Instant back = at(20);

        coverage.record(TENANT, () -> log.syncBegin(POD, 0, null));

        assertThat(types().subList(types().size() - 2, types().size()))
                .containsExactly(MarkType.GAP, MarkType.SYNC_BEGIN);
        ClusterMark gap = seen.marks(MarkType.GAP).get(0);
        assertThat(gap.getKinds()).containsExactly(TENANT.name());
        assertThat(gap.getFrom()).isEqualTo(covered);
        assertThat(gap.getTo()).isEqualTo(back);
        assertThat(gap.getResumed()).isTrue();
    }

    @Test
    void declaresAGapThatIsNotResumedBeforeANewFrame() {
        at(10);
        frame(TENANT);
        coverage.watermark(at(11), true);
        coverage.lost(TENANT);

        frame(TENANT);

        assertThat(seen.marks(MarkType.GAP)).singleElement().matches(gap -> !gap.getResumed());
        assertThat(types()).endsWith(MarkType.GAP, MarkType.SYNC_BEGIN, MarkType.SYNC_END);
    }

    @Test
    void isBlindWhileItsReaderLags() {
        at(10);
        frame(TENANT);
        frame(POD);
        coverage.lagging(POD);
        coverage.record(POD, () -> {});
        coverage.watermark(at(11), true);
        assertThat(seen.lastState(POD)).contains(KindState.BLIND);

        coverage.caughtUp(POD);

        coverage.watermark(at(12), true);
        assertThat(seen.lastState(POD)).contains(KindState.LIVE);
        assertThat(seen.marks(MarkType.GAP)).hasSize(2);
    }

    @Test
    void saysOnceAndWithAnEmptyFrameThatATenantKindIsAbsent() {
        coverage.absent(TENANT, 0);
        coverage.absent(TENANT, 0);
        coverage.absent(POD, 0);

        assertThat(types()).containsExactly(MarkType.EPOCH, MarkType.SYNC_BEGIN, MarkType.SYNC_END);
        assertThat(coverage.state(TENANT)).isEqualTo(KindState.ABSENT);
    }

    @Test
    void declaresWhatWasNotReadWhenTheProcessStoodStill() {
        at(10);
        frame(TENANT);
        coverage.watermark(at(11), true);
        at(100);

        coverage.stalled();

        assertThat(seen.marks(MarkType.GAP)).singleElement().matches(ClusterMark::getResumed);
        assertThat(coverage.watermark(Instant.ofEpochSecond(99), true)).isFalse();
        assertThat(coverage.watermark(at(101), true)).isTrue();
    }

    @Test
    void saysNothingOfAKindThatMayJustNotBeServed() {
        at(10);
        frame(TENANT);
        coverage.served(POD, false);
        coverage.watermark(at(11), true);
        assertThat(seen.lastState(POD)).isEmpty();

        coverage.served(POD, true);
        coverage.watermark(at(12), true);
        assertThat(seen.lastState(POD)).contains(KindState.BLIND);
    }

    /** Otherwise a recovery that waited in the socket would be stamped after a deadline, and seem to prove that it passed. */
    @Test
    void declaresAGapBeforeWhatWaitedWhileItsReaderStoodStill() {
        at(10);
        frame(TENANT);
        coverage.reading(TENANT);
        coverage.watermark(at(11), true);
        at(100);

        coverage.record(TENANT, () -> log.syncBegin(POD, 0, null));
        coverage.record(TENANT, () -> log.syncBegin(POD, 0, null));
        coverage.reading(TENANT);

        assertThat(types()).endsWith(MarkType.WATERMARK, MarkType.GAP, MarkType.SYNC_BEGIN, MarkType.SYNC_BEGIN);
        assertThat(coverage.watermark(Instant.ofEpochSecond(99), true)).isFalse();
        assertThat(coverage.watermark(at(101), true)).isTrue();
    }

    @Test
    void declaresAGapBeforeWhatALogThatTookNothingHeldUp() {
        at(10);
        frame(TENANT);
        coverage.reading(TENANT);

        coverage.record(TENANT, () -> at(70));
        coverage.record(TENANT, () -> {});

        assertThat(seen.marks(MarkType.GAP)).singleElement().matches(ClusterMark::getResumed);
    }

    @Test
    void aReaderThatLooksOftenDeclaresNothing() {
        at(10);
        frame(TENANT);
        for (int second = 11; second < 60; second++) {
            at(second);
            coverage.reading(TENANT);
        }

        coverage.record(TENANT, () -> {});

        assertThat(seen.marks(MarkType.GAP)).isEmpty();
    }

    @Test
    void declaresAGapBeforeWhatAReaderThatLagsReadsLate() {
        at(10);
        frame(TENANT);
        coverage.watermark(at(11), true);
        coverage.lagging(TENANT);

        coverage.record(TENANT, () -> log.syncBegin(POD, 0, null));

        assertThat(types()).endsWith(MarkType.GAP, MarkType.SYNC_BEGIN);
        assertThat(coverage.state(TENANT)).isEqualTo(KindState.BLIND);
    }

    @Test
    void aWatchThatEndsWhileItsReaderLagsOwesAGap() {
        at(10);
        frame(TENANT);
        coverage.watermark(at(11), true);
        coverage.lagging(TENANT);
        coverage.record(TENANT, () -> {});
        coverage.lost(TENANT);

        frame(TENANT);

        assertThat(seen.marks(MarkType.GAP)).hasSize(2);
        assertThat(seen.marks(MarkType.GAP).get(1).getResumed()).isFalse();
    }

    /** The first of many that happened meanwhile may be read long before the last. */
    @Test
    void isBlindAfterABreakUntilABookmarkHoweverManyEventsCome() {
        at(10);
        frame(TENANT);
        frame(POD);
        Instant covered = at(11);
        coverage.watermark(covered, true);
        coverage.lost(TENANT);
        coverage.lost(POD);
        coverage.bookmark(POD);
        at(20);
        coverage.record(TENANT, () -> log.syncBegin(POD, 0, null));
        coverage.record(TENANT, () -> {});
        assertThat(coverage.watermark(at(21), true)).isFalse();
        assertThat(coverage.awaitsBookmark(TENANT)).isTrue();

        Instant proven = at(22);
        coverage.bookmark(TENANT);

        assertThat(coverage.watermark(at(23), true)).isTrue();
        List<ClusterMark> gaps = seen.marksOf(TENANT, MarkType.GAP);
        assertThat(gaps).hasSize(2).allMatch(gap -> gap.getFrom().equals(covered) && gap.getResumed());
        assertThat(gaps.get(1).getTo()).isEqualTo(proven);
    }

    /** Without HTTP/2; otherwise watermarks would stand still for ever. */
    @Test
    void countsTheBookmarksOfKindsThatHaveThem() {
        at(10);
        frame(TENANT);
        frame(WatchedKind.EVENT);
        Instant later = at(70);
        coverage.bookmark(TENANT);

        assertThat(coverage.earliestBookmark()).isEqualTo(later);
    }

    /** They have no bookmarks. */
    @Test
    void anEventOfTheKindEventProvesItLive() {
        at(10);
        frame(TENANT);
        frame(WatchedKind.EVENT);
        coverage.lost(WatchedKind.EVENT);
        coverage.record(WatchedKind.EVENT, () -> {});

        coverage.watermark(at(11), true);

        assertThat(seen.lastState(WatchedKind.EVENT)).contains(KindState.LIVE);
    }

    /** Whatever happens in whatever order: no record of a kind that was not proven stands without a gap before it, and no watermark covers it. */
    @Test
    void neverCoversAKindThatWasNotProvenWhateverHappens() {
        for (int seed = 0; seed < 500; seed++) {
            new RandomHistory(seed).run();
        }
    }

    /** Keeps, beside the coverage, a plain account of what may be claimed. */
    private final class RandomHistory {
        private final java.util.Random random;
        private final SeenLog told = new SeenLog();
        private final ClusterLog into = new ClusterLog("c", told, () -> now, null);
        private final Coverage judged = new Coverage(into, () -> now, Duration.ofSeconds(10), WatchedKind.ALL);
        private boolean live;
        private boolean lagging;
        private boolean framed;
        private Instant provenAt = Instant.MAX;
        private Instant readAt = Instant.MAX;

        RandomHistory(int seed) {
            random = new java.util.Random(seed);
            into.claimEpoch(1, "me");
            at(1_000);
        }

        void run() {
            for (int step = 0; step < 60; step++) {
                now = now.plusMillis(1 + random.nextInt(random.nextInt(10) == 0 ? 15_000 : 500));
                step();
            }
        }

        private void step() {
            switch (framed ? random.nextInt(8) : 0) {
                case 0 -> frame();
                case 1 -> lose();
                case 2 -> bookmark();
                case 3, 4 -> event();
                case 5 -> lag();
                case 6 -> caughtUp();
                default -> watermark();
            }
        }

        private void frame() {
            judged.frameBegins(TENANT, 0);
            judged.frameEnds(TENANT, true);
            framed = true;
            live = false;
            lagging = false;
            readAt = Instant.MAX;
            prove();
        }

        private void prove() {
            if (!live) {
                live = true;
                provenAt = now;
            }
        }

        private void lose() {
            judged.lost(TENANT);
            live = false;
            lagging = false;
            readAt = Instant.MAX;
        }

        private void bookmark() {
            judged.bookmark(TENANT);
            if (!lagging) {
                prove();
            }
        }

        private void event() {
            int before = told.size();
            boolean late = live && readAt.isBefore(now.minusSeconds(10));
            judged.reading(TENANT);
            judged.record(TENANT, () -> into.syncBegin(POD, 0, null));
            readAt = now;
            if (late) {
                provenAt = now;
                assertThat(told.all().get(before)).matches(mark -> ((ClusterMark) mark).getType() == MarkType.GAP);
            }
            if (!live) {
                assertThat(told.marksOf(TENANT, MarkType.GAP)).isNotEmpty();
            }
        }

        private void lag() {
            judged.lagging(TENANT);
            if (live) {
                live = false;
                lagging = true;
            }
        }

        private void caughtUp() {
            judged.caughtUp(TENANT);
            if (lagging) {
                lagging = false;
                prove();
            }
        }

        private void watermark() {
            Instant time = now.minusMillis(random.nextInt(800));
            boolean may = live && !provenAt.isAfter(time);
            assertThat(judged.watermark(time, true)).isEqualTo(may);
            told.lastWatermark()
                    .filter(mark -> may)
                    .ifPresent(mark -> assertThat(mark.getWatermark()).isEqualTo(time));
        }
    }
}
