package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Writes one kubeconfig with one context for each demo cluster, readable by its owner only: it holds their tokens. */
final class Kubeconfig {
    private Kubeconfig() {}

    /** JSON is YAML too, and needs no YAML library. */
    static void write(Path file, Map<String, DemoApiServer> clusters) throws IOException {
        ArrayNode names = Json.array();
        ArrayNode users = Json.array();
        ArrayNode contexts = Json.array();
        clusters.forEach((name, server) -> {
            names.add(Json.object("name", name, "cluster", Json.object("server", server.url())));
            users.add(Json.object("name", name, "user", Json.object("token", server.token())));
            contexts.add(Json.object("name", name, "context", Json.object("cluster", name, "user", name)));
        });
        byte[] text = Json.bytes(Json.object(
                "apiVersion",
                "v1",
                "kind",
                "Config",
                "clusters",
                names,
                "users",
                users,
                "contexts",
                contexts,
                "current-context",
                clusters.keySet().iterator().next()));
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(file, text);
    }
}
