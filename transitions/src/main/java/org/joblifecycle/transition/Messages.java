package org.joblifecycle.transition;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.text.Escaped;
import org.jspecify.annotations.Nullable;

/** What is said when a {@link Rule} is broken: what is wrong, with which values, and what was expected. One line each. */
final class Messages {
    private Messages() {}

    static String noCreateTime(RuleContext in, @Nullable JobSnapshot before, JobSnapshot after) {
        return "createTime is missing: a job that is " + after.state() + " carries the time when it was created";
    }

    static String noStartTime(RuleContext in, @Nullable JobSnapshot before, JobSnapshot after) {
        return "startTime is missing: a " + in.kind().resource() + " that is " + after.state()
                + " carries the time when it was first RUNNING";
    }

    static String prematureStartTime(RuleContext in, @Nullable JobSnapshot before, JobSnapshot after) {
        String set = "startTime " + after.startTime() + " is set ";
        if (before == null || after.state() == JobState.UNSPECIFIED) {
            return set + "on a job that is " + after.state() + ": expected none before it is RUNNING";
        }
        if (!in.isAuthority()) {
            return set + "on a job that was " + before.state()
                    + " without one: expected none, because the job never ran";
        }
        return set
                + (before.state() == after.state()
                        ? "on a job that stays " + after.state()
                        : "on going from " + before.state() + " to " + after.state())
                + ": expected only with the change to RUNNING";
    }

    static String noEndTime(RuleContext in, @Nullable JobSnapshot before, JobSnapshot after) {
        return "endTime is missing: a " + in.kind().resource() + " that is " + after.state()
                + " carries the time when it ended";
    }

    static String prematureEndTime(RuleContext in, @Nullable JobSnapshot before, JobSnapshot after) {
        return "endTime " + after.endTime() + " is set on a job that is " + after.state()
                + ": expected none before a terminal state (" + Text.list(JobGraph.terminalStates()) + ")";
    }

    static String unexpectedError(RuleContext in, @Nullable JobSnapshot before, JobSnapshot after) {
        return "error " + Text.of(after.error()) + " is set on a job that is " + after.state()
                + ": expected one only on FAILED or CANCELLED";
    }

    static String invalidErrorCode(RuleContext in, @Nullable JobSnapshot before, JobSnapshot after) {
        JobError error = requireNonNull(after.error());
        return error.isErrorCode()
                ? "error code " + error.codeAndName() + " is set on a "
                        + in.kind().resource() + " that is CANCELLED: expected 1 (CANCELLED)"
                : notAnErrorCode(error);
    }

    private static String notAnErrorCode(JobError error) {
        return "error code " + error.codeAndName() + " is invalid: expected 1 to 16 (google.rpc.Code without OK)";
    }

    /** A time is before one of these. */
    static Guard.Message before(JobField field, JobField... others) {
        return (in, baseline, job) -> {
            Instant time = (Instant) requireNonNull(field.of(job));
            StringBuilder message = new StringBuilder(field + " " + time + " is before ");
            String separator = "";
            for (JobField earlier : others) {
                Instant other = (Instant) earlier.of(job);
                if (in.isAfter(other, time)) {
                    message.append(separator).append(earlier).append(' ').append(other);
                    message.append(" (by ")
                            .append(Text.between(time, requireNonNull(other)))
                            .append(')');
                    separator = " and before ";
                }
            }
            message.append(": expected not earlier");
            return (in.isAuthority() ? message : message.append(" by 1 s or more")).toString();
        };
    }

    static String illegalTransition(RuleContext in, @Nullable JobSnapshot before, JobSnapshot after) {
        JobState from = requireNonNull(before).state();
        JobState to = after.state();
        return "cannot go from " + from + " to " + to + ": " + whyIllegal(in, from, to);
    }

    private static String whyIllegal(RuleContext in, JobState from, JobState to) {
        if (from.isTerminal()) {
            return from + " is terminal";
        }
        if (to == JobState.UNSPECIFIED) {
            return "nothing enters UNSPECIFIED";
        }
        if (!in.isAuthority()) {
            return "even over skipped steps, " + from + " only leads to " + Text.list(JobGraph.reachableFrom(from));
        }
        Option<JobTransition> closed = JobTransition.between(from, to);
        if (closed.isDefined()) {
            return excluded(closed.get());
        }
        Seq<JobTransition> open = in.openEdges(from);
        String direct = open.isEmpty()
                ? "no edge leaves " + from + " in this lifecycle"
                : from + " only goes to " + open.map(JobTransition::target).mkString(", ");
        return JobGraph.simplePaths(from, to)
                .find(path -> path.forAll(in::isOpen))
                .map(path -> direct + " (a path there in " + path.size() + " steps: "
                        + path.map(JobTransition::event).mkString(", ") + ")")
                .getOrElse(direct);
    }

    private static String excluded(JobTransition edge) {
        return "the edge " + edge.name() + " is excluded from this lifecycle";
    }

    static String otherName(RuleContext in, @Nullable JobSnapshot before, JobSnapshot after) {
        String known = Escaped.quoted(requireNonNull(requireNonNull(before).name()));
        return "name "
                + (after.name() == null
                        ? known + " was removed"
                        : "changed from " + known + " to " + Escaped.quoted(after.name()))
                + ": expected snapshots of the same job";
    }

    /** A field that should have stayed did not. */
    static Guard.Message changed(JobField field, String reason) {
        return (in, baseline, job) -> {
            Object before = field.of(requireNonNull(baseline));
            Object after = field.of(job);
            return field
                    + (after == null
                            ? " " + Text.of(before) + " was removed"
                            : " changed from " + Text.of(before) + " to " + Text.of(after))
                    + ": expected to stay, because " + reason;
        };
    }

    static String regressedUpdateTime(RuleContext in, @Nullable JobSnapshot before, JobSnapshot after) {
        Instant known = requireNonNull(requireNonNull(before).updateTime());
        Instant proposed = after.updateTime();
        return "updateTime "
                + (proposed == null
                        ? known + " was removed"
                        : "went back from " + known + " to " + proposed + " (by " + Text.between(proposed, known) + ")")
                + ": "
                + (in.isAuthority()
                        ? "expected a time not before that of the baseline"
                        : "this snapshot is stale; the baseline stays, and nothing else was compared");
    }

    /** Why no edge is open to an event from this state. */
    static String notPermitted(RuleContext in, JobState state, JobEvent event) {
        Seq<JobTransition> open = in.openEdges(state);
        return "cannot " + event + " from " + state + ": "
                + JobTransition.on(state, event)
                        .map(edge -> excluded(edge) + "; ")
                        .getOrElse("")
                + (open.isEmpty()
                        ? state + (state.isTerminal() ? " is terminal and" : "") + " permits no event"
                        : state + " permits " + open.map(JobTransition::event).mkString(", "));
    }

    static String neverStarted(JobSnapshot job, JobTransition edge, Instant now, @Nullable JobError error) {
        return "cannot " + edge.event() + " from " + job.state()
                + ": startTime is missing, and only a job that has started can succeed";
    }

    static String inThePast(JobSnapshot job, JobTransition edge, Instant now, @Nullable JobError error) {
        Instant latest = job.notBefore(now);
        return "cannot " + edge.event() + " at " + now + ": the job already carries the time " + latest + " ("
                + Text.between(now, latest) + " later); expected a time not before it";
    }

    static String errorWithoutFailure(JobSnapshot job, JobTransition edge, Instant now, @Nullable JobError error) {
        return "error " + Text.of(error) + " is given with " + edge.event() + ": expected one only with FAIL";
    }

    static String invalidGivenCode(JobSnapshot job, JobTransition edge, Instant now, @Nullable JobError error) {
        return notAnErrorCode(requireNonNull(error));
    }
}
