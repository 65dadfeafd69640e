package io.tenantpulse.bench.oracle;

import io.tenantpulse.schema.Keys;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.Dependency;
import io.tenantpulse.v1.Replicas;
import io.tenantpulse.v1.ResourceObserved;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is known of the objects of one tenant. */
final class OwnObjects {
    private final Era era;
    private final Function<String, KindHistory> kinds;
    private final Map<String, Known> objects = new HashMap<>();

    OwnObjects(Era era, Function<String, KindHistory> kinds) {
        this.era = era;
        this.kinds = kinds;
    }

    /** One object that exists. */
    static final class Known {
        final ResourceObserved record;
        final int index;
        final Instant at;
        /** Since when it is known without a break to be as it is. */
        final Instant since;
        /** The earliest instant at which it can have become so; null: any. */
        final @Nullable Instant possible;

        int mentioned;
        String version;
        /** Since when its newest could not be decoded; null: it could. */
        @Nullable
        Instant unreadSince;

        Known(ResourceObserved record, int index, Instant at, Instant since, @Nullable Instant possible) {
            this.record = record;
            this.index = index;
            this.at = at;
            this.since = since;
            this.possible = possible;
            this.mentioned = index;
            this.version = record.getResourceVersion();
        }
    }

    @Nullable
    Known known(String object) {
        return objects.get(object);
    }

    /** It is shown as it is, or goes, or can't be decoded. */
    void take(ResourceObserved resource, KindHistory kind, int i) {
        String object = object(resource);
        if (resource.getChange() == Change.UNDECODABLE) {
            unread(resource, object, objects.get(object), kind, i);
        } else {
            take(resource, object, objects.get(object), kind, i);
        }
    }

    static boolean isOf(Known known, ResourceObserved resource) {
        String uid = known.record.getUid();
        return uid.isEmpty() || resource.getUid().isEmpty() || uid.equals(resource.getUid());
    }

    /** What was known of it is frozen; of what is new nothing is known but that it is there. */
    private void unread(ResourceObserved resource, String object, @Nullable Known known, KindHistory kind, int i) {
        Instant at = era.at(i).observedAt();
        if (known == null || !isOf(known, resource)) {
            Known fresh = new Known(resource, i, at, at, null);
            fresh.unreadSince = at;
            objects.put(object, fresh);
            return;
        }
        boolean missed = kind.unseenBetween(known.index, i) != null;
        Instant since = missed ? OwnSight.later(known.at, kind.coveredBefore(i)) : at;
        Known frozen = new Known(known.record, i, since, known.since, known.possible);
        frozen.version = known.version;
        frozen.unreadSince = known.unreadSince == null ? since : known.unreadSince;
        objects.put(object, known.unreadSince == null ? frozen : again(known, i));
    }

    private static Known again(Known known, int i) {
        Known frozen = new Known(known.record, i, known.at, known.since, known.possible);
        frozen.version = known.version;
        frozen.unreadSince = known.unreadSince;
        return frozen;
    }

    private void take(ResourceObserved resource, String object, @Nullable Known known, KindHistory kind, int i) {
        Instant at = era.at(i).observedAt();
        boolean same = known != null && known.record.getUid().equals(resource.getUid());
        if (resource.getChange() == Change.DELETED || resource.getChange() == Change.RELEASED) {
            if (known != null && isOf(known, resource)) {
                objects.remove(object);
            }
            return;
        }
        boolean asBefore = same && known.record.getReadiness() == resource.getReadiness();
        boolean unbroken = asBefore
                && known.unreadSince == null
                && (kind.unseenBetween(known.index, i) == null || known.version.equals(resource.getResourceVersion()));
        boolean listed = resource.getChange() == Change.SNAPSHOT;
        Instant possible = at;
        if (!same) {
            possible = listed ? corrected(resource.getCreatedAt(), i) : at;
        } else if (asBefore) {
            possible = known.possible;
        } else if (listed) {
            possible = OwnSight.later(known.at, kind.coveredBefore(i));
        }
        objects.put(object, new Known(resource, i, at, unbroken ? known.since : at, possible));
    }

    /** What a list did not mention, with the last instant at which it is known to have been there. */
    Map<String, Instant> sweep(int end) {
        Map<String, Instant> lost = new HashMap<>();
        String name = era.mark(end).getKind();
        KindHistory kind = kinds.apply(name);
        if (!kind.endsItsFrame(end)) {
            return lost;
        }
        for (Known each : List.copyOf(objects.values())) {
            boolean ofKind =
                    Keys.kind(each.record.getGroup(), each.record.getKind()).equals(name);
            if (ofKind && each.mentioned < kind.frameAt(end)) {
                objects.remove(object(each.record));
                lost.put(object(each.record), OwnSight.later(each.at, kind.coveredBefore(end)));
            }
        }
        return lost;
    }

    private @Nullable Instant corrected(@Nullable Instant byServer, int i) {
        return byServer == null ? null : byServer.minusMillis(era.skewMillisBefore(i));
    }

    static boolean isEven(Replicas replicas) {
        int desired = replicas.getDesired();
        return replicas.getCurrent() == desired
                && replicas.getUpdated() == desired
                && replicas.getReady() == desired
                && replicas.getAvailable() == desired;
    }

    static String object(ResourceObserved resource) {
        return resource.getGroup()
                + '/'
                + resource.getKind()
                + '/'
                + resource.getNamespace()
                + '/'
                + resource.getName();
    }

    static String object(Dependency asked) {
        return asked.getGroup() + '/' + asked.getKind() + '/' + asked.getNamespace() + '/' + asked.getName();
    }
}
