package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.Tuple2;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import org.joblifecycle.job.JobField;
import org.joblifecycle.tuning.ApiField;
import org.joblifecycle.tuning.ApiMessage;
import org.joblifecycle.tuning.FieldBehavior;
import org.joblifecycle.tuning.TuningJob;
import org.jspecify.annotations.Nullable;

/** Compares all of a tuning job but what the lifecycle reads, in the system of a session. */
final class WholeJobs {
    /** What the lifecycle reads. */
    private static final Set<String> OF_LIFECYCLE =
            List.of(JobField.values()).map(JobField::wireName).toSet();

    private static final Set<String> OUTPUT_ONLY = TuningJob.TYPE
            .fields()
            .filter(field -> field.behavior() == FieldBehavior.OUTPUT_ONLY)
            .map(ApiField::wireName)
            .toSet();

    private final Session session;

    WholeJobs(Session session) {
        this.session = session;
    }

    /** Reads a job that was created by this request. */
    void created(TrackedJob job, Request request) {
        kept("creation as " + job.current().state(), job, request.job());
    }

    /** Reads a job after a change, which was accepted or refused. */
    void unchanged(String change, TrackedJob job) {
        TuningJob before = job.whole();
        if (before != null) {
            kept(change, job, before);
        }
    }

    private void kept(String change, TrackedJob job, TuningJob before) {
        TuningJob read = session.calls().readTuningJob(change, job.current());
        Seq<String> lost = read == null ? List.of("there is no such job") : differences(before, read);
        if (!lost.isEmpty()) {
            session.transcript().reads(job.current(), read);
            throw session.transcript().failure(Requirement.REST_UNCHANGED, change, List.empty(), lost.mkString("; "));
        }
        job.becomes(requireNonNull(read));
    }

    /** What is not as it was; a system may set other fields. */
    private static Seq<String> differences(TuningJob before, TuningJob after) {
        return before.members()
                .reject(member -> OF_LIFECYCLE.contains(member._1()))
                .flatMap(member -> difference("", member, after));
    }

    private static Seq<String> difference(String path, Tuple2<String, Object> member, ApiMessage<?> after) {
        String name = member._1();
        @Nullable
        Object value = after.members()
                .find(each -> each._1().equals(name))
                .map(Tuple2::_2)
                .getOrNull();
        if (member._2().equals(value) || (value != null && OUTPUT_ONLY.contains(path + name))) {
            return List.empty();
        }
        if (member._2() instanceof ApiMessage<?> one && value instanceof ApiMessage<?> other) {
            return one.members().flatMap(each -> difference(path + name + ".", each, other));
        }
        return List.of(path + name + ": expected " + Judge.text(member._2()) + ", was " + Judge.text(value));
    }
}
