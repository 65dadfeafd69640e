package io.tenantpulse.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.tenantpulse.schema.RegistryClients;
import io.tenantpulse.schema.SerdeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Confluent's own client against the embedded registry. */
@Timeout(60)
class EmbeddedRegistryIT {
    private static final AvroSchema ONE = schema("{'name':'a','type':'int'}");
    private static final AvroSchema TWO = schema("{'name':'a','type':'int'},{'name':'b','type':'int','default':0}");
    private static final AvroSchema BREAKING = schema("{'name':'c','type':'string'}");

    @TempDir
    Path dir;

    private EmbeddedRegistry registry;
    private SchemaRegistryClient client;

    @BeforeEach
    void start() {
        registry = new EmbeddedRegistry(dir, 0);
        client = client();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void givesIdsAndVersionsAndFindsThemAgain() throws Exception {
        int one = client.register("s", ONE);
        int two = client.register("s", TWO);

        assertThat(two).isNotEqualTo(one);
        assertThat(client().getSchemaById(one).canonicalString()).isEqualTo(ONE.canonicalString());
        assertThat(client().getId("s", TWO)).isEqualTo(two);
        assertThat(client().getVersion("s", TWO)).isEqualTo(2);
        assertThat(client().getAllVersions("s")).containsExactly(1, 2);
        assertThat(client().getLatestSchemaMetadata("s").getId()).isEqualTo(two);
        assertThat(client().getSchemaMetadata("s", 1).getSchema()).isEqualTo(ONE.canonicalString());
        assertThat(client().getAllSubjectsById(one)).containsExactly("s");
        assertThat(client().getAllVersionsById(two))
                .singleElement()
                .satisfies(v -> assertThat(v.getVersion()).isEqualTo(2));
    }

    @Test
    void givesOneSchemaOneIdWhateverTheSubject() throws Exception {
        assertThat(client.register("a/b c", ONE)).isEqualTo(client.register("t-io.x.R", ONE));
        assertThat(client().getAllSubjects()).containsExactly("a/b c", "t-io.x.R");
        assertThat(client().getAllSubjectsByPrefix("t-")).containsExactly("t-io.x.R");
    }

    @Test
    void registersASchemaOnceHoweverOften() throws Exception {
        assertThat(client().register("s", ONE)).isEqualTo(client().register("s", ONE));
        assertThat(client().getAllVersions("s")).containsExactly(1);
    }

    @Test
    void findsADifferentlyWrittenSchemaWhenNormalized() throws Exception {
        AvroSchema verbose = schema("{'name':'a','type':{'type':'int','z':'1','y':'2'}}");
        AvroSchema shuffled = schema("{'name':'a','type':{'type':'int','y':'2','z':'1'}}");
        int id = client.register("s", verbose, true);

        assertThat(client().register("s", shuffled, true)).isEqualTo(id);
        assertThat(client().getId("s", shuffled, true)).isEqualTo(id);
    }

    @Test
    void refusesABreakingChangeWithAConflict() throws Exception {
        client.register("s", ONE);

        assertThat(client.testCompatibility("s", TWO)).isTrue();
        assertThat(client.testCompatibility("s", BREAKING)).isFalse();
        assertThat(client.testCompatibilityVerbose("s", BREAKING))
                .anySatisfy(message -> assertThat(message).contains("READER_FIELD_MISSING_DEFAULT_VALUE"));
        refused(409, () -> client.register("s", BREAKING));
        assertThat(client().getAllVersions("s")).containsExactly(1);
    }

    @Test
    void takesABreakingChangeWhereALevelAllowsIt() throws Exception {
        client.register("s", ONE);
        client.updateCompatibility("s", "NONE");

        client.register("s", BREAKING);

        assertThat(client.getCompatibility("s")).isEqualTo("NONE");
        assertThat(client.getCompatibility(null)).isEqualTo("FULL_TRANSITIVE");
        client.deleteCompatibility("s");
        refused(40408, () -> client.getCompatibility("s"));
    }

    @Test
    void changesTheLevelOfAll() throws Exception {
        client.updateCompatibility(null, "BACKWARD");

        assertThat(client.getCompatibility(null)).isEqualTo("BACKWARD");
        refused(42203, () -> client.updateCompatibility(null, "SIDEWAYS"));
    }

    @Test
    void takesNothingInReadOnlyMode() throws Exception {
        client.setMode("READONLY", "s");

        assertThat(client.getMode("s")).isEqualTo("READONLY");
        refused(42205, () -> client.register("s", ONE));
        client.deleteMode("s");
        assertThat(client.register("s", ONE)).isPositive();
        assertThat(client.getMode()).isEqualTo("READWRITE");
        refused(42204, () -> client.setMode("SOMETIMES"));
    }

    @Test
    void saysWhatItDoesNotKnowByConfluentsCodes() throws Exception {
        refused(40401, () -> client.getAllVersions("s"));
        client.register("s", ONE);
        refused(40402, () -> client.getSchemaMetadata("s", 9));
        refused(40403, () -> client.getSchemaById(99));
        refused(40403, () -> client.getId("s", TWO));
        refused(40401, () -> client.getId("other", TWO));
        refused(42202, () -> client.getSchemaMetadata("s", 0));
    }

    @Test
    void refusesWhatIsNoAvroSchema() throws Exception {
        refused(
                42201,
                () -> client.register(
                        "s",
                        new AvroSchema("{\"type\":\"record\",\"name\":\"R\",\"fields\":["
                                + "{\"name\":\"a\",\"type\":\"int\",\"default\":\"x\"}]}")));
        AvroSchema referring =
                new AvroSchema("\"int\"", List.of(new SchemaReference("x", "y", 1)), Map.of("x", "\"int\""), null);
        refused(42201, () -> client.register("s", referring));
    }

    @Test
    void deletesSoftlyFirstAndKeepsTheIdsThatRecordsHave() throws Exception {
        int id = client.register("s", ONE);

        refused(40405, () -> client.deleteSubject("s", true));
        assertThat(client.deleteSubject("s")).containsExactly(1);
        refused(40401, () -> client().getAllVersions("s"));
        assertThat(client().getAllSubjects(true)).containsExactly("s");
        assertThat(client().deleteSubject("s", true)).containsExactly(1);
        assertThat(client().getAllSubjects(true)).isEmpty();
        assertThat(client().getSchemaById(id).canonicalString()).isEqualTo(ONE.canonicalString());
    }

    @Test
    void remembersEverythingOverARestart() throws Exception {
        int one = client.register("s", ONE);
        int two = client.register("s", TWO);
        client.register("gone", BREAKING);
        client.deleteSubject("gone");
        client.updateCompatibility("s", "BACKWARD");
        client.setMode("READONLY", "frozen");
        registry.close();

        registry = new EmbeddedRegistry(dir, 0);
        client = client();

        assertThat(client.getId("s", ONE)).isEqualTo(one);
        assertThat(client.getAllVersions("s")).containsExactly(1, 2);
        assertThat(client.getSchemaById(two).canonicalString()).isEqualTo(TWO.canonicalString());
        assertThat(client.getAllSubjects()).containsExactly("s");
        assertThat(client.getCompatibility("s")).isEqualTo("BACKWARD");
        assertThat(client.getMode("frozen")).isEqualTo("READONLY");
        assertThat(client.register("new", schema("{'name':'z','type':'long'}"))).isGreaterThan(two);
    }

    @Test
    void givesManyClientsAtOnceOneIdForEachSchema() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> calls = IntStream.range(0, 80)
                    .<Callable<Integer>>mapToObj(i -> () -> client().register(
                                    "s" + i % 4, schema("{'name':'f" + i % 10 + "','type':'int','default':0}")))
                    .toList();
            Set<Integer> ids = new HashSet<>();
            for (Future<Integer> call : threads.invokeAll(calls)) {
                ids.add(call.get());
            }
            assertThat(ids).hasSize(10);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void answersOnlyRequestsThatNameThisMachine() throws Exception {
        assertThat(raw("GET /subjects HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .contains(" 421 ");
        assertThat(raw("GET /subjects HTTP/1.0\r\n\r\n")).contains(" 421 ");
        assertThat(raw("GET /subjects HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .contains(" 200 ", "application/vnd.schemaregistry.v1+json");
    }

    @Test
    void isNotChangedByAPageOfAnotherSite() throws Exception {
        assertThat(raw("PUT /config HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\nConnection: close\r\n"
                        + "Content-Length: 24\r\n\r\n{\"compatibility\":\"NONE\"}"))
                .contains(" 403 ");
        assertThat(client.getCompatibility(null)).isEqualTo("FULL_TRANSITIVE");
    }

    @Test
    void takesNoEndlessBody() throws Exception {
        String large = " ".repeat((1 << 20) + 1);

        assertThat(raw("POST /subjects/s/versions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                        + large.length() + "\r\n\r\n" + large))
                .contains(" 413 ");
    }

    @Test
    void answersUnknownPathsAndBadBodiesInJson() throws Exception {
        assertThat(raw("GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .contains(" 404 ", "\"error_code\":404");
        assertThat(raw("PUT /config HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 3\r\n\r\n{x}"))
                .contains(" 400 ", "not JSON");
    }

    @Test
    void saysWhichPortIsBusyAndWhichFlagChoosesAnother() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(EmbeddedStartException.class)
                    .isThrownBy(() -> new EmbeddedRegistry(dir.resolve("other"), busy.getLocalPort()))
                    .withMessageContaining("port " + busy.getLocalPort())
                    .withMessageContaining("--registry-port");
        }
    }

    @Test
    void saysThatItsDataIsInUse() {
        assertThatExceptionOfType(EmbeddedStartException.class)
                .isThrownBy(() -> new EmbeddedRegistry(dir, 0))
                .withMessageContaining(
                        "in use by process " + ProcessHandle.current().pid());
    }

    private SchemaRegistryClient client() {
        return RegistryClients.create(SerdeSettings.of(registry.url()));
    }

    private String raw(String request) throws IOException {
        int port = Integer.parseInt(registry.url().substring(registry.url().lastIndexOf(':') + 1));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void refused(int code, Callable<?> call) {
        assertThatExceptionOfType(RestClientException.class)
                .isThrownBy(call::call)
                .satisfies(e -> assertThat(e.getErrorCode()).isEqualTo(code));
    }

    private static AvroSchema schema(String fields) {
        return new AvroSchema(("{'type':'record','name':'R','fields':[" + fields + "]}").replace('\'', '"'));
    }
}
