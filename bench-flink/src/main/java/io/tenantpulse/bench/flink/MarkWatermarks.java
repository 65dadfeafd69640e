package io.tenantpulse.bench.flink;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** Event time of a partition: the log's own watermarks, that of the cluster that lags most. */
final class MarkWatermarks implements WatermarkGenerator<TenantNews> {
    private final Map<String, Long> byCluster = new HashMap<>();
    private long emitted = Long.MIN_VALUE;

    @Override
    public void onEvent(TenantNews news, long timestamp, WatermarkOutput output) {
        if (news.watermark == 0) {
            return;
        }
        byCluster.put(news.cluster, news.watermark);
        long all = Long.MAX_VALUE;
        for (long each : byCluster.values()) {
            all = Math.min(all, each);
        }
        if (all > emitted) {
            emitted = all;
            output.emitWatermark(new Watermark(all));
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        // a mark says at once what there is to say
    }
}
