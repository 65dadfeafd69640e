package io.tenantpulse.topology;

import io.tenantpulse.bench.oracle.LogEntry;
import io.tenantpulse.bench.oracle.RuleTable;
import io.tenantpulse.bench.oracle.Said;
import io.tenantpulse.bench.oracle.Subject;
import io.tenantpulse.detect.Detector;
import io.tenantpulse.detect.HeldMemory;
import io.tenantpulse.topology.serde.LogRecords;
import io.tenantpulse.trends.Census;
import io.tenantpulse.trends.NoCensusMemory;
import java.util.List;

/** The detector as a replay has it: records as they are, and a memory that holds objects. It has nothing to start again from. */
public final class HeldRig implements Subject {
    private final SaidVoice voice = new SaidVoice();
    private final Detector detector;

    public HeldRig(RuleTable table) {
        detector = new Detector(
                OracleRig.rules(table), new HeldMemory(), voice, new Census(new NoCensusMemory(), new Uncounted()));
    }

    @Override
    public void take(LogEntry entry) {
        detector.on(LogRecords.observation(entry.value(), entry.observedAt()));
    }

    @Override
    public void restart() {
        // A replay runs from its beginning to its end.
    }

    @Override
    public List<Said> said() {
        return voice.said();
    }

    @Override
    public void close() {
        // Holds nothing but memory.
    }
}
