package io.tenantpulse.trends;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a census told. */
public final class ToldWindows implements CensusVoice {
    /** By {@code scope@start}. */
    public final Map<String, Totals> windows = new TreeMap<>();
    /** {@code cluster@start}, with an exclamation mark where it is the last. */
    public final List<String> closed = new ArrayList<>();
    /** {@code start[blind]}. */
    public final List<String> fleet = new ArrayList<>();

    int odd;

    @Override
    public void say(Scope scope, Instant window, Totals totals) {
        assertThat(windows.put(key(scope, window), totals)).as("told once").isNull();
    }

    static String key(Scope scope, Instant window) {
        return scope.key() + '@' + window.toEpochMilli();
    }

    @Override
    public void closed(String cluster, Instant window, boolean gone) {
        closed.add(cluster + '@' + window.toEpochMilli() + (gone ? "!" : ""));
    }

    @Override
    public void fleetClosed(Instant window, List<String> blind) {
        fleet.add(window.toEpochMilli() / 1000 + blind.toString());
    }

    @Override
    public void count(String what) {
        odd++;
    }
}
