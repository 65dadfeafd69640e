package io.tenantpulse.standalone.replay;

import io.tenantpulse.v1.AlertTransition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the alerts topic holds, as the lines that a replay writes. */
public final class LiveLines {
    private LiveLines() {}

    /** All but what the wall clock decides. */
    public static String of(List<AlertTransition> transitions) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TransitionOrder order = new TransitionOrder(new TransitionJson(out)::write);
        transitions.stream()
                .filter(each -> !each.getAlert().equals("ClusterTelemetryStale"))
                .forEach(order::add);
        order.writeAll();
        return out.toString(StandardCharsets.UTF_8);
    }
}
