package org.joblifecycle.transition;

import static org.joblifecycle.job.JobState.CANCELLED;
import static org.joblifecycle.job.JobState.CANCELLING;
import static org.joblifecycle.job.JobState.FAILED;
import static org.joblifecycle.job.JobState.PENDING;
import static org.joblifecycle.job.JobState.QUEUED;
import static org.joblifecycle.job.JobState.RUNNING;
import static org.joblifecycle.job.JobState.UNSPECIFIED;

import java.time.Instant;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.jspecify.annotations.Nullable;

/**
 * The guards of the {@link Rule}s: pure functions, each named after what it finds. Those of a snapshot read one job,
 * those of a change the baseline and the job that is proposed, those of an event a job and what is to happen to it.
 */
final class Guards {
    private Guards() {}

    /**
     * Whether any rule is broken at all, by the job as proposed or by the change: if not, none is to be reported. That is
     * almost always so, and has to be quick. Each guard is called by its name, and not through the table of rules, because
     * the compiler of the JVM then makes one piece of code of all of them.
     */
    static boolean isAnyBroken(RuleContext in, @Nullable JobSnapshot before, JobSnapshot after) {
        return lacksCreateTime(in, after)
                || lacksStartTime(in, after)
                || hasStartTimeWhileUnspecified(in, after)
                || lacksEndTime(in, after)
                || hasEndTimeBeforeItEnds(in, after)
                || hasUnexpectedError(in, after)
                || hasInvalidErrorCode(in, after)
                || startsTooEarly(in, after)
                || endsTooEarly(in, after)
                || isUpdatedTooEarly(in, after)
                || (before != null
                        && (gainsStartTimeIllegally(in, before, after)
                                || changesStateIllegally(in, before, after)
                                || changesName(in, before, after)
                                || changesCreateTime(in, before, after)
                                || changesStartTime(in, before, after)
                                || changesEndTime(in, before, after)
                                || changesError(in, before, after)
                                || regressesUpdateTime(in, before, after)));
    }

    /** Whether any rule refuses an event that takes this edge; quick for the same reason. */
    static boolean isAnyRefusing(
            RuleContext in, JobSnapshot job, JobTransition edge, Instant now, @Nullable JobError error) {
        return needsStart(in, job, edge, now, error)
                || happensInThePast(in, job, edge, now, error)
                || bringsUnexpectedError(in, job, edge, now, error)
                || bringsInvalidErrorCode(in, job, edge, now, error);
    }

    // Of a snapshot

    static boolean lacksCreateTime(RuleContext in, JobSnapshot job) {
        return job.state() != UNSPECIFIED && job.createTime() == null;
    }

    static boolean lacksStartTime(RuleContext in, JobSnapshot job) {
        return job.startTime() == null && in.kind().hasStartTime() && JobGraph.isStarted(job.state());
    }

    static boolean hasStartTimeWhileUnspecified(RuleContext in, JobSnapshot job) {
        return job.state() == UNSPECIFIED
                && job.startTime() != null
                && in.kind().hasStartTime();
    }

    static boolean lacksEndTime(RuleContext in, JobSnapshot job) {
        return job.endTime() == null && in.requiresEndTime(job.state());
    }

    static boolean hasEndTimeBeforeItEnds(RuleContext in, JobSnapshot job) {
        return job.endTime() != null && !job.state().isTerminal();
    }

    static boolean hasUnexpectedError(RuleContext in, JobSnapshot job) {
        return job.error() != null && in.kind().hasErrorRule() && job.state() != FAILED && job.state() != CANCELLED;
    }

    static boolean hasInvalidErrorCode(RuleContext in, JobSnapshot job) {
        JobError error = job.error();
        return error != null
                && in.kind().hasErrorRule()
                && (!error.isErrorCode()
                        || (job.state() == CANCELLED
                                && in.kind().promisesCancelledCode()
                                && error.code() != JobError.CANCELLED));
    }

    static boolean startsTooEarly(RuleContext in, JobSnapshot job) {
        return in.isAfter(job.createTime(), job.startTime());
    }

    static boolean endsTooEarly(RuleContext in, JobSnapshot job) {
        return in.isAfter(job.createTime(), job.endTime()) || in.isAfter(job.startTime(), job.endTime());
    }

    static boolean isUpdatedTooEarly(RuleContext in, JobSnapshot job) {
        return in.isAfter(job.createTime(), job.updateTime())
                || in.isAfter(job.startTime(), job.updateTime())
                || in.isAfter(job.endTime(), job.updateTime());
    }

    // Of a change

    static boolean gainsStartTimeIllegally(RuleContext in, JobSnapshot before, JobSnapshot after) {
        if (after.startTime() == null
                || before.startTime() != null
                || !in.kind().hasStartTime()) {
            return false;
        }
        if (in.isAuthority()) {
            return after.state() != RUNNING && !JobGraph.isStarted(before.state());
        }
        return switch (before.state()) {
            case CANCELLING, FAILED, CANCELLED, EXPIRED -> true;
            default -> false;
        };
    }

    static boolean changesStateIllegally(RuleContext in, JobSnapshot before, JobSnapshot after) {
        return in.change(before.state(), after.state()) instanceof Change.Illegal;
    }

    static boolean changesName(RuleContext in, JobSnapshot before, JobSnapshot after) {
        return isReplaced(before.name(), after.name());
    }

    static boolean changesCreateTime(RuleContext in, JobSnapshot before, JobSnapshot after) {
        return isReplaced(before.createTime(), after.createTime());
    }

    static boolean changesStartTime(RuleContext in, JobSnapshot before, JobSnapshot after) {
        return isReplaced(before.startTime(), after.startTime())
                && (after.startTime() == null || in.isAuthority() || !mayHaveProvisionalStartTime(before.state()));
    }

    /** Whether the startTime of a job that is in this state may not be the one that stays, as an observer reads it. */
    private static boolean mayHaveProvisionalStartTime(JobState state) {
        return state == QUEUED || state == PENDING || state == CANCELLING;
    }

    static boolean changesEndTime(RuleContext in, JobSnapshot before, JobSnapshot after) {
        return isReplaced(before.endTime(), after.endTime());
    }

    static boolean changesError(RuleContext in, JobSnapshot before, JobSnapshot after) {
        return in.kind().hasErrorRule() && isReplaced(before.error(), after.error());
    }

    static boolean regressesUpdateTime(RuleContext in, JobSnapshot before, JobSnapshot after) {
        Instant known = before.updateTime();
        Instant proposed = after.updateTime();
        return known != null && (proposed == null ? in.isAuthority() : proposed.isBefore(known));
    }

    /** Whether a value that was there is another one now, or gone. */
    private static boolean isReplaced(@Nullable Object before, @Nullable Object after) {
        return before != null && !before.equals(after);
    }

    // Of an event

    static boolean needsStart(
            RuleContext in, JobSnapshot job, JobTransition edge, Instant now, @Nullable JobError error) {
        return edge.needsStart() && in.kind().hasStartTime() && job.startTime() == null;
    }

    static boolean happensInThePast(
            RuleContext in, JobSnapshot job, JobTransition edge, Instant now, @Nullable JobError error) {
        return !job.notBefore(now).equals(now);
    }

    static boolean bringsUnexpectedError(
            RuleContext in, JobSnapshot job, JobTransition edge, Instant now, @Nullable JobError error) {
        return error != null && edge.event() != JobEvent.FAIL;
    }

    static boolean bringsInvalidErrorCode(
            RuleContext in, JobSnapshot job, JobTransition edge, Instant now, @Nullable JobError error) {
        return error != null && !error.isErrorCode();
    }
}
