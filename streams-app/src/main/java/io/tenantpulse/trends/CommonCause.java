package io.tenantpulse.trends;

import org.jspecify.annotations.Nullable;

/**
 * A cause that tenants can have in common.
 *
 * @param word of the vocabulary of causes, such as {@code ImagePull}
 * @param subject what is the same for all of them: an image, a StorageClass, a node; null: nothing is known
 */
public record CommonCause(String word, @Nullable String subject) {
    /** The word, and after a space the subject. */
    public String key() {
        return subject == null ? word : word + ' ' + subject;
    }

    /** Reads a key back. */
    public static CommonCause parse(String key) {
        int end = key.indexOf(' ');
        return end < 0 ? new CommonCause(key, null) : new CommonCause(key.substring(0, end), key.substring(end + 1));
    }
}
