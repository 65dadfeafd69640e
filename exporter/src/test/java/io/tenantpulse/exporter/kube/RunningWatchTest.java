package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.exporter.ClusterLog;
import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.exporter.Meters;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.KindState;
import io.tenantpulse.v1.MarkType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a watch and its successor tell, in every order, stands in the log once. The versions are in no order, for they mean nothing. */
@Timeout(120)
class RunningWatchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Of silence; a third or two of it is what a stalled machine has until it counts. */
    private static final Duration SHORT = Duration.ofSeconds(9);

    private final SeenLog log = new SeenLog();
    private final Said said = new Said(KindWatch.class);
    private ScriptedApi api;
    private KubeLink link;
    private Coverage coverage;
    private KindWatch watch;
    private Thread thread;

    @BeforeEach
    void serve() throws IOException {
        api = new ScriptedApi();
    }

    @AfterEach
    void stop() throws InterruptedException {
        watch.close();
        link.close();
        api.close();
        thread.join(PATIENCE.toMillis());
        said.close();
        assertThat(thread.isAlive()).isFalse();
    }

    private void start(WatchedKind kind, Duration firstBookmark, Duration watchTimeout)
            throws IOException, InterruptedException {
        link = new KubeLink(() -> new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                .withMasterUrl(api.url())
                .withRequestRetryBackoffLimit(0)
                .build());
        link.connect(Duration.ofSeconds(10));
        ExporterConfig.Timing normal = ExporterConfig.Timing.DEFAULT;
        ExporterConfig.Timing timing = new ExporterConfig.Timing(
                normal.probeInterval(),
                normal.probeTimeout(),
                firstBookmark,
                watchTimeout,
                normal.discoveryInterval(),
                normal.absenceGrace(),
                normal.memoryFrameInterval(),
                normal.deniedRetry());
        InstantSource clock = InstantSource.system();
        ClusterLog clusterLog = new ClusterLog("c", log, clock::instant, null);
        clusterLog.claimEpoch(1, "test");
        List<WatchedKind> kinds = List.of(kind);
        coverage = new Coverage(clusterLog, clock, Duration.ofSeconds(60), kinds);
        WatchParts parts = new WatchParts(
                "c",
                link,
                clusterLog,
                coverage,
                new FrameGate(kinds),
                new Discovery(kinds, System::nanoTime),
                new ListPermits(4, new java.util.concurrent.Semaphore(4)),
                timing,
                500,
                clock,
                () -> 0,
                new Meters(new SimpleMeterRegistry(), 1).cluster("c"),
                failure -> {
                    throw failure;
                });
        watch = new KindWatch(kind, parts);
        thread = new Thread(watch, "kind-watch");
        thread.start();
    }

    private static String event(String type, String version, int ready) {
        return "{\"type\":\"" + type
                + "\",\"object\":{\"apiVersion\":\"operator.kubernetes-tenants.org/v1\",\"kind\":\"Tenant\","
                + "\"metadata\":{\"name\":\"acme\",\"namespace\":\"default\",\"uid\":\"u1\",\"resourceVersion\":\""
                + version
                + "\"},\"status\":{\"desiredResources\":9,\"readyResources\":" + ready + "}}}";
    }

    private static String bookmark(String version) {
        return "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"" + version + "\"}}}";
    }

    private static String listed(String version) {
        return "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"" + version
                + "\",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}}}}";
    }

    private List<String> told() {
        return log.tenants().stream()
                .map(tenant -> tenant.getChange() + " " + tenant.getResourceVersion())
                .toList();
    }

    private void awaitTold(String... last) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told()).endsWith(last));
    }

    private List<ClusterMark> marks(MarkType type) {
        return log.marks(type);
    }

    /** A list that goes over into a watch, and the successor of that watch. */
    private ScriptedApi.Asked[] renewed() throws IOException, InterruptedException {
        start(WatchedKind.TENANT, PATIENCE, Duration.ofSeconds(2));
        ScriptedApi.Asked old = api.next().say(event("ADDED", "k", 0)).say(listed("m"));
        ScriptedApi.Asked successor = api.next();
        assertThat(successor.uri()).contains("resourceVersion=m");
        return new ScriptedApi.Asked[] {old, successor};
    }

    @Test
    void tellsOnceWhatTwoWatchesSayInAnyOrder() throws IOException, InterruptedException {
        ScriptedApi.Asked[] both = renewed();
        both[0].say(event("MODIFIED", "z", 1)).say(event("MODIFIED", "b", 2));
        awaitTold("MODIFIED b");
        both[1].say(event("MODIFIED", "z", 1)).say(event("MODIFIED", "b", 2)).say(event("MODIFIED", "y", 3));
        awaitTold("MODIFIED y");
        both[0].say(event("MODIFIED", "y", 3)).say(event("MODIFIED", "a", 4));
        awaitTold("MODIFIED a");

        both[1].say(bookmark("y")).say(event("MODIFIED", "a", 4)).say(event("DELETED", "a", 4));

        awaitTold("SNAPSHOT k", "MODIFIED z", "MODIFIED b", "MODIFIED y", "MODIFIED a", "DELETED a");
        assertThat(marks(MarkType.GAP)).isEmpty();
        both[1].end();
        assertThat(api.next().uri()).contains("resourceVersion=a");
    }

    @Test
    void tellsADeletionWhoseVersionIsThatOfTheLastChange() throws IOException, InterruptedException {
        ScriptedApi.Asked[] both = renewed();

        both[0].say(event("MODIFIED", "z", 1)).say(event("DELETED", "z", 1));
        both[1].say(event("MODIFIED", "z", 1)).say(event("DELETED", "z", 1)).say(event("ADDED", "c", 2));

        awaitTold("SNAPSHOT k", "MODIFIED z", "DELETED z", "ADDED c");
    }

    @Test
    void declaresNoGapWhenTheSuccessorHasSpokenBeforeTheOldWatchEnds() throws IOException, InterruptedException {
        ScriptedApi.Asked[] both = renewed();
        both[1].say(event("MODIFIED", "z", 1));
        awaitTold("MODIFIED z");

        both[0].end();
        both[1].say(event("MODIFIED", "b", 2));

        awaitTold("MODIFIED z", "MODIFIED b");
        assertThat(marks(MarkType.GAP)).isEmpty();
    }

    @Test
    void declaresAGapWhenTheOldWatchEndsBeforeItsSuccessorSpoke() throws IOException, InterruptedException {
        ScriptedApi.Asked[] both = renewed();
        Instant before = Instant.now();
        both[0].end();
        await().atMost(PATIENCE).until(() -> coverage.state(WatchedKind.TENANT) == KindState.BLIND);

        both[1].say(event("MODIFIED", "b", 2));

        awaitTold("MODIFIED b");
        assertThat(marks(MarkType.GAP)).singleElement().satisfies(gap -> {
            assertThat(gap.getResumed()).isTrue();
            assertThat(gap.getTo()).isAfterOrEqualTo(before.minusMillis(1));
        });
        assertThat(marks(MarkType.SYNC_BEGIN)).hasSize(1);
    }

    @Test
    void goesOnWithTheOldWatchWhenItsSuccessorIsRefused() throws IOException, InterruptedException {
        ScriptedApi.Asked[] both = renewed();
        both[1].say("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410}}");

        ScriptedApi.Asked next = api.next();
        both[0].say(event("MODIFIED", "z", 1));

        awaitTold("MODIFIED z");
        assertThat(next.uri()).contains("watch=true").contains("resourceVersion=m");
        assertThat(marks(MarkType.GAP)).isEmpty();
    }

    @Test
    void asksAgainForWhatItCouldNotReadAndListsWhenThatDoesNotHelp() throws IOException, InterruptedException {
        start(WatchedKind.TENANT, PATIENCE, Duration.ofMinutes(6));
        api.next()
                .say(event("ADDED", "k", 0))
                .say(listed("m"))
                .say("<html>502</html>")
                .say(event("MODIFIED", "z", 1));

        ScriptedApi.Asked again = api.next();
        assertThat(again.uri()).contains("resourceVersion=m");
        assertThat(told()).containsExactly("SNAPSHOT k");
        again.say("<html>502</html>");
        ScriptedApi.Asked list = api.next();

        assertThat(list.uri()).contains("sendInitialEvents=true");
    }

    private static String standing(String version, int remaining) {
        return "{\"metadata\":{\"resourceVersion\":\"" + version + "\",\"continue\":\"c\",\"remainingItemCount\":"
                + remaining + "},\"items\":[{}]}";
    }

    private ScriptedApi.Asked nextEnquiry() throws InterruptedException {
        ScriptedApi.Asked next = api.next();
        assertThat(next.uri()).endsWith("/events?limit=1");
        return next;
    }

    @Test
    void believesASilentWatchOfEventsWhileTheirNumberStays() throws IOException, InterruptedException {
        start(WatchedKind.EVENT, SHORT, Duration.ofMinutes(6));
        ScriptedApi.Asked first = api.next().say(listed("m"));

        nextEnquiry().say(standing("x", 7)).end();
        nextEnquiry().say(standing("d", 7)).end();
        nextEnquiry().say(standing("f", 7)).end();
        first.end();

        ScriptedApi.Asked resumed = api.next();
        assertThat(resumed.uri()).contains("resourceVersion=d");
        assertThat(marks(MarkType.SYNC_BEGIN)).hasSize(1);
        assertThat(marks(MarkType.GAP)).isEmpty();
    }

    @Test
    void listsEventsAgainWhenTheirNumberChangesAndTheWatchSaysNothing() throws IOException, InterruptedException {
        start(WatchedKind.EVENT, SHORT, Duration.ofMinutes(6));
        api.next().say(listed("m"));

        nextEnquiry().say(standing("x", 7)).end();
        nextEnquiry().say(standing("d", 8)).end();
        ScriptedApi.Asked then = api.next();
        while (then.uri().endsWith("limit=1")) {
            then.say(standing("f", 8)).end();
            then = api.next();
        }

        assertThat(then.uri()).contains("sendInitialEvents=true");
        then.say(listed("q"));
        await().atMost(PATIENCE).until(() -> marks(MarkType.GAP).size() == 1);
        assertThat(marks(MarkType.GAP).get(0).getResumed()).isFalse();
    }

    /** Waits between tries, in milliseconds, as the log says them. */
    private List<Long> waits() {
        return said.events().stream()
                .filter(event -> event.getMessage().equals("list or watch failed"))
                .flatMap(event -> event.getKeyValuePairs().stream())
                .filter(pair -> pair.key.equals("retryInMs"))
                .map(pair -> (Long) pair.value)
                .toList();
    }

    @Test
    void listsLessAndLessOftenWhenEachWatchIsGoneAfterItsFirstEvent() throws IOException, InterruptedException {
        start(WatchedKind.TENANT, PATIENCE, Duration.ofMinutes(6));
        for (String version : List.of("a", "b")) {
            ScriptedApi.Asked list = api.next();
            assertThat(list.uri()).contains("sendInitialEvents=true");
            list.say(listed(version))
                    .say(event("MODIFIED", version + "1", 1))
                    .say("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410}}");
        }
        await().atMost(PATIENCE).until(() -> waits().size() == 2);

        assertThat(waits().get(1)).isGreaterThanOrEqualTo(1600);
    }

    @Test
    void opensLessAndLessOftenWhenEachWatchEndsAfterItsFirstEvent() throws IOException, InterruptedException {
        start(WatchedKind.TENANT, PATIENCE, Duration.ofMinutes(6));
        api.next().say(listed("0")).say(event("MODIFIED", "1", 1)).end();
        int version = 1;
        ScriptedApi.Asked next = api.next();
        // Where the machine took seconds for an event, the watch did not end at once, and nothing is waited for.
        while (waits().size() < 2) {
            assertThat(next.uri()).contains("resourceVersion=" + version);
            version++;
            next.say(event("MODIFIED", String.valueOf(version), version)).end();
            next = api.next();
        }

        assertThat(waits().get(1)).isGreaterThanOrEqualTo(1600);
        assertThat(next.uri()).contains("resourceVersion=" + version);
        assertThat(told())
                .startsWith("ADDED 1", "MODIFIED 2")
                .hasSize(version)
                .endsWith((version == 1 ? "ADDED " : "MODIFIED ") + version);
    }

    @Test
    void doesNotBelieveAServerThatAsksForHours() throws IOException, InterruptedException {
        start(WatchedKind.TENANT, PATIENCE, Duration.ofMinutes(6));
        api.next().refuse(503, "9999");
        await().atMost(PATIENCE).until(() -> waits().size() == 1);

        assertThat(waits().get(0)).isBetween(60_000L, 61_600L);
    }

    @Test
    void waitsForNoListThatSaysNothingForEver() throws IOException, InterruptedException {
        start(WatchedKind.TENANT, SHORT, Duration.ofMinutes(6));
        api.next().drip();

        assertThat(api.next().uri()).endsWith("/tenants?limit=500");
    }

    @Test
    void waitsForNoAnswerThatComesDropByDrop() throws IOException, InterruptedException {
        start(WatchedKind.TENANT, PATIENCE, Duration.ofMinutes(6));
        api.next().say(listed("a"));
        Thread server = new Thread(() -> {
            try {
                api.next().drip();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> link.fetch("/slow", java.util.Map.of(), Duration.ofSeconds(1)));
        server.interrupt();
        server.join(PATIENCE.toMillis());
    }
}
