package io.tenantpulse.trends;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A cause that tenants can have in common.
 *
 * @param word of the vocabulary of causes, such as {@code ImagePull}
 * @param subject what is the same for all of them: an image, a StorageClass, a node; null: nothing is known
 */
public record CommonCause(String word, @Nullable String subject) {
    /** Of a longer subject only the beginning is kept, for every tenant may have its own. */
    private static final int LONGEST = 200;

    public CommonCause {
        subject = subject == null || subject.length() <= LONGEST ? subject : subject.substring(0, LONGEST);
    }

    /** The word, and after a space the subject. */
    public String key() {
        return subject == null ? word : word + ' ' + subject;
    }

    /**
     * Tenants by key of their cause. Where there are more keys than {@link TopCounts} tells apart, the rarest are counted
     * under their word alone: that all have the same trouble is known though each has it with an object of its own.
     */
    static TopCounts counts(SortedMap<String, Long> byKey, long other) {
        if (byKey.size() <= TopCounts.LIMIT) {
            return new TopCounts(byKey, other);
        }
        Set<String> words =
                byKey.keySet().stream().map(key -> parse(key).word()).collect(Collectors.toSet());
        int room = TopCounts.LIMIT - words.size();
        TreeMap<String, Long> kept = new TreeMap<>();
        for (Map.Entry<String, Long> each : TopCounts.ranked(byKey)) {
            boolean alone = words.contains(each.getKey());
            kept.merge(alone || room > 0 ? each.getKey() : parse(each.getKey()).word(), each.getValue(), Long::sum);
            room -= alone ? 0 : 1;
        }
        return new TopCounts(kept, other);
    }

    /** Reads a key back. */
    public static CommonCause parse(String key) {
        int end = key.indexOf(' ');
        return end < 0 ? new CommonCause(key, null) : new CommonCause(key.substring(0, end), key.substring(end + 1));
    }
}
