package io.tenantpulse.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A made-up world of one tenant with some required objects of two kinds, and an exporter that watches it badly: second by
 * second it goes blind, resumes, lists anew, breaks off and starts again. It writes the log into a {@link Story} and keeps
 * what was the case and what was looked at, for a judge that knows nothing of clocks.
 */
final class RandomFleet {
    static final int SECONDS = 2400;
    static final int HEALED = 1700;
    private static final String LYNQ = "LynqNode.operator.lynq.sh";
    private static final List<String> KINDS = List.of(Story.TENANT, Story.DEPLOYMENT, Story.SERVICE);

    /** A required object at one second; not ready and absent are both bad. */
    record Truth(boolean exists, boolean ready, int uid, int version) {
        boolean good() {
            return exists && ready;
        }
    }

    /** Nothing of the kind was read from {@code from} on, until it was read again at {@code to}. */
    record Unseen(String kind, int from, int to, boolean resumed) {}

    private record News(int object, Truth before, Truth after) {}

    final List<String> kinds = new ArrayList<>();
    final List<Truth[]> truth = new ArrayList<>();
    final List<Unseen> unseen = new ArrayList<>();
    /** Stretches without proof, each up to the watermark that covers everything again: from, to. */
    final List<int[]> uncovered = new ArrayList<>();

    private final List<Unseen> waiting = new ArrayList<>();
    private final Random random;
    private final Story story;
    private final boolean restarts;
    private final Random restartsAt;
    private final Random repeatsAt;
    private boolean repeats;
    private int mood = 7;
    private final Map<String, Integer> blindFrom = new TreeMap<>();
    private final Map<String, Integer> seenAgainAt = new TreeMap<>();
    private final Map<String, Boolean> resumes = new TreeMap<>();
    private final Map<String, List<News>> missed = new TreeMap<>();
    private final Map<String, Integer> framesBegan = new TreeMap<>();
    private final Map<String, Integer> framesEnd = new TreeMap<>();
    private final Map<Integer, Integer> coveredBefore = new TreeMap<>();
    private int tenantVersion = 1;
    private int lastWatermark;
    private int outageTo = -1;
    private int epoch = 1;
    private int epochStarted = -1;

    RandomFleet(long seed, Story story, boolean restarts) {
        random = new Random(seed);
        restartsAt = new Random(seed + 1);
        repeatsAt = new Random(seed + 2);
        this.story = story;
        this.restarts = restarts;
        int objects = 2 + random.nextInt(3);
        for (int i = 0; i < objects; i++) {
            kinds.add(i % 2 == 0 ? Story.DEPLOYMENT : Story.SERVICE);
            Truth[] history = new Truth[SECONDS + 1];
            history[0] = new Truth(true, random.nextInt(3) > 0, 1, 1);
            truth.add(history);
        }
        story.watches(Story.DEPLOYMENT, Story.SERVICE, LYNQ);
    }

    /** The tenant's object is written again and again, mostly as it was; now and then the operator says something else. */
    RandomFleet repeating() {
        repeats = true;
        return this;
    }

    RandomFleet run() {
        story.epoch(clock(0), 1).emptyFrame(clock(0), LYNQ);
        KINDS.forEach(kind -> frame(kind, 0, true));
        story.watermark(clock(0));
        for (int second = 1; second <= SECONDS; second++) {
            live(second);
        }
        return this;
    }

    private void live(int second) {
        List<News> news = change(second);
        if (outageTo == second) {
            beginEpoch(second);
        }
        boolean out = outageTo > second;
        news.forEach(each -> publish(each, second, out));
        if (!out) {
            look(second);
            loseSight(second);
        }
        if (!out && outageTo <= second && random.nextInt(5) == 0) {
            KINDS.forEach(kind -> story.cover(kind, isBlind(kind) ? KindCoverage.BLIND : KindCoverage.LIVE));
            story.watermark(clock(second));
            lastWatermark = second;
            waiting.forEach(each -> uncovered.add(new int[] {each.from, second}));
            waiting.clear();
        }
        if (restartsAt.nextInt(40) == 0 && restarts) {
            story.restarted();
        }
    }

    private boolean isBlind(String kind) {
        return blindFrom.containsKey(kind) || framesEnd.containsKey(kind);
    }

    private List<News> change(int second) {
        List<News> news = new ArrayList<>();
        for (int i = 0; i < truth.size(); i++) {
            Truth was = truth.get(i)[second - 1];
            Truth is = was;
            if (second == HEALED && !was.good()) {
                is = new Truth(true, true, was.exists ? was.uid : was.uid + 1, was.version + 1);
            } else if (second < HEALED && random.nextInt(was.good() ? 150 : 250) == 0) {
                is = mutated(was);
            }
            truth.get(i)[second] = is;
            if (!is.equals(was)) {
                news.add(new News(i, was, is));
            }
        }
        // What turns bad in a second does so before what turns good: the judge sees whole seconds, and no break in
        // them.
        news.sort(Comparator.comparing(each -> each.after.good()));
        return news;
    }

    private Truth mutated(Truth was) {
        if (!was.exists) {
            return new Truth(true, random.nextBoolean(), was.uid + 1, was.version + 1);
        }
        return switch (random.nextInt(6)) {
            case 0 -> new Truth(false, false, was.uid, was.version + 1);
            case 1 -> new Truth(true, was.ready, was.uid, was.version + 1);
            default -> new Truth(true, !was.ready, was.uid, was.version + 1);
        };
    }

    private void publish(News news, int second, boolean out) {
        String kind = kinds.get(news.object);
        if (out || isBlind(kind)) {
            missed.computeIfAbsent(kind, none -> new ArrayList<>()).add(news);
        } else {
            say(news, second);
        }
    }

    private void say(News news, int second) {
        Story.ResourceLine line = line(news.object, news.after);
        if (!news.after.exists) {
            line.deleted(clock(second));
        } else {
            Change change = news.before.exists ? Change.MODIFIED : Change.ADDED;
            if (news.after.ready) {
                line.ready(clock(second), change);
            } else {
                line.notReady(clock(second), change);
            }
        }
    }

    private Story.ResourceLine line(int object, Truth is) {
        String name = "r" + object;
        Story.ResourceLine line = kinds.get(object).equals(Story.DEPLOYMENT)
                ? story.deployment("acme", name)
                : story.service("acme", name);
        return line.uid("u" + is.uid).version("v" + is.version);
    }

    /** What was lost comes back, by a watch that goes on or by a list. */
    private void look(int second) {
        for (String kind : KINDS) {
            if (framesEnd.getOrDefault(kind, -1) == second) {
                story.end(clock(second), kind);
                framesEnd.remove(kind);
                see(new Unseen(kind, framesBegan.remove(kind) + 1, second, true));
                catchUp(kind, second);
            } else if (seenAgainAt.getOrDefault(kind, -1) == second) {
                seenAgainAt.remove(kind);
                int from = blindFrom.remove(kind);
                boolean resumed = resumes.remove(kind);
                see(new Unseen(kind, from, second, resumed));
                if (resumed) {
                    story.gap(clock(covered(from)), clock(second), true, kind);
                    catchUp(kind, second);
                } else {
                    if (epochStarted < 0 || from > epochStarted) {
                        story.gap(clock(covered(from)), clock(second), false, kind);
                    }
                    missed.remove(kind);
                    frame(kind, second, random.nextBoolean());
                }
            }
        }
    }

    private void see(Unseen again) {
        unseen.add(again);
        waiting.add(again);
    }

    private int covered(int from) {
        return coveredBefore.getOrDefault(from, 0);
    }

    private void catchUp(String kind, int second) {
        List<News> late = missed.remove(kind);
        if (late != null) {
            late.forEach(each -> say(each, second));
        }
    }

    private void frame(String kind, int second, boolean atOnce) {
        story.begin(clock(second), kind);
        if (kind.equals(Story.TENANT)) {
            tenant("v" + tenantVersion).snapshot(clock(second));
        }
        for (int i = 0; i < kinds.size(); i++) {
            Truth is = truth.get(i)[second];
            if (kinds.get(i).equals(kind) && is.exists && is.ready) {
                line(i, is).ready(clock(second), Change.SNAPSHOT);
            } else if (kinds.get(i).equals(kind) && is.exists) {
                line(i, is).notReady(clock(second), Change.SNAPSHOT);
            }
        }
        if (atOnce) {
            story.end(clock(second), kind);
        } else {
            framesEnd.put(kind, second + 1 + random.nextInt(20));
            framesBegan.put(kind, second);
        }
    }

    private Story.TenantLine tenant(String version) {
        Story.TenantLine line = story.tenant("acme").version(version);
        for (int i = 0; i < kinds.size(); i++) {
            line = kinds.get(i).equals(Story.DEPLOYMENT) ? line.needsDeployments("r" + i) : line.needsServices("r" + i);
        }
        return repeats ? inMood(line) : line;
    }

    private Story.TenantLine inMood(Story.TenantLine line) {
        int all = kinds.size();
        return switch (mood) {
            case 0 -> line.counts(all - 1, all, 0).condition("Ready", "False", "NotAllResourcesReady", clock(0));
            case 1 -> line.counts(all - 1, all, 1).condition("Ready", "False", "ResourcesFailed", clock(0));
            case 2 -> line.counts(all, all, 0).condition("Degraded", "True", "Slow", clock(0));
            case 3 -> line.counts(all, all, 0).generation(2).observedGeneration(1);
            default -> line.counts(all, all, 0).condition("Ready", "True", "Reconciled", clock(0));
        };
    }

    private void loseSight(int second) {
        if (second > HEALED) {
            return;
        }
        for (String kind : KINDS) {
            if (!isBlind(kind) && random.nextInt(250) == 0) {
                lose(kind, second + 1, second + 2 + random.nextInt(150), random.nextBoolean());
            }
        }
        if (!isBlind(Story.TENANT) && random.nextInt(100) == 0) {
            tenant("v" + ++tenantVersion).modified(clock(second));
        }
        if (repeats && !isBlind(Story.TENANT) && repeatsAt.nextInt(3) == 0) {
            mood = repeatsAt.nextInt(30) == 0 ? repeatsAt.nextInt(8) : mood;
            tenant("v" + ++tenantVersion).modified(clock(second));
        }
        if (outageTo <= second && random.nextInt(500) == 0) {
            outageTo = second + 1 + random.nextInt(100);
            for (String kind : KINDS) {
                if (framesEnd.remove(kind) != null) {
                    lose(kind, framesBegan.remove(kind) + 1, 0, false);
                } else if (!blindFrom.containsKey(kind)) {
                    lose(kind, second + 1, 0, false);
                }
            }
        }
    }

    private void lose(String kind, int from, int to, boolean resumed) {
        blindFrom.put(kind, from);
        coveredBefore.put(from, lastWatermark);
        seenAgainAt.put(kind, to);
        resumes.put(kind, resumed);
    }

    private void beginEpoch(int second) {
        epochStarted = second;
        story.epoch(clock(second), ++epoch).emptyFrame(clock(second), LYNQ);
        int at = second;
        for (String kind : KINDS) {
            resumes.put(kind, false);
            seenAgainAt.put(kind, at);
            at += random.nextInt(3) * 5;
        }
    }

    static String clock(int second) {
        return "%02d:%02d".formatted(second / 60, second % 60);
    }
}
