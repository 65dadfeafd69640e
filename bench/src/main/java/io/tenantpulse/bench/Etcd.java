package io.tenantpulse.bench;

import io.tenantpulse.exporter.WatchedKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts whole objects, status and managedFields included, under the API server into its store: thousands a second, where it would itself take two
 * requests for each and forget what it does not believe. The server then serves them as its own.
 */
final class Etcd {
    /** Where an API server keeps objects. */
    private static final Map<WatchedKind, String> PREFIXES = new LinkedHashMap<>();

    private static final int BATCH = 64;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    static {
        PREFIXES.put(WatchedKind.TENANT, "operator.kubernetes-tenants.org/tenants");
        PREFIXES.put(WatchedKind.DEPLOYMENT, "deployments");
        PREFIXES.put(WatchedKind.STATEFUL_SET, "statefulsets");
        PREFIXES.put(WatchedKind.CONFIG_MAP, "configmaps");
        PREFIXES.put(WatchedKind.SERVICE_ACCOUNT, "serviceaccounts");
        PREFIXES.put(WatchedKind.REPLICA_SET, "replicasets");
        PREFIXES.put(WatchedKind.JOB, "jobs");
        PREFIXES.put(WatchedKind.CLAIM, "persistentvolumeclaims");
        PREFIXES.put(WatchedKind.POD, "pods");
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI txn;

    /** @param url such as {@code http://127.0.0.1:2379} */
    Etcd(String url) {
        this.txn = URI.create(url + "/v3/kv/txn");
    }

    /** The kinds that are put. */
    static List<WatchedKind> kinds() {
        return List.copyOf(PREFIXES.keySet());
    }

    /**
     * Puts copy after copy until there are at least so many objects; what is there already gets a new resourceVersion and is else unchanged.
     *
     * @return how many objects were put
     */
    int fill(Fleet fleet, int objects) throws IOException, InterruptedException {
        int put = 0;
        for (int copy = 0; put < objects; copy++) {
            int before = put;
            for (Map.Entry<WatchedKind, String> each : PREFIXES.entrySet()) {
                List<Fleet.Member> members = fleet.copy(each.getKey(), copy);
                put(each.getValue(), members);
                put += members.size();
            }
            if (put == before) {
                throw new IOException("the recording has no object of the kinds " + PREFIXES.keySet());
            }
        }
        return put;
    }

    private void put(String prefix, List<Fleet.Member> members) throws IOException, InterruptedException {
        List<String> operations = new ArrayList<>();
        for (Fleet.Member each : members) {
            String key = "/registry/" + prefix + "/" + each.namespace() + "/" + each.name();
            operations.add("{\"requestPut\":{\"key\":\"" + base64(key) + "\",\"value\":\""
                    + base64(each.event().object()) + "\"}}");
            if (operations.size() == BATCH) {
                send(operations);
            }
        }
        send(operations);
    }

    private void send(List<String> operations) throws IOException, InterruptedException {
        if (operations.isEmpty()) {
            return;
        }
        String body = "{\"success\":[" + String.join(",", operations) + "]}";
        HttpRequest request = HttpRequest.newBuilder(txn)
                .timeout(TIMEOUT)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("etcd did not take " + operations.size() + " objects: " + answer.body());
        }
        operations.clear();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
