package io.tenantpulse.bench.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The clock of a simulated cluster: it stops with preference at deadlines, one millisecond before and one after. */
final class RandomInstants {
    private static final List<Duration> HOLDS = List.of(
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(20),
            Duration.ofSeconds(60),
            Duration.ofSeconds(300));
    private static final int REMEMBERED = 16;

    private final Random random;
    private final Deque<Turn> turns = new ArrayDeque<>();
    private Instant now;

    private record Turn(WorldObject object, Instant at) {}

    RandomInstants(Instant start, Random random) {
        this.now = start;
        this.random = random;
    }

    Instant now() {
        return now;
    }

    Instant atLeast(Instant earliest) {
        if (now.isBefore(earliest)) {
            now = earliest;
        }
        return now;
    }

    void pass(int millis) {
        now = now.plusMillis(millis);
    }

    void turned(WorldObject object) {
        turns.addLast(new Turn(object, now));
        if (turns.size() > REMEMBERED) {
            turns.removeFirst();
        }
    }

    /** Goes on; tells the object whose deadline it stopped at. */
    @Nullable
    WorldObject advance() {
        int dice = random.nextInt(100);
        if (dice < 35) {
            pass(random.nextInt(10_000));
        } else if (dice < 45) {
            now = now.plusSeconds(1 + random.nextInt(90));
        } else if (dice < 78) {
            return toDeadline();
        } else if (dice < 90) {
            pass(60_000 + random.nextInt(240_000));
        } else if (dice < 93) {
            pass(600_000 + random.nextInt(1_200_000));
        }
        return null;
    }

    private @Nullable WorldObject toDeadline() {
        Turn chosen = null;
        Instant best = null;
        Duration wobble = Duration.ofMillis(random.nextInt(3) - 1);
        boolean wholeSeconds = random.nextInt(4) == 0;
        for (Turn turn : turns) {
            if (random.nextInt(3) == 0) {
                continue;
            }
            Instant from = wholeSeconds ? turn.at().truncatedTo(ChronoUnit.SECONDS) : turn.at();
            Instant at = from.plus(HOLDS.get(random.nextInt(HOLDS.size()))).plus(wobble);
            if (at.isAfter(now) && (best == null || at.isBefore(best))) {
                best = at;
                chosen = turn;
            }
        }
        if (best == null || chosen == null) {
            pass(1000);
            return null;
        }
        now = best;
        return chosen.object();
    }
}
