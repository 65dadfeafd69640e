package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.exporter.Recording;
import io.tenantpulse.exporter.WatchedKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects as they should not be, and those that are as they should. */
class ProjectionTest {
    private static final String IDENTITY =
            "\"metadata\":{\"name\":\"acme\",\"namespace\":\"shop\",\"uid\":\"u\",\"resourceVersion\":\"9\"}";
    private static final List<Recording.Line> SOME = some();

    private final Projection projection = new Projection();

    private static List<Recording.Line> some() {
        List<Recording.Line> some = new ArrayList<>();
        List<Recording.Line> all = Recording.of("beta");
        for (int i = 0; i < all.size(); i += 97) {
            if (all.get(i).watched().isPresent()) {
                some.add(all.get(i));
            }
        }
        return some;
    }

    private @Nullable Facts read(WatchedKind kind, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return projection.read(kind, bytes, 0, bytes.length);
    }

    private Detail.OfTenant tenant(String spec) {
        Facts facts = Objects.requireNonNull(read(WatchedKind.TENANT, "{" + IDENTITY + "," + spec + "}"));
        assertThat(facts.undecodable()).isFalse();
        return (Detail.OfTenant) facts.detail();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"status\":{\"readyResources\":\"canary\"}",
                "\"status\":{\"readyResources\":1.5}",
                "\"status\":{\"readyResources\":99999999999}",
                "\"status\":{\"readyResources\":99999999999999999999999999999999999}",
                "\"status\":\"canary\"",
                "\"status\":{\"conditions\":{}}",
                "\"status\":{\"conditions\":[\"canary\"]}",
                "\"status\":{\"conditions\":[{\"type\":\"Ready\",\"lastTransitionTime\":\"canary\"}]}",
                "\"spec\":{\"deployments\":[{\"waitForReady\":\"canary\"}]}",
                "\"spec\":{\"deployments\":[{\"dependIds\":[{\"canary\":1}]}]}",
                "\"spec\":[[[[",
                "\"status\":{\"conditions\":[{\"message\":\"canary",
                "\"status\":{\"conditions\":[{\"message\":\"\\u00zz\"}]}",
                "\"spec\":{}}garbage",
            })
    void keepsTheIdentityOfWhatItCannotRead(String rest) {
        Facts facts = read(WatchedKind.TENANT, "{" + IDENTITY + "," + rest + (rest.endsWith("garbage") ? "" : "}"));

        assertThat(facts).isNotNull();
        assertThat(facts.undecodable()).isTrue();
        assertThat(facts.name()).isEqualTo(ObjectName.of(WatchedKind.TENANT, "shop", "acme"));
        assertThat(facts.uid()).isEqualTo("u");
        assertThat(facts.resourceVersion()).isEqualTo("9");
        assertThat(projection.problem()).isNotNull().doesNotContain("canary");
    }

    @Test
    void readsTheIdentityBehindABrokenField() {
        Facts facts = read(WatchedKind.TENANT, "{\"status\":{\"readyResources\":{}}," + IDENTITY + "}");

        assertThat(facts).isNotNull();
        assertThat(facts.undecodable()).isTrue();
        assertThat(facts.uid()).isEqualTo("u");
    }

    @Test
    void nullsAreAbsent() {
        Facts facts = read(
                WatchedKind.POD,
                "{\"metadata\":{\"name\":\"a\",\"namespace\":\"b\",\"uid\":\"u\",\"labels\":null,\"ownerReferences\":null,"
                        + "\"annotations\":null,\"deletionTimestamp\":null},\"spec\":null,\"status\":{\"phase\":null,"
                        + "\"conditions\":null,\"containerStatuses\":null}}");

        assertThat(facts).isNotNull();
        assertThat(facts.undecodable()).isFalse();
        assertThat(facts.detail()).isEqualTo(new Detail.OfPod("", null, null, List.of()));
    }

    @Test
    void defaultsAreTheOperators() {
        DependencyFacts entry = tenant("\"spec\":{\"deployments\":[{\"id\":\"api\"}]}")
                .dependencies()
                .get(0);

        assertThat(entry)
                .isEqualTo(new DependencyFacts(
                        "deployments", "api", "apps/v1", "Deployment", "", "", List.of(), true, 300, "WhenNeeded"));
    }

    @Test
    void manifestsSayTheirKindAndClusterScopedOnesHaveNoNamespace() {
        Detail.OfTenant tenant = tenant(
                "\"spec\":{\"manifests\":["
                        + "{\"id\":\"a\",\"nameTemplate\":\"x\",\"spec\":{\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"kind\":\"ClusterRole\"}},"
                        + "{\"id\":\"b\",\"nameTemplate\":\"x\",\"targetNamespace\":\"far\",\"spec\":{\"apiVersion\":\"v1\",\"kind\":\"Secret\","
                        + "\"data\":{\"kind\":\"canary\"}}}],"
                        + "\"namespaces\":[{\"id\":\"c\",\"nameTemplate\":\"own\"}],\"secrets\":[{\"id\":\"d\",\"nameTemplate\":\"s\"}]}");

        assertThat(tenant.dependencies().stream().map(each -> each.object("shop")))
                .containsExactly(
                        new ObjectName("rbac.authorization.k8s.io", "ClusterRole", "", "x"),
                        new ObjectName("", "Secret", "far", "x"),
                        new ObjectName("", "Namespace", "", "own"),
                        new ObjectName("", "Secret", "shop", "s"));
    }

    @Test
    void noStatusIsUnknownAndAnyStatusHasCounts() {
        assertThat(tenant("\"spec\":{}").hasStatus()).isFalse();
        assertThat(tenant("\"status\":null").hasStatus()).isFalse();
        assertThat(tenant("\"status\":{}").hasStatus()).isTrue();
        assertThat(tenant("\"status\":{\"desiredResources\":3}").desired()).isEqualTo(3);
    }

    @Test
    void escapedNamesAreTheSameNames() {
        assertThat(tenant("\"\\u0073tatus\":{\"readyResources\":2}").ready()).isEqualTo(2);
    }

    @Test
    void theLastOfTwoEqualNamesCounts() {
        assertThat(tenant("\"status\":{\"readyResources\":1},\"status\":{\"readyResources\":2}")
                        .ready())
                .isEqualTo(2);
    }

    @Test
    void depthIsNoDanger() {
        String deep = "[".repeat(200_000) + "]".repeat(200_000);

        assertThat(tenant("\"other\":" + deep + ",\"status\":{\"readyResources\":2}")
                        .ready())
                .isEqualTo(2);
    }

    @Test
    void timesHaveFractionsAndOffsets() {
        for (String time :
                List.of("2026-11-23T10:00:00.25Z", "2026-11-23T10:00:00.250999Z", "2026-11-23T12:00:00.250+02:00")) {
            byte[] bytes = time.getBytes(StandardCharsets.UTF_8);
            assertThat(Times.parse(bytes, 0, bytes.length))
                    .isEqualTo(Instant.parse("2026-11-23T10:00:00.250Z").toEpochMilli());
        }
    }

    @Test
    void eventsOfTheNewerApiSayTheSame() {
        Facts facts = Objects.requireNonNull(read(
                WatchedKind.EVENT,
                "{" + IDENTITY + ",\"type\":\"Warning\",\"reason\":\"R\",\"note\":\"n\",\"deprecatedCount\":2,"
                        + "\"eventTime\":\"2026-11-23T10:00:00.000001Z\",\"series\":{\"count\":7,\"lastObservedTime\":\"2026-11-23T10:05:00Z\"},"
                        + "\"regarding\":{\"kind\":\"ReplicaSet\",\"namespace\":\"shop\",\"name\":\"rs\"}}"));

        Detail.OfEvent event = (Detail.OfEvent) facts.detail();
        assertThat(event.count()).isEqualTo(7);
        assertThat(event.object()).isEqualTo(new ObjectName("apps", "ReplicaSet", "shop", "rs"));
        assertThat(event.lastAt() - event.firstAt()).isEqualTo(300_000);
    }

    /** Real objects, cut, with bytes changed, doubled or lost: facts or none, but never an exception or a word of content. */
    @Property(tries = 2000)
    void survivesAnything(@ForAll long seed) {
        Random random = new Random(seed);
        Recording.Line line = SOME.get(random.nextInt(SOME.size()));
        byte[] broken = broken(line.object(), random);

        Facts facts = projection.read(line.watched().orElseThrow(), broken, 0, broken.length);

        if (facts == null || facts.undecodable()) {
            assertThat(projection.problem()).isNotNull().hasSizeLessThan(60);
        }
        if (facts != null) {
            byte[] copy = WhitelistWriter.write(facts);
            assertThat(projection.read(line.watched().orElseThrow(), copy, 0, copy.length))
                    .as("a recording says what the log was told, of what could not be decoded, too")
                    .isEqualTo(facts);
        }
    }

    private static byte[] broken(byte[] object, Random random) {
        byte[] broken =
                random.nextBoolean() ? Arrays.copyOf(object, random.nextInt(object.length + 1)) : object.clone();
        byte[] signs = "{}[]\",:\\0n1e-\u00ff ".getBytes(StandardCharsets.ISO_8859_1);
        for (int i = random.nextInt(6); i > 0 && broken.length > 0; i--) {
            broken[random.nextInt(broken.length)] = signs[random.nextInt(signs.length)];
        }
        return broken;
    }
}
