package io.tenantpulse.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 has it. Never quotes a stack trace, a store or a host.
 *
 * @param status of HTTP
 * @param word what clients tell problems apart by; the last part of {@code type}
 * @param detail for people: what, where, what to do
 * @param retryAfterSeconds null: to try again is of no use
 */
record Problem(
        HttpStatus status,
        String word,
        String detail,
        @Nullable Integer retryAfterSeconds) {
    private static final String TYPE = "urn:tenant-pulse:problem:";
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(HttpStatus status, String word, String detail) {
        return new Problem(status, word, detail, null);
    }

    void answer(Context context) {
        JsonObject body = new JsonObject()
                .put("type", TYPE + word)
                .put("title", status.getMessage())
                .put("status", status.getCode())
                .put("detail", detail)
                .put("instance", context.path());
        if (retryAfterSeconds != null) {
            context.header("Retry-After", retryAfterSeconds.toString());
        }
        context.status(status).contentType(MEDIA_TYPE).result(body.toString());
    }
}
