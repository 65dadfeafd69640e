package io.tenantpulse.bench.oracle;

import java.util.List;

/** A detector that is judged: the real one, one that is wrong on purpose, or the whole topology. */
public interface Subject extends AutoCloseable {
    /** Reads one more record of the log. */
    void take(LogEntry entry);

    /** Ends the detector and starts another on the state that it left. */
    void restart();

    /** What it said so far; changes while firing are left out. */
    List<Said> said();

    @Override
    void close();

    /** Makes subjects with empty state. */
    interface Maker {
        Subject make(RuleTable rules);
    }
}
