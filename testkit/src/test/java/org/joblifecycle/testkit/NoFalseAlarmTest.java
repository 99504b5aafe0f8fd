package org.joblifecycle.testkit;

import static org.joblifecycle.testkit.BrokenSystems.AUTHORITY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

// Systems that do everything right, each in its way.
class NoFalseAlarmTest {
    private static final int PROGRAMS = 100;

    private static void passes(JobLifecycle lifecycle, Supplier<JobSystem> system) {
        passes(Conformance.of(lifecycle, system));
    }

    private static ConformanceReport passes(Conformance conformance) {
        ConformanceReport report = Suites.withoutRaces(conformance);
        assertTrue(report.isPassed(), report::toString);
        Check.Result programs = conformance.programs(PROGRAMS, 7).run();
        assertTrue(programs.outcome() == Check.Outcome.PASSED, programs::toString);
        return report;
    }

    // Whole seconds of startTime and endTime, as the service has them of some kinds.
    private static class CutsStartAndEnd extends ReferenceSystem {
        CutsStartAndEnd(JobLifecycle lifecycle) {
            super(lifecycle);
        }

        @Override
        public ChronoUnit precision(JobField time) {
            return time == JobField.START_TIME || time == JobField.END_TIME ? ChronoUnit.SECONDS : precision();
        }

        @Override
        protected boolean store(JobSnapshot known, JobSnapshot next) {
            return super.store(known, History.cut(next));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSystemMayCutStartTimeAndEndTime(JobKind kind) {
        JobLifecycle lifecycle = JobLifecycle.authority(kind);
        passes(lifecycle, () -> new CutsStartAndEnd(lifecycle));
    }

    // A job that is created and started within a second started before it was created, as it is read.
    @ParameterizedTest
    @EnumSource
    void aSystemThatCutsThemMayHaveItsOwnClock(JobKind kind) {
        JobLifecycle lifecycle = JobLifecycle.authority(kind);
        passes(lifecycle, () -> new CutsStartAndEnd(lifecycle) {
            @Override
            public Set<Capability> capabilities() {
                return EnumSet.of(Capability.EVENT_DRIVEN, Capability.NAMES_BROKEN_RULE, Capability.GIVEN_ERROR);
            }

            @Override
            public JobSnapshot submit(String name, Instant now) {
                super.submit(name, now);
                super.fire(jobs.get(name), JobEvent.ENQUEUE, Instant.parse("2026-03-01T12:00:00.3Z"), null);
                return read(name);
            }

            @Override
            public JobSnapshot read(String name) {
                JobSnapshot job = super.read(name);
                return job == null ? null : History.cut(job);
            }

            @Override
            public Answer fire(JobSnapshot known, JobEvent event, Instant now, JobError error) {
                JobSnapshot job = jobs.getOrDefault(known.name(), known);
                return super.fire(job, event, job.notBefore(Instant.MIN).plusMillis(1), error);
            }

            @Override
            protected boolean store(JobSnapshot known, JobSnapshot next) {
                return jobs.replace(known.name(), known, next);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE_TIME", "START_TIME", "END_TIME", "UPDATE_TIME"})
    void aSystemMayKeepOneTimeInMicroseconds(JobField coarse) {
        Precision precision = Precision.of(time -> time == coarse ? ChronoUnit.MICROS : ChronoUnit.NANOS);
        passes(AUTHORITY, () -> new ReferenceSystem(AUTHORITY) {
            @Override
            public ChronoUnit precision(JobField time) {
                return precision.of(time);
            }

            @Override
            protected boolean store(JobSnapshot known, JobSnapshot next) {
                return super.store(known, precision.cut(next));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aClockMayBeSetBack(JobKind kind) {
        JobLifecycle lifecycle = JobLifecycle.authority(kind);
        passes(lifecycle, () -> new OwnClock(lifecycle));
    }

    // Every rule and every edge that can be excluded, one of each at a time.
    static Seq<JobLifecycle> restricted() {
        Seq<Rule> rules = Vector.of(Rule.values()).filter(rule -> rule != Rule.TRANSITION_ILLEGAL);
        Seq<JobTransition> edges = Vector.of(JobTransition.values());
        return Vector.range(0, Math.max(rules.size(), edges.size()))
                .map(number ->
                        AUTHORITY.without(rules.get(number % rules.size())).without(edges.get(number % edges.size())));
    }

    @ParameterizedTest
    @MethodSource("restricted")
    void aSystemMayExcludeAnyRuleAndAnyEdge(JobLifecycle lifecycle) {
        passes(lifecycle, () -> new ReferenceSystem(lifecycle));
    }

    @ParameterizedTest
    @EnumSource
    void aSystemWhoseJobsGoOnByThemselvesPasses(JobKind kind) {
        JobLifecycle lifecycle = JobLifecycle.authority(kind);
        ConformanceReport report = passes(Conformance.of(lifecycle, () -> new SelfRunning(lifecycle)));
        assertTrue(report.results()
                .exists(result ->
                        result.check().group().equals("by themselves") && result.outcome() == Check.Outcome.PASSED));
        assertEquals(0, report.results(Check.Outcome.FAILED).size());
    }

    // Which refuses to read what is no number of 31 bits, and has one of each only.
    @Test
    void aSystemMayNumberItsJobs() {
        AtomicInteger number = new AtomicInteger();
        passes(AUTHORITY, () -> new ReferenceSystem(AUTHORITY) {
            @Override
            public JobSnapshot submit(String name, Instant now) {
                return super.submit("projects/p/locations/l/tuningJobs/" + number.incrementAndGet(), now);
            }

            @Override
            public JobSnapshot read(String name) {
                String id = name.substring(name.lastIndexOf('/') + 1);
                return super.read(name.replace("/" + id, "/" + Integer.parseInt(id)));
            }
        });
    }
}
