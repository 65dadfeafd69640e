package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WatchLineTest {
    private static WatchLine read(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return WatchLine.of(bytes, bytes.length);
    }

    private static String objectOf(String line) {
        WatchLine read = read(line);
        return new String(line.getBytes(StandardCharsets.UTF_8), read.offset(), read.length(), StandardCharsets.UTF_8);
    }

    @Test
    void findsTheObjectOfAnEvent() {
        String object =
                "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"ä\",\"resourceVersion\":\"42\"},\"spec\":{\"a\":[{}]}}";
        String line = "{\"type\":\"MODIFIED\",\"object\":" + object + "}";

        assertThat(read(line).type()).isEqualTo("MODIFIED");
        assertThat(read(line).resourceVersion()).isEqualTo("42");
        assertThat(objectOf(line)).isEqualTo(object);
    }

    @Test
    void findsTheObjectBeforeTheType() {
        String object = "{\"metadata\":{\"resourceVersion\":\"7\"},\"spec\":{\"x\":1}}";

        assertThat(objectOf("{\"object\":" + object + ",\"type\":\"ADDED\"}")).isEqualTo(object);
    }

    @Test
    void findsAnObjectWithoutAVersion() {
        String line = "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"a\"},\"spec\":{}}}";

        assertThat(read(line).resourceVersion()).isNull();
        assertThat(objectOf(line)).isEqualTo("{\"metadata\":{\"name\":\"a\"},\"spec\":{}}");
    }

    @Test
    void readsTheBookmarkThatEndsAStreamingList() {
        WatchLine line = read("{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"annotations\":"
                + "{\"other\":\"x\",\"k8s.io/initial-events-end\":\"true\"},\"resourceVersion\":\"9\"}}}");

        assertThat(line.initialEventsEnd()).isTrue();
        assertThat(line.resourceVersion()).isEqualTo("9");
    }

    @Test
    void doesNotTakeAnObjectsOwnAnnotationForThatBookmark() {
        WatchLine line = read("{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"annotations\":"
                + "{\"k8s.io/initial-events-end\":\"true\"},\"resourceVersion\":\"9\"}}}");

        assertThat(line.initialEventsEnd()).isFalse();
    }

    @Test
    void readsTheCodeOfAnError() {
        WatchLine line = read(
                "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"metadata\":{},\"message\":\"too old\",\"code\":410}}");

        assertThat(line.code()).isEqualTo(410);
    }

    @Test
    void givesWhatThereIsOfALineThatIsCutOff() {
        String line = "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"a\",\"resour";

        assertThat(read(line).type()).isEqualTo("ADDED");
        assertThat(objectOf(line)).startsWith("{\"metadata\"");
    }

    @Test
    void saysWhatOfTheMetadataItHasSteppedOver() {
        String managed = "[{\"manager\":\"kubelet\"}]";
        String line = "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"generation\":7,\"managedFields\":" + managed
                + ",\"name\":\"a\",\"resourceVersion\":\"9\"}}}";

        assertThat(line.substring(read(line).skippedFrom(), read(line).skippedTo()))
                .isEqualTo(managed);
    }

    @Test
    void takesNonsenseForNoEvent() {
        assertThat(read("nonsense").type()).isEmpty();
        assertThat(read("[]").type()).isEmpty();
    }
}
