package io.tenantpulse.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tenantpulse.v1.FrameId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry behind TLS: Confluent's own key names reach its client. */
class RegistryTlsTest {
    private static final String PASSWORD = "changeit";
    private static final byte[] ANSWER = "{\"id\":1}".getBytes();

    @TempDir
    Path dir;

    private Path store;
    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        store = selfSigned();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void isTrustedWithTheGivenTruststore() {
        byte[] written = write(Map.of(
                "schema.registry.ssl.truststore.location",
                store.toString(),
                "schema.registry.ssl.truststore.password",
                PASSWORD));

        assertThat(written).startsWith(0, 0, 0, 0, 1);
    }

    @Test
    void isNotTrustedWithoutIt() {
        assertThatExceptionOfType(RegistryUnavailableException.class).isThrownBy(() -> write(Map.of()));
    }

    private byte[] write(Map<String, String> client) {
        String url = "https://localhost:" + server.getAddress().getPort();
        SerdeSettings settings = new SerdeSettings(url, client, true);
        return new RecordSerde(RegistryClients.create(settings), settings)
                .serializer()
                .serialize("t", new FrameId(1L, 2L));
    }

    private Path selfSigned() throws Exception {
        Path made = dir.resolve("store.jks");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "registry",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-validity",
                        "2",
                        "-ext",
                        "SAN=dns:localhost",
                        "-keystore",
                        made.toString(),
                        "-storetype",
                        "JKS",
                        "-storepass",
                        PASSWORD,
                        "-keypass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS) && keytool.exitValue() == 0)
                .as(() -> log())
                .isTrue();
        return made;
    }

    private String log() {
        try {
            return Files.readString(dir.resolve("keytool.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
