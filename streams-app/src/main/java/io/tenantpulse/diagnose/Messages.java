package io.tenantpulse.diagnose;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads names out of messages of Kubernetes. They are texts for people and can be anything: what is not recognised is not
 * guessed. Patterns are linear; messages have at most 1 KiB.
 */
final class Messages {
    private static final Pattern MISSING_CONFIG =
            Pattern.compile("\\b(secret|configmap)s? \"([^\"]{1,253})\" not found", Pattern.CASE_INSENSITIVE);
    private static final Pattern MISSING_KEY = Pattern.compile(
            "find key (\\S{1,253}) in (Secret|ConfigMap) [^/\\s]{1,63}/(\\S{1,253})", Pattern.CASE_INSENSITIVE);
    private static final Pattern INSUFFICIENT = Pattern.compile("Insufficient ([a-z0-9][a-zA-Z0-9./-]{0,100})");
    private static final Pattern QUOTA = Pattern.compile("exceeded quota: ([^,\\s]{1,253})");
    private static final Pattern QUOTA_MUST = Pattern.compile("failed quota: ([^:,\\s]{1,253})");
    private static final Pattern WEBHOOK = Pattern.compile("admission webhook \"([^\"]{1,253})\" denied");
    private static final Pattern POLICY = Pattern.compile("ValidatingAdmissionPolicy '([^']{1,253})'");
    private static final Pattern POD_SECURITY = Pattern.compile("violates PodSecurity \"([^\"]{1,100})\"");
    private static final Pattern SERVICE_ACCOUNT = Pattern.compile("serviceaccount \"([^\"]{1,253})\" not found");
    private static final Pattern VOLUME = Pattern.compile("volume \"([^\"]{1,253})\"");
    private static final Pattern MISSING_CLAIM =
            Pattern.compile("persistentvolumeclaim \"([^\"]{1,253})\" (?:not found|is being deleted)");

    private Messages() {}

    /** The Secret or ConfigMap that is missed, as {@code Secret NAME}; null: none is. */
    static @Nullable String missingConfig(@Nullable String message) {
        if (message == null) {
            return null;
        }
        Matcher missing = MISSING_CONFIG.matcher(message);
        if (missing.find()) {
            return kindOfConfig(missing.group(1)) + ' ' + missing.group(2);
        }
        Matcher key = MISSING_KEY.matcher(message);
        return key.find() ? kindOfConfig(key.group(2)) + ' ' + key.group(3) : null;
    }

    private static String kindOfConfig(String word) {
        return word.equalsIgnoreCase("secret") ? "Secret" : "ConfigMap";
    }

    /** What the scheduler found too little of, or what kept the pod from every node. */
    static @Nullable String lack(@Nullable String message) {
        if (message == null) {
            return null;
        }
        SortedSet<String> lacks = new TreeSet<>();
        Matcher insufficient = INSUFFICIENT.matcher(message);
        while (insufficient.find()) {
            lacks.add(insufficient.group(1).replaceAll("[.]+$", ""));
        }
        if (!lacks.isEmpty()) {
            return "Insufficient " + String.join(", ", lacks);
        }
        if (message.contains("Too many pods")) {
            return "Too many pods";
        }
        if (message.contains("volume node affinity conflict")) {
            return "volume node affinity";
        }
        if (message.contains("node affinity") || message.contains("node selector")) {
            return "node affinity/selector";
        }
        if (message.contains("untolerated taint")) {
            return "untolerated taint";
        }
        return message.contains("affinity") || message.contains("topology spread") ? "pod affinity/spread" : null;
    }

    /** Whether the scheduler waits for volumes, not for room. */
    static boolean waitsForVolume(@Nullable String message) {
        return message != null
                && (message.contains("unbound immediate PersistentVolumeClaims")
                        || message.contains("available persistent volumes to bind")
                        || MISSING_CLAIM.matcher(message).find());
    }

    static @Nullable String missingClaim(@Nullable String message) {
        return message == null ? null : group(MISSING_CLAIM, message);
    }

    /** The ResourceQuota that was exceeded; null: none was. */
    static @Nullable String quota(@Nullable String message) {
        if (message == null) {
            return null;
        }
        String exceeded = group(QUOTA, message);
        return exceeded == null ? group(QUOTA_MUST, message) : exceeded;
    }

    /** Who refused the object: a webhook, a policy, a rule; null: the message tells of no refusal. */
    static @Nullable String refusal(@Nullable String message) {
        if (message == null) {
            return null;
        }
        String webhook = group(WEBHOOK, message);
        if (webhook != null) {
            return "webhook " + webhook;
        }
        String policy = group(POLICY, message);
        if (policy != null) {
            return "policy " + policy;
        }
        String security = group(POD_SECURITY, message);
        if (security != null) {
            return "PodSecurity " + security;
        }
        String account = group(SERVICE_ACCOUNT, message);
        if (account != null) {
            return "ServiceAccount " + account;
        }
        boolean refused = message.contains("forbidden") || message.contains("denied") || message.contains("is invalid");
        return refused ? "API server" : null;
    }

    /** The volume that is spoken of; null: none. */
    static @Nullable String volume(@Nullable String message) {
        return message == null ? null : group(VOLUME, message);
    }

    private static @Nullable String group(Pattern pattern, String message) {
        Matcher matcher = pattern.matcher(message);
        return matcher.find() ? matcher.group(1) : null;
    }
}
