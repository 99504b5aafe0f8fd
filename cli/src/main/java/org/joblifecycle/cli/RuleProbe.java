package org.joblifecycle.cli;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiFunction;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;

/** Finds out by trial which rules the change from one state to another can break. */
final class RuleProbe {
    private static final Instant KNOWN = Instant.ofEpochSecond(1_000);
    private static final @Nullable Instant[] BEFORE = {null, KNOWN};
    private static final @Nullable Instant[] AFTER = {null, KNOWN.minusSeconds(60), KNOWN.plusSeconds(60)};
    private static final @Nullable JobError[] ERRORS = {null, JobError.of(JobError.CANCELLED), JobError.of(0)};

    private RuleProbe() {}

    /** The rules that a tuning job can break, in either mode, in the order of {@link Rule}. */
    static Seq<Rule> rules(JobState from, JobState to) {
        Set<Rule> rules = EnumSet.noneOf(Rule.class);
        Seq<JobSnapshot> after = variants(JobSnapshot.of("after", to), AFTER);
        for (JobSnapshot before : variants(JobSnapshot.of("before", from), BEFORE)) {
            for (JobSnapshot proposed : after) {
                add(rules, JobLifecycle.observer(JobKind.TUNING_JOB), before, proposed);
                add(rules, JobLifecycle.authority(JobKind.TUNING_JOB), before, proposed);
            }
        }
        return List.ofAll(rules);
    }

    private static void add(Set<Rule> rules, JobLifecycle lifecycle, JobSnapshot before, JobSnapshot after) {
        for (Violation violation : lifecycle.check(before, after).violations()) {
            rules.add(violation.rule());
        }
    }

    private static Seq<JobSnapshot> variants(JobSnapshot job, @Nullable Instant[] times) {
        Seq<JobSnapshot> variants = List.of(job);
        variants = vary(variants, times, JobSnapshot::withCreateTime);
        variants = vary(variants, times, JobSnapshot::withStartTime);
        variants = vary(variants, times, JobSnapshot::withEndTime);
        variants = vary(variants, times, JobSnapshot::withUpdateTime);
        return vary(variants, ERRORS, JobSnapshot::withError);
    }

    private static <T> Seq<JobSnapshot> vary(
            Seq<JobSnapshot> jobs, @Nullable T[] values, BiFunction<JobSnapshot, @Nullable T, JobSnapshot> wither) {
        return jobs.flatMap(job ->
                Arrays.stream(values).map(value -> wither.apply(job, value)).toList());
    }
}
