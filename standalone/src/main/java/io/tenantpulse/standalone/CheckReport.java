package io.tenantpulse.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A tenant on one screen: what the runbook's quick check finds out, the worst first. Times are UTC. */
final class CheckReport {
    private static final int CAUSES = 5;
    private static final int PODS = 8;
    private static final int WARNINGS = 6;
    private static final int REMEDIES = 4;
    private static final int EVIDENCE = 2;

    private final JsonNode tenant;
    private final Screen screen;

    CheckReport(JsonNode tenant, boolean colour) {
        this.tenant = tenant;
        this.screen = new Screen(colour);
    }

    String text() {
        head();
        state();
        alerts();
        screen.heading("resources");
        new ResourceTree(tenant.path("resources")).lines().forEach(each -> screen.line(each.tone(), each.text()));
        pods();
        warnings();
        causes();
        cluster();
        return screen.text();
    }

    private void head() {
        String health = tenant.path("health").asText();
        screen.line(
                health.equals("healthy") ? Screen.Tone.GOOD : Screen.Tone.BAD,
                text("cluster") + '/' + text("namespace") + '/' + text("name") + " (" + text("kind") + ") "
                        + health.toUpperCase(Locale.ROOT));
        screen.line(text("summary"));
        screen.line("as of " + text("asOf") + ", complete up to " + orElse(tenant, "completeUpTo", "an unknown time"));
    }

    private void state() {
        screen.heading("state");
        JsonNode counts = tenant.path("counts");
        screen.line(
                counts.isMissingNode()
                        ? "counts      none: the operator has written no status"
                        : "counts      " + counts.path("ready").asInt() + " of "
                                + counts.path("desired").asInt() + " ready, "
                                + counts.path("failed").asInt() + " failed");
        JsonNode views = tenant.path("views");
        screen.line("operator    " + views.path("operator").asText());
        screen.line("our reading " + views.path("own").asText());
        if (views.has("difference")) {
            screen.line("they differ " + views.path("difference").asText());
        }
        if (tenant.path("drift").path("isDrift").asBoolean()) {
            screen.line("drift       " + tenant.path("drift").path("words").asText());
        }
        for (JsonNode each : tenant.path("conditions")) {
            screen.line("condition   " + each.path("type").asText() + '='
                    + each.path("status").asText()
                    + optional(each, "reason", " ") + ago(each, "lastTransitionTime", " for ")
                    + optional(each, "message", ": "));
        }
        if (tenant.has("undecodableSince")) {
            screen.line(Screen.Tone.BAD, "its newest object cannot be read since " + text("undecodableSince"));
        }
    }

    private void alerts() {
        if (tenant.path("alerts").isEmpty()) {
            return;
        }
        String incident = tenant.path("incident").path("id").asText();
        screen.heading("alerts" + (incident.isEmpty() ? "" : " of incident " + incident));
        for (JsonNode each : tenant.path("alerts")) {
            screen.line(
                    Screen.Tone.BAD,
                    "%-8s ".formatted(each.path("severity").asText())
                            + each.path("alert").asText() + optional(each, "reason", " ")
                            + " since " + each.path("since").asText());
        }
    }

    private void pods() {
        JsonNode pods = tenant.path("podsNotRunning");
        screen.heading("pods that are not running");
        screen.lines(pods, PODS, tenant.path("podsNotRunningTotal").asInt(), "none", this::pod);
    }

    private String pod(JsonNode pod) {
        StringBuilder line = new StringBuilder(pod.path("namespace").asText())
                .append('/')
                .append(pod.path("name").asText())
                .append(' ')
                .append(pod.path("phase").asText())
                .append(optional(pod, "reason", " "))
                .append(ago(pod, "createdAt", ", age "));
        for (JsonNode each : pod.path("containers")) {
            boolean fine = each.path("ready").asBoolean()
                    || each.path("init").asBoolean() && each.path("exitCode").asInt(-1) == 0;
            if (!fine) {
                line.append("; ")
                        .append(each.path("name").asText())
                        .append(' ')
                        .append(each.path("state").asText())
                        .append(optional(each, "reason", " "))
                        .append(each.path("restarts").asInt() == 0 ? "" : ", " + each.path("restarts") + " restarts");
            }
        }
        return line.toString();
    }

    private void warnings() {
        screen.heading("recent warnings");
        screen.lines(
                tenant.path("warnings"),
                WARNINGS,
                tenant.path("warningsTotal").asInt(),
                "none",
                each -> each.path("object").asText() + ' ' + each.path("reason").asText() + " ×"
                        + each.path("count").asInt() + ago(each, "lastAt", ", ", " ago")
                        + optional(each, "message", ": "));
    }

    private void causes() {
        screen.heading("causes, the leading one first");
        screen.lines(tenant.path("causes"), CAUSES, tenant.path("causes").size(), "none found", each -> {
            List<String> ids = new ArrayList<>();
            each.path("resources").forEach(id -> ids.add(id.asText()));
            return each.path("cause").asText() + (ids.isEmpty() ? "" : " of " + String.join(" ", ids)) + " ("
                    + each.path("confidence").asText() + ")" + optional(each, "detail", ": ");
        });
        for (JsonNode each : tenant.path("blockers")) {
            if (each.path("held").asInt() > 0) {
                screen.line("blocker " + each.path("id").asText() + " holds back "
                        + each.path("held").asInt());
            }
        }
        JsonNode leading = tenant.path("causes").path(0);
        first(leading.path("evidence"), EVIDENCE)
                .forEach(each -> screen.line("seen: " + each.path("object").asText() + ' '
                        + each.path("field").asText() + " = "
                        + each.path("value").asText()));
        if (!leading.path("remedies").isEmpty()) {
            screen.heading("what to do");
            for (JsonNode each : first(leading.path("remedies"), REMEDIES)) {
                String changes = each.path("mutating").asBoolean() ? " (changes the cluster)" : "";
                screen.line("# " + each.path("why").asText() + changes);
                screen.line(each.path("command").asText());
            }
        }
    }

    private void cluster() {
        JsonNode freshness = tenant.path("freshness");
        JsonNode dialect = tenant.path("dialect");
        screen.heading("cluster " + text("cluster"));
        screen.line("operator    " + dialect.path("words").asText() + " ("
                + dialect.path("name").asText() + ", from "
                + dialect.path("looks").asInt() + " looks)");
        if (freshness.has("staleSince")) {
            screen.line(
                    Screen.Tone.BAD,
                    "nothing was heard since " + freshness.path("staleSince").asText());
        }
        for (JsonNode each : freshness.path("kindsNotLive")) {
            screen.line(each.path("kind").asText() + " is " + each.path("state").asText()
                    + optional(each, "blindSince", " since "));
        }
        for (JsonNode each : dialect.path("reach")) {
            screen.line(each.path("alert").asText() + ' ' + each.path("words").asText());
        }
    }

    private static List<JsonNode> first(JsonNode array, int most) {
        List<JsonNode> some = new ArrayList<>();
        for (int i = 0; i < Math.min(most, array.size()); i++) {
            some.add(array.get(i));
        }
        return some;
    }

    private String text(String field) {
        return tenant.path(field).asText();
    }

    private static String orElse(JsonNode node, String field, String otherwise) {
        return node.has(field) ? node.path(field).asText() : otherwise;
    }

    private static String optional(JsonNode node, String field, String before) {
        return node.has(field) ? before + node.path(field).asText() : "";
    }

    private String ago(JsonNode node, String field, String before) {
        return ago(node, field, before, "");
    }

    private String ago(JsonNode node, String field, String before, String after) {
        Instant then = node.has(field) ? Instant.parse(node.path(field).asText()) : null;
        if (then == null) {
            return "";
        }
        Duration age = Duration.between(then, Instant.parse(text("asOf")));
        return before + AlertLine.inWords(age.isNegative() ? Duration.ZERO : age) + after;
    }
}
