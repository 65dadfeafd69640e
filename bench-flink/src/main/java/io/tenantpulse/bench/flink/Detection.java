package io.tenantpulse.bench.flink;

import io.tenantpulse.bench.detector.LiteralRule;
import io.tenantpulse.bench.detector.TenantClocks;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** A tenant's clocks as keyed state; a timer of event time for each deadline. */
final class Detection extends KeyedProcessFunction<String, TenantNews, Told> {
    private static final long serialVersionUID = 1L;

    private final long endMillis;
    private transient ValueState<TenantClocks> state;

    /** @param endMillis the log's last watermark: what comes due when Flink ends time itself does not count */
    Detection(long endMillis) {
        this.endMillis = endMillis;
    }

    @Override
    public void open(OpenContext context) {
        state = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("clocks", TypeInformation.of(TenantClocks.class)));
    }

    @Override
    public void processElement(TenantNews news, Context context, Collector<Told> out) throws Exception {
        TenantClocks known = state.value();
        TenantClocks clocks = known == null ? new TenantClocks() : known;
        if (clocks.admit(news.epoch, news.sequence)) {
            clocks.observe(news.holding, news.degraded, news.at, voice(news.key, news.at, out));
            for (int i = 0; news.holding != 0 && i < clocks.since.length; i++) {
                if (clocks.since[i] == news.at) {
                    context.timerService()
                            .registerEventTimeTimer(news.at + LiteralRule.of(i).holdMillis());
                }
            }
            state.update(clocks);
        }
        FlinkContender.PROCESSED.increment();
    }

    @Override
    public void onTimer(long due, OnTimerContext context, Collector<Told> out) throws Exception {
        TenantClocks clocks = state.value();
        if (due <= endMillis && clocks != null && clocks.fire(due, voice(context.getCurrentKey(), due, out))) {
            state.update(clocks);
        }
    }

    private static TenantClocks.Voice voice(String key, long decidedAt, Collector<Told> out) {
        return (rule, reason, fires, since, at) -> {
            Told told = new Told();
            told.key = key;
            told.rule = rule.ordinal();
            told.reason = reason;
            told.fires = fires;
            told.since = since;
            told.at = at;
            told.decidedAt = decidedAt;
            out.collect(told);
        };
    }
}
