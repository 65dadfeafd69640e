package io.tenantpulse.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tenantpulse.diagnose.Remedy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kubectl commands of an answer, made for one kubeconfig context. */
final class KubectlCommands {
    private KubectlCommands() {}

    /** @param context null: the commands stay as they are */
    static void forContext(JsonNode answer, @Nullable String context) {
        if (context == null) {
            return;
        }
        for (JsonNode cause : answer.path("causes")) {
            for (JsonNode remedy : cause.path("remedies")) {
                List<String> arguments = new ArrayList<>();
                remedy.path("arguments").forEach(each -> arguments.add(each.asText()));
                Remedy made = new Remedy(
                        remedy.path("why").asText(),
                        arguments,
                        remedy.path("mutating").asBoolean());
                ((ObjectNode) remedy).put("command", made.command(context));
            }
        }
    }
}
