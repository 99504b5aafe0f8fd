package org.joblifecycle.emulator.scenario;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.jspecify.annotations.Nullable;

/**
 * A script: for which jobs it is, what happens to them, and what happens when they are cancelled. Immutable.
 *
 * @param name what it is called in messages
 * @param match the jobs
 * @param steps what happens from their creation on; the first step happens as they are created
 * @param onCancel what happens after a cancellation was asked for
 */
public record Scenario(String name, Match match, Steps steps, Steps onCancel) {
    private static final Steps CONFIRMS = Steps.none().after(Duration.ofSeconds(2), JobEvent.CONFIRM_CANCEL);

    /**
     * What jobs do for which there is no other: a custom job was recorded that was PENDING, QUEUED 0.2 s later, PENDING again
     * after another second, and then RUNNING.
     */
    public static final Scenario DEFAULT = new Scenario(
            "default",
            Match.ALL,
            Steps.first(JobEvent.PREPARE)
                    .after(Duration.ofMillis(200), JobEvent.ENQUEUE)
                    .after(Duration.ofSeconds(1), JobEvent.PREPARE)
                    .after(Duration.ofSeconds(4), JobEvent.START)
                    .after(Duration.ofSeconds(25), JobEvent.SUCCEED),
            CONFIRMS);

    /** Checks that nothing is null. */
    public Scenario {
        requireNonNull(name, "name");
        requireNonNull(match, "match");
        requireNonNull(steps, "steps");
        requireNonNull(onCancel, "onCancel");
    }

    /** A scenario whose jobs are cancelled two seconds after it was asked for. */
    public static Scenario of(String name, Match match, Steps steps) {
        return new Scenario(name, match, steps, CONFIRMS);
    }

    /** This one with something else that happens when a job is cancelled. */
    public Scenario onCancel(Steps onCancel) {
        return new Scenario(name, match, steps, onCancel);
    }

    /** Whether it is for this job. */
    public boolean isFor(JobKind kind, JsonNode job) {
        return match.matches(kind, job);
    }

    /**
     * What is wrong with it, found by applying all its events to jobs of the kinds that it is for: an event that is not permitted
     * where it is due, with those that are.
     *
     * @return empty if it can happen
     */
    public Seq<String> faults() {
        JobKind only = match.kind();
        Seq<JobKind> kinds = only == null ? Vector.of(JobKind.values()) : Vector.of(only);
        return kinds.flatMap(this::faults).distinct();
    }

    private Seq<String> faults(JobKind kind) {
        Walk walk = new Walk(kind, onCancel);
        if (steps.all()
                .headOption()
                .exists(first -> first instanceof Steps.Happens happens
                        && happens.delay().most().isZero())) {
            walk.go(steps, JobSnapshot.of(null, JobState.UNSPECIFIED), "step");
        } else {
            walk.faults = Vector.of("the first step has to happen at once: expected an event without a delay");
        }
        return walk.faults().map(fault -> "scenario " + name + ": " + fault);
    }

    /** Follows all branches of a scenario. */
    private static final class Walk {
        private final JobKind kind;
        private final JobLifecycle lifecycle;
        private final Steps onCancel;
        private Vector<String> faults = Vector.empty();
        private Vector<String> cancelFaults = Vector.empty();
        private boolean canBeCancelled;
        private final Set<Tuple2<List<Placed>, JobSnapshot>> walked = new HashSet<>();

        Walk(JobKind kind, Steps onCancel) {
            this.kind = kind;
            this.lifecycle = JobLifecycle.authority(kind);
            this.onCancel = onCancel;
        }

        void go(Steps steps, JobSnapshot job, String path) {
            go(placed(steps, path), job);
        }

        /**
         * A step, and where it stands.
         *
         * @param path such as {@code step 2, branch 1, step 3}
         */
        private record Placed(Steps.Step step, String path) {}

        private static List<Placed> placed(Steps steps, String path) {
            return List.ofAll(steps.all()).zipWithIndex((step, index) -> new Placed(step, path + " " + (index + 1)));
        }

        private void go(List<Placed> steps, JobSnapshot job) {
            if (!walked.add(Tuple.of(steps, job))) {
                return; // from another branch
            }
            JobSnapshot now = job;
            for (List<Placed> left = steps; !left.isEmpty(); left = left.tail()) {
                String here = left.head().path();
                if (left.head().step() instanceof Steps.Happens happens) {
                    JobSnapshot next = next(now, happens, here);
                    if (next == null) {
                        return;
                    }
                    now = next;
                    cancel(now);
                } else if (left.head().step() instanceof Steps.Chooses chooses) {
                    int branch = 1;
                    for (Steps.Branch each : chooses.branches()) {
                        List<Placed> inBranch = placed(each.steps(), here + ", branch " + branch++ + ", step");
                        go(left.tail().prependAll(inBranch), now);
                    }
                    return;
                } else {
                    return;
                }
            }
        }

        /** Follows what happens after a cancellation, which has to be possible at one time at least. */
        private void cancel(JobSnapshot job) {
            lifecycle.apply(job, JobEvent.CANCEL, job.notBefore(Instant.EPOCH)).forEach(cancelling -> {
                Walk walk = new Walk(kind, Steps.none());
                walk.go(onCancel, cancelling, "onCancel, step");
                canBeCancelled |= walk.faults.isEmpty();
                cancelFaults = walk.faults;
            });
        }

        Seq<String> faults() {
            return canBeCancelled ? faults : faults.appendAll(cancelFaults);
        }

        private @Nullable JobSnapshot next(JobSnapshot job, Steps.Happens happens, String here) {
            Instant time = job.notBefore(Instant.EPOCH);
            return lifecycle
                    .apply(job, happens.event(), time, happens.error())
                    .fold(
                            violations -> {
                                faults = faults.append(here + ": " + happens.event() + " cannot happen to a "
                                        + kind.resource() + " that is " + job.state() + ": "
                                        + violations.mkString("; "));
                                return null;
                            },
                            next -> next);
        }
    }
}
