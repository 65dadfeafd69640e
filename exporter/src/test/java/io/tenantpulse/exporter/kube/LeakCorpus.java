package io.tenantpulse.exporter.kube;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The messages under {@code leaks/}; its README says how they are written. */
final class LeakCorpus {
    private static final Pattern MARKED = Pattern.compile("«([^»]*)»?");

    private LeakCorpus() {}

    /** A message and what in it is secret. */
    record Leak(String message, List<String> secrets) {
        @Override
        public String toString() {
            return message;
        }
    }

    static List<Leak> leaks() throws IOException {
        return lines("secrets.txt").stream().map(LeakCorpus::leak).toList();
    }

    static List<String> ordinary() throws IOException {
        return lines("ordinary.txt");
    }

    private static Leak leak(String line) {
        List<String> secrets = new ArrayList<>();
        Matcher marked = MARKED.matcher(line);
        while (marked.find()) {
            secrets.add(marked.group(1));
        }
        if (secrets.isEmpty()) {
            throw new IllegalStateException("nothing is marked in: " + line);
        }
        return new Leak(line.replaceAll("[«»]", ""), secrets);
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(LeakCorpus.class.getResourceAsStream("/leaks/" + file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.replace("\\\\", "\0").replace("\\n", "\n").replace('\0', '\\'))
                    .toList();
        }
    }
}
