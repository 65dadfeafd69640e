package io.tenantpulse.bench;

import io.tenantpulse.exporter.Role;
import io.tenantpulse.exporter.WatchedKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A large cluster: the objects with which a recording ends, many times over, each time in other namespaces, with other names and uids. */
final class Fleet {
    private static final Pattern NAMESPACE = Pattern.compile("\"namespace\":\"([^\"]+)\"");
    private static final Pattern UID = Pattern.compile("(\"(?:uid|[a-zA-Z]*Uid)\":\")([0-9a-f]{4})(?=[0-9a-f]{4}-)");
    private static final Pattern NAME = Pattern.compile("\"metadata\":\\{.*?\"name\":\"([^\"]+)\"", Pattern.DOTALL);
    private static final Pattern APPLIED = Pattern.compile("\"([A-Za-z]+)/([^\"/]+)/([^\"/@]+)@");
    private static final Pattern TEXT = Pattern.compile("\"([^\"\\\\]+)\"");

    /** Names that are words of the API, too, stay as they are. */
    private static final int SHORTEST_NAME = 6;

    private final Map<WatchedKind, List<WatchEvents.Event>> last = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Set<String> namespaces = new HashSet<>();

    /** An object of a fleet. */
    record Member(String namespace, String name, WatchEvents.Event event) {}

    Fleet(WatchEvents events) {
        Map<String, WatchEvents.Event> states = new LinkedHashMap<>();
        for (WatchEvents.Event each : events.events()) {
            if (each.kind().role() == Role.EVENT) {
                continue;
            }
            String id = each.kind() + "/" + namespace(each.object()) + "/" + name(each.object());
            if (each.type().equals("DELETED")) {
                states.remove(id);
            } else {
                states.put(id, each);
            }
        }
        for (WatchEvents.Event each : states.values()) {
            last.computeIfAbsent(each.kind(), kind -> new ArrayList<>()).add(each);
            if (each.kind().namespaced()) {
                names.add(name(each.object()));
                namespaces.add(namespace(each.object()));
            }
        }
        names.removeIf(name -> name.length() < SHORTEST_NAME);
    }

    /** Objects of the kind in one copy. */
    int size(WatchedKind kind) {
        return last.getOrDefault(kind, List.of()).size();
    }

    /** The objects of the kind in one copy; those without a namespace are in the first only. */
    List<Member> copy(WatchedKind kind, int copy) {
        List<Member> members = new ArrayList<>();
        if (kind.namespaced() || copy == 0) {
            for (WatchEvents.Event each : last.getOrDefault(kind, List.of())) {
                String object = kind.namespaced() ? moved(each.object(), copy) : each.object();
                members.add(new Member(namespace(object), name(object), WatchEvents.event(kind, "ADDED", object)));
            }
        }
        return members;
    }

    private String moved(String object, int copy) {
        String uids = UID.matcher(object).replaceAll("$1" + String.format(Locale.ROOT, "%04d", copy));
        String applied = APPLIED.matcher(uids).replaceAll("\"$1/$2-" + copy + "/$3-" + copy + "@");
        return TEXT.matcher(applied).replaceAll(text -> {
            String value = text.group(1);
            boolean moves = names.contains(value) || namespaces.contains(value);
            return Matcher.quoteReplacement(moves ? '"' + value + '-' + copy + '"' : text.group());
        });
    }

    private static String name(String object) {
        Matcher found = NAME.matcher(object);
        return found.find() ? found.group(1) : "";
    }

    private static String namespace(String object) {
        Matcher found = NAMESPACE.matcher(object);
        return found.find() ? found.group(1) : "";
    }
}
