package io.tenantpulse.bench.detector;

import io.tenantpulse.detect.Rule;
import io.tenantpulse.detect.Rules;
import io.tenantpulse.topology.DetectorApp;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;

/** The detector with one rule that fires at once and one that waits ten seconds: {@code JOB}. Runs until its input ends. */
public final class PacedProcess {
    static final String READY = "READY";
    /** Fires at once. */
    static final LiteralRule AT_ONCE = LiteralRule.FAILED;
    /** Fires after {@link #HOLD}. */
    static final LiteralRule AFTER_HOLD = LiteralRule.UNKNOWN;

    static final Duration HOLD = Duration.ofSeconds(10);

    private static final long POLL_MILLIS = 20;

    private PacedProcess() {}

    public static void main(String[] args) throws Exception {
        Quiet.install();
        try (DetectorApp app = DetectorContender.app(Job.fromJson(args[0]), rules())) {
            app.start();
            while (app.streams().state() != KafkaStreams.State.RUNNING) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            System.out.println(READY);
            while (System.in.read() >= 0) {
                // nothing is asked; the end of the input is the end
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private static Rules rules() {
        Rules usual = Rules.builtIn();
        return new Rules(
                usual.tenantRules().stream().map(PacedProcess::held).toList(),
                usual.overrides(),
                usual.kindBlindHold(),
                usual.telemetryStaleHold(),
                usual.telemetryStaleHoldUnprobed(),
                usual.gapPolicy(),
                usual.registryRules(),
                usual.scopeRules());
    }

    private static Rule held(Rule rule) {
        Duration hold = rule.name().equals(AT_ONCE.alert())
                ? Duration.ZERO
                : rule.name().equals(AFTER_HOLD.alert()) ? HOLD : rule.hold();
        return new Rule(
                rule.name(), rule.predicate(), hold, rule.severity(), rule.keepFiring(), rule.rate(), rule.surge());
    }
}
