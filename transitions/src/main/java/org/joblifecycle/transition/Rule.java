package org.joblifecycle.transition;

import static java.util.Objects.requireNonNull;
import static org.joblifecycle.job.JobField.CREATE_TIME;
import static org.joblifecycle.job.JobField.END_TIME;
import static org.joblifecycle.job.JobField.ERROR;
import static org.joblifecycle.job.JobField.NAME;
import static org.joblifecycle.job.JobField.START_TIME;
import static org.joblifecycle.job.JobField.STATE;
import static org.joblifecycle.job.JobField.UPDATE_TIME;
import static org.joblifecycle.transition.Documentation.TUNING_JOB_END_TIME;
import static org.joblifecycle.transition.Documentation.TUNING_JOB_START_TIME;
import static org.joblifecycle.transition.Evidence.documented;
import static org.joblifecycle.transition.Evidence.inferred;
import static org.joblifecycle.transition.Evidence.observed;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.jspecify.annotations.Nullable;

/**
 * The rules that a job keeps, in the order in which broken ones are reported: one constant a rule, each with its field, its
 * statement, the evidence for it, its guards and what is said when it is broken. A rule of a snapshot reads one job, a
 * rule of a change reads the baseline and the job that is proposed; {@link #START_TIME_PREMATURE} is of both sorts. Some rules
 * refuse events too.
 *
 * <p>{@link JobLifecycle} decides how broken rules combine.
 */
public enum Rule {
    /** A job that exists has a createTime. */
    CREATE_TIME_REQUIRED(
            CREATE_TIME,
            "A job in any state but UNSPECIFIED has a createTime.",
            observed("every recorded job carries the time it was created"),
            Guard.ofSnapshot(Guards::lacksCreateTime, STATE, CREATE_TIME).says(Messages::noCreateTime)),

    /** A job that can only be in its state after having been RUNNING has a startTime. */
    START_TIME_REQUIRED(
            START_TIME,
            "A job that is RUNNING, UPDATING, PAUSED, SUCCEEDED or PARTIALLY_SUCCEEDED has a startTime, if its kind has one.",
            documented(TUNING_JOB_START_TIME, Documentation.FIRST_RUNNING),
            Guard.ofSnapshot(Guards::lacksStartTime, STATE, START_TIME)
                    .says(Messages::noStartTime)
                    .refusing(Guards::needsStart, Messages::neverStarted)),

    /** A startTime is not there before the job ran. */
    START_TIME_PREMATURE(
            START_TIME,
            "A job gets its startTime on entering RUNNING, if its kind has one: never while UNSPECIFIED; for an authority"
                    + " only with the change to RUNNING, or later as a repair of a job that had started; for an observer"
                    + " not once the job was seen CANCELLING, FAILED, CANCELLED or EXPIRED without one.",
            documented(TUNING_JOB_START_TIME, Documentation.FIRST_RUNNING)
                    .note("recorded jobs show a provisional value before RUNNING, so an observer tolerates one"),
            Guard.ofSnapshot(Guards::hasStartTimeWhileUnspecified, STATE, START_TIME)
                    .andOfChange(Guards::gainsStartTimeIllegally)
                    .says(Messages::prematureStartTime)),

    /** A finished job has an endTime. */
    END_TIME_REQUIRED(
            END_TIME,
            "A job has an endTime, if its kind has one, in every terminal state (authority) or in those terminal states"
                    + " for which its documentation promises one (observer).",
            documented(TUNING_JOB_END_TIME, Documentation.ENTERED_TERMINAL)
                    .note(
                            "the other kinds that have an endTime do not name EXPIRED, and none names PARTIALLY_SUCCEEDED"),
            Guard.ofSnapshot(Guards::lacksEndTime, STATE, END_TIME).says(Messages::noEndTime)),

    /** An unfinished job has no endTime. */
    END_TIME_PREMATURE(
            END_TIME,
            "A job that is in no terminal state has no endTime.",
            documented(TUNING_JOB_END_TIME, Documentation.ENTERED_TERMINAL),
            Guard.ofSnapshot(Guards::hasEndTimeBeforeItEnds, STATE, END_TIME).says(Messages::prematureEndTime)),

    /** Only a job that failed or was cancelled has an error. */
    ERROR_UNEXPECTED(
            ERROR,
            "A job that is neither FAILED nor CANCELLED has no error, except a NotebookExecutionJob.",
            documented(
                    Documentation.TUNING_JOB_ERROR,
                    "Only populated when job's state is `JOB_STATE_FAILED` or `JOB_STATE_CANCELLED`."),
            Guard.ofSnapshot(Guards::hasUnexpectedError, STATE, ERROR)
                    .says(Messages::unexpectedError)
                    .refusing(Guards::bringsUnexpectedError, Messages::errorWithoutFailure)),

    /** The code of an error is one of an error, and that of a cancelled job the one promised. */
    ERROR_CODE_INVALID(
            ERROR,
            "The code of an error is 1 to 16 (google.rpc.Code without OK), and 1 on a CANCELLED job of a kind that promises"
                    + " it; a NotebookExecutionJob is excepted.",
            documented(
                    Documentation.CANCEL_TUNING_JOB,
                    "On successful cancellation, the TuningJob is not deleted; instead it becomes a job with a"
                            + " TuningJob.error value with a google.rpc.Status.code of 1, corresponding to"
                            + " `Code.CANCELLED`, and TuningJob.state is set to `CANCELLED`."),
            Guard.ofSnapshot(Guards::hasInvalidErrorCode, STATE, ERROR)
                    .says(Messages::invalidErrorCode)
                    .refusing(Guards::bringsInvalidErrorCode, Messages::invalidGivenCode)),

    /** A job does not start before it was created. */
    START_TIME_ORDER(
            START_TIME,
            "createTime is not after startTime.",
            inferred("a job is created before it runs; every recorded job keeps this order"),
            Guard.ofSnapshot(Guards::startsTooEarly, CREATE_TIME, START_TIME)
                    .says(Messages.before(START_TIME, CREATE_TIME))),

    /** A job does not end before it was created or started. */
    END_TIME_ORDER(
            END_TIME,
            "Neither createTime nor startTime is after endTime.",
            inferred("a job is created and runs before it ends; every recorded job keeps this order"),
            Guard.ofSnapshot(Guards::endsTooEarly, CREATE_TIME, START_TIME, END_TIME)
                    .says(Messages.before(END_TIME, CREATE_TIME, START_TIME))),

    /** The last update of a job is not before anything that happened to it. */
    UPDATE_TIME_ORDER(
            UPDATE_TIME,
            "None of createTime, startTime and endTime is after updateTime.",
            inferred("updateTime is when the job \"was most recently updated\", and setting a time updates it; recorded"
                    + " jobs that ended by themselves have an updateTime 0.6 to 29 s after endTime"),
            Guard.ofSnapshot(Guards::isUpdatedTooEarly, CREATE_TIME, START_TIME, END_TIME, UPDATE_TIME)
                    .says(Messages.before(UPDATE_TIME, CREATE_TIME, START_TIME, END_TIME))),

    /** A job changes its state along the graph. */
    TRANSITION_ILLEGAL(
            STATE,
            "A job changes its state along one edge of the graph (authority) or along a path of edges (observer).",
            inferred("no page lists the transitions; each of the " + JobTransition.values().length
                    + " edges has evidence of its own, and a job goes nowhere else"),
            Guard.ofChange(Guards::changesStateIllegally).says(Messages::illegalTransition)),

    /** A job keeps its name. */
    NAME_CHANGED(
            NAME,
            "A name, once there, stays as it is.",
            inferred("the resource name is what identifies a job"),
            Guard.ofChange(Guards::changesName).says(Messages::otherName)),

    /** A job is created once. */
    CREATE_TIME_CHANGED(
            CREATE_TIME,
            "A createTime, once there, stays as it is.",
            inferred("a job is created once"),
            Guard.ofChange(Guards::changesCreateTime).says(Messages.changed(CREATE_TIME, "a job is created once"))),

    /** A job starts for the first time once. */
    START_TIME_CHANGED(
            START_TIME,
            "A startTime, once there, stays as it is; an observer lets the provisional one of a job that was QUEUED,"
                    + " PENDING or CANCELLING be replaced, but not removed.",
            documented(TUNING_JOB_START_TIME, Documentation.FIRST_RUNNING)
                    .note(
                            "recorded jobs show a provisional value before RUNNING, and one that was cancelled while it waited"
                                    + " got another startTime around the cancellation"),
            Guard.ofChange(Guards::changesStartTime)
                    .says(Messages.changed(START_TIME, "a job enters RUNNING for the first time once"))),

    /** A job ends once. */
    END_TIME_CHANGED(
            END_TIME,
            "An endTime, once there, stays as it is.",
            inferred("nothing leaves a terminal state, so a job ends once"),
            Guard.ofChange(Guards::changesEndTime).says(Messages.changed(END_TIME, "a job ends once"))),

    /** The error of a finished job is final. */
    ERROR_CHANGED(
            ERROR,
            "An error, once there, keeps its code and message; a NotebookExecutionJob is excepted.",
            inferred("an error tells how the job ended, and nothing leaves a terminal state"),
            Guard.ofChange(Guards::changesError).says(Messages.changed(ERROR, "a job ends once, with one error"))),

    /** Time does not go back. */
    UPDATE_TIME_REGRESSED(
            UPDATE_TIME,
            "An updateTime, once there, does not go back, and an authority does not remove it; an observer may get an answer"
                    + " in part.",
            documented(Documentation.TUNING_JOB_UPDATE_TIME, "Time when the TuningJob was most recently updated."),
            Guard.ofChange(Guards::regressesUpdateTime)
                    .says(Messages::regressedUpdateTime)
                    .refusing(Guards::happensInThePast, Messages::inThePast));

    /** The rules that refuse events for which there is an edge, in the order in which they are asked: the first answers. */
    private static final Seq<Rule> OF_EVENTS =
            List.of(START_TIME_REQUIRED, UPDATE_TIME_REGRESSED, ERROR_UNEXPECTED, ERROR_CODE_INVALID);

    private static final JobField[] FIELDS = JobField.values();
    private static final Map<String, Rule> BY_ID =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Rule::id, Function.identity()));

    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final JobField field;
    private final String statement;

    @SuppressWarnings("ImmutableEnumChecker") // a record of immutable values
    private final Evidence evidence;

    @SuppressWarnings("ImmutableEnumChecker") // a record of pure functions
    private final Guard guard;

    Rule(JobField field, String statement, Evidence evidence, Guard guard) {
        this.field = field;
        this.statement = statement;
        this.evidence = evidence;
        this.guard = guard;
    }

    /** The name of this rule in reports, metrics and options, such as {@code end-time-required}. */
    public String id() {
        return id;
    }

    /** The field at fault when this rule is broken. */
    public JobField field() {
        return field;
    }

    /** The fields that this rule reads of one snapshot; empty for a rule of changes only. */
    public Set<JobField> reads() {
        return guard.reads();
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
     * @return nothing if no rule has it; {@code getOrNull()} and {@code toJavaOptional()} lead back to the JDK
     */
    public static Option<Rule> of(String id) {
        return Option.of(BY_ID.get(requireNonNull(id, "id")));
    }

    static Seq<Rule> ofEvents() {
        return OF_EVENTS;
    }

    /**
     * Whether this rule is to be reported: an old fault that the change does not touch is not, whatever steps follow.
     *
     * @param before the baseline; null if nothing is known
     */
    boolean isReported(RuleContext in, @Nullable JobSnapshot before, JobSnapshot after) {
        if (before == null) {
            return guard.isBrokenBy(in, after);
        }
        return guard.isBrokenBy(in, before, after)
                || (guard.isBrokenBy(in, after) && (!guard.isBrokenBy(in, before) || touches(before, after)));
    }

    private boolean touches(JobSnapshot before, JobSnapshot after) {
        for (JobField read : FIELDS) { // no iterator, which would allocate
            if (read != STATE && guard.reads().contains(read) && read.differs(before, after)) {
                return true;
            }
        }
        return false;
    }

    /** The violation of this rule by a snapshot or a change. */
    Violation violation(RuleContext in, @Nullable JobSnapshot before, JobSnapshot after) {
        return new Violation(
                this,
                before == null ? null : field.of(before),
                field.of(after),
                () -> guard.message().of(in, before, after));
    }

    boolean refuses(RuleContext in, JobSnapshot job, JobTransition edge, Instant now, @Nullable JobError error) {
        return guard.refuses(in, job, edge, now, error);
    }

    /** The violation of this rule by an event that takes this edge: its value after is what was asked for. */
    Violation refusal(JobSnapshot job, JobTransition edge, Instant now, @Nullable JobError error) {
        Object asked = switch (field) {
            case UPDATE_TIME -> now;
            case ERROR -> error;
            default -> null;
        };
        return new Violation(
                this, field.of(job), asked, () -> guard.eventMessage().of(job, edge, now, error));
    }

    /** The violation of {@link #TRANSITION_ILLEGAL} by an event for which there is no edge. */
    static Violation notPermitted(RuleContext in, JobState state, JobEvent event) {
        return new Violation(TRANSITION_ILLEGAL, state, null, () -> Messages.notPermitted(in, state, event));
    }

    /** The {@link #id()}. */
    @Override
    public String toString() {
        return id;
    }
}
