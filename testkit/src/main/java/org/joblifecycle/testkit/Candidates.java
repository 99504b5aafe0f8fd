package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots that a writer may propose after one that it knows, to come to some state.
 *
 * @param precision to which their times are cut
 */
record Candidates(JobLifecycle lifecycle, Precision precision) {
    private static final int AMENDMENTS = 4;
    private static final int INTERNAL = 13;

    /** A job of each kind in each state, as events leave it. */
    private static final Map<JobKind, Map<JobState, JobSnapshot>> AFTER_EVENTS = new EnumMap<>(JobKind.class);

    static {
        for (JobKind kind : JobKind.values()) {
            JobLifecycle authority = JobLifecycle.authority(kind);
            Map<JobState, JobSnapshot> jobs = new EnumMap<>(JobState.class);
            JobPaths.of(authority)
                    .toStates()
                    .forEach(path -> jobs.put(
                            path.target(), History.along(authority, path).last()));
            AFTER_EVENTS.put(kind, jobs);
        }
    }

    private static JobSnapshot afterEvents(JobKind kind, JobState state) {
        return requireNonNull(requireNonNull(AFTER_EVENTS.get(kind)).get(state));
    }

    /** The error that an event leaves on a job in this state without being given one, of the first kind that gets one. */
    private static @Nullable JobError errorOf(JobState state) {
        return List.of(JobKind.values())
                .flatMap(kind -> Option.of(afterEvents(kind, state).error()))
                .headOption()
                .getOrNull();
    }

    /** The job after an edge, as its event makes it; if that is not possible, {@link #moved} to the target of the edge. */
    JobSnapshot after(JobSnapshot known, JobTransition edge, Instant at, @Nullable JobError error) {
        return known.state() == edge.source()
                ? lifecycle
                        .apply(known, edge.event(), at, error)
                        .map(precision::cut)
                        .getOrElse(() -> moved(known, edge.target(), at))
                : moved(known, edge.target(), at);
    }

    /** The job in another state, with as few broken rules as possible. */
    JobSnapshot moved(JobSnapshot known, JobState state, Instant at) {
        return bare(known, state, at)
                .minBy(job -> lifecycle.check(known, job).violations().size())
                .get();
    }

    /** The job in another state, legal or not: with the least that it needs, and as an event into that state leaves a job. */
    Seq<JobSnapshot> guesses(JobSnapshot known, JobState state, Instant at) {
        JobSnapshot job = bare(known, state, at).head();
        boolean hasEnded = afterEvents(lifecycle.kind(), state).endTime() != null;
        JobSnapshot timed = precision.cut(job.withEndTime(hasEnded ? at : null));
        JobError error = errorOf(state);
        return bare(known, state, at)
                .append(timed)
                .append(timed.withError(error))
                .append(job.withError(error))
                .distinct();
    }

    /**
     * The job with something set that it lacks and may get without a later updateTime: an error, or a time that its kind need not
     * have. Empty if there is no such thing, else several ones.
     */
    Seq<JobSnapshot> amendments(JobSnapshot job) {
        Instant latest = job.notBefore(History.BEGINNING);
        return Vector.rangeClosed(1, AMENDMENTS).flatMap(number -> {
            String message = "writer " + number;
            Instant time = latest.plusSeconds(number);
            return List.of(
                            job.withError(new JobError(INTERNAL, message)),
                            job.withError(new JobError(JobError.CANCELLED, message)),
                            precision.cut(job.withEndTime(time)),
                            precision.cut(job.withStartTime(time)))
                    .find(amended -> lacksNothingOf(job, amended)
                            && lifecycle.check(job, amended).isLegal());
        });
    }

    private static boolean lacksNothingOf(JobSnapshot job, JobSnapshot amended) {
        return List.of(JobField.values()).forAll(field -> field.of(job) == null || !field.differs(job, amended));
    }

    private Seq<JobSnapshot> bare(JobSnapshot known, JobState state, Instant at) {
        JobSnapshot bare = known.withState(state).withUpdateTime(at);
        JobSnapshot created = bare.createTime() == null ? bare.withCreateTime(at) : bare;
        JobSnapshot ended = created.endTime() == null ? created.withEndTime(at) : created;
        Seq<JobSnapshot> candidates = List.of(created, ended);
        if (created.startTime() == null) {
            candidates = candidates.appendAll(candidates.map(job -> job.withStartTime(at)));
        }
        return candidates.map(precision::cut).distinct();
    }
}
