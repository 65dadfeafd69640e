package io.tenantpulse.exporter.kube;

import io.tenantpulse.testkit.AuditLog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the user {@code exporter} asked of a real API server, one entry for each request. */
final class Requests {
    /** The time that a server on a busy machine takes to see that we have closed a watch. */
    private static final Duration NOTICED = Duration.ofSeconds(2);

    private final AuditLog audit;

    Requests(AuditLog audit) {
        this.audit = audit;
    }

    /**
     * A request.
     *
     * @param end {@link Instant#MAX} while it runs
     * @param code 0 while it has no answer
     */
    record Request(String verb, String uri, Instant begin, Instant end, int code) {
        /** Whether it asks for all objects, be it as a streaming list; a probe is none. */
        boolean isList() {
            return verb.equals("list") && !uri.endsWith("?limit=1") || uri.contains("sendInitialEvents=true");
        }

        boolean isWatch() {
            return verb.equals("watch");
        }

        /** From which a watch begins; empty if it does not say. */
        String resourceVersion() {
            return uri.replaceAll(".*[?&]resourceVersion=([^&]*).*|.*", "$1");
        }
    }

    /**
     * Requests that came after that time, in their order.
     *
     * @param resource as {@link AuditLog.Entry#resource}
     */
    List<Request> of(String resource, Instant since) throws IOException {
        Map<String, Request> requests = new LinkedHashMap<>();
        for (AuditLog.Entry entry : audit.of("exporter")) {
            if (entry.resource().equals(resource) && entry.received().isAfter(since)) {
                boolean complete = entry.stage().equals("ResponseComplete");
                requests.put(
                        entry.id(),
                        new Request(
                                entry.verb(),
                                entry.uri(),
                                entry.received(),
                                complete ? entry.at() : Instant.MAX,
                                entry.status()));
            }
        }
        return new ArrayList<>(requests.values());
    }

    /** Most that ran at one time, but for those that were just being closed. */
    static int together(List<Request> watches) {
        return watches.stream()
                .mapToInt(one -> (int) watches.stream()
                        .filter(other -> !other.begin().isAfter(one.begin())
                                && (other == one || other.end().minus(NOTICED).isAfter(one.begin())))
                        .count())
                .max()
                .orElse(0);
    }
}
