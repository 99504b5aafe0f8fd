package org.joblifecycle.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Mode;

/**
 * Counts the answers of lifecycles and times the jobs that end, for Micrometer.
 *
 * <p>Each kind of job in each mode has series of its own, which are there, at 0, from when the first lifecycle of it is
 * {@linkplain #meter metered}. Registries may be bound before or after. Counts are kept here, and a registry only reads them: so keep
 * this object as long as the registries, and each registry that is bound shows the same counts. A time is recorded in the
 * registries that are bound by then.
 *
 * <p>Instances are thread-safe.
 *
 * <pre>{@code
 * JobLifecycleMetrics metrics = new JobLifecycleMetrics();
 * metrics.bindTo(registry);
 * MeteredLifecycle mirror = metrics.meter(JobLifecycle.observer(JobKind.TUNING_JOB));
 * Verdict verdict = mirror.check(baseline, observed);
 * }</pre>
 */
public final class JobLifecycleMetrics implements MeterBinder {
    private final List<JobMeters> meters = new ArrayList<>();
    private final List<MeterRegistry> registries = new ArrayList<>();

    /** Metrics of no lifecycle yet, in no registry. */
    public JobLifecycleMetrics() {}

    /** Registers the meters of all lifecycles that are metered, now and later. A registry that is bound already stays as it is. */
    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        requireNonNull(registry, "registry");
        if (registries.stream().noneMatch(bound -> bound == registry)) {
            registries.add(registry);
            meters.forEach(each -> each.bindTo(registry));
        }
    }

    /**
     * This lifecycle, with its answers counted. Lifecycles of the same kind and mode are counted together, whatever rules and edges
     * they exclude; so the same lifecycle can be metered at each use.
     */
    public MeteredLifecycle meter(JobLifecycle lifecycle) {
        requireNonNull(lifecycle, "lifecycle");
        return new MeteredLifecycle(lifecycle, meters(lifecycle.kind(), lifecycle.mode()));
    }

    private synchronized JobMeters meters(JobKind kind, Mode mode) {
        for (JobMeters each : meters) {
            if (each.areOf(kind, mode)) {
                return each;
            }
        }
        JobMeters added = new JobMeters(kind, mode);
        meters.add(added);
        registries.forEach(added::bindTo);
        return added;
    }
}
