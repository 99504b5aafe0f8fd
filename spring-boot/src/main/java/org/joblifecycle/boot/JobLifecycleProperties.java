package org.joblifecycle.boot;

import java.util.Set;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Mode;
import org.joblifecycle.transition.Rule;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which lifecycle an application has.
 *
 * @param kind Kind of the jobs, such as custom-job. Without it there is no JobLifecycle bean, and the store selects the kind by
 *     the name of each job.
 * @param mode Authority for an application that decides what its jobs do, observer for one that watches those of others.
 * @param withoutRules Rules that are not enforced, such as update-time-order.
 * @param problemDetails How refusals are answered over HTTP.
 */
@ConfigurationProperties("job-lifecycle")
public record JobLifecycleProperties(
        @Nullable JobKind kind,
        @DefaultValue("authority") Mode mode,
        @DefaultValue Set<Rule> withoutRules,
        @DefaultValue ProblemDetails problemDetails) {

    /** Checks that the rules can be excluded, so that an application that is configured wrong does not start. */
    public JobLifecycleProperties {
        try {
            lifecycle(mode, JobKind.TUNING_JOB, withoutRules);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "job-lifecycle.without-rules: " + e.getMessage()); // the root cause is shown
        }
    }

    /**
     * How refusals are answered over HTTP.
     *
     * @param enabled Whether exceptions of the lifecycle, of the store and of unreadable jobs are answered as problem details.
     */
    public record ProblemDetails(@DefaultValue("true") boolean enabled) {}

    /** The kind of a job whose name tells none. */
    JobKind fallback() {
        return kind == null ? JobKind.TUNING_JOB : kind;
    }

    /** The lifecycle of this kind, with the mode and without the rules of the properties. */
    JobLifecycle lifecycle(JobKind kind) {
        return lifecycle(mode, kind, withoutRules);
    }

    private static JobLifecycle lifecycle(Mode mode, JobKind kind, Set<Rule> without) {
        return JobLifecycle.of(mode, kind).without(without.toArray(Rule[]::new));
    }
}
