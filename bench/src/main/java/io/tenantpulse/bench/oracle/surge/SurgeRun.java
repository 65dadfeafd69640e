package io.tenantpulse.bench.oracle.surge;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** One surge of a scope, from the minute that reached the threshold first; it may come to nothing. */
final class SurgeRun {
    private static final Duration BETWEEN_TELLINGS = Duration.ofMinutes(5);

    private final String scope;
    private final ScopeLife life;
    private final SurgeSetting setting;
    private final int begin;
    private final BigDecimal usual;

    SurgeRun(String scope, ScopeLife life, SurgeSetting setting, int begin, BigDecimal usual) {
        this.scope = scope;
        this.life = life;
        this.setting = setting;
        this.begin = begin;
        this.usual = usual;
    }

    /** Tells what is to be said of it; answers the minute that ended it, or the last there is. */
    int tell(List<SurgeSaid> said) {
        int nothing = first(begin + 1, i -> raised(i) == Verdict.BELOW);
        int fires = first(begin, i -> raised(i) == Verdict.REACHED && isLongEnough(i));
        if (nothing < fires || fires == life.size()) {
            return Math.min(nothing, life.size() - 1);
        }
        Instant since = life.get(begin).end();
        Duration frozen = Duration.between(since, life.get(fires).end())
                .minus(time(begin + 1, fires, i -> raised(i) == Verdict.REACHED));
        said.add(fact("BEGAN", since.plus(setting.hold()).plus(frozen), fires, frozen));
        int ends = first(fires + 1, i -> isOver(fires, i));
        tellChanges(fires, Math.min(ends, life.size()), frozen, said);
        if (ends < life.size()) {
            Instant over = life.get(ends).end().minus(clear(fires, ends)).plus(setting.keepFiring());
            said.add(fact("ENDED", over, ends, frozen));
            return ends;
        }
        tellVanished(frozen, said);
        return life.size() - 1;
    }

    private int first(int from, IntPredicate asked) {
        return IntStream.range(from, life.size()).filter(asked).findFirst().orElse(life.size());
    }

    private Duration time(int from, int to, IntPredicate counted) {
        return Minute.LENGTH.multipliedBy(
                IntStream.rangeClosed(from, to).filter(counted).count());
    }

    private Verdict raised(int index) {
        return Verdict.of(life.get(index).counts(), BigDecimal.valueOf(setting.tenants()), setting.bar(usual));
    }

    private Verdict cleared(int index) {
        return Verdict.of(
                life.get(index).counts(),
                setting.clear().multiply(BigDecimal.valueOf(setting.tenants())),
                setting.clear().multiply(setting.bar(usual)));
    }

    private boolean isLongEnough(int index) {
        return time(begin + 1, index, i -> raised(i) == Verdict.REACHED).compareTo(setting.hold()) >= 0;
    }

    private boolean isOver(int fires, int index) {
        return cleared(index) == Verdict.BELOW && clear(fires, index).compareTo(setting.keepFiring()) >= 0;
    }

    /** For how long it has been below what clears it: from the end of the first such minute since one that was not. */
    private Duration clear(int fires, int index) {
        int not = index;
        while (not > fires && cleared(not) != Verdict.REACHED) {
            not--;
        }
        return time(not + 1, index, i -> cleared(i) == Verdict.BELOW).minus(Minute.LENGTH);
    }

    private void tellChanges(int fires, int end, Duration frozen, List<SurgeSaid> said) {
        String told = Common.cause(life.get(fires).counts(), setting.dominant()).what();
        Instant toldAt = life.get(fires).end();
        for (int i = fires + 1; i < end; i++) {
            String cause =
                    Common.cause(life.get(i).counts(), setting.dominant()).what();
            Instant now = life.get(i).end();
            boolean isNews = cause != null && !cause.equals(told) && cleared(i) != Verdict.BELOW;
            if (isNews && Duration.between(toldAt, now).compareTo(BETWEEN_TELLINGS) >= 0) {
                said.add(fact("CHANGED", now, i, frozen));
                told = cause;
                toldAt = now;
            }
        }
    }

    private void tellVanished(Duration frozen, List<SurgeSaid> said) {
        Minute vanished = life.vanished();
        if (vanished == null) {
            return;
        }
        SurgeSaid.Facts nobody = new SurgeSaid.Facts(
                0, 0, usual.doubleValue(), null, null, life.direction(life.size() - 1), null, 0, null, 0);
        Instant end = vanished.end();
        said.add(new SurgeSaid(scope, "VANISHED", life.get(begin).end(), end, end, frozen, false, nobody));
    }

    private SurgeSaid fact(String kind, Instant at, int index, Duration frozen) {
        Minute minute = life.get(index);
        Counts counts = minute.counts();
        Common cause = Common.cause(counts, setting.dominant());
        Common rollout = Common.rollout(counts, setting.dominant());
        SurgeSaid.Facts facts = new SurgeSaid.Facts(
                counts.unhealthy(),
                counts.judged(),
                usual.doubleValue(),
                counts.first(),
                counts.last(),
                life.direction(index),
                cause.what(),
                cause.members(),
                rollout.what(),
                rollout.members());
        return new SurgeSaid(scope, kind, life.get(begin).end(), at, minute.end(), frozen, counts.blind() > 0, facts);
    }
}
