package io.tenantpulse.bench.oracle;

import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.KindState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** One cluster by chance, and what its exporter writes about it: a log as the contract allows it. */
final class RandomCluster {
    /**
     * A detector that is started again may have forgotten a watermark that came sooner than this after another; an exporter
     * leaves five seconds between them.
     */
    private static final Duration WRITTEN = Duration.ofSeconds(1);

    private final Random random;
    private final Profile profile;
    private final ClusterWriter log;
    private final RandomInstants instants;
    private final RandomObjects objects;
    private final Map<String, KindLink> links = new LinkedHashMap<>();
    private final long skewMillis;
    private Instant watermark;
    private @Nullable WorldObject focus;
    private int firstOfEpoch;

    RandomCluster(String cluster, Profile profile, Instant start, Random random) {
        this.random = random;
        this.profile = profile;
        this.log = new ClusterWriter(cluster);
        this.instants = new RandomInstants(start, random);
        this.watermark = start.minusMillis(1);
        this.skewMillis = random.nextBoolean() ? 0 : random.nextInt(8000) - 4000;
        this.objects = new RandomObjects(cluster, profile, random);
        for (String kind : objects.kinds()) {
            links.put(kind, new KindLink(kind));
        }
    }

    /** Its part of the log, from its first epoch to a time at which every deadline has passed. */
    List<LogEntry> tell() {
        if (!profile.isSeenThroughout()) {
            objects.first(serverNow()).forEach(each -> changed(each, Change.ADDED));
        }
        instants.advance();
        claim();
        if (profile.isSeenThroughout()) {
            links.values().forEach(link -> link.state = KindState.LIVE);
            instants.pass(2000);
            watermark();
        }
        for (int i = 0; i < profile.steps(); i++) {
            focus = instants.advance();
            step();
        }
        finish();
        return log.log();
    }

    private void step() {
        int dice = random.nextInt(100);
        if (dice < 48) {
            change();
        } else if (dice < 76) {
            watermark();
        } else if (dice < 83) {
            comeAndGo();
        } else if (dice < 92) {
            oddity();
        } else if (profile.blindness()) {
            breakOrMend();
        }
    }

    private Instant serverNow() {
        return instants.now().plusMillis(skewMillis);
    }

    private Instant stamp() {
        return instants.atLeast(watermark.plusMillis(1));
    }

    private void change() {
        WorldObject object = focus != null && random.nextInt(3) > 0 ? focus : objects.any();
        if (object != null && objects.exists(object)) {
            stamp();
            objects.change(object, serverNow());
            changed(object, Change.MODIFIED);
        }
    }

    private void comeAndGo() {
        stamp();
        WorldObject gone = objects.any();
        if (random.nextBoolean() && gone != null) {
            objects.remove(gone).forEach(each -> changed(each, Change.DELETED));
            if (gone instanceof TenantDraft tenant && random.nextBoolean()) {
                stamp();
                objects.add(tenant.kind, tenant.name, serverNow()).forEach(each -> changed(each, Change.ADDED));
            }
        } else {
            objects.add(serverNow()).forEach(each -> changed(each, Change.ADDED));
        }
    }

    private void changed(WorldObject object, Change change) {
        instants.turned(object);
        KindLink link = links.get(object.kindName());
        SpecificRecord record = objects.record(object, change);
        if (link.current) {
            log.put(stamp(), record);
        } else {
            link.missed.add(new KindLink.Missed(object, change, record));
        }
    }

    /** Says up to where everything that can be seen was seen. */
    private void watermark() {
        Instant latest = stamp();
        Instant time = latest.minusMillis(random.nextInt(3) > 0 ? 0 : random.nextInt(3000));
        if (!time.isAfter(watermark)) {
            time = latest;
        }
        if (profile.restarts() > 0 && time.isBefore(watermark.plus(WRITTEN))) {
            return;
        }
        Map<String, KindState> coverage = new TreeMap<>();
        boolean tenants = false;
        for (KindLink link : links.values()) {
            boolean bookmarked = link.current && (link.state == KindState.LIVE || random.nextInt(5) > 0);
            KindState state = bookmarked ? KindState.LIVE : link.state;
            coverage.put(link.kind, state);
            tenants |= bookmarked && (link.kind.startsWith("Tenant.") || link.kind.startsWith("LynqNode."));
        }
        if (!tenants) {
            return;
        }
        watermark = time;
        for (KindLink link : links.values()) {
            link.state = coverage.get(link.kind);
            if (link.state == KindState.LIVE) {
                link.coveredTo = time;
            }
        }
        log.watermark(latest, time, coverage);
    }

    private void oddity() {
        int dice = random.nextInt(9);
        if (dice < 3) {
            objects.rewritten(objects.any());
        } else if (dice < 5) {
            log.again(log.log().get(random.nextInt(log.log().size())));
        } else if (dice < 7) {
            zombie();
        } else if (dice == 7) {
            memoryFrame();
        } else if (profile.blindness() && random.nextInt(12) == 0) {
            log.gone(stamp());
            links.values().forEach(link -> link.coveredTo = null);
            outage();
        }
    }

    private void zombie() {
        WorldObject object = objects.any();
        if (object == null || log.epoch() < 2) {
            return;
        }
        if (random.nextInt(4) == 0) {
            log.fromZombie(
                    stamp(),
                    ClusterMark.newBuilder()
                            .setCluster("")
                            .setEpoch(0)
                            .setSequence(0)
                            .setType(io.tenantpulse.v1.MarkType.WATERMARK)
                            .setWatermark(instants.now().plus(Duration.ofHours(1)))
                            .build(),
                    log.epoch() - 1);
        } else {
            log.fromZombie(
                    stamp(), object.record(random.nextBoolean() ? Change.DELETED : Change.MODIFIED), log.epoch() - 1);
        }
    }

    private void memoryFrame() {
        KindLink link = anyLink();
        if (link.current && link.state == KindState.LIVE) {
            long frame = log.begin(stamp(), link.kind, true, skewMillis);
            objects.of(link.kind).forEach(each -> log.put(stamp(), objects.record(each, Change.SNAPSHOT)));
            log.end(stamp(), link.kind, frame);
        }
    }

    private KindLink anyLink() {
        return List.copyOf(links.values()).get(random.nextInt(links.size()));
    }

    private void breakOrMend() {
        int dice = random.nextInt(12);
        if (dice == 0) {
            outage();
        } else if (dice < 6) {
            KindLink link = anyLink();
            if (link.current) {
                link.cut(random.nextInt(5) == 0 ? KindState.FORBIDDEN : KindState.BLIND);
            }
        } else {
            for (KindLink link : links.values()) {
                if (!link.current && random.nextInt(3) > 0) {
                    mend(link);
                }
            }
        }
    }

    /** After a gap: the watch goes on where it was, or everything is listed anew. */
    private void mend(KindLink link) {
        boolean resumed = link.framed && link.coveredTo != null && random.nextInt(3) == 0;
        Instant to = stamp();
        log.gap(to, List.of(link.kind), link.coveredTo, to, resumed);
        if (!resumed) {
            frame(link);
            return;
        }
        List<KindLink.Missed> missed = List.copyOf(link.missed);
        link.upToDate();
        for (KindLink.Missed each : missed) {
            instants.pass(random.nextInt(3));
            log.put(stamp(), each.record());
        }
    }

    private void frame(KindLink link) {
        long frame = log.begin(stamp(), link.kind, false, skewMillis);
        for (WorldObject each : objects.of(link.kind)) {
            instants.pass(random.nextInt(40));
            log.put(stamp(), objects.record(each, Change.SNAPSHOT));
            if (random.nextInt(5) == 0) {
                elsewhere(link);
            }
        }
        instants.pass(random.nextInt(40));
        log.end(stamp(), link.kind, frame);
        link.upToDate();
        link.framed = true;
    }

    /** While one kind is listed, the others are watched. */
    private void elsewhere(KindLink listed) {
        WorldObject object = objects.any();
        if (object != null && !object.kindName().equals(listed.kind)) {
            objects.change(object, serverNow());
            changed(object, Change.MODIFIED);
        } else {
            watermark();
        }
    }

    /** The exporter ends, the cluster goes on, another exporter takes over. */
    private void outage() {
        if (random.nextInt(4) == 0) {
            KindLink link = anyLink();
            log.begin(stamp(), link.kind, false, skewMillis);
            for (WorldObject each : objects.of(link.kind)) {
                if (random.nextBoolean()) {
                    log.put(stamp(), objects.record(each, Change.SNAPSHOT));
                }
            }
        }
        links.values().forEach(link -> link.cut(KindState.BLIND));
        for (int i = random.nextInt(5); i > 0; i--) {
            focus = instants.advance();
            if (random.nextInt(3) > 0) {
                change();
            } else {
                comeAndGo();
            }
        }
        claim();
    }

    private void claim() {
        links.values().forEach(link -> link.framed = false);
        log.claim(stamp(), log.epoch() + 1 + random.nextInt(3));
        List<KindLink> order = new ArrayList<>(links.values());
        Collections.shuffle(order, random);
        order.sort((one, other) -> Boolean.compare(objects.isOwned(one.kind), objects.isOwned(other.kind)));
        for (KindLink link : order) {
            instants.pass(random.nextInt(300));
            if (profile.blindness() && random.nextInt(8) == 0) {
                continue;
            }
            frame(link);
            if (random.nextInt(4) == 0) {
                watermark();
            }
        }
    }

    private void finish() {
        links.values().stream().filter(link -> !link.current).forEach(this::mend);
        for (int i = profile.isSeenThroughout() ? 2 : 3; i > 0; i--) {
            links.values().forEach(link -> link.state = KindState.LIVE);
            watermark();
            instants.pass(profile.isSeenThroughout() ? 1_300_000 : 3_000_000);
        }
    }
}
