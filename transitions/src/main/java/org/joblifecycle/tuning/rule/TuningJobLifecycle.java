package org.joblifecycle.tuning.rule;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import io.vavr.control.Validation;
import java.time.Instant;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.Finding;
import org.joblifecycle.transition.IllegalUpdateException;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Mode;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.transition.Violation;
import org.joblifecycle.tuning.TuningJob;
import org.jspecify.annotations.Nullable;

/**
 * The lifecycle of whole tuning jobs: a {@link JobLifecycle} and the {@linkplain TuningJobRules rules of the fields}, asked
 * together. Immutable, thread-safe and equal by value.
 *
 * <p>The lifecycle needs a state. Of a job whose state is missing or unknown, that is what is found; it is never guessed.
 *
 * <pre>{@code
 * TuningJobLifecycle service = TuningJobLifecycle.authority();
 * Seq<Finding> wrong = service.checkCreate(request);
 * TuningJob accepted = request.withoutOutputOnly();          // the service ignores what it alone sets
 * }</pre>
 */
public final class TuningJobLifecycle {
    private static final TuningJobLifecycle AUTHORITY = of(JobLifecycle.authority(JobKind.TUNING_JOB));
    private static final TuningJobLifecycle OBSERVER = of(JobLifecycle.observer(JobKind.TUNING_JOB));

    private final JobLifecycle lifecycle;

    private TuningJobLifecycle(JobLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    /** The lifecycle of tuning jobs for whoever writes their states: a service, an emulator. */
    public static TuningJobLifecycle authority() {
        return AUTHORITY;
    }

    /** The lifecycle of tuning jobs for whoever watches somebody else's. */
    public static TuningJobLifecycle observer() {
        return OBSERVER;
    }

    /**
     * The lifecycle of tuning jobs by a lifecycle of one's own, which may exclude rules and edges.
     *
     * @throws IllegalArgumentException for a lifecycle of another kind of jobs
     */
    public static TuningJobLifecycle of(JobLifecycle lifecycle) {
        if (requireNonNull(lifecycle, "lifecycle").kind() != JobKind.TUNING_JOB) {
            throw new IllegalArgumentException(
                    "the " + lifecycle + " knows no TuningJob: expected a lifecycle of " + JobKind.TUNING_JOB);
        }
        return new TuningJobLifecycle(lifecycle);
    }

    /** The lifecycle that is asked about the state, the times and the error. */
    public JobLifecycle lifecycle() {
        return lifecycle;
    }

    /**
     * Checks a request to create a job, which has no state yet: its fields. That an output only field is set is reported; the
     * service ignores it, and {@link TuningJob#withoutOutputOnly} is what it takes.
     *
     * @return every broken rule; empty if there is none. {@code asJava()} leads back to the JDK
     */
    public Seq<Finding> checkCreate(TuningJob request) {
        return Seq.narrow(TuningJobRules.checkCreate(request));
    }

    /** Checks a job of which nothing else is known: what the lifecycle reads of it, and its fields. */
    public TuningJobVerdict check(TuningJob job) {
        return check(null, requireNonNull(job, "job"));
    }

    /**
     * Checks a job that did not exist before: what the lifecycle reads of it as {@link JobLifecycle#checkNew} does, and its
     * fields. So an authority refuses a job that begins as SUCCEEDED.
     */
    public TuningJobVerdict checkNew(TuningJob job) {
        Seq<FieldViolation> fields = TuningJobRules.check(requireNonNull(job, "job"));
        return job.snapshot()
                .map(lifecycle::checkNew)
                .fold(unknown -> verdict(fields), verdict -> verdict(verdict, fields));
    }

    /**
     * Checks an update by whoever writes the states, or what an observer sees next: what the lifecycle reads, and the fields.
     * A fault that the baseline already had, and that the update does not touch, is not reported again. An observation that
     * is stale has no other findings.
     *
     * <p>If the state of the baseline is missing or unknown, that is reported to an authority; an observer checks the update as if
     * nothing had been known of the job's state.
     *
     * @param before the baseline
     * @param after the job as it is proposed, or as it was observed
     */
    public TuningJobVerdict checkUpdate(TuningJob before, TuningJob after) {
        requireNonNull(before, "before");
        requireNonNull(after, "after");
        Seq<FieldViolation> unknown =
                lifecycle.mode() == Mode.AUTHORITY ? unknownState("the baseline: ", before) : List.empty();
        return unknown.isEmpty()
                ? check(before, after)
                : verdict(unknown.appendAll(TuningJobRules.checkUpdate(before, after)));
    }

    private TuningJobVerdict check(@Nullable TuningJob before, TuningJob after) {
        Seq<FieldViolation> fields =
                before == null ? TuningJobRules.check(after) : TuningJobRules.checkUpdate(before, after);
        JobSnapshot known = before == null ? null : before.snapshot().getOrNull();
        return after.snapshot()
                .map(proposed -> lifecycle.check(known, proposed))
                .fold(unknown -> verdict(fields), verdict -> verdict(verdict, fields));
    }

    private static TuningJobVerdict verdict(Seq<FieldViolation> fields) {
        return new TuningJobVerdict(Option.none(), Seq.narrow(fields));
    }

    private static TuningJobVerdict verdict(Verdict verdict, Seq<FieldViolation> fields) {
        return new TuningJobVerdict(
                Option.some(verdict.change()),
                verdict.change() instanceof Change.Stale
                        ? Seq.narrow(verdict.violations())
                        : List.<Finding>ofAll(verdict.violations()).appendAll(fields));
    }

    /** Why the lifecycle cannot say anything of this job; nothing if it can. */
    private static Seq<FieldViolation> unknownState(String whose, TuningJob job) {
        return List.of(FieldRule.STATE_MISSING, FieldRule.STATE_UNKNOWN)
                .flatMap(rule -> rule.violations(null, job))
                .map(violation -> new FieldViolation(violation.rule(), violation.path(), whose + violation.message()));
    }

    /**
     * Checks an update that a client asks for: it may change the description, the labels and the tunedModelDisplayName, and
     * nothing that the lifecycle reads.
     *
     * @param before the baseline
     * @param after the job as the client wants it
     * @return every broken rule; empty if there is none. {@code asJava()} leads back to the JDK
     */
    public Seq<Finding> checkClientUpdate(TuningJob before, TuningJob after) {
        return Seq.narrow(TuningJobRules.checkClientUpdate(before, after));
    }

    /** Applies an event without an error: the same as {@link #apply(TuningJob, JobEvent, Instant, JobError)} with null. */
    public Validation<Seq<Finding>, TuningJob> apply(TuningJob job, JobEvent event, Instant now) {
        return apply(job, event, now, null);
    }

    /**
     * Applies an event, as {@link JobLifecycle#apply(JobSnapshot, JobEvent, Instant, JobError)} does: state, times and error
     * of the job change, and all else stays. {@link #applyOrThrow} answers the job itself.
     *
     * @return the job afterwards, or the reason why it cannot happen, which may be a state that is missing or unknown: {@code
     *     isValid()} tells which of the two it is, {@code get()} is the job and {@code getError()} the findings
     */
    public Validation<Seq<Finding>, TuningJob> apply(
            TuningJob job, JobEvent event, Instant now, @Nullable JobError error) {
        requireNonNull(event, "event");
        requireNonNull(now, "now");
        Seq<FieldViolation> unknown = unknownState("", requireNonNull(job, "job"));
        return unknown.isEmpty()
                ? lifecycle
                        .apply(job.snapshot().get(), event, now, error)
                        .mapError(Seq::<Finding>narrow)
                        .map(job::with)
                : Validation.invalid(Seq.narrow(unknown));
    }

    /** Applies an event without an error, or throws: the same as with null. */
    public TuningJob applyOrThrow(TuningJob job, JobEvent event, Instant now) {
        return applyOrThrow(job, event, now, null);
    }

    /**
     * Applies an event as {@link #apply(TuningJob, JobEvent, Instant, JobError)} does, for whoever wants an exception.
     *
     * @return the job afterwards
     * @throws IllegalUpdateException if it cannot happen; carries the findings
     */
    public TuningJob applyOrThrow(TuningJob job, JobEvent event, Instant now, @Nullable JobError error) {
        Validation<Seq<Finding>, TuningJob> next = apply(job, event, now, error);
        if (next.isInvalid()) {
            throw new IllegalUpdateException(next.getError());
        }
        return next.get();
    }

    /**
     * One step of the audit of one tuning job's history. An observation whose state is missing or unknown, and one that breaks
     * update-time-regressed, does not become the baseline. For an observer, one without updateTime becomes the baseline with the
     * updateTime of the one before, as in {@link JobLifecycle#audit}.
     *
     * @param baseline what the step before answered; null before the first
     * @param observed the job as it was observed next
     * @return the verdict, and the next baseline
     */
    public TuningJobAuditStep audit(@Nullable TuningJob baseline, TuningJob observed) {
        requireNonNull(observed, "observed");
        TuningJobVerdict verdict = baseline == null ? check(observed) : checkUpdate(baseline, observed);
        boolean stays =
                observed.snapshot().isInvalid() || verdict.findings().exists(TuningJobLifecycle::goesBackInTime);
        return new TuningJobAuditStep(stays ? baseline : next(baseline, observed), verdict);
    }

    private TuningJob next(@Nullable TuningJob baseline, TuningJob observed) {
        JobSnapshot known = baseline == null ? null : baseline.snapshot().getOrNull();
        return observed.with(lifecycle.audit(known, observed.snapshot().get()).baseline());
    }

    private static boolean goesBackInTime(Finding finding) {
        return finding instanceof Violation violation && violation.rule() == Rule.UPDATE_TIME_REGRESSED;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof TuningJobLifecycle that && lifecycle.equals(that.lifecycle));
    }

    @Override
    public int hashCode() {
        return lifecycle.hashCode();
    }

    /** That of the {@link #lifecycle()}, such as {@code authority of TUNING_JOB}. */
    @Override
    public String toString() {
        return lifecycle.toString();
    }
}
