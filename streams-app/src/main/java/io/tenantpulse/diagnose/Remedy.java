package io.tenantpulse.diagnose;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A command of the runbook with the real names filled in.
 *
 * @param why what it is good for, one line
 * @param arguments of {@code kubectl}, unquoted
 * @param mutating it changes something in the cluster
 */
public record Remedy(String why, List<String> arguments, boolean mutating) {
    public Remedy {
        arguments = List.copyOf(arguments);
    }

    /**
     * The command, safe to paste into a POSIX shell whatever the names are.
     *
     * @param context kubeconfig context to name; null: none
     */
    public String command(@Nullable String context) {
        String chosen = context == null ? "" : " --context=" + quoted(context);
        return "kubectl" + chosen + ' ' + arguments.stream().map(Remedy::quoted).collect(Collectors.joining(" "));
    }

    /** A word that the shell takes as it is, or in single quotes. */
    static String quoted(String word) {
        boolean plain = !word.isEmpty() && word.chars().allMatch(Remedy::isPlain);
        return plain ? word : '\'' + word.replace("'", "'\\''") + '\'';
    }

    private static boolean isPlain(int c) {
        boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        return alphanumeric || "-_./:=,@%+".indexOf(c) >= 0;
    }
}
