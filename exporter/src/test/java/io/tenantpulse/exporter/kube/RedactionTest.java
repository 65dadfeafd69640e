package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The corpus: what must go says SECRET somewhere in what must not be left; what must stay is word for word. */
class RedactionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dial postgres://app:hunter2SECRET@db:5432/x failed",
                "clone https://x-access-token:ghSECRET@github.example.com/a.git: exit 128",
                "dsn root:pa55SECRET@tcp(10.0.0.1:3306)/tenants refused",
                "redis://:SECRETpass@cache:6379 timed out",
                "login failed: password=hunter2SECRET",
                "login failed: password: hunter2SECRET",
                "PASSWORD=SECRET",
                "env DB_PASSWORD=SECRET1 is bad",
                "invalid token: SECRETabcdef",
                "token=SECRET&x=1",
                "the password is SECRET",
                "bad password \"SECRET of two words\" given",
                "bad password 'SECRET' given",
                "{\"password\":\"SECRET\",\"user\":\"app\"}",
                "{\"api_key\": \"SECRET\"}",
                "apiKey: SECRET",
                "client_secret=SECRET",
                "aws_secret_access_key = SECRETwJalrXUtnFEMI",
                "X-Auth: SECRET",
                "Authorization: Bearer SECRETabcdef",
                "Authorization: Basic dXNlcjpTRUNSRVQSECRET=",
                "authorization bearer SECRET.abc-def",
                "Cookie: SECRET",
                "key AKIASECRETSECRET1234 is disabled",
                "ghp_SECRETabcdefghijklmnop0123",
                "sk_live_SECRET0123456789abcd",
                "xoxb-SECRET-12345678",
                "-----BEGIN RSA PRIVATE KEY-----\nSECRET\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nSECRET, cut off",
                "jwt eyJSECREThbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.SECRET-x refused",
                "blob SECRETq83vEjRWeJq83vEjRWeJq83vEjRWeJq83vEjRWeJ== refused",
                "value \"SECRETx9!kLm2Pq\" is not allowed",
                "value 'xY9SECRETkLm2Pq' is not allowed",
                "failed to render: {{ .extra }} password: 'SECRET', next",
            })
    void takesCredentialsOut(String message) {
        String redacted = Redaction.redact(message);

        assertThat(redacted).doesNotContain("SECRET").contains(Redaction.REPLACEMENT);
        assertThat(Redaction.redact(redacted)).isEqualTo(redacted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Not all resources are ready: 3/5 ready",
                "Error: ImagePullBackOff",
                "Back-off pulling image \"registry.example.com/app:9.9.9\"",
                "Failed to pull image \"registry.example.com/App@sha256:"
                        + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\": not found",
                "Back-off restarting failed container db in pod oom-db-0_shop-a(9908b22b-3f66-494f-858a-bdf1fcd5e8a2)",
                "MountVolume.SetUp failed for volume \"creds\" : secret \"probe-creds\" not found",
                "configmap \"app-config\" not found",
                "couldn't find key password in Secret shop-a/creds",
                "Error creating: pods \"tight-q-7c9f8d6b5-2qsxs\" is forbidden: exceeded quota: pods, requested: pods=1,"
                        + " used: pods=10, limited: pods=10",
                "0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are available.",
                "failed to provision volume with StorageClass \"full\": rpc error: code = ResourceExhausted desc = pool is full",
                "Resource conflict detected for shop-a/clash-taken (Kind: ConfigMap, Policy: Stuck).",
                "circular dependency detected: a -> b -> a",
                "Readiness probe failed: HTTP probe failed with statuscode: 503",
                "ReplicaSet \"web-api-6d5f7c9b8d\" has timed out progressing.",
                "Liveness probe failed: Get \"http://10.244.0.7:8080/healthz\": context deadline exceeded",
                "persistentvolumeclaim \"data-db-0\" not found",
            })
    void leavesOrdinaryMessagesAlone(String message) {
        assertThat(Redaction.redact(message)).isEqualTo(message);
    }

    @Test
    void cutsAtAWholeCharacter() {
        String cut = Redaction.redact("\u00e9\ud83d\ude00 ".repeat(400));

        assertThat(cut.getBytes(StandardCharsets.UTF_8).length).isBetween(1000, 1024);
        assertThat(cut).endsWith("\u2026").doesNotContain("?");
    }

    @Test
    void findsACredentialThatTheCutWouldHaveSplit() {
        String message = "x ".repeat(505) + "password=SECRETSECRETSECRETSECRETSECRET";

        assertThat(Redaction.redact(message)).doesNotContain("SECRET");
    }

    @Property(tries = 500)
    void isStableAndBounded(@ForAll @StringLength(max = 3000) String message) {
        String redacted = Redaction.redact(message);

        assertThat(redacted.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1024);
        assertThat(Redaction.redact(redacted)).isEqualTo(redacted);
    }
}
