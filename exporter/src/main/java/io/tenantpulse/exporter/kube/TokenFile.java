package io.tenantpulse.exporter.kube;

import io.fabric8.kubernetes.client.OAuthTokenProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A token that is renewed in its file, as bound service account tokens are. The file is read for each request, so that an old token is not used until it
 * is refused. While there is no token in it, as in the moment of its replacement, the last one serves. Thread-safe.
 */
final class TokenFile implements OAuthTokenProvider {
    private final Path file;
    private volatile String last;

    private TokenFile(Path file, String first) {
        this.file = file;
        this.last = first;
    }

    /**
     * Reads it once.
     *
     * @throws KubeAccessException if there is no token in it
     */
    static TokenFile open(Path file, String cluster) {
        String first = read(file);
        if (first.isEmpty()) {
            throw new KubeAccessException("cluster " + cluster + ": the token file " + file
                    + " is missing, empty or may not be read: renew the token, or set tokenFile to the right file");
        }
        return new TokenFile(file, first);
    }

    @Override
    public String getToken() {
        String present = read(file);
        if (!present.isEmpty()) {
            last = present;
        }
        return last;
    }

    private static String read(Path file) {
        try {
            String text = Files.readString(file).strip();
            // An HTTP client that refuses such a header quotes it.
            return text.chars().allMatch(c -> c > ' ' && c < 0x7F) ? text : "";
        } catch (IOException e) {
            return "";
        }
    }
}
