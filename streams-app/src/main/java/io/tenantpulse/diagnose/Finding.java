package io.tenantpulse.diagnose;

import io.tenantpulse.model.Condition;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.Warning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was found wrong with one resource, before it is known what of it is cause and what consequence.
 *
 * @param about the object to look at first
 * @param container to look at first; null: none in particular
 * @param failed it will not become ready by waiting
 */
record Finding(
        CauseWord word,
        Confidence confidence,
        ObjectId about,
        @Nullable String container,
        @Nullable String subject,
        String detail,
        List<Evidence> evidence,
        int count,
        boolean failed) {
    /** So much evidence is told of one cause. */
    static final int ENOUGH = 12;

    Finding {
        evidence = List.copyOf(evidence);
    }

    static Finding of(CauseWord word, Confidence confidence, ObjectId about, String detail) {
        return new Finding(
                word, confidence, about, null, null, detail, List.of(), 1, word.nature() == CauseWord.Nature.FAILURE);
    }

    Finding subject(@Nullable String now) {
        return new Finding(word, confidence, about, container, now, detail, evidence, count, failed);
    }

    Finding container(String now) {
        return new Finding(word, confidence, about, now, subject, detail, evidence, count, failed);
    }

    Finding count(int now) {
        return new Finding(word, confidence, about, container, subject, detail, evidence, now, failed);
    }

    Finding detail(String now) {
        return new Finding(word, confidence, about, container, subject, now, evidence, count, failed);
    }

    Finding failed(boolean now) {
        return new Finding(word, confidence, about, container, subject, detail, evidence, count, now);
    }

    Finding confidence(Confidence now) {
        return new Finding(word, now, about, container, subject, detail, evidence, count, failed);
    }

    Finding with(ObjectId object, String field, @Nullable Object value, @Nullable Instant since) {
        if (value == null) {
            return this;
        }
        List<Evidence> more = new ArrayList<>(evidence);
        more.add(new Evidence(object, field, value.toString(), since));
        return new Finding(word, confidence, about, container, subject, detail, more, count, failed);
    }

    Finding with(ObjectId object, @Nullable Condition condition) {
        if (condition == null) {
            return this;
        }
        String said = condition.status()
                + (condition.reason() == null ? "" : " " + condition.reason())
                + (condition.message() == null ? "" : ": " + condition.message());
        return with(object, "conditions[" + condition.type() + ']', said, condition.lastTransitionTime());
    }

    Finding with(@Nullable Warning warning) {
        return warning == null
                ? this
                : with(warning.object(), "event/" + warning.reason(), warning.message(), warning.firstAt());
    }

    Finding with(List<Evidence> added) {
        List<Evidence> more = new ArrayList<>(evidence);
        more.addAll(added);
        return new Finding(word, confidence, about, container, subject, detail, more, count, failed);
    }

    /** The same found in another object too; enough evidence is enough. */
    Finding joined(Finding other) {
        Finding both = evidence.size() < ENOUGH ? with(other.evidence) : this;
        return both.count(count + other.count).failed(failed || other.failed);
    }

    boolean isSameAs(Finding other) {
        return word == other.word && Objects.equals(subject, other.subject);
    }
}
