package org.joblifecycle.transition;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Array;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.jspecify.annotations.Nullable;

/**
 * The lifecycle of jobs of one kind, as an {@linkplain Mode authority or an observer} has it: checks an update, applies an
 * event, audits a history.
 *
 * <p>It is asked about jobs of its own kind: the kind decides which fields a job has and what is promised of them, and a name
 * that tells another kind is not noticed. {@link JobAuditor} chooses the kind by the name of each job.
 *
 * <p>Instances are shared, immutable, thread-safe and equal by value. Answers are values: bad data never throws. A null where
 * none is allowed is a programmer's error and throws a {@link NullPointerException} that names the argument.
 *
 * <pre>{@code
 * JobLifecycle mirror = JobLifecycle.observer(JobKind.TUNING_JOB);
 * AuditStep step = mirror.audit(baseline, observed);
 * Verdict verdict = step.verdict();
 * if (verdict.change() instanceof Change.Stale) return;              // keep what we have
 * verdict.violations().forEach(v -> log.warn("{}", v));              // all of them, with reasons
 * store(step.baseline());                                            // an observer mirrors the truth, odd or not
 * if (verdict.change().entersTerminal()) notifyOwner(observed);
 * }</pre>
 */
public final class JobLifecycle {
    private static final int STATES = JobState.values().length;
    private static final JobError UNKNOWN = JobError.of(JobError.UNKNOWN);
    private static final JobError CANCELED = new JobError(JobError.CANCELLED, "CANCELED");
    private static final Verdict UNCHANGED = Verdict.legal(new Change.Unchanged());
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

    private final Set<Rule> excludedRules;
    private final RuleContext context;

    /** The context that the result of an event is checked in. */
    private final RuleContext authority;

    /** The rules that are enforced, and those of them that refuse events, each in the order in which they are asked. */
    private final Rule[] rules;

    private final Rule[] eventRules;

    /** The verdict on a change of state that breaks no other rule, at {@link #index}. */
    private final Verdict[] verdicts = new Verdict[STATES * STATES];

    private JobLifecycle(Mode mode, JobKind kind, Set<Rule> excludedRules, Set<JobTransition> excludedEdges) {
        this.excludedRules = excludedRules;
        this.context = new RuleContext(mode, kind, excludedEdges);
        this.authority = context.isAuthority() ? context : new RuleContext(Mode.AUTHORITY, kind, excludedEdges);
        this.rules = enforced(Array.of(Rule.values()));
        this.eventRules = enforced(Rule.ofEvents());
        for (JobState from : JobState.values()) {
            for (JobState to : JobState.values()) {
                verdicts[index(from, to)] = Verdict.legal(context.change(from, to));
            }
        }
    }

    private Rule[] enforced(Seq<Rule> rules) {
        return rules.filter(this::enforces).toJavaArray(Rule[]::new);
    }

    private boolean enforces(Rule rule) {
        return !excludedRules.contains(rule);
    }

    private static int index(JobState from, JobState to) {
        return STATES * from.number() + to.number();
    }

    /** The lifecycle of this kind for whoever writes the states: a scheduler of its own jobs, an emulator. */
    public static JobLifecycle authority(JobKind kind) {
        return of(Mode.AUTHORITY, kind);
    }

    /** The lifecycle of this kind for whoever watches somebody else's jobs: a poller, a mirror, an audit. */
    public static JobLifecycle observer(JobKind kind) {
        return of(Mode.OBSERVER, kind);
    }

    /** The lifecycle of this kind in a mode that is known when the program runs, such as that of an option. */
    public static JobLifecycle of(Mode mode, JobKind kind) {
        Map<JobKind, JobLifecycle> ofMode = requireNonNull(mode, "mode") == Mode.AUTHORITY ? AUTHORITIES : OBSERVERS;
        return requireNonNull(ofMode.get(requireNonNull(kind, "kind")));
    }

    /**
     * This lifecycle without some of its rules: they are enforced neither by a check nor by applying an event.
     *
     * @throws IllegalArgumentException for {@link Rule#TRANSITION_ILLEGAL}, without which there is no lifecycle
     */
    public JobLifecycle without(Rule... rules) {
        Set<Rule> excluded = union(Rule.class, excludedRules, requireNonNull(rules, "rules"), "rule");
        if (excluded.contains(Rule.TRANSITION_ILLEGAL)) {
            throw new IllegalArgumentException("transition-illegal cannot be excluded: it is the lifecycle");
        }
        return excluded.equals(excludedRules)
                ? this
                : new JobLifecycle(mode(), kind(), excluded, context.excludedEdges());
    }

    /**
     * This lifecycle without some edges of the graph, such as those to PAUSED for a service that cannot pause.
     *
     * @throws UnsupportedOperationException for an observer, who does not decide where a job can go
     */
    public JobLifecycle without(JobTransition... edges) {
        Set<JobTransition> excluded =
                union(JobTransition.class, context.excludedEdges(), requireNonNull(edges, "edges"), "edge");
        if (!context.isAuthority()) {
            throw new UnsupportedOperationException("an observer cannot exclude edges: only an authority decides them");
        }
        return excluded.equals(context.excludedEdges())
                ? this
                : new JobLifecycle(mode(), kind(), excludedRules, excluded);
    }

    private static <E extends Enum<E>> Set<E> union(Class<E> type, Set<E> excluded, E[] more, String what) {
        EnumSet<E> all = EnumSet.noneOf(type);
        all.addAll(excluded);
        for (E each : more) {
            all.add(requireNonNull(each, what));
        }
        return Collections.unmodifiableSet(all);
    }

    /** Whether the caller writes the states or watches somebody else's jobs. */
    public Mode mode() {
        return context.mode();
    }

    /** The kind of the jobs. */
    public JobKind kind() {
        return context.kind();
    }

    /**
     * The edges that jobs of this lifecycle can take: those of the graph, in its order, that are not excluded.
     *
     * @return an {@link Iterable}; {@code asJava()} and {@code toJavaList()} lead back to the JDK
     */
    public Seq<JobTransition> transitions() {
        return Array.of(JobTransition.values()).filter(context::isOpen);
    }

    /** Checks the first snapshot of a job: the same as {@link #check(JobSnapshot, JobSnapshot)} with nothing known. */
    public Verdict check(JobSnapshot job) {
        return check(null, requireNonNull(job, "job"));
    }

    /**
     * Checks a job that did not exist before: the check against a job that is UNSPECIFIED and carries nothing but its name.
     * So an authority refuses a job that begins as SUCCEEDED, which {@link #check(JobSnapshot)} lets pass, because it knows
     * nothing of what was before.
     */
    public Verdict checkNew(JobSnapshot job) {
        return check(JobSnapshot.of(requireNonNull(job, "job").name(), JobState.UNSPECIFIED), job);
    }

    /**
     * Checks an update. A fault that the baseline already had, and that the update does not touch, is not reported again. A
     * legal update allocates nothing: its verdict is made beforehand.
     *
     * <p>Without a baseline any state is legal. So an authority that has no such job refuses the update, or asks {@link
     * #checkNew}: checked against null, a job that nobody submitted would pass.
     *
     * @param before the baseline, which {@link #audit} keeps: the job as it was; null if nothing is known of it
     * @param after the job as it is proposed, or as it was observed
     */
    public Verdict check(@Nullable JobSnapshot before, JobSnapshot after) {
        requireNonNull(after, "after");
        if (after.equals(before)) {
            return UNCHANGED;
        }
        if (isStale(before, after)) {
            return STALE.with(List.of(Rule.UPDATE_TIME_REGRESSED.violation(context, before, after)));
        }
        Verdict legal =
                before == null ? APPEARED[after.state().number()] : verdicts[index(before.state(), after.state())];
        Seq<Violation> violations = violations(context, before, after);
        return violations.isEmpty() ? legal : legal.with(violations);
    }

    private boolean isStale(@Nullable JobSnapshot before, JobSnapshot after) {
        return !context.isAuthority()
                && before != null
                && enforces(Rule.UPDATE_TIME_REGRESSED)
                && Guards.regressesUpdateTime(context, before, after);
    }

    private Seq<Violation> violations(RuleContext in, @Nullable JobSnapshot before, JobSnapshot after) {
        if (!Guards.isAnyBroken(in, before, after)) {
            return List.empty();
        }
        List<Violation> violations = List.empty();
        for (int i = rules.length - 1; i >= 0; i--) {
            if (rules[i].isReported(in, before, after)) {
                violations = violations.prepend(rules[i].violation(in, before, after));
            }
        }
        return violations;
    }

    /** Applies an event without an error: the same as {@link #apply(JobSnapshot, JobEvent, Instant, JobError)} with null. */
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
     * <p>The first refusal that applies is the only one: no open edge; a success of a CANCELLING job that never started; a {@code
     * now} before a time of the job; an error with another event than FAIL; an error with an invalid code.
     *
     * <p>{@link #applyOrThrow} answers the job itself. Of this answer, {@code isValid()} tells which of the two it is,
     * {@code get()} is the job and {@code getError()} the violations.
     *
     * @param job the job as it is; stays as it is
     * @param event what happens
     * @param now when; {@link JobSnapshot#notBefore} makes it one that is not before any time of the job
     * @param error why the job failed: only with {@link JobEvent#FAIL}; null if nothing is known
     * @return the job afterwards, or the reason why it cannot happen: one violation, or, where the job was at fault
     *     already, all that an authority finds wrong with the result
     */
    public Validation<Seq<Violation>, JobSnapshot> apply(
            JobSnapshot job, JobEvent event, Instant now, @Nullable JobError error) {
        requireNonNull(job, "job");
        requireNonNull(event, "event");
        requireNonNull(now, "now");
        JobTransition edge = authority.edge(job.state(), event);
        if (edge == null) {
            return Validation.invalid(List.of(Rule.notPermitted(authority, job.state(), event)));
        }
        if (Guards.isAnyRefusing(authority, job, edge, now, error)) {
            for (Rule rule : eventRules) {
                if (rule.refuses(authority, job, edge, now, error)) {
                    return Validation.invalid(List.of(rule.refusal(job, edge, now, error)));
                }
            }
        }
        JobSnapshot next = step(job, edge.target(), now, error);
        Seq<Violation> violations = violations(authority, job, next);
        return violations.isEmpty() ? Validation.valid(next) : Validation.invalid(violations);
    }

    /** Applies an event without an error, or throws: the same as with null. */
    public JobSnapshot applyOrThrow(JobSnapshot job, JobEvent event, Instant now) {
        return applyOrThrow(job, event, now, null);
    }

    /**
     * Applies an event as {@link #apply(JobSnapshot, JobEvent, Instant, JobError)} does, for whoever wants an exception.
     *
     * @return the job afterwards
     * @throws IllegalUpdateException if it cannot happen; carries the violations
     */
    public JobSnapshot applyOrThrow(JobSnapshot job, JobEvent event, Instant now, @Nullable JobError error) {
        Validation<Seq<Violation>, JobSnapshot> next = apply(job, event, now, error);
        if (next.isInvalid()) {
            throw new IllegalUpdateException(next.getError());
        }
        return next.get();
    }

    private JobSnapshot step(JobSnapshot job, JobState target, Instant now, @Nullable JobError error) {
        boolean starts = target == JobState.RUNNING && job.startTime() == null && kind().hasStartTime();
        boolean ends = target.isTerminal() && kind().hasEndTime();
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
    private @Nullable JobError ownError(JobSnapshot job, JobState target) {
        if (target == JobState.FAILED) {
            return UNKNOWN;
        }
        return target == JobState.CANCELLED && kind().promisesCancelledCode() ? CANCELED : job.error();
    }

    /**
     * The events that can happen to this job: those for which {@link #apply}, with a time later than every time that the
     * job carries and without an error, answers a job. A CANCELLING tuning job that never started is not offered SUCCEED.
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
     * One step of the audit of one job's history. The snapshot becomes the baseline, broken rules or not, unless its updateTime
     * went back or, for an authority, was removed: then the baseline stays. An observer may get an answer in part: one without
     * updateTime becomes the baseline with the updateTime of the one before, so that it does not let an older one pass.
     *
     * <p>Only the baseline has to be kept between steps, a plain snapshot: a stream processor keeps it as the state of the job's
     * name. {@link JobAuditor} does it for many jobs.
     *
     * @param baseline what the step before answered; null before the first
     * @param observed the next snapshot of the job
     */
    public AuditStep audit(@Nullable JobSnapshot baseline, JobSnapshot observed) {
        Verdict verdict = check(baseline, requireNonNull(observed, "observed"));
        return new AuditStep(baseline == null ? observed : next(baseline, observed, verdict), verdict);
    }

    private JobSnapshot next(JobSnapshot baseline, JobSnapshot observed, Verdict verdict) {
        if (verdict.goesBackInTime()) {
            return baseline;
        }
        boolean lacksUpdateTime = observed.updateTime() == null && baseline.updateTime() != null;
        return lacksUpdateTime && !context.isAuthority() ? observed.withUpdateTime(baseline.updateTime()) : observed;
    }

    /**
     * Audits a whole history of one job.
     *
     * @param history the snapshots in the order in which they were observed
     * @return a verdict for each; an {@link Iterable}, {@code asJava()} and {@code toJavaList()} lead back to the JDK
     */
    public Seq<Verdict> replay(Iterable<JobSnapshot> history) {
        List<Verdict> verdicts = List.empty();
        JobSnapshot baseline = null;
        for (JobSnapshot observed : requireNonNull(history, "history")) {
            AuditStep step = audit(baseline, observed);
            baseline = step.baseline();
            verdicts = verdicts.prepend(step.verdict());
        }
        return verdicts.reverse();
    }

    /** Whether the other is a lifecycle of the same mode and kind, with the same rules and edges excluded. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof JobLifecycle that
                        && mode() == that.mode()
                        && kind() == that.kind()
                        && excludedRules.equals(that.excludedRules)
                        && context.excludedEdges().equals(that.context.excludedEdges()));
    }

    @Override
    public int hashCode() {
        return Objects.hash(mode(), kind(), excludedRules, context.excludedEdges());
    }

    /** One line, such as {@code observer of TUNING_JOB without update-time-order}. */
    @Override
    public String toString() {
        String text = mode().name().toLowerCase(Locale.ROOT) + " of " + kind();
        Seq<Object> excluded = List.<Object>ofAll(excludedRules)
                .appendAll(List.ofAll(context.excludedEdges()).map(JobTransition::name));
        return excluded.isEmpty() ? text : text + " without " + excluded.mkString(", ");
    }
}
