package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A refusal as the Kubernetes API words it: an HTTP code and a Status object. */
@SuppressWarnings("serial")
final class ApiError extends RuntimeException {
    private final int code;
    private final String reason;

    ApiError(int code, String reason, String message) {
        super(message);
        this.code = code;
        this.reason = reason;
    }

    static ApiError unauthorized() {
        return new ApiError(401, "Unauthorized", "Unauthorized");
    }

    static ApiError forbidden(ResourceType type) {
        return new ApiError(
                403,
                "Forbidden",
                "%s is forbidden: User \"demo\" cannot list resource \"%s\" in API group \"%s\" at the cluster scope"
                        .formatted(type.qualifiedName(), type.plural(), type.group()));
    }

    static ApiError notFound(ResourceType type, String name) {
        return new ApiError(404, "NotFound", "%s \"%s\" not found".formatted(type.qualifiedName(), name));
    }

    static ApiError pathNotFound() {
        return new ApiError(404, "NotFound", "the server could not find the requested resource");
    }

    static ApiError expired(long asked, long oldest) {
        return new ApiError(410, "Expired", "too old resource version: %d (%d)".formatted(asked, oldest));
    }

    static ApiError continueExpired() {
        return new ApiError(
                410,
                "Expired",
                "The provided continue parameter is too old to display a consistent list result. You can start a new "
                        + "list without the continue parameter.");
    }

    int code() {
        return code;
    }

    ObjectNode toStatus() {
        return Json.object(
                "kind",
                "Status",
                "apiVersion",
                "v1",
                "metadata",
                Json.object(),
                "status",
                "Failure",
                "message",
                String.valueOf(getMessage()),
                "reason",
                reason,
                "code",
                code);
    }
}
