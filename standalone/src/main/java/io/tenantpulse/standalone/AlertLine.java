package io.tenantpulse.standalone;

import io.tenantpulse.v1.AlertTransition;
import io.tenantpulse.v1.Cause;
import io.tenantpulse.v1.Surge;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** One transition as a line for a person. Times are UTC. */
final class AlertLine {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final int NAMED_RESOURCES = 4;
    private static final int INCIDENT_DIGITS = 8;
    private static final String RESET = "\u001b[0m";

    private final boolean colour;

    /** @param colour whether the reader is a terminal that shows colours */
    AlertLine(boolean colour) {
        this.colour = colour;
    }

    String of(AlertTransition transition) {
        String status = "%-8s".formatted(transition.getStatus().name());
        return TIME.format(transition.getAt())
                + ' '
                + (colour ? colourOf(transition) + status + RESET : status)
                + ' '
                + TerminalText.clean(what(transition));
    }

    private static String what(AlertTransition transition) {
        StringBuilder what = new StringBuilder("%-8s ".formatted(transition.getSeverity()));
        what.append(transition.getAlert()).append(' ').append(scope(transition));
        what.append(
                switch (transition.getStatus()) {
                    case RESOLVED -> resolution(transition);
                    case FIRING, UPDATED, UNKNOWN -> state(transition);
                });
        if (transition.getIncident() != null) {
            what.append(", incident ").append(shortened(transition.getIncident()));
        }
        return what.toString();
    }

    private static String colourOf(AlertTransition transition) {
        return switch (transition.getStatus()) {
            case RESOLVED -> "\u001b[32m";
            case FIRING, UPDATED, UNKNOWN ->
                transition.getSeverity().equals("critical") ? "\u001b[1;31m" : "\u001b[33m";
        };
    }

    private static String scope(AlertTransition transition) {
        if (transition.getTenant() == null) {
            if (transition.getNamespace() != null) {
                return transition.getCluster() + '/' + transition.getNamespace() + '/' + partOfFleet(transition);
            }
            String kind = transition.getLabels().get("resource_kind");
            return transition.getCluster() + (kind == null ? "" : " (" + kind + ")");
        }
        String reason = transition.getLabels().get("reason");
        return transition.getCluster() + '/' + transition.getNamespace() + '/' + transition.getTenant() + " ("
                + transition.getKind() + ')' + (reason == null ? "" : " " + reason);
    }

    private static String partOfFleet(AlertTransition transition) {
        Map<String, String> labels = transition.getLabels();
        String kind = transition.getKind() == null ? labels.getOrDefault("scope", "") : transition.getKind();
        return labels.getOrDefault("registry", labels.getOrDefault("template", "")) + " (" + kind + ')';
    }

    private static String resolution(AlertTransition transition) {
        Duration lasted = Duration.between(transition.getSince(), transition.getAt());
        return " " + transition.getReason() + " after " + inWords(lasted);
    }

    private static String state(AlertTransition transition) {
        StringBuilder state = new StringBuilder(" since " + since(transition));
        if (transition.getDesired() != null && transition.getReady() != null) {
            state.append(", ").append(transition.getReady()).append(" of ").append(transition.getDesired());
            state.append(" ready");
        }
        if (transition.getFailed() != null && transition.getFailed() > 0) {
            state.append(", ").append(transition.getFailed()).append(" failed");
        }
        if (transition.getSurge() != null) {
            state.append(surge(transition.getSurge(), transition.getCauses()));
        }
        List<String> notReady = transition.getNotReady();
        if (!notReady.isEmpty()) {
            state.append(", waiting for ").append(named(notReady));
        }
        if (transition.getContinuity().equals("unproven")) {
            state.append(", not observed without a break");
        }
        return state.toString();
    }

    private static String surge(Surge surge, List<Cause> common) {
        String text = ", " + surge.getMembers() + " of " + surge.getTenants() + " tenants unhealthy";
        if (common.isEmpty()) {
            return text;
        }
        String subject = common.get(0).getSubject();
        return text + ", " + common.get(0).getCause() + (subject == null ? "" : " " + subject);
    }

    private static String named(List<String> ids) {
        String some = String.join(" ", ids.subList(0, Math.min(NAMED_RESOURCES, ids.size())));
        return ids.size() > NAMED_RESOURCES ? some + " and " + (ids.size() - NAMED_RESOURCES) + " more" : some;
    }

    private static String since(AlertTransition transition) {
        boolean sameDay = day(transition.getSince()).equals(day(transition.getAt()));
        return (sameDay ? TIME : DAY_AND_TIME).format(transition.getSince());
    }

    private static Instant day(Instant time) {
        return time.truncatedTo(ChronoUnit.DAYS);
    }

    private static String shortened(String incident) {
        return incident.length() <= INCIDENT_DIGITS ? incident : incident.substring(0, INCIDENT_DIGITS);
    }

    /** Such as {@code 1h 12m} or {@code 14m 30s}; cut, never rounded up past a threshold. */
    static String inWords(Duration duration) {
        if (duration.toHours() > 0) {
            return duration.toHours() + "h " + duration.toMinutesPart() + "m";
        }
        return duration.toMinutes() > 0
                ? duration.toMinutes() + "m " + duration.toSecondsPart() + "s"
                : duration.toSeconds() + "s";
    }
}
