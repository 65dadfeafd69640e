package io.tenantpulse.bench.oracle;

import io.tenantpulse.bench.Cpu;
import io.tenantpulse.topology.HeldRig;
import io.tenantpulse.topology.OracleRig;
import io.tenantpulse.topology.TopologyRig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Judges the detector over random histories; says where it and the oracle differ, as short as it can be told. */
@Command(
        name = "oracle",
        description =
                "Judge the detector over random histories by a second, independent program. Exit code 1 where they differ.",
        mixinStandardHelpOptions = true)
public final class OracleBench implements Callable<Integer> {
    /** So many are told in full. */
    private static final int TOLD = 5;

    @Option(
            names = "--histories",
            paramLabel = "N",
            defaultValue = "2000",
            description = "How many histories. Default: ${DEFAULT-VALUE}.")
    private int histories;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Seed of the first; the next ones follow it. Default: by the clock.")
    private long seed = System.nanoTime() & 0xffffffL;

    @Option(
            names = "--topology",
            paramLabel = "N",
            defaultValue = "10",
            description =
                    "Every Nth history also goes through the whole topology; 0: none does. Default: ${DEFAULT-VALUE}.")
    private int topology;

    @Option(
            names = "--surges",
            paramLabel = "N",
            description = "How many histories of trends, which are judged for surges. Default: as many as --histories.")
    private int surges = -1;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Keep the tables there, in the part of this command.")
    private @Nullable Path results;

    private final TreeMap<String, Integer> told = new TreeMap<>();
    private final TreeMap<String, Integer> counts = new TreeMap<>();
    private long entries;
    private int wrong;

    @Override
    public Integer call() throws IOException {
        long begin = Cpu.processNanos();
        System.out.printf("seed %d, %d histories%n", seed, histories);
        for (int i = 0; i < histories; i++) {
            History history = RandomHistories.of(seed + i);
            List<Said> expected = Oracle.judge(history);
            entries += history.log().size();
            OracleResults.tell(history, told);
            expected.forEach(each -> counts.merge(each.alert() + " " + each.status(), 1, Integer::sum));
            compare(history, expected, OracleRig::new, "detector");
            compare(history, expected, HeldRig::new, "detector of a replay");
            if (topology > 0 && i % topology == 0) {
                compare(history, expected, TopologyRig::new, "topology");
            }
        }
        SurgeJudging surgeJudging = judgeSurges();
        counts.putAll(surgeJudging.said());
        told.putAll(surgeJudging.told());
        counts.forEach((what, count) -> System.out.printf("%8d %s%n", count, what));
        System.out.printf(
                "%d histories from seed %d, %d log entries, %d disagreements%n", histories, seed, entries, wrong);
        System.out.printf(
                "%d histories of trends from seed %d, %d windows, %d disagreements%n",
                surges,
                seed,
                surgeJudging.told().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum(),
                surgeJudging.wrong());
        wrong += surgeJudging.wrong();
        OracleResults all =
                new OracleResults(histories, seed, entries, wrong, counts, told, Cpu.processNanos() - begin);
        System.out.printf("%.0f CPU-seconds%n", all.cpuNanos() / 1e9);
        if (results != null) {
            all.keep(results);
        }
        return wrong == 0 ? 0 : 1;
    }

    private SurgeJudging judgeSurges() {
        SurgeJudging judging = new SurgeJudging();
        surges = surges < 0 ? histories : surges;
        for (int i = 0; i < surges; i++) {
            judging.judge(seed + i);
        }
        return judging;
    }

    private void compare(History history, List<Said> expected, Subject.Maker maker, String what) {
        Comparison found = Comparison.between(expected, Comparison.run(history, maker));
        if (found.isEmpty()) {
            return;
        }
        wrong++;
        System.out.printf("history %d: the %s differs from the oracle%n", history.seed(), what);
        if (wrong <= TOLD) {
            History shortest = Shrinking.of(history, each -> differs(each, maker));
            System.out.print(StoryText.of(shortest));
            System.out.print(Comparison.of(shortest, maker));
        } else {
            System.out.print(found);
        }
    }

    private static boolean differs(History history, Subject.Maker maker) {
        List<Said> expected = new ArrayList<>(Oracle.judge(history));
        return !Comparison.between(expected, Comparison.run(history, maker)).isEmpty();
    }
}
