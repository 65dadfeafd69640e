package io.tenantpulse.standalone.replay;

import io.tenantpulse.detect.Detector;
import io.tenantpulse.detect.HeldMemory;
import io.tenantpulse.detect.IncidentChange;
import io.tenantpulse.detect.Observation;
import io.tenantpulse.detect.Rules;
import io.tenantpulse.detect.SurgeAlerts;
import io.tenantpulse.detect.Transition;
import io.tenantpulse.detect.Voice;
import io.tenantpulse.exporter.Batch;
import io.tenantpulse.exporter.LogRecord;
import io.tenantpulse.model.TenantId;
import io.tenantpulse.schema.AvroLimits;
import io.tenantpulse.schema.UndecodableRecordException;
import io.tenantpulse.topology.DiagnosisFailures;
import io.tenantpulse.topology.serde.LogRecords;
import io.tenantpulse.trends.Census;
import io.tenantpulse.trends.HeldMergerMemory;
import io.tenantpulse.trends.HeldSurgeMemory;
import io.tenantpulse.trends.Merger;
import io.tenantpulse.trends.MergerVoice;
import io.tenantpulse.trends.NoCensusMemory;
import io.tenantpulse.trends.SurgeCounts;
import io.tenantpulse.trends.TrendWindow;
import io.tenantpulse.v1.AlertTransition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The real detector and the real judge of surges, as in the topology but on one thread: records are handed over as they
 * are, what is remembered is held as it is, and what a replay does not show is not made.
 */
final class ReplayedDetector implements ReplayLog {
    private final HeldMemory memory = new HeldMemory();
    private final Detector detector;
    private List<AlertTransition> transitions = new ArrayList<>();

    ReplayedDetector(Rules rules) {
        AvroLimits.install(); // Avro makes the default values of records as if it read them.
        Voice voice = new CollectedVoice();
        SurgeAlerts surges = new SurgeAlerts(rules, new HeldSurgeMemory(), voice);
        Merger merger = Merger.ofMinutes(new HeldMergerMemory(), new JudgedWindows(surges));
        detector = new Detector(rules, memory, voice, new Census(new NoCensusMemory(), new SurgeCounts(merger)));
    }

    /** Keeps transitions; nothing else of what is decided is shown. */
    private final class CollectedVoice implements Voice {
        @Override
        public void say(Transition transition) {
            transitions.add(LogRecords.record(transition));
        }

        @Override
        public void say(IncidentChange change) {}

        @Override
        public void forgetAlert(String identity) {}

        @Override
        public void failed(TenantId tenant, RuntimeException failure) {
            DiagnosisFailures.log(tenant, failure);
        }

        @Override
        public void count(String what) {}
    }

    /** Has windows judged and keeps none. */
    private record JudgedWindows(SurgeAlerts surges) implements MergerVoice {
        @Override
        public void say(TrendWindow window) {
            surges.on(window);
        }

        @Override
        public void count(String what) {}
    }

    @Override
    public void accept(Batch batch) {
        if (batch.observedAt().toEpochMilli() == 0) {
            return; // As in the log, where it would mean that a record has no time.
        }
        for (LogRecord record : batch.records()) {
            accept(record, batch.observedAt());
        }
    }

    private void accept(LogRecord record, Instant observedAt) {
        Observation news;
        try {
            news = LogRecords.observation(record.value(), observedAt);
        } catch (UndecodableRecordException e) {
            return; // It would be a dead letter, which a replay does not show.
        }
        detector.on(news);
    }

    @Override
    public boolean isDue(String cluster, Instant upTo) {
        return memory.isDue(cluster, upTo);
    }

    /** The transitions since the last call, in order of decision. */
    List<AlertTransition> takeTransitions() {
        List<AlertTransition> taken = transitions;
        transitions = new ArrayList<>();
        return taken;
    }
}
