package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListPageTest {
    private final List<String> items = new ArrayList<>();

    private ListPage read(String page) throws IOException, InterruptedException {
        byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
        return ListPage.read(
                bytes,
                bytes.length,
                (all, offset, length) -> items.add(new String(all, offset, length, StandardCharsets.UTF_8)));
    }

    @Test
    void findsItemsVersionAndTheNextPagesToken() throws IOException, InterruptedException {
        ListPage page = read("{\"kind\":\"PodList\",\"metadata\":{\"resourceVersion\":\"12\",\"continue\":\"abc\"},"
                + "\"items\":[{\"a\":{\"b\":[1]}}, {\"ü\":2}]}");

        assertThat(page).isEqualTo(new ListPage("12", "abc", 2));
        assertThat(items).containsExactly("{\"a\":{\"b\":[1]}}", "{\"ü\":2}");
    }

    @Test
    void knowsTheLastPage() throws IOException, InterruptedException {
        assertThat(read("{\"metadata\":{\"resourceVersion\":\"12\",\"continue\":\"\"},\"items\":[]}")
                        .next())
                .isNull();
    }

    @Test
    void refusesAPageThatIsCutOff() {
        assertThatIOException()
                .isThrownBy(() -> read("{\"metadata\":{\"resourceVersion\":\"12\"},\"items\":[{\"a\":1},{"));
    }

    @Test
    void takesNoAnswerWithoutItemsForAnEmptyList() throws IOException, InterruptedException {
        assertThatIOException()
                .isThrownBy(() -> read("{\"kind\":\"Table\",\"metadata\":{\"resourceVersion\":\"12\"},\"rows\":[{}]}"))
                .withMessageContaining("no items");
        assertThat(read("{\"metadata\":{\"resourceVersion\":\"12\"},\"items\":null}")
                        .objects())
                .isZero();
    }
}
