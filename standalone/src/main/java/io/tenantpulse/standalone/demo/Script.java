package io.tenantpulse.standalone.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/** The lives of one cluster's tenants: a story that begins before the demo, then goes on for ever with variations. */
final class Script {
    private static final Duration FLAP = Duration.ofSeconds(90);
    private static final Duration FIRST_IMPROVISATION = Duration.ofMinutes(4);
    private static final Duration STATUS_WRITTEN = Duration.ofSeconds(50);
    private static final Duration SETTLED_AFTER = Duration.ofMinutes(5);
    private static final Duration REBIRTH = Duration.ofSeconds(60);

    private record Deed(Instant at, long order, Runnable act) {}

    private final DemoCluster cluster;
    private final Troubles troubles;
    private final Random random;
    private final int usualTenants;
    private final int paceSeconds;
    private final PriorityQueue<Deed> deeds =
            new PriorityQueue<>(Comparator.comparing(Deed::at).thenComparing(Deed::order));
    private final Set<SimTenant> busy = new HashSet<>();
    private final List<Trouble> deck = new ArrayList<>();
    private int nextName;
    private long nextOrder;
    private int births;

    /** @param pace how much time passes from one trouble to the next, on average */
    Script(DemoCluster cluster, long seed, int tenants, Duration pace) {
        this.cluster = cluster;
        paceSeconds = (int) pace.toSeconds();
        random = new Random(seed * 17 + cluster.name().hashCode());
        troubles = new Troubles(cluster);
        nextName = Cast.CLUSTERS.indexOf(cluster.name()) * 11;
        for (Cast.Group group : Cast.GROUPS) {
            if (group.cluster().equals(cluster.name())) {
                for (int i = 0; i < Cast.size(group, tenants); i++) {
                    cluster.operator().add(newName(), cluster.blueprint(group.template()));
                }
            }
        }
        usualTenants = cluster.operator().tenants().size();
    }

    /** Learns what is to happen around the start of the demo, and afterwards. */
    void rehearse(Instant start) {
        for (Cast.Line line : Cast.BEFORE_AND_SOON) {
            if (line.cluster().equals(cluster.name())) {
                at(start.plusSeconds(line.atSeconds()), () -> play(line));
            }
        }
        switch (cluster.name()) {
            case "prod-eu" -> badRollout(start.plusSeconds(100));
            case "staging" -> nodeLoss(start.plusSeconds(360));
            default -> badRollout(start.plusSeconds(2400));
        }
        at(start.plus(FIRST_IMPROVISATION), this::improvise);
        at(start.plusSeconds(300 + random.nextInt(120)), this::churn);
    }

    void step() {
        while (!deeds.isEmpty() && !deeds.peek().at().isAfter(cluster.now())) {
            deeds.poll().act().run();
        }
    }

    private void at(Instant when, Runnable act) {
        deeds.add(new Deed(when, nextOrder++, act));
    }

    private void play(Cast.Line line) {
        if (line.trouble().onset() == Trouble.Onset.NEWCOMER) {
            strike(line.trouble(), newcomer(line.template()), line.lastsSeconds());
            return;
        }
        List<SimTenant> well = well(line.template());
        if (!well.isEmpty()) {
            strike(line.trouble(), well.get(Math.min(line.which(), well.size() - 1)), line.lastsSeconds());
        }
    }

    private void strike(Trouble trouble, SimTenant tenant, int seconds) {
        busy.add(tenant);
        troubles.begin(trouble, tenant);
        Integer natural = trouble.naturalSeconds();
        Instant end = cluster.now().plusSeconds(natural == null ? seconds : Math.min(seconds, natural));
        if (trouble == Trouble.FLAPPING) {
            flap(tenant, end, true);
        } else if (trouble == Trouble.STATUS_DROPPED) {
            at(cluster.now().plus(STATUS_WRITTEN), () -> troubles.dropStatus(tenant));
        }
        at(end, () -> {
            busy.remove(tenant);
            if (tenant.leaving != null) {
                return;
            }
            troubles.cure(trouble, tenant);
            if (trouble == Trouble.WAITS_FOR_CONSUMER) {
                rebirth(tenant);
            }
        });
    }

    private void flap(SimTenant tenant, Instant end, boolean ready) {
        Instant next = cluster.now().plus(FLAP);
        if (next.isBefore(end)) {
            at(next, () -> {
                troubles.flap(tenant, ready);
                flap(tenant, end, !ready);
            });
        }
    }

    /** Something new every few minutes, each kind once before any comes again. */
    private void improvise() {
        if (deck.isEmpty()) {
            for (Trouble trouble : Trouble.values()) {
                if (trouble.possibleIn(cluster.operator().dialect())) {
                    deck.add(trouble);
                }
            }
            Collections.shuffle(deck, random);
        }
        boolean struck = false;
        for (int left = deck.size(); left > 0 && !struck; left--) {
            Trouble trouble = deck.remove(0);
            struck = befall(trouble);
            if (!struck) {
                deck.add(trouble); // its turn comes when somebody is well again
            }
        }
        if (!struck) {
            deck.clear();
        }
        at(cluster.now().plusSeconds(paceSeconds * 2 / 3 + random.nextInt(paceSeconds * 2 / 3)), this::improvise);
    }

    /** False when there is nobody whom it can befall now. */
    private boolean befall(Trouble trouble) {
        String template =
                trouble.templates().get(random.nextInt(trouble.templates().size()));
        int seconds = trouble.leastSeconds() + random.nextInt(1700);
        List<SimTenant> well = new ArrayList<>(well(template));
        well.removeIf(tenant -> tenant.wellSince.plus(SETTLED_AFTER).isAfter(cluster.now()));
        if (befallsNewcomer(trouble, well.size())) {
            strike(trouble, newcomer(template), seconds);
            return true;
        }
        if (!well.isEmpty()) {
            strike(trouble, well.get(random.nextInt(well.size())), seconds);
        } else if (trouble != Trouble.QUOTA) { // its namespace has no room for another
            strikeOnceSettled(trouble, newcomer(template), seconds);
        }
        return trouble != Trouble.QUOTA || !well.isEmpty();
    }

    private void strikeOnceSettled(Trouble trouble, SimTenant tenant, int seconds) {
        busy.add(tenant);
        at(cluster.now().plus(SETTLED_AFTER), () -> {
            busy.remove(tenant);
            if (isWell(tenant)) {
                strike(trouble, tenant, seconds);
            }
        });
    }

    /** What befalls anybody befalls each third time one who is only created, and the last of a template never. */
    private boolean befallsNewcomer(Trouble trouble, int well) {
        return switch (trouble.onset()) {
            case NEWCOMER -> true;
            case SETTLED -> false;
            case ANY -> well < 2 || random.nextInt(3) == 0;
        };
    }

    /** Customers come, go, and come back under their old name. */
    private void churn() {
        births++;
        if (births % 3 == 0) {
            List<SimTenant> well = well("shop");
            if (!well.isEmpty()) {
                SimTenant leaver = well.get(random.nextInt(well.size()));
                cluster.operator().remove(leaver);
                rebirth(leaver);
            }
        } else {
            newcomer(births % 2 == 0 ? "edge" : "shop");
        }
        List<SimTenant> staying = new ArrayList<>(cluster.operator().tenants().stream()
                .filter(each -> each.leaving == null)
                .toList());
        int surplus = staying.size() - usualTenants - 4;
        Collections.reverse(staying); // the newest first: those who were there from the start are the demo's cast
        staying.stream().filter(this::isWell).limit(Math.max(0, surplus)).forEach(cluster.operator()::remove);
        at(cluster.now().plusSeconds(420 + random.nextInt(240)), this::churn);
    }

    private void badRollout(Instant when) {
        at(when, () -> {
            troubles.rollOut("edge", Blueprints.EDGE_TAG, Ailments.MISSING_TAG);
            at(cluster.now().plusSeconds(1200 + random.nextInt(240)), () -> {
                troubles.rollOut("edge", Ailments.MISSING_TAG, Blueprints.EDGE_TAG);
                badRollout(cluster.now().plusSeconds(3600 + random.nextInt(1800)));
            });
        });
    }

    private void nodeLoss(Instant when) {
        at(when, () -> {
            List<String> nodes = cluster.world().nodes().names();
            String node = nodes.get(random.nextInt(nodes.size()));
            troubles.loseNode(node);
            at(cluster.now().plusSeconds(1080 + random.nextInt(240)), () -> {
                troubles.restoreNode(node);
                nodeLoss(cluster.now().plusSeconds(2700 + random.nextInt(1800)));
            });
        });
    }

    private SimTenant newcomer(String template) {
        return cluster.operator().add(newName(), cluster.blueprint(template));
    }

    private void rebirth(SimTenant leaver) {
        at(cluster.now().plus(REBIRTH), () -> cluster.operator().add(leaver.uid, leaver.blueprint));
    }

    private List<SimTenant> well(String template) {
        return new ArrayList<>(cluster.operator().tenants().stream()
                .filter(tenant -> tenant.blueprint.name().equals(template) && isWell(tenant))
                .toList());
    }

    private boolean isWell(SimTenant tenant) {
        return !busy.contains(tenant) && cluster.isWell(tenant);
    }

    private String newName() {
        int number = nextName++;
        int round = number / Cast.NAMES.size();
        return Cast.NAMES.get(number % Cast.NAMES.size()) + (round == 0 ? "" : Integer.toString(round + 1));
    }
}
