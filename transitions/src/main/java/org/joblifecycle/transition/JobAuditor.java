package org.joblifecycle.transition;

import static java.util.Objects.requireNonNull;

import io.vavr.control.Option;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;

/**
 * Audits the histories of many jobs at once: chooses the lifecycle by the kind that a job's name tells, and checks each
 * snapshot against the baseline of its name, which it keeps.
 *
 * <p>It is mutable and for one thread. It keeps one snapshot of each job, which is all of its memory; {@link #forget} lets go
 * of a job that is done with. Snapshots of a job are checked in the order in which they come.
 *
 * <pre>{@code
 * JobAuditor auditor = JobAuditor.observer();
 * auditor.observe(snapshot).violations().forEach(System.out::println);
 * }</pre>
 */
public final class JobAuditor {
    private final Map<JobKind, JobLifecycle> lifecycles = new EnumMap<>(JobKind.class);
    private final JobKind fallback;
    private final Map<String, JobSnapshot> baselines = new HashMap<>();

    private JobAuditor(Function<JobKind, JobLifecycle> lifecycles, JobKind fallback) {
        this.fallback = requireNonNull(fallback, "fallback");
        requireNonNull(lifecycles, "lifecycles");
        for (JobKind kind : JobKind.values()) {
            JobLifecycle lifecycle = requireNonNull(lifecycles.apply(kind), "lifecycle");
            if (lifecycle.kind() != kind) {
                throw new IllegalArgumentException(
                        "the lifecycle for " + kind + " is the " + lifecycle + ": expected one of that kind");
            }
            this.lifecycles.put(kind, lifecycle);
        }
    }

    /** An auditor of snapshots that somebody observed; a job whose name tells no kind is a {@link JobKind#TUNING_JOB}. */
    public static JobAuditor observer() {
        return of(JobLifecycle::observer, JobKind.TUNING_JOB);
    }

    /** An auditor of what an authority wrote; a job whose name tells no kind is a {@link JobKind#TUNING_JOB}. */
    public static JobAuditor authority() {
        return of(JobLifecycle::authority, JobKind.TUNING_JOB);
    }

    /**
     * An auditor with lifecycles of one's own, such as {@code kind ->
     * JobLifecycle.observer(kind).without(Rule.UPDATE_TIME_ORDER)}.
     *
     * @param lifecycles the lifecycle of each kind; called once for each
     * @param fallback the kind of the jobs whose name tells none
     * @throws IllegalArgumentException if it answers the lifecycle of another kind
     */
    public static JobAuditor of(Function<JobKind, JobLifecycle> lifecycles, JobKind fallback) {
        return new JobAuditor(lifecycles, fallback);
    }

    /**
     * Audits the next snapshot of a job, whose kind its name tells.
     *
     * @param job one without a name is checked alone, and no baseline is kept of it
     */
    public Verdict observe(JobSnapshot job) {
        return observe(JobKind.of(requireNonNull(job, "job").name()).getOrElse(fallback), job);
    }

    /**
     * Audits the next snapshot of a job of this kind, for whoever knows it already.
     *
     * @param kind the kind that the name tells
     * @param job one without a name is checked alone, and no baseline is kept of it
     */
    public Verdict observe(JobKind kind, JobSnapshot job) {
        JobLifecycle lifecycle = requireNonNull(lifecycles.get(requireNonNull(kind, "kind")));
        String name = requireNonNull(job, "job").name();
        if (name == null) {
            return lifecycle.check(job);
        }
        JobSnapshot before = baselines.get(name);
        // One copy of each name is kept.
        AuditStep step = lifecycle.audit(before, before == null ? job : job.withName(before.name()));
        baselines.put(name, step.baseline());
        return step.verdict();
    }

    /** The number of jobs of which it keeps a baseline. */
    public int jobCount() {
        return baselines.size();
    }

    /**
     * What the next snapshot of this job is checked against.
     *
     * @return nothing if the job was not observed, or forgotten; {@code getOrNull()} and {@code toJavaOptional()} lead back to
     *     the JDK
     */
    public Option<JobSnapshot> baseline(String name) {
        return Option.of(baselines.get(requireNonNull(name, "name")));
    }

    /** Lets go of what is known of this job, so that its next snapshot is a first one. Nothing happens if it is not known. */
    public void forget(String name) {
        baselines.remove(requireNonNull(name, "name"));
    }
}
