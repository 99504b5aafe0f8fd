package org.joblifecycle.metrics;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.time.Instant;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.AuditStep;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Mode;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;

/**
 * A lifecycle whose answers are counted: they are the same as those of the {@link #lifecycle()}. Made by {@link
 * JobLifecycleMetrics#meter}; thread-safe. A legal check allocates nothing.
 *
 * <p>A check counts once, by the kind of change, and each broken rule once. If the job ends with the change, its times are recorded;
 * not if an authority refuses the change, because then the job does not end.
 */
public final class MeteredLifecycle {
    private final JobLifecycle lifecycle;
    private final JobMeters meters;

    MeteredLifecycle(JobLifecycle lifecycle, JobMeters meters) {
        this.lifecycle = lifecycle;
        this.meters = meters;
    }

    /** The lifecycle itself, which counts nothing. */
    public JobLifecycle lifecycle() {
        return lifecycle;
    }

    /** Checks and counts: see {@link JobLifecycle#check(JobSnapshot)}. */
    public Verdict check(JobSnapshot job) {
        return counted(lifecycle.check(job), job);
    }

    /** Checks and counts: see {@link JobLifecycle#checkNew}. */
    public Verdict checkNew(JobSnapshot job) {
        return counted(lifecycle.checkNew(job), job);
    }

    /** Checks and counts: see {@link JobLifecycle#check(JobSnapshot, JobSnapshot)}. */
    public Verdict check(@Nullable JobSnapshot before, JobSnapshot after) {
        return counted(lifecycle.check(before, after), after);
    }

    /** Audits and counts: see {@link JobLifecycle#audit}. */
    public AuditStep audit(@Nullable JobSnapshot baseline, JobSnapshot observed) {
        AuditStep step = lifecycle.audit(baseline, observed);
        record(step.verdict(), observed);
        return step;
    }

    /** Applies and counts: see {@link JobLifecycle#apply(JobSnapshot, JobEvent, Instant)}. */
    public Validation<Seq<Violation>, JobSnapshot> apply(JobSnapshot job, JobEvent event, Instant now) {
        return apply(job, event, now, null);
    }

    /** Applies and counts: see {@link JobLifecycle#apply(JobSnapshot, JobEvent, Instant, JobError)}. */
    public Validation<Seq<Violation>, JobSnapshot> apply(
            JobSnapshot job, JobEvent event, Instant now, @Nullable JobError error) {
        Validation<Seq<Violation>, JobSnapshot> next = lifecycle.apply(job, event, now, error);
        if (next.isValid()) {
            record(lifecycle.check(job, next.get()).change(), next.get());
        } else {
            recordRefusal(next.getError());
        }
        return next;
    }

    private Verdict counted(Verdict verdict, JobSnapshot after) {
        record(verdict, after);
        return verdict;
    }

    /**
     * Counts a verdict that somebody else got, such as a {@link org.joblifecycle.transition.JobAuditor} or a stream, of a job that is not
     * at hand: no time is recorded.
     */
    public void record(Verdict verdict) {
        meters.count(requireNonNull(verdict, "verdict").change().id(), verdict.violations());
    }

    /**
     * Counts a verdict that somebody else got, and records the times of the job if it ends with the change.
     *
     * @param after the job that was proposed or observed
     */
    public void record(Verdict verdict, JobSnapshot after) {
        requireNonNull(after, "after");
        record(verdict);
        if (verdict.change().entersTerminal() && (lifecycle.mode() == Mode.OBSERVER || verdict.isLegal())) {
            meters.end(after);
        }
    }

    /**
     * Counts a change that was made, as a store answers it, and records the times of the job if it ended.
     *
     * @param after the job as it is now
     */
    public void record(Change change, JobSnapshot after) {
        requireNonNull(after, "after");
        meters.count(requireNonNull(change, "change").id(), List.empty());
        if (change.entersTerminal()) {
            meters.end(after);
        }
    }

    /**
     * Counts an event that was refused, as a store or {@link JobLifecycle#apply} answers it: as illegal if no edge allows it, else as
     * a step that breaks rules.
     */
    public void recordRefusal(Seq<Violation> violations) {
        requireNonNull(violations, "violations");
        boolean isIllegal = violations.exists(violation -> violation.rule() == Rule.TRANSITION_ILLEGAL);
        meters.count(isIllegal ? Change.Illegal.ID : Change.Stepped.ID, violations);
    }
}
