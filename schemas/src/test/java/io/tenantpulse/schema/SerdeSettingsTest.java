package io.tenantpulse.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SerdeSettingsTest {
    @Test
    void takesConfluentsOwnKeys() {
        SerdeSettings settings = SerdeSettings.from(Map.of(
                "schema.registry.url", "https://r:8081",
                "auto.register.schemas", "false",
                "basic.auth.user.info", "ann:secret"));

        assertThat(settings)
                .isEqualTo(new SerdeSettings("https://r:8081", Map.of("basic.auth.user.info", "ann:secret"), false));
    }

    @Test
    void registersByDefault() {
        assertThat(SerdeSettings.from(Map.of("schema.registry.url", "http://r")).autoRegister())
                .isTrue();
    }

    @Test
    void printsNoSecret() {
        SerdeSettings settings =
                new SerdeSettings("http://bob:hidden@r:8081", Map.of("basic.auth.user.info", "ann:secret"), true);

        assertThat(settings)
                .hasToString("SerdeSettings[url=http://***@r:8081, client=[basic.auth.user.info], autoRegister=true]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost:8081", "ftp://r", "http://", "http://r:8081,", "no url"})
    void refusesWhatIsNoUrl(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SerdeSettings.of(url))
                .withMessageContaining("schema.registry.url");
    }

    @Test
    void takesSeveralUrls() {
        assertThat(SerdeSettings.of("http://a:1, http://b:2").url()).contains("b:2");
    }

    @Test
    void refusesUnclearSettings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SerdeSettings.from(Map.of("schema.registry.url", "http://r", "auto.register.schemas", "yes")))
                .withMessageContaining("auto.register.schemas must be true or false, not \"yes\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SerdeSettings.from(Map.of()))
                .withMessageContaining("schema.registry.url is missing");
    }
}
