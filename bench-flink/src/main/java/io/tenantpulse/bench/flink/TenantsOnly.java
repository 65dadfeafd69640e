package io.tenantpulse.bench.flink;

import org.apache.flink.api.common.functions.FilterFunction;

/** Marks have done their work in the source. */
final class TenantsOnly implements FilterFunction<TenantNews> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean filter(TenantNews news) {
        if (!news.isOfTenant()) {
            FlinkContender.PROCESSED.increment();
        }
        return news.isOfTenant();
    }
}
