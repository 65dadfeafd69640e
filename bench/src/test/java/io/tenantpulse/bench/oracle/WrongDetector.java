package io.tenantpulse.bench.oracle;

import java.util.ArrayList;
import java.util.List;

/**
 * The real detector with something wrong in it: its own sources with a few words replaced.
 *
 * @param what one sentence, what it does wrong
 */
record WrongDetector(String what, List<Edit> edits) {
    /**
     * Words of a source file and what stands there instead.
     *
     * @param file below io/tenantpulse
     * @param right must stand there, or the test is out of date
     */
    record Edit(String file, String right, String wrong) {}

    static WrongDetector that(String what, String file, String right, String wrong) {
        return new WrongDetector(what, List.of(new Edit(file, right, wrong)));
    }

    WrongDetector and(String file, String right, String wrong) {
        List<Edit> all = new ArrayList<>(edits);
        all.add(new Edit(file, right, wrong));
        return new WrongDetector(what, all);
    }

    @Override
    public String toString() {
        return what;
    }
}
