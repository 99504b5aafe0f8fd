package org.joblifecycle.testkit;

import static org.joblifecycle.testkit.BrokenSystems.AUTHORITY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.testkit.Check.Outcome;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConformanceReportTest {
    private static final int PROGRAMS = 30;

    private static ConformanceReport passes(JobLifecycle lifecycle, Supplier<JobSystem> system) {
        Conformance conformance = Conformance.of(lifecycle, system);
        ConformanceReport report = Suites.withoutRaces(conformance);
        assertTrue(report.isPassed(), report::toString);
        for (Coverage.Metric metric : Coverage.Metric.values()) {
            conformance.coverage().require(metric, 1); // whatever the system is
        }
        Random random = new Random(7);
        for (int i = 0; i < PROGRAMS; i++) {
            conformance.check(conformance.draw(random));
        }
        return report;
    }

    static Seq<JobLifecycle> lifecycles() {
        return Lifecycles.all().append(AUTHORITY.without(Rule.NAME_CHANGED, Rule.ERROR_UNEXPECTED));
    }

    @ParameterizedTest
    @MethodSource("lifecycles")
    void aCorrectSystemOfAnyKindAndModePasses(JobLifecycle lifecycle) {
        ConformanceReport report = passes(lifecycle, () -> new ReferenceSystem(lifecycle));

        Seq<String> notTested =
                report.results(Outcome.NOT_TESTED).map(result -> result.check().name());
        assertEquals(List.empty(), notTested.toList());
    }

    @Test
    void eventsInThePastAreJudgedByTheGivenTime() {
        JobLifecycle lifecycle = AUTHORITY.without(Rule.UPDATE_TIME_REGRESSED);
        ConformanceReport report =
                Conformance.of(lifecycle, () -> new ReferenceSystem(lifecycle)).run(1_000, 1);

        assertTrue(report.isPassed(), report::toString);
    }

    // All that a system may have that does not go on by itself.
    private static Set<Capability> everything() {
        return new ReferenceSystem(AUTHORITY).capabilities();
    }

    // Everything, everything but one, and nothing but one.
    static Seq<Set<Capability>> capabilities() {
        List<Capability> all = List.ofAll(everything());
        return all.map(all::remove)
                .map(some -> some.contains(Capability.KEEPS_TUNING_JOBS)
                        ? some
                        : some.remove(Capability.KEEPS_UNKNOWN_FIELDS)) // which needs it
                .prepend(all)
                .append(List.of(Capability.UPDATE_DRIVEN))
                .append(List.of(Capability.EVENT_DRIVEN))
                .append(List.of(Capability.UPDATE_DRIVEN, Capability.EVENT_DRIVEN))
                .map(some -> (Set<Capability>) EnumSet.copyOf(some.toJavaList()));
    }

    @ParameterizedTest
    @MethodSource("capabilities")
    void whatIsNotDeclaredIsReportedAsNotTested(Set<Capability> capabilities) {
        ConformanceReport report =
                passes(AUTHORITY, () -> new Variant(AUTHORITY, capabilities, null, ChronoUnit.NANOS));

        Set<String> expected = new java.util.HashSet<>();
        for (Capability capability : EnumSet.complementOf(EnumSet.copyOf(capabilities))) {
            boolean isOfEvents = capability == Capability.GIVEN_TIME || capability == Capability.GIVEN_ERROR;
            boolean isOfClocks = SystemClock.MOVABLE.contains(capability);
            boolean isOfTheRest = capability == Capability.KEEPS_UNKNOWN_FIELDS;
            if ((!isOfEvents || capabilities.contains(Capability.EVENT_DRIVEN))
                    && (!isOfTheRest || capabilities.contains(Capability.KEEPS_TUNING_JOBS))
                    && !(isOfClocks && capabilities.contains(Capability.GIVEN_TIME))) {
                expected.add("the system does not declare " + capability);
            }
        }
        assertEquals(
                expected,
                report.results(Outcome.NOT_TESTED).map(Check.Result::reason).toJavaSet());
        assertTrue(
                report.results(Outcome.PASSED).forAll(result -> result.reason().isEmpty()));
        assertEquals(
                report.results().size(),
                report.results()
                        .map(result -> result.check().toString())
                        .toSet()
                        .size(),
                "names are different");
    }

    @ParameterizedTest
    @EnumSource(names = {"ENQUEUE", "PREPARE"})
    void unreachableStatesAreReportedAsNotTested(JobEvent creation) {
        ConformanceReport report =
                passes(AUTHORITY, () -> new Variant(AUTHORITY, everything(), creation, ChronoUnit.NANOS));

        JobState first = creation == JobEvent.ENQUEUE ? JobState.QUEUED : JobState.PENDING;
        assertEquals(
                List.of(
                        "updates: unreachable states: UNSPECIFIED: no path leads there from " + first
                                + ", in which jobs are created",
                        "updates: every rule: create-time-required: no update of a job that is created as the"
                                + " system's jobs are breaks this rule alone",
                        "events: unreachable states: UNSPECIFIED: no path leads there from " + first
                                + ", in which jobs are created"),
                report.results(Outcome.NOT_TESTED).map(result -> result.check() + ": " + result.reason()));
    }

    @Test
    void aSystemMayChooseNamesOfAnyForm() {
        ConformanceReport report = passes(AUTHORITY, () -> new ReferenceSystem(AUTHORITY) {
            @Override
            public JobSnapshot submit(String name, Instant now) {
                return super.submit(UUID.randomUUID().toString(), now);
            }

            @Override
            public JobSnapshot read(String name) {
                return super.read(UUID.fromString(name).toString());
            }
        });

        assertEquals(
                List.of("NOT_TESTED creation: unknown-absent, the name of a job of another kind and 4 more: the system"
                        + " chooses the names of its jobs"),
                report.notTested().toList());
    }

    @ParameterizedTest
    @EnumSource(names = {"MICROS", "MILLIS", "SECONDS"})
    void aSystemWithACoarseClockMayCompareSnapshots(ChronoUnit precision) {
        Set<Capability> capabilities =
                EnumSet.of(Capability.EVENT_DRIVEN, Capability.COMPARE_AND_SET, Capability.CONCURRENT);
        passes(AUTHORITY, () -> new Variant(AUTHORITY, capabilities, JobEvent.ENQUEUE, precision));
    }

    @Test
    void aSystemWithItsOwnClockIsTestedAsMuch() {
        Set<Capability> capabilities = EnumSet.complementOf(
                EnumSet.of(Capability.GIVEN_TIME, Capability.GOES_ON_BY_ITSELF, Capability.CLOCK_GOES_BACK));
        ConformanceReport report =
                passes(AUTHORITY, () -> new Variant(AUTHORITY, capabilities, JobEvent.ENQUEUE, ChronoUnit.NANOS) {
                    @Override
                    public JobSnapshot submit(String name, Instant now) {
                        return super.submit(name, Instant.parse("2030-01-01T00:00:00.123Z"));
                    }
                });

        assertEquals(
                List.of("create-time-required", "update-time-regressed"),
                report.results(Outcome.NOT_TESTED)
                        .filter(result -> result.check().group().endsWith("every rule"))
                        .map(result -> result.check().name()));
    }

    @ParameterizedTest
    @EnumSource(names = {"MICROS", "MILLIS", "SECONDS"})
    void aSystemMayKeepTimesInItsPrecision(ChronoUnit precision) {
        for (JobLifecycle lifecycle : List.of(AUTHORITY, JobLifecycle.observer(JobKind.TUNING_JOB))) {
            passes(lifecycle, () -> new Variant(lifecycle, everything(), null, precision));
        }
    }

    @Test
    void oneSystemMayBeUsedForAllChecks() {
        ReferenceSystem system = new ReferenceSystem(AUTHORITY);
        passes(AUTHORITY, () -> system);
    }

    @Test
    void theReportShowsTheNumbersAndTheFailures() {
        ConformanceReport report = Conformance.of(AUTHORITY, BrokenSystems.ThrowsInsteadOfAnAnswer::new)
                .run();

        assertFalse(report.isPassed());
        int passed = report.results(Outcome.PASSED).size();
        int failed = report.results(Outcome.FAILED).size();
        assertTrue(
                report.toString()
                        .startsWith(
                                passed + " passed, " + failed + " failed, 0 not tested\n"
                                        + "FAILED updates: every rule: error-code-invalid, QUEUED -> FAILED: error code 0 (OK): answered,"
                                        + " QUEUED -> FAILED: the system threw java.lang.IllegalArgumentException: no such code\n"),
                report::toString);
    }

    @Test
    void theReportShowsEachReasonForNotTestedOnce() {
        ConformanceReport report = Conformance.of(
                        AUTHORITY, () -> new ReferenceSystem(AUTHORITY.without(JobTransition.RUNNING_TO_PAUSED)))
                .run();
        Seq<String> lines = report.notTested();

        assertEquals(
                report.results(Outcome.NOT_TESTED)
                        .map(Check.Result::reason)
                        .distinct()
                        .size(),
                lines.size());
        assertEquals(
                report.results(Outcome.NOT_TESTED).size(),
                lines.map(line -> line.contains(" more: ")
                                ? 1 + Integer.parseInt(line.replaceAll(".* and (\\d+) more: .*", "$1"))
                                : 1)
                        .sum()
                        .intValue());
        assertTrue(
                lines.head().startsWith("NOT_TESTED updates: every pair of states: transition-illegal, PAUSED -> "),
                report::toString);
        assertTrue(report.toString().endsWith(lines.mkString("", "\n", "\n")), report::toString);
    }

    @Test
    void programsAreRunOnRequestAndShrunk() {
        ConformanceReport report = Conformance.of(AUTHORITY, PlantedFaults.OverwritesStartTimeAfterTheQueue::new)
                .run(2_000, 1);
        Check.Result programs = report.results().last();

        assertEquals("programs: 2000 programs", programs.check().toString());
        assertEquals(Outcome.FAILED, programs.outcome());
        assertTrue(programs.error().program().lines().count() <= 12, programs::reason);
        assertThrows(
                IllegalArgumentException.class,
                () -> Conformance.of(AUTHORITY, () -> new ReferenceSystem(AUTHORITY))
                        .run(-1, 1));
    }

    @Test
    void smallSeedsDrawEveryKindOfStepForOneJobAndForSeveral() {
        Conformance conformance = Conformance.of(AUTHORITY, () -> new ReferenceSystem(AUTHORITY));
        Map<String, Integer> steps = new TreeMap<>();
        Map<Long, Integer> jobs = new TreeMap<>();
        Map<String, Integer> drives = new TreeMap<>();
        for (int seed = 0; seed < 1000; seed++) {
            String program = conformance.draw(new Random(seed)).toString();
            program.lines()
                    .map(line -> line.substring(0, line.indexOf('[')))
                    .distinct()
                    .forEach(step -> steps.merge(step, 1, Integer::sum));
            jobs.merge(
                    program.lines()
                            .map(line -> line.replaceAll(".*job=(\\d+).*", "$1"))
                            .distinct()
                            .count(),
                    1,
                    Integer::sum);
            drives.merge(
                    (program.contains("Update[") ? "updates" : "") + (program.contains("Fire[") ? "events" : ""),
                    1,
                    Integer::sum);
        }
        assertEquals(
                Set.of(
                        "AddError",
                        "Amend",
                        "AmendStale",
                        "BreakAny",
                        "FailWithoutError",
                        "Fire",
                        "FireEarly",
                        "FireStale",
                        "Move",
                        "Repeat",
                        "SetOtherTimes",
                        "Update",
                        "UpdateStale"),
                steps.keySet());
        assertTrue(steps.values().stream().allMatch(count -> count > 20), steps::toString);
        assertTrue(List.of(1L, 2L, 3L).forAll(count -> jobs.get(count) > 200), jobs::toString);
        assertTrue(
                List.of("updates", "events", "updatesevents").forAll(drive -> drives.get(drive) > 150),
                drives::toString);
    }

    @Test
    void twoRunsOverOneSystemUseDifferentNames() {
        ReferenceSystem system = new ReferenceSystem(AUTHORITY) {
            @Override
            public JobSnapshot submit(String name, Instant now) {
                if (jobs.containsKey(name)) {
                    throw new IllegalArgumentException("there is a job " + name);
                }
                return super.submit(name, now);
            }
        };
        passes(AUTHORITY, () -> system);
        passes(AUTHORITY, () -> system);
    }

    @Test
    void aRetryOfWhatIsStoredMayBeAccepted() {
        passes(AUTHORITY, () -> new ReferenceSystem(AUTHORITY) {
            @Override
            public Answer offer(JobSnapshot known, JobSnapshot proposed) {
                return proposed.equals(jobs.get(known.name())) ? Answer.accepted() : super.offer(known, proposed);
            }
        });
    }

    @Test
    void aSystemThatCannotBeOpenedOrClosedFailsItsChecks() {
        int[] opened = {0};
        ConformanceReport report = Conformance.of(AUTHORITY, () -> {
                    if (opened[0]++ == 3) {
                        throw new IllegalStateException("no connection");
                    }
                    return new ReferenceSystem(AUTHORITY);
                })
                .run();

        assertEquals(1, report.results(Outcome.FAILED).size());
        assertTrue(
                report.results(Outcome.FAILED)
                        .head()
                        .reason()
                        .startsWith(
                                "answered, opening: the system threw java.lang.IllegalStateException: no connection"),
                report::toString);
    }

    @Test
    void jobsThatBeginInDifferentStatesAreNotTested() {
        int[] submitted = {0};
        ConformanceReport report = Conformance.of(
                        AUTHORITY,
                        () -> new Variant(
                                AUTHORITY,
                                EnumSet.of(Capability.UPDATE_DRIVEN),
                                submitted[0]++ == 0 ? JobEvent.ENQUEUE : JobEvent.PREPARE,
                                ChronoUnit.NANOS))
                .run();

        assertEquals(
                List.of("creation: created, creation"),
                report.results(Outcome.PASSED).map(result -> result.check().toString()));
        assertTrue(report.results(Outcome.NOT_TESTED)
                .exists(result -> result.reason()
                        .equals("a job was created as PENDING, and another one as QUEUED: expected all in the same"
                                + " state")));
    }

    @Test
    void aPrecisionLongerThanASecondIsRefused() {
        assertEquals(
                "the precision of createTime is MINUTES: expected SECONDS or shorter",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Conformance.of(
                                        AUTHORITY,
                                        () -> new Variant(AUTHORITY, everything(), null, ChronoUnit.MINUTES)))
                        .getMessage());
    }

    @Test
    void nothingPassesIfNoJobCanBeCreated() {
        ConformanceReport report = Conformance.of(AUTHORITY, BrokenSystems.CreatesJobsWithoutCreateTime::new)
                .run();

        assertFalse(report.isPassed());
        assertEquals(0, report.results(Outcome.PASSED).size());
    }

    @Test
    void aReportWithoutTestsIsNotPassed() {
        Check check = Check.notTested("group", "name", "no reason");

        assertFalse(new ConformanceReport(List.of(check.run())).isPassed());
        assertEquals(
                Outcome.NOT_TESTED,
                Conformance.of(AUTHORITY, () -> new ReferenceSystem(AUTHORITY))
                        .run(0, 1)
                        .results()
                        .last()
                        .outcome());
    }

    @Test
    void aSystemOfFinishedJobsIsNotTestedOnPaths() {
        ConformanceReport report = passes(AUTHORITY, () -> new ReferenceSystem(AUTHORITY) {
            @Override
            public JobSnapshot submit(String name, Instant now) {
                JobSnapshot job = lifecycle
                        .apply(super.submit(name, now), JobEvent.ENQUEUE, now)
                        .flatMap(queued -> lifecycle.apply(queued, JobEvent.FAIL, now))
                        .get();
                jobs.put(name, job);
                return job;
            }
        });

        assertTrue(report.results(Outcome.NOT_TESTED)
                .exists(result -> result.check().group().equals("updates: several jobs")));
        assertTrue(report.results(Outcome.PASSED)
                .exists(result -> result.check().toString().startsWith("updates: every rule: name-changed, ")));
    }

    // The number of checks in each group, so that a lost one is noticed.
    @Test
    void theChecksAreThese() {
        assertEquals(
                """
                       5 creation
                     297 updates: every pair of states
                     981 updates: every rule
                     588 updates: several rules at once
                     161 updates: unusual, but legal
                      80 updates: every two edges in a row
                       5 updates: repeated cycles
                      41 updates: sent twice
                      10 updates: late errors
                       1 updates: several jobs
                       3 updates: names
                       2 updates: list
                      47 updates: stale writers
                      20 updates: races
                     252 events: every event in every state
                      90 events: every rule
                       5 events: given errors
                      39 events: at the same instant
                      80 events: every two edges in a row
                       5 events: repeated cycles
                       1 events: several jobs
                       3 events: names
                       2 events: list
                      78 events: stale writers
                      35 events: races
                      60 the rest of a tuning job
                    """,
                Conformance.of(AUTHORITY, () -> new ReferenceSystem(AUTHORITY))
                        .checks()
                        .foldLeft(
                                LinkedHashMap.<String, Integer>empty(),
                                (counts, check) -> counts.put(check.group(), counts.getOrElse(check.group(), 0) + 1))
                        .map(count -> "%4d %s\n".formatted(count._2(), count._1()))
                        .mkString());
    }

    @Test
    void theChecksAreAlwaysTheSame() {
        Supplier<JobSystem> system = () -> new ReferenceSystem(AUTHORITY);
        assertEquals(
                Conformance.of(AUTHORITY, system).checks().map(Check::toString),
                Conformance.of(AUTHORITY, system).checks().map(Check::toString));
    }

    @Test
    void aSystemWithoutUpdatesAndEventsIsRefused() {
        assertEquals(
                "the system declares [CONCURRENT]: expected UPDATE_DRIVEN or EVENT_DRIVEN among them",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Conformance.of(
                                        AUTHORITY,
                                        () -> new Variant(
                                                AUTHORITY, Set.of(Capability.CONCURRENT), null, ChronoUnit.NANOS)))
                        .getMessage());
        assertEquals(
                "the system",
                assertThrows(NullPointerException.class, () -> Conformance.of(AUTHORITY, () -> null))
                        .getMessage());
    }

    @Test
    void everySystemIsClosed() {
        int[] open = {0};
        Conformance conformance = Conformance.of(AUTHORITY, () -> {
            open[0]++;
            return new ReferenceSystem(AUTHORITY) {
                @Override
                public void close() {
                    open[0]--;
                }
            };
        });
        conformance.run();
        conformance.check(conformance.draw(new Random(1)));

        assertEquals(0, open[0]);
    }
}
