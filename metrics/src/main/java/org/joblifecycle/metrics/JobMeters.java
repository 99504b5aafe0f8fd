package org.joblifecycle.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.vavr.collection.Seq;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.Mode;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;

/** The meters of the jobs of one kind in one mode, in any number of registries. */
final class JobMeters {
    /** What is longer is a wrong time: the sum of a timer, in nanoseconds, cannot hold many such. */
    private static final long MOST_SECONDS = TimeUnit.DAYS.toSeconds(3653);

    private final JobKind kind;
    private final Mode mode;
    private final Map<String, LongAdder> checks = new LinkedHashMap<>();
    private final Map<Rule, LongAdder> violations = new EnumMap<>(Rule.class);

    /** The timers of each registry: replaced as a whole, and read without a lock. */
    private volatile Timers[] timers = {};

    JobMeters(JobKind kind, Mode mode) {
        this.kind = kind;
        this.mode = mode;
        Change.ids().forEach(change -> checks.put(change, new LongAdder()));
        Arrays.stream(Rule.values()).forEach(rule -> violations.put(rule, new LongAdder()));
    }

    boolean areOf(JobKind otherKind, Mode otherMode) {
        return kind == otherKind && mode == otherMode;
    }

    void bindTo(MeterRegistry registry) {
        Tags tags = Tags.of("kind", kind.resource(), "mode", mode.name().toLowerCase(Locale.ROOT));
        checks.forEach((change, count) -> FunctionCounter.builder("job.lifecycle.checks", count, LongAdder::sum)
                .description("Checks of jobs, by the kind of change")
                .tags(tags.and("change", change))
                .register(registry));
        violations.forEach((rule, count) -> FunctionCounter.builder("job.lifecycle.violations", count, LongAdder::sum)
                .description("Broken rules")
                .tags(tags.and("rule", rule.id()))
                .register(registry));
        Timers[] more = Arrays.copyOf(timers, timers.length + 1);
        more[timers.length] = new Timers(registry, kind, tags);
        timers = more;
    }

    void count(String change, Seq<Violation> broken) {
        requireNonNull(checks.get(change)).increment();
        if (!broken.isEmpty()) { // asked first, because an iterator is allocated
            broken.forEach(violation ->
                    requireNonNull(violations.get(violation.rule())).increment());
        }
    }

    /** Records the times of a job that ended. */
    void end(JobSnapshot job) {
        for (Timers each : timers) {
            each.record(job);
        }
    }

    /** The timers of one registry, by the terminal state. */
    private static final class Timers {
        private final Map<JobState, Timer> waits = new EnumMap<>(JobState.class);
        private final Map<JobState, Timer> runs = new EnumMap<>(JobState.class);

        Timers(MeterRegistry registry, JobKind kind, Tags tags) {
            for (JobState state : JobState.values()) {
                if (state.isTerminal() && kind.hasStartTime()) {
                    Tags ended = tags.and("state", state.name().toLowerCase(Locale.ROOT));
                    waits.put(
                            state,
                            Timer.builder("job.lifecycle.wait")
                                    .description("From the creation of jobs that ended to their start")
                                    .tags(ended)
                                    .register(registry));
                    runs.put(
                            state,
                            Timer.builder("job.lifecycle.run")
                                    .description("From the start of jobs that ended to their end")
                                    .tags(ended)
                                    .register(registry));
                }
            }
        }

        void record(JobSnapshot job) {
            record(waits.get(job.state()), job.createTime(), job.startTime());
            record(runs.get(job.state()), job.startTime(), job.endTime());
        }

        private static void record(@Nullable Timer timer, @Nullable Instant from, @Nullable Instant to) {
            if (timer == null || from == null || to == null) {
                return;
            }
            long seconds = to.getEpochSecond() - from.getEpochSecond();
            if (Math.abs(seconds) <= MOST_SECONDS) {
                // A negative time is not recorded: a Timer ignores it.
                timer.record(from.until(to, ChronoUnit.NANOS), TimeUnit.NANOSECONDS);
            }
        }
    }
}
