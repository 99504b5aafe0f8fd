package org.joblifecycle.transition;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Array;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import io.vavr.control.Validation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.job.RpcStatus;
import org.joblifecycle.job.TuningJob;
import org.jspecify.annotations.Nullable;

/**
 * The lifecycle of jobs of one kind, as seen by an {@linkplain Mode authority or an observer}: checks an update, applies
 * an event, audits a history.
 *
 * <p>Instances are shared, immutable and thread-safe. Answers are values: bad data never throws. A null where none is
 * allowed is a programmer's error and throws a {@link NullPointerException} that names the argument.
 *
 * <pre>{@code
 * JobLifecycle mirror = JobLifecycle.observer(JobKind.TUNING_JOB);
 * Verdict verdict = mirror.check(before, after);
 * if (verdict.change() instanceof Change.Stale) return;              // keep what we have
 * verdict.violations().forEach(v -> log.warn("{}", v));              // all of them, with reasons
 * store(after);                                                      // an observer mirrors the truth, odd or not
 * if (verdict.change().entersTerminal()) notifyOwner(after);
 * }</pre>
 */
public final class JobLifecycle {
    private static final int STATES = JobState.values().length;
    private static final RpcStatus UNKNOWN = RpcStatus.of(RpcStatus.UNKNOWN);
    private static final RpcStatus CANCELED = new RpcStatus(RpcStatus.CANCELLED, "CANCELED");
    private static final Verdict UNCHANGED = Verdict.legal(new Change.Unchanged());
    private static final Verdict AMENDED = Verdict.legal(new Change.Amended());
    private static final Verdict STALE = Verdict.legal(new Change.Stale());
    private static final Verdict[] APPEARED = new Verdict[STATES];
    private static final Map<JobKind, JobLifecycle> AUTHORITIES = new EnumMap<>(JobKind.class);
    private static final Map<JobKind, JobLifecycle> OBSERVERS = new EnumMap<>(JobKind.class);

    static {
        for (JobState state : JobState.values()) {
            APPEARED[state.number()] = Verdict.legal(new Change.Appeared(state));
        }
        for (JobKind kind : JobKind.values()) {
            AUTHORITIES.put(kind, new JobLifecycle(Mode.AUTHORITY, kind, Set.of(), Set.of()));
            OBSERVERS.put(kind, new JobLifecycle(Mode.OBSERVER, kind, Set.of(), Set.of()));
        }
    }

    private final Mode mode;
    private final JobKind kind;
    private final Set<Rule> leftOutRules;
    private final Set<JobTransition> leftOutEdges;
    private final Rule[] rules;
    private final JobLifecycle authority;

    /** Whether a job has an endTime in a state, at the state's number. */
    private final boolean[] requiresEndTime = new boolean[STATES];

    /** The edge that an event takes, of those that were not left out, at the number of the state that it meets. */
    private final java.util.List<Map<JobEvent, JobTransition>> edges = new ArrayList<>(STATES);

    /** The verdict on a change of state that breaks no other rule, at {@link #index}. */
    private final Verdict[] moves = new Verdict[STATES * STATES];

    private JobLifecycle(Mode mode, JobKind kind, Set<Rule> leftOutRules, Set<JobTransition> leftOutEdges) {
        this.mode = mode;
        this.kind = kind;
        this.leftOutRules = leftOutRules;
        this.leftOutEdges = leftOutEdges;
        this.rules = EnumSet.complementOf(copy(Rule.class, leftOutRules)).toArray(new Rule[0]);
        this.authority =
                mode == Mode.AUTHORITY ? this : new JobLifecycle(Mode.AUTHORITY, kind, leftOutRules, leftOutEdges);
        Set<JobState> ends = mode == Mode.AUTHORITY ? Paths.terminalStates() : kind.endTimeStates();
        for (JobState from : JobState.values()) {
            requiresEndTime[from.number()] = kind.hasEndTime() && ends.contains(from);
            EnumMap<JobEvent, JobTransition> leaving = new EnumMap<>(JobEvent.class);
            openEdges(from).forEach(edge -> leaving.put(edge.event(), edge));
            edges.add(leaving);
            for (JobState to : JobState.values()) {
                moves[index(from, to)] = from == to ? AMENDED : Verdict.legal(move(from, to));
            }
        }
    }

    private Change move(JobState from, JobState to) {
        Option<JobTransition> edge = JobTransition.between(from, to).filter(this::isOpen);
        if (edge.isDefined()) {
            return new Change.Stepped(edge.get());
        }
        return mode == Mode.OBSERVER && Paths.reachableFrom(from).contains(to)
                ? new Change.Skipped(from, to)
                : new Change.Illegal(from, to);
    }

    private static int index(JobState from, JobState to) {
        return STATES * from.number() + to.number();
    }

    /** The lifecycle of this kind for whoever writes the states: a scheduler of its own jobs, an emulator. */
    public static JobLifecycle authority(JobKind kind) {
        return requireNonNull(AUTHORITIES.get(requireNonNull(kind, "kind")));
    }

    /** The lifecycle of this kind for whoever watches somebody else's jobs: a poller, a mirror, an audit. */
    public static JobLifecycle observer(JobKind kind) {
        return requireNonNull(OBSERVERS.get(requireNonNull(kind, "kind")));
    }

    /**
     * This lifecycle without some of its rules: they are enforced neither by a check nor by applying an event.
     *
     * @throws IllegalArgumentException for {@link Rule#TRANSITION_ILLEGAL}, without which there is no lifecycle
     */
    public JobLifecycle without(Rule... rules) {
        EnumSet<Rule> leftOut = copy(Rule.class, leftOutRules);
        Collections.addAll(leftOut, requireNonNull(rules, "rules"));
        if (leftOut.contains(Rule.TRANSITION_ILLEGAL)) {
            throw new IllegalArgumentException("transition-illegal cannot be left out: it is the lifecycle");
        }
        return leftOut.equals(leftOutRules) ? this : new JobLifecycle(mode, kind, leftOut, leftOutEdges);
    }

    /**
     * This lifecycle without some edges of the graph, such as those to PAUSED for a service that cannot pause.
     *
     * @throws UnsupportedOperationException for an observer, who does not decide where a job can go
     */
    public JobLifecycle without(JobTransition... edges) {
        EnumSet<JobTransition> leftOut = copy(JobTransition.class, leftOutEdges);
        Collections.addAll(leftOut, requireNonNull(edges, "edges"));
        if (mode == Mode.OBSERVER) {
            throw new UnsupportedOperationException(
                    "an observer cannot leave out edges: only an authority decides them");
        }
        return new JobLifecycle(mode, kind, leftOutRules, leftOut);
    }

    private static <E extends Enum<E>> EnumSet<E> copy(Class<E> type, Set<E> items) {
        EnumSet<E> copy = EnumSet.noneOf(type);
        copy.addAll(items);
        return copy;
    }

    /** Who is looking. */
    public Mode mode() {
        return mode;
    }

    /** The kind of the jobs. */
    public JobKind kind() {
        return kind;
    }

    /** The edges that jobs of this lifecycle go over: those of the graph, in its order, that were not left out. */
    public Seq<JobTransition> transitions() {
        return Array.of(JobTransition.values()).filter(this::isOpen);
    }

    /** Checks the first look at a job: the same as {@link #check(JobSnapshot, JobSnapshot)} with nothing known. */
    public Verdict check(JobSnapshot job) {
        return check(null, requireNonNull(job, "job"));
    }

    /** Checks the first look at a tuning job: the same as {@link #check(TuningJob, TuningJob)} with nothing known. */
    public Validation<Seq<FieldViolation>, Verdict> check(TuningJob job) {
        return check(null, requireNonNull(job, "job"));
    }

    /**
     * Checks an update of a tuning job: what the lifecycle looks at, see {@link TuningJob#snapshot}. The other fields are
     * for {@link FieldRules}.
     *
     * @param before the job as known; null at the first look
     * @param after the job as proposed
     * @return the verdict, or why there is none: a state that is absent, or none of the twelve
     * @throws IllegalArgumentException if this is the lifecycle of another kind of jobs
     */
    public Validation<Seq<FieldViolation>, Verdict> check(@Nullable TuningJob before, TuningJob after) {
        Seq<FieldViolation> unknown = (before == null
                        ? List.<FieldViolation>empty()
                        : stateless("the job as known: ", before))
                .appendAll(stateless("", requireNonNull(after, "after")));
        return unknown.isEmpty()
                ? Validation.valid(check(
                        before == null ? null : before.snapshot().get(),
                        after.snapshot().get()))
                : Validation.invalid(unknown);
    }

    /** Why the lifecycle cannot say anything of this job; nothing if it can. */
    private List<FieldViolation> stateless(String whose, TuningJob job) {
        if (kind != JobKind.TUNING_JOB) {
            throw new IllegalArgumentException(
                    "the " + this + " is asked about a TuningJob: expected a lifecycle of " + JobKind.TUNING_JOB);
        }
        return List.of(FieldRule.STATE_MISSING, FieldRule.STATE_UNKNOWN)
                .flatMap(rule -> rule.violations(null, job))
                .map(violation -> new FieldViolation(violation.rule(), violation.path(), whose + violation.message()));
    }

    /**
     * Checks an update. A fault that the job as known already had, and that the update does not touch, is not reported
     * again. A legal update costs no memory: its verdict is made beforehand.
     *
     * @param before the job as known; null at the first look
     * @param after the job as proposed
     */
    public Verdict check(@Nullable JobSnapshot before, JobSnapshot after) {
        requireNonNull(after, "after");
        if (after.equals(before)) {
            return UNCHANGED;
        }
        if (isStale(before, after)) {
            return STALE.with(List.of(violation(Rule.UPDATE_TIME_REGRESSED, before, after)));
        }
        Verdict legal = before == null ? APPEARED[after.state().number()] : moves[index(before.state(), after.state())];
        Seq<Violation> violations = violations(before, after);
        return violations.isEmpty() ? legal : legal.with(violations);
    }

    private boolean isStale(@Nullable JobSnapshot before, JobSnapshot after) {
        return mode == Mode.OBSERVER
                && before != null
                && !leftOutRules.contains(Rule.UPDATE_TIME_REGRESSED)
                && Rule.UPDATE_TIME_REGRESSED.isBroken(this, before, after);
    }

    private Seq<Violation> violations(@Nullable JobSnapshot before, JobSnapshot after) {
        if (!Rule.isAnyBroken(this, before, after)) {
            return List.empty();
        }
        List<Violation> violations = List.empty();
        for (int i = rules.length - 1; i >= 0; i--) {
            if (rules[i].isReported(this, before, after)) {
                violations = violations.prepend(violation(rules[i], before, after));
            }
        }
        return violations;
    }

    private Violation violation(Rule rule, @Nullable JobSnapshot before, JobSnapshot after) {
        return new Violation(
                rule,
                before == null ? null : rule.field().of(before),
                rule.field().of(after),
                () -> rule.message(this, before, after));
    }

    /** Whether a job that is in this state has an endTime. */
    boolean requiresEndTime(JobState state) {
        return requiresEndTime[state.number()];
    }

    /** What going from one state to another one is, other rules aside. */
    Change change(JobState from, JobState to) {
        return moves[index(from, to)].change();
    }

    /** The reason why {@link #change} is illegal. */
    String whyIllegal(JobState from, JobState to) {
        if (from.isTerminal()) {
            return from + " is terminal";
        }
        if (to == JobState.UNSPECIFIED) {
            return "nothing enters UNSPECIFIED";
        }
        if (mode == Mode.OBSERVER) {
            return "whatever steps were missed, " + from + " only leads to " + Text.list(Paths.reachableFrom(from));
        }
        Option<JobTransition> closed = JobTransition.between(from, to);
        if (closed.isDefined()) {
            return leftOut(closed.get());
        }
        Seq<JobTransition> open = openEdges(from);
        String direct = open.isEmpty()
                ? from + " goes nowhere in this lifecycle"
                : from + " only goes to " + open.map(JobTransition::target).mkString(", ");
        return Paths.simple(from, to)
                .find(way -> way.forAll(this::isOpen))
                .map(way -> direct + " (a way there in " + way.size() + " steps: "
                        + way.map(JobTransition::event).mkString(", ") + ")")
                .getOrElse(direct);
    }

    private boolean isOpen(JobTransition edge) {
        return !leftOutEdges.contains(edge);
    }

    private Seq<JobTransition> openEdges(JobState from) {
        return JobTransition.from(from).filter(this::isOpen);
    }

    private static String leftOut(JobTransition edge) {
        return "the edge " + edge.name() + " was left out of this lifecycle";
    }

    /** Applies an event without an error: the same as {@link #apply(JobSnapshot, JobEvent, Instant, RpcStatus)} with null. */
    public Validation<Seq<Violation>, JobSnapshot> apply(JobSnapshot job, JobEvent event, Instant now) {
        return apply(job, event, now, null);
    }

    /**
     * Applies an event, as the authority over the job does: what the job is afterwards, with its times and error. In
     * both modes the same.
     *
     * <p>The state is the target of the edge and updateTime is {@code now}; createTime and, on entering RUNNING for the
     * first time, startTime are set where absent; endTime is set on entering a terminal state. A job that FAILED without
     * an error being given gets code 2, a job that was CANCELLED gets code 1 where its kind promises that.
     *
     * @param job the job as it is; stays as it is
     * @param event what happens
     * @param now when; {@link JobSnapshot#notBefore} makes it one that is not before any time of the job
     * @param error why the job failed: only with {@link JobEvent#FAIL}; null if nothing is known
     * @return the job afterwards, or the reason why it cannot happen: one violation, or, where the job was at fault
     *     already, all that an authority finds wrong with the result
     */
    public Validation<Seq<Violation>, JobSnapshot> apply(
            JobSnapshot job, JobEvent event, Instant now, @Nullable RpcStatus error) {
        requireNonNull(job, "job");
        requireNonNull(event, "event");
        requireNonNull(now, "now");
        JobTransition edge = edges.get(job.state().number()).get(event);
        if (edge == null) {
            return refusal(Rule.TRANSITION_ILLEGAL, job.state(), null, () -> whyNotPermitted(job.state(), event));
        }
        if (enforces(Rule.START_TIME_REQUIRED) && edge.needsStart() && kind.hasStartTime() && job.startTime() == null) {
            return refusal(
                    Rule.START_TIME_REQUIRED,
                    null,
                    null,
                    () -> "cannot " + event + " from " + job.state()
                            + ": startTime is missing, and only a job that has started can succeed");
        }
        if (enforces(Rule.UPDATE_TIME_REGRESSED) && !job.notBefore(now).equals(now)) {
            return refusal(
                    Rule.UPDATE_TIME_REGRESSED,
                    job.updateTime(),
                    now,
                    () -> "cannot " + event + " at " + now + ": the job already carries the time " + job.notBefore(now)
                            + " (" + Text.between(now, job.notBefore(now)) + " later); expected a time not before it");
        }
        if (enforces(Rule.ERROR_UNEXPECTED) && error != null && event != JobEvent.FAIL) {
            return refusal(
                    Rule.ERROR_UNEXPECTED,
                    job.error(),
                    error,
                    () -> "error " + Text.of(error) + " is given with " + event + ": expected one only with FAIL");
        }
        if (enforces(Rule.ERROR_CODE_INVALID) && error != null && !error.isErrorCode()) {
            return refusal(Rule.ERROR_CODE_INVALID, job.error(), error, () -> Rule.invalidCode(error));
        }
        JobSnapshot next = step(job, edge.target(), now, error);
        Seq<Violation> violations = authority.violations(job, next);
        return violations.isEmpty() ? Validation.valid(next) : Validation.invalid(violations);
    }

    /** Applies an event to a tuning job without an error: the same as with null. */
    public Validation<Seq<Finding>, TuningJob> apply(TuningJob job, JobEvent event, Instant now) {
        return apply(job, event, now, null);
    }

    /**
     * Applies an event to a tuning job, as {@link #apply(JobSnapshot, JobEvent, Instant, RpcStatus)} does: its state, times
     * and error change, and all else stays.
     *
     * @return the job afterwards, or the reason why it cannot happen, which may be a state that is absent, or none of the
     *     twelve
     * @throws IllegalArgumentException if this is the lifecycle of another kind of jobs
     */
    public Validation<Seq<Finding>, TuningJob> apply(
            TuningJob job, JobEvent event, Instant now, @Nullable RpcStatus error) {
        Seq<FieldViolation> unknown = stateless("", requireNonNull(job, "job"));
        return unknown.isEmpty()
                ? apply(job.snapshot().get(), event, now, error)
                        .mapError(Seq::<Finding>narrow)
                        .map(job::with)
                : Validation.invalid(Seq.narrow(unknown));
    }

    private boolean enforces(Rule rule) {
        return !leftOutRules.contains(rule);
    }

    private String whyNotPermitted(JobState state, JobEvent event) {
        String permitted = openEdges(state).isEmpty()
                ? state + (state.isTerminal() ? " is terminal and" : "") + " permits no event"
                : state + " permits "
                        + openEdges(state).map(JobTransition::event).mkString(", ");
        return "cannot " + event + " from " + state + ": "
                + JobTransition.on(state, event)
                        .map(edge -> leftOut(edge) + "; ")
                        .getOrElse("") + permitted;
    }

    private static Validation<Seq<Violation>, JobSnapshot> refusal(
            Rule rule, @Nullable Object before, @Nullable Object after, Supplier<String> message) {
        return Validation.invalid(List.of(new Violation(rule, before, after, message)));
    }

    private JobSnapshot step(JobSnapshot job, JobState target, Instant now, @Nullable RpcStatus error) {
        boolean starts = target == JobState.RUNNING && job.startTime() == null && kind.hasStartTime();
        boolean ends = target.isTerminal() && kind.hasEndTime();
        return job.withState(target)
                .withCreateTime(job.createTime() == null ? earlier(now, job.startTime()) : job.createTime())
                .withStartTime(starts ? now : job.startTime())
                .withEndTime(ends ? now : job.endTime())
                .withUpdateTime(now)
                .withError(error == null ? ownError(job, target) : error);
    }

    private static Instant earlier(Instant one, @Nullable Instant other) {
        return other != null && other.isBefore(one) ? other : one;
    }

    /** The error of a job that comes to this state when nobody gives one. */
    private @Nullable RpcStatus ownError(JobSnapshot job, JobState target) {
        if (target == JobState.FAILED) {
            return UNKNOWN;
        }
        return target == JobState.CANCELLED && kind.promisesCancelledCode() ? CANCELED : job.error();
    }

    /**
     * The events that can happen to this job: those that {@link #apply} does not refuse, given no error and any time that
     * is not before one that the job carries. A CANCELLING tuning job that never started is not offered SUCCEED.
     *
     * @return an unmodifiable set in the order of {@link JobEvent}
     */
    public Set<JobEvent> permittedEvents(JobSnapshot job) {
        Instant latest = requireNonNull(job, "job").notBefore(Instant.MIN);
        Instant later = latest.equals(Instant.MAX) ? latest : latest.plusNanos(1);
        EnumSet<JobEvent> permitted = EnumSet.noneOf(JobEvent.class);
        for (JobTransition edge : JobTransition.from(job.state())) {
            if (apply(job, edge.event(), later).isValid()) {
                permitted.add(edge.event());
            }
        }
        return Collections.unmodifiableSet(permitted);
    }

    /**
     * One step of the audit of one job's history. All that is to be kept between steps is the baseline, a plain
     * snapshot: a stream processor keeps it as the state of the job's name.
     *
     * @param baseline what the step before answered; null before the first
     * @param look the next snapshot of the job
     */
    public AuditStep<JobSnapshot> audit(@Nullable JobSnapshot baseline, JobSnapshot look) {
        Verdict verdict = check(baseline, requireNonNull(look, "look"));
        return new AuditStep<>(baseline != null && wentBack(verdict) ? baseline : look, verdict);
    }

    /**
     * One step of the audit of the history of one tuning job.
     *
     * @param baseline what the step before answered; null before the first
     * @param look the job as it is seen next
     * @return the step, or why there is none: a state that is absent, or none of the twelve. The baseline stays then
     * @throws IllegalArgumentException if this is the lifecycle of another kind of jobs
     */
    public Validation<Seq<FieldViolation>, AuditStep<TuningJob>> audit(@Nullable TuningJob baseline, TuningJob look) {
        return check(baseline, requireNonNull(look, "look"))
                .map(verdict -> new AuditStep<>(baseline != null && wentBack(verdict) ? baseline : look, verdict));
    }

    private static boolean wentBack(Verdict verdict) {
        return verdict.violations().exists(violation -> violation.rule() == Rule.UPDATE_TIME_REGRESSED);
    }

    /**
     * Audits a whole history of one job.
     *
     * @param history the snapshots in the order in which they were seen
     * @return a verdict for each
     */
    public Seq<Verdict> replay(Iterable<JobSnapshot> history) {
        List<Verdict> verdicts = List.empty();
        JobSnapshot baseline = null;
        for (JobSnapshot look : requireNonNull(history, "history")) {
            AuditStep<JobSnapshot> step = audit(baseline, look);
            baseline = step.baseline();
            verdicts = verdicts.prepend(step.verdict());
        }
        return verdicts.reverse();
    }

    /** One line, such as {@code observer of TUNING_JOB without update-time-order}. */
    @Override
    public String toString() {
        String text = mode.name().toLowerCase(Locale.ROOT) + " of " + kind;
        Seq<Object> leftOut = List.<Object>ofAll(leftOutRules)
                .appendAll(List.ofAll(leftOutEdges).map(JobTransition::name));
        return leftOut.isEmpty() ? text : text + " without " + leftOut.mkString(", ");
    }
}
