package io.tenantpulse.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The file of results: one part for each command, replaced when that command runs again. */
public final class Results {
    /** Folder of the project. */
    static final Path HOME = Path.of(System.getProperty("tenantpulse.home", "."));

    /** Folder of the drawings, beside the file. */
    private static final String CHARTS = "charts";

    private static final Pattern MODEL = Pattern.compile("model name\\s*:\\s*(.+)");

    private Results() {}

    /** The tables under a heading that says where, when and how they were made. */
    public static String headed(String part, List<String> tables) throws IOException {
        return "## " + part + "\n\n" + "Made " + Instant.now().truncatedTo(ChronoUnit.SECONDS) + " by `"
                + System.getProperty("tenantpulse.command", "bench " + part) + "` on " + machine() + "; JDK "
                + System.getProperty("java.vm.version") + ", " + libraries() + ".\n\n" + String.join("\n", tables);
    }

    /** Puts the text in the place of the part's former one. */
    public static void keep(Path file, String part, String text) throws IOException {
        String all;
        try {
            all = Files.readString(file);
        } catch (NoSuchFileException e) {
            all = "# What it costs\n\nCPU-seconds and bytes hold on a busy machine; read the ratios first.\n";
        }
        String begin = "<!-- begin " + part + " -->";
        String end = "<!-- end " + part + " -->";
        String block = begin + "\n" + text.strip() + "\n" + end;
        Pattern former = Pattern.compile(Pattern.quote(begin) + ".*?" + Pattern.quote(end), Pattern.DOTALL);
        Matcher found = former.matcher(all);
        String kept = found.find()
                ? all.substring(0, found.start()) + block + all.substring(found.end())
                : all.strip() + "\n\n" + block + "\n";
        Files.writeString(file, kept);
    }

    /** The same, and beside the file a drawing of each chart, shown below the text. */
    static void keep(Path file, String part, String text, List<Chart> charts) throws IOException {
        StringBuilder all = new StringBuilder(text.strip()).append('\n');
        for (Chart chart : charts) {
            Path drawn = file.resolveSibling(CHARTS).resolve(chart.file());
            Files.createDirectories(file.resolveSibling(CHARTS));
            Files.writeString(drawn, chart.svg());
            all.append("\n![" + chart.title() + "](" + CHARTS + '/' + chart.file() + ")\n");
        }
        keep(file, part, all.toString());
    }

    private static String machine() {
        return Runtime.getRuntime().availableProcessors() + " × " + cpu() + ", "
                + Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB heap";
    }

    private static String cpu() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.map(MODEL::matcher)
                    .filter(Matcher::matches)
                    .map(line -> line.group(1))
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch"); // not Linux
        }
    }

    private static String libraries() throws IOException {
        return "fabric8 " + version("io.fabric8", "kubernetes-client-api") + ", Jackson "
                + com.fasterxml.jackson.core.json.PackageVersion.VERSION + ", Avro "
                + org.apache.avro.Schema.class.getPackage().getImplementationVersion();
    }

    private static @Nullable String version(String group, String artifact) throws IOException {
        String file = "/META-INF/maven/" + group + '/' + artifact + "/pom.properties";
        try (InputStream in = Results.class.getResourceAsStream(file)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(new java.io.InputStreamReader(in, StandardCharsets.UTF_8));
            }
            return properties.getProperty("version", "?");
        }
    }
}
