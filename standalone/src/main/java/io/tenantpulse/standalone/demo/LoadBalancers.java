package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/** Gives Services of type LoadBalancer their address after a while. */
final class LoadBalancers {
    private static final int SECONDS = 6;

    private record Waiting(String namespace, String name, Instant since) {}

    private final World world;
    private final Map<String, Waiting> waiting = new TreeMap<>();

    LoadBalancers(World world) {
        this.world = world;
    }

    void watch(String namespace, String name) {
        waiting.put(namespace + "/" + name, new Waiting(namespace, name, world.now()));
    }

    void step() {
        Iterator<Waiting> each = waiting.values().iterator();
        while (each.hasNext()) {
            Waiting service = each.next();
            if (world.now().isBefore(service.since().plusSeconds(SECONDS))
                    || world.ailments().stuck(service.namespace(), service.name())) {
                continue;
            }
            each.remove();
            if (world.store()
                    .peek(Kinds.SERVICE, service.namespace(), service.name())
                    .isPresent()) {
                ObjectNode ingress = Json.object("ip", "203.0.113." + world.between(2, 250), "ipMode", "VIP");
                ObjectNode status = Json.object("loadBalancer", Json.object("ingress", Json.array(ingress)));
                world.store()
                        .updateStatus(Kinds.SERVICE, service.namespace(), service.name(), status, "cloud-controller");
                world.changed(service.namespace(), service.name());
            }
        }
    }
}
