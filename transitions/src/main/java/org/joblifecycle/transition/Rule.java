package org.joblifecycle.transition;

import static java.util.Objects.requireNonNull;
import static org.joblifecycle.job.JobField.CREATE_TIME;
import static org.joblifecycle.job.JobField.END_TIME;
import static org.joblifecycle.job.JobField.ERROR;
import static org.joblifecycle.job.JobField.NAME;
import static org.joblifecycle.job.JobField.START_TIME;
import static org.joblifecycle.job.JobField.STATE;
import static org.joblifecycle.job.JobField.UPDATE_TIME;
import static org.joblifecycle.job.JobState.CANCELLED;
import static org.joblifecycle.job.JobState.CANCELLING;
import static org.joblifecycle.job.JobState.EXPIRED;
import static org.joblifecycle.job.JobState.FAILED;
import static org.joblifecycle.job.JobState.PENDING;
import static org.joblifecycle.job.JobState.QUEUED;
import static org.joblifecycle.job.JobState.RUNNING;
import static org.joblifecycle.job.JobState.UNSPECIFIED;
import static org.joblifecycle.transition.Evidence.documented;
import static org.joblifecycle.transition.Evidence.inferred;
import static org.joblifecycle.transition.Evidence.observed;
import static org.joblifecycle.transition.Mode.AUTHORITY;
import static org.joblifecycle.transition.Mode.OBSERVER;

import io.vavr.control.Option;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.job.Legible;
import org.joblifecycle.job.RpcStatus;
import org.jspecify.annotations.Nullable;

/**
 * The rules that a job keeps, in the order in which broken ones are reported. A snapshot rule looks at one snapshot, a
 * change rule at the job as known and the job as proposed; {@link #START_TIME_PREMATURE} does both.
 *
 * <p>Each constant is one guard, with its statement, its evidence and the message for whoever broke it. How guards
 * combine is {@link JobLifecycle}'s.
 */
public enum Rule {
    /** A job that exists has a createTime. */
    CREATE_TIME_REQUIRED(
            CREATE_TIME,
            EnumSet.of(STATE, CREATE_TIME),
            "A job in any state but UNSPECIFIED has a createTime.",
            observed("every recorded job carries the time it was created")) {
        @Override
        boolean isBroken(JobLifecycle in, JobSnapshot job) {
            return job.state() != UNSPECIFIED && job.createTime() == null;
        }

        @Override
        String message(JobLifecycle in, @Nullable JobSnapshot before, JobSnapshot after) {
            return "createTime is missing: a job that is " + after.state() + " carries the time when it was created";
        }
    },

    /** A job that can only be in its state after having been RUNNING has a startTime. */
    START_TIME_REQUIRED(
            START_TIME,
            EnumSet.of(STATE, START_TIME),
            "A job that is RUNNING, UPDATING, PAUSED, SUCCEEDED or PARTIALLY_SUCCEEDED has a startTime, if its kind has one.",
            documented(
                    Documentation.TUNING_JOB_START_TIME,
                    "Time when the TuningJob for the first time entered the `JOB_STATE_RUNNING` state.")) {
        @Override
        boolean isBroken(JobLifecycle in, JobSnapshot job) {
            return job.startTime() == null && in.kind().hasStartTime() && Paths.isStarted(job.state());
        }

        @Override
        String message(JobLifecycle in, @Nullable JobSnapshot before, JobSnapshot after) {
            return "startTime is missing: a " + in.kind().resource() + " that is " + after.state()
                    + " carries the time when it was RUNNING first";
        }
    },

    /** A startTime is not there before the job ran. */
    START_TIME_PREMATURE(
            START_TIME,
            EnumSet.of(STATE, START_TIME),
            "A job gets its startTime on entering RUNNING, if its kind has one: never while UNSPECIFIED; for an authority"
                    + " only with the change to RUNNING, or later as a repair of a job that had started; for an observer"
                    + " not once the job was seen CANCELLING, FAILED, CANCELLED or EXPIRED without one.",
            documented(
                            Documentation.TUNING_JOB_START_TIME,
                            "Time when the TuningJob for the first time entered the `JOB_STATE_RUNNING` state.")
                    .note("recorded jobs show a provisional value before RUNNING, so an observer tolerates one")) {
        @Override
        boolean isBroken(JobLifecycle in, JobSnapshot job) {
            return job.state() == UNSPECIFIED
                    && job.startTime() != null
                    && in.kind().hasStartTime();
        }

        @Override
        boolean isBroken(JobLifecycle in, JobSnapshot before, JobSnapshot after) {
            if (after.startTime() == null
                    || before.startTime() != null
                    || !in.kind().hasStartTime()) {
                return false;
            }
            if (in.mode() == AUTHORITY) {
                return after.state() != RUNNING && !Paths.isStarted(before.state());
            }
            return switch (before.state()) {
                case CANCELLING, FAILED, CANCELLED, EXPIRED -> true;
                default -> false;
            };
        }

        @Override
        String message(JobLifecycle in, @Nullable JobSnapshot before, JobSnapshot after) {
            String set = "startTime " + after.startTime() + " is set ";
            if (before == null || after.state() == UNSPECIFIED) {
                return set + "on a job that is " + after.state() + ": expected none before it is RUNNING";
            }
            if (in.mode() == OBSERVER) {
                return set + "on a job that was known as " + before.state() + " without one: expected none any more,"
                        + " because such a job never ran";
            }
            return set
                    + (before.state() == after.state()
                            ? "on a job that stays " + after.state()
                            : "on going from " + before.state() + " to " + after.state())
                    + ": expected only with the change to RUNNING";
        }
    },

    /** A finished job has an endTime. */
    END_TIME_REQUIRED(
            END_TIME,
            EnumSet.of(STATE, END_TIME),
            "A job has an endTime, if its kind has one, in every terminal state (authority) or in those terminal states"
                    + " for which its documentation promises one (observer).",
            documented(
                            Documentation.TUNING_JOB_END_TIME,
                            "Time when the TuningJob entered any of the following JobStates: `JOB_STATE_SUCCEEDED`,"
                                    + " `JOB_STATE_FAILED`, `JOB_STATE_CANCELLED`, `JOB_STATE_EXPIRED`.")
                    .note(
                            "the other kinds that have an endTime do not name EXPIRED, and none names PARTIALLY_SUCCEEDED")) {
        @Override
        boolean isBroken(JobLifecycle in, JobSnapshot job) {
            return job.endTime() == null && in.requiresEndTime(job.state());
        }

        @Override
        String message(JobLifecycle in, @Nullable JobSnapshot before, JobSnapshot after) {
            return "endTime is missing: a " + in.kind().resource() + " that is " + after.state()
                    + " carries the time when it ended";
        }
    },

    /** An unfinished job has no endTime. */
    END_TIME_PREMATURE(
            END_TIME,
            EnumSet.of(STATE, END_TIME),
            "A job that is in no terminal state has no endTime.",
            documented(
                    Documentation.TUNING_JOB_END_TIME,
                    "Time when the TuningJob entered any of the following JobStates: `JOB_STATE_SUCCEEDED`,"
                            + " `JOB_STATE_FAILED`, `JOB_STATE_CANCELLED`, `JOB_STATE_EXPIRED`.")) {
        @Override
        boolean isBroken(JobLifecycle in, JobSnapshot job) {
            return job.endTime() != null && !job.state().isTerminal();
        }

        @Override
        String message(JobLifecycle in, @Nullable JobSnapshot before, JobSnapshot after) {
            return "endTime " + after.endTime() + " is set on a job that is " + after.state()
                    + ": expected none before a terminal state (" + Text.list(Paths.terminalStates()) + ")";
        }
    },

    /** Only a job that failed or was cancelled has an error. */
    ERROR_UNEXPECTED(
            ERROR,
            EnumSet.of(STATE, ERROR),
            "A job that is neither FAILED nor CANCELLED has no error, except a NotebookExecutionJob.",
            documented(
                    Documentation.TUNING_JOB_ERROR,
                    "Only populated when job's state is `JOB_STATE_FAILED` or `JOB_STATE_CANCELLED`.")) {
        @Override
        boolean isBroken(JobLifecycle in, JobSnapshot job) {
            return job.error() != null && in.kind().hasErrorRule() && job.state() != FAILED && job.state() != CANCELLED;
        }

        @Override
        String message(JobLifecycle in, @Nullable JobSnapshot before, JobSnapshot after) {
            return "error " + Text.of(after.error()) + " is set on a job that is " + after.state()
                    + ": expected one only on FAILED or CANCELLED";
        }
    },

    /** The code of an error is one of an error, and that of a cancelled job the one promised. */
    ERROR_CODE_INVALID(
            ERROR,
            EnumSet.of(STATE, ERROR),
            "The code of an error is 1 to 16 (google.rpc.Code without OK), and 1 on a CANCELLED job of a kind that promises"
                    + " it; a NotebookExecutionJob is excepted.",
            documented(
                    Documentation.CANCEL_TUNING_JOB,
                    "On successful cancellation, the TuningJob is not deleted; instead it becomes a job with a"
                            + " TuningJob.error value with a google.rpc.Status.code of 1, corresponding to"
                            + " `Code.CANCELLED`, and TuningJob.state is set to `CANCELLED`.")) {
        @Override
        boolean isBroken(JobLifecycle in, JobSnapshot job) {
            RpcStatus error = job.error();
            return error != null
                    && in.kind().hasErrorRule()
                    && (!error.isErrorCode()
                            || (job.state() == CANCELLED
                                    && in.kind().promisesCancelledCode()
                                    && error.code() != RpcStatus.CANCELLED));
        }

        @Override
        String message(JobLifecycle in, @Nullable JobSnapshot before, JobSnapshot after) {
            RpcStatus error = requireNonNull(after.error());
            return error.isErrorCode()
                    ? "error code " + error.codeAndName() + " is set on a "
                            + in.kind().resource() + " that is CANCELLED: expected 1 (CANCELLED)"
                    : invalidCode(error);
        }
    },

    /** A job does not start before it was created. */
    START_TIME_ORDER(
            START_TIME,
            EnumSet.of(CREATE_TIME, START_TIME),
            "createTime is not after startTime.",
            inferred("a job is created before it runs; every recorded job keeps this order")) {
        @Override
        boolean isBroken(JobLifecycle in, JobSnapshot job) {
            return isAfter(in, job.createTime(), job.startTime());
        }

        @Override
        String message(JobLifecycle in, @Nullable JobSnapshot before, JobSnapshot after) {
            return orderMessage(in, after, this, CREATE_TIME);
        }
    },

    /** A job does not end before it was created or started. */
    END_TIME_ORDER(
            END_TIME,
            EnumSet.of(CREATE_TIME, START_TIME, END_TIME),
            "Neither createTime nor startTime is after endTime.",
            inferred("a job is created and runs before it ends; every recorded job keeps this order")) {
        @Override
        boolean isBroken(JobLifecycle in, JobSnapshot job) {
            return isAfter(in, job.createTime(), job.endTime()) || isAfter(in, job.startTime(), job.endTime());
        }

        @Override
        String message(JobLifecycle in, @Nullable JobSnapshot before, JobSnapshot after) {
            return orderMessage(in, after, this, CREATE_TIME, START_TIME);
        }
    },

    /** The last update of a job is not before anything that happened to it. */
    UPDATE_TIME_ORDER(
            UPDATE_TIME,
            EnumSet.of(CREATE_TIME, START_TIME, END_TIME, UPDATE_TIME),
            "None of createTime, startTime and endTime is after updateTime.",
            inferred("updateTime is when the job \"was most recently updated\", and setting a time updates it; recorded"
                    + " jobs that ended by themselves have an updateTime 0.6 to 29 s after endTime")) {
        @Override
        boolean isBroken(JobLifecycle in, JobSnapshot job) {
            return isAfter(in, job.createTime(), job.updateTime())
                    || isAfter(in, job.startTime(), job.updateTime())
                    || isAfter(in, job.endTime(), job.updateTime());
        }

        @Override
        String message(JobLifecycle in, @Nullable JobSnapshot before, JobSnapshot after) {
            return orderMessage(in, after, this, CREATE_TIME, START_TIME, END_TIME);
        }
    },

    /** A job changes its state along the graph. */
    TRANSITION_ILLEGAL(
            STATE,
            EnumSet.noneOf(JobField.class),
            "A job changes its state along one edge of the graph (authority) or along a path of edges (observer).",
            inferred("no page lists the transitions; each of the " + JobTransition.values().length
                    + " edges has evidence of its own, and a job goes nowhere else")) {
        @Override
        boolean isBroken(JobLifecycle in, JobSnapshot before, JobSnapshot after) {
            return in.change(before.state(), after.state()) instanceof Change.Illegal;
        }

        @Override
        String message(JobLifecycle in, @Nullable JobSnapshot before, JobSnapshot after) {
            JobState from = requireNonNull(before).state();
            JobState to = after.state();
            return "cannot go from " + from + " to " + to + ": " + in.whyIllegal(from, to);
        }
    },

    /** A job keeps its name. */
    NAME_CHANGED(
            NAME,
            EnumSet.noneOf(JobField.class),
            "A job that has a name keeps it.",
            inferred("the resource name is what identifies a job")) {
        @Override
        boolean isBroken(JobLifecycle in, JobSnapshot before, JobSnapshot after) {
            return before.name() != null
                    && after.name() != null
                    && !before.name().equals(after.name());
        }

        @Override
        String message(JobLifecycle in, @Nullable JobSnapshot before, JobSnapshot after) {
            return "name changed from "
                    + Legible.quoted(requireNonNull(requireNonNull(before).name())) + " to "
                    + Legible.quoted(requireNonNull(after.name()))
                    + ": expected the same job; these are two";
        }
    },

    /** A job is created once. */
    CREATE_TIME_CHANGED(
            CREATE_TIME,
            EnumSet.noneOf(JobField.class),
            "A createTime, once there, stays as it is.",
            inferred("a job is created once")) {
        @Override
        boolean isBroken(JobLifecycle in, JobSnapshot before, JobSnapshot after) {
            return before.createTime() != null && !before.createTime().equals(after.createTime());
        }

        @Override
        String message(JobLifecycle in, @Nullable JobSnapshot before, JobSnapshot after) {
            return changeMessage(this, before, after, "a job is created once");
        }
    },

    /** A job starts for the first time once. */
    START_TIME_CHANGED(
            START_TIME,
            EnumSet.noneOf(JobField.class),
            "A startTime, once there, stays as it is; an observer lets the provisional one of a job that is QUEUED or"
                    + " PENDING be replaced, but not removed.",
            documented(
                            Documentation.TUNING_JOB_START_TIME,
                            "Time when the TuningJob for the first time entered the `JOB_STATE_RUNNING` state.")
                    .note("recorded jobs show a provisional value before RUNNING")) {
        @Override
        boolean isBroken(JobLifecycle in, JobSnapshot before, JobSnapshot after) {
            if (before.startTime() == null || before.startTime().equals(after.startTime())) {
                return false;
            }
            return after.startTime() == null
                    || in.mode() == AUTHORITY
                    || (before.state() != QUEUED && before.state() != PENDING);
        }

        @Override
        String message(JobLifecycle in, @Nullable JobSnapshot before, JobSnapshot after) {
            return changeMessage(this, before, after, "a job enters RUNNING for the first time once");
        }
    },

    /** A job ends once. */
    END_TIME_CHANGED(
            END_TIME,
            EnumSet.noneOf(JobField.class),
            "An endTime, once there, stays as it is.",
            inferred("nothing leaves a terminal state, so a job ends once")) {
        @Override
        boolean isBroken(JobLifecycle in, JobSnapshot before, JobSnapshot after) {
            return before.endTime() != null && !before.endTime().equals(after.endTime());
        }

        @Override
        String message(JobLifecycle in, @Nullable JobSnapshot before, JobSnapshot after) {
            return changeMessage(this, before, after, "a job ends once");
        }
    },

    /** The error of a finished job is final. */
    ERROR_CHANGED(
            ERROR,
            EnumSet.noneOf(JobField.class),
            "An error, once there, keeps its code and message; a NotebookExecutionJob is excepted.",
            inferred("an error tells how the job ended, and nothing leaves a terminal state")) {
        @Override
        boolean isBroken(JobLifecycle in, JobSnapshot before, JobSnapshot after) {
            return before.error() != null
                    && in.kind().hasErrorRule()
                    && !before.error().equals(after.error());
        }

        @Override
        String message(JobLifecycle in, @Nullable JobSnapshot before, JobSnapshot after) {
            return changeMessage(this, before, after, "a job ends once, with one error");
        }
    },

    /** Time does not go back. */
    UPDATE_TIME_REGRESSED(
            UPDATE_TIME,
            EnumSet.noneOf(JobField.class),
            "updateTime does not go back.",
            documented(Documentation.TUNING_JOB_UPDATE_TIME, "Time when the TuningJob was most recently updated.")) {
        @Override
        boolean isBroken(JobLifecycle in, JobSnapshot before, JobSnapshot after) {
            return before.updateTime() != null
                    && after.updateTime() != null
                    && after.updateTime().isBefore(before.updateTime());
        }

        @Override
        String message(JobLifecycle in, @Nullable JobSnapshot before, JobSnapshot after) {
            Instant known = requireNonNull(requireNonNull(before).updateTime());
            Instant proposed = requireNonNull(after.updateTime());
            return "updateTime went back from " + known + " to " + proposed + " (by " + Text.between(proposed, known)
                    + "): "
                    + (in.mode() == OBSERVER
                            ? "this snapshot is older than the one known, which stays; nothing else was compared"
                            : "expected a time not before the one known");
        }
    };

    private static final JobField[] FIELDS = JobField.values();
    private static final Map<String, Rule> BY_ID =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Rule::id, Function.identity()));

    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final JobField field;

    @SuppressWarnings("ImmutableEnumChecker") // unmodifiable, of constants
    private final Set<JobField> reads;

    private final String statement;

    @SuppressWarnings("ImmutableEnumChecker") // a record of immutable values
    private final Evidence evidence;

    Rule(JobField field, EnumSet<JobField> reads, String statement, Evidence evidence) {
        this.field = field;
        this.reads = Collections.unmodifiableSet(reads);
        this.statement = statement;
        this.evidence = evidence;
    }

    /** The name of this rule in reports, metrics and options, such as {@code end-time-required}. */
    public String id() {
        return id;
    }

    /** The field at fault when this rule is broken. */
    public JobField field() {
        return field;
    }

    /** The fields that this rule reads of one snapshot; empty for a rule that only looks at a change. */
    public Set<JobField> reads() {
        return reads;
    }

    /** What this rule demands, in one sentence. */
    public String statement() {
        return statement;
    }

    /** Why this rule is there. */
    public Evidence evidence() {
        return evidence;
    }

    /**
     * The rule with this id.
     *
     * @param id compared exactly, such as {@code end-time-required}
     * @return nothing if no rule has it
     */
    public static Option<Rule> of(String id) {
        return Option.of(BY_ID.get(requireNonNull(id, "id")));
    }

    /** Whether this snapshot, looked at alone, breaks this rule. */
    boolean isBroken(JobLifecycle in, JobSnapshot job) {
        return false;
    }

    /** Whether going from one snapshot to the other breaks this rule. */
    boolean isBroken(JobLifecycle in, JobSnapshot before, JobSnapshot after) {
        return false;
    }

    /**
     * Whether any rule is broken at all, by the job as proposed or by the change: if not, none is to be reported. That is
     * almost always so, and has to be quick. Each rule is named, and not an element of an array, because the compiler of
     * the JVM then sees the guard that stands behind it and makes one piece of code of all of them.
     */
    static boolean isAnyBroken(JobLifecycle in, @Nullable JobSnapshot before, JobSnapshot after) {
        return CREATE_TIME_REQUIRED.isBroken(in, after)
                || START_TIME_REQUIRED.isBroken(in, after)
                || START_TIME_PREMATURE.isBroken(in, after)
                || END_TIME_REQUIRED.isBroken(in, after)
                || END_TIME_PREMATURE.isBroken(in, after)
                || ERROR_UNEXPECTED.isBroken(in, after)
                || ERROR_CODE_INVALID.isBroken(in, after)
                || START_TIME_ORDER.isBroken(in, after)
                || END_TIME_ORDER.isBroken(in, after)
                || UPDATE_TIME_ORDER.isBroken(in, after)
                || (before != null
                        && (START_TIME_PREMATURE.isBroken(in, before, after)
                                || TRANSITION_ILLEGAL.isBroken(in, before, after)
                                || NAME_CHANGED.isBroken(in, before, after)
                                || CREATE_TIME_CHANGED.isBroken(in, before, after)
                                || START_TIME_CHANGED.isBroken(in, before, after)
                                || END_TIME_CHANGED.isBroken(in, before, after)
                                || ERROR_CHANGED.isBroken(in, before, after)
                                || UPDATE_TIME_REGRESSED.isBroken(in, before, after)));
    }

    /** What to say when this rule is broken. */
    abstract String message(JobLifecycle in, @Nullable JobSnapshot before, JobSnapshot after);

    /**
     * Whether this rule is to be reported: an old fault that the change does not touch is not, whatever steps follow.
     */
    boolean isReported(JobLifecycle in, @Nullable JobSnapshot before, JobSnapshot after) {
        if (before == null) {
            return isBroken(in, after);
        }
        return isBroken(in, before, after)
                || (isBroken(in, after) && (!isBroken(in, before) || touches(before, after)));
    }

    private boolean touches(JobSnapshot before, JobSnapshot after) {
        for (JobField field : FIELDS) { // no iterator, which would cost memory
            if (field != STATE && reads.contains(field) && field.differs(before, after)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one time is after another: for an observer only by a second or more, because the service cuts times. */
    private static boolean isAfter(JobLifecycle in, @Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return false;
        }
        if (in.mode() == AUTHORITY) {
            return one.isAfter(other);
        }
        long seconds = one.getEpochSecond() - other.getEpochSecond();
        return seconds > 1 || (seconds == 1 && one.getNano() >= other.getNano());
    }

    private static String orderMessage(JobLifecycle in, JobSnapshot job, Rule rule, JobField... earlier) {
        Instant time = (Instant) requireNonNull(rule.field.of(job));
        StringBuilder message = new StringBuilder(rule.field + " " + time + " is before ");
        String separator = "";
        for (JobField field : earlier) {
            Instant other = (Instant) field.of(job);
            if (isAfter(in, other, time)) {
                message.append(separator).append(field).append(' ').append(other);
                message.append(" (by ")
                        .append(Text.between(time, requireNonNull(other)))
                        .append(')');
                separator = " and before ";
            }
        }
        message.append(": expected not earlier");
        return (in.mode() == OBSERVER ? message.append(" by 1 s or more") : message).toString();
    }

    private static String changeMessage(Rule rule, @Nullable JobSnapshot before, JobSnapshot after, String reason) {
        Object known = rule.field.of(requireNonNull(before));
        Object proposed = rule.field.of(after);
        return rule.field
                + (proposed == null
                        ? " " + Text.of(known) + " was taken away"
                        : " changed from " + Text.of(known) + " to " + Text.of(proposed))
                + ": expected to stay, because " + reason;
    }

    static String invalidCode(RpcStatus error) {
        return "error code " + error.codeAndName() + " is no error: expected 1 to 16 (google.rpc.Code without OK)";
    }

    /** The {@link #id()}. */
    @Override
    public String toString() {
        return id;
    }
}
