package org.joblifecycle.docs.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.joblifecycle.docs.guide.TestedSystems.ApiAdapter;
import org.joblifecycle.docs.guide.TestedSystems.Database;
import org.joblifecycle.docs.guide.TestedSystems.EmulatorConformanceTest;
import org.joblifecycle.docs.guide.TestedSystems.PollerMirrorTest;
import org.joblifecycle.docs.guide.TestedSystems.ShowsTheLastAnswer;
import org.joblifecycle.docs.guide.TestedSystems.StartsAnew;
import org.joblifecycle.docs.guide.TestedSystems.Store;
import org.joblifecycle.docs.guide.TestedSystems.StoreAdapter;
import org.joblifecycle.docs.guide.TestedSystems.StoreConformanceTest;
import org.joblifecycle.docs.guide.TestedSystems.TuningServiceAdapter;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.testkit.Answer;
import org.joblifecycle.testkit.Check;
import org.joblifecycle.testkit.Conformance;
import org.joblifecycle.testkit.ConformanceReport;
import org.joblifecycle.testkit.History;
import org.joblifecycle.testkit.JobSystem;
import org.joblifecycle.testkit.MirrorConformance;
import org.joblifecycle.testkit.Requirement;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Violation;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

class ConformanceGuideTest {
    @Test
    void theStoreConforms() {
        assertEquals(
                Set.of(
                        "no path leads there from QUEUED, in which jobs are created",
                        "no update of a job that is created as the system's jobs are breaks this rule alone",
                        "the system does not declare CLOCK_GOES_BACK",
                        "the system does not declare EVENT_DRIVEN",
                        "the system does not declare GOES_ON_BY_ITSELF",
                        "the system does not declare LISTS"),
                notTested(StoreConformanceTest.class));
    }

    @Test
    void theStoreRefusesAnUpdateOfAnUnknownName() {
        Store store = new Store();
        JobSnapshot ghost = Jobs.running(Jobs.CUSTOM_JOB);

        assertEquals(Optional.empty(), store.update(ghost, ghost.withState(JobState.PAUSED)));
        assertEquals(Optional.empty(), store.find(Jobs.CUSTOM_JOB));
    }

    @Test
    void theStoreRefusesAnUpdateThatWasOvertaken() {
        Store store = new Store();
        JobSnapshot queued = store.submit(Jobs.CUSTOM_JOB, Jobs.NOON);
        JobSnapshot failed = queued.withState(JobState.FAILED).withEndTime(Jobs.NOON);
        JobSnapshot first = failed.withError(JobError.of(8));

        assertTrue(store.update(queued, failed).orElseThrow().isLegal());
        assertTrue(store.update(failed, first).orElseThrow().isLegal());
        assertEquals(Optional.empty(), store.update(failed, failed.withError(JobError.of(13))));
        assertEquals(Optional.of(first), store.find(Jobs.CUSTOM_JOB));
    }

    @Test
    void theStoreDoesNotReplaceAJobByANewOne() {
        Store store = new Store();
        JobSnapshot queued = store.submit(Jobs.CUSTOM_JOB, Jobs.NOON);

        assertThrows(IllegalArgumentException.class, () -> store.submit(Jobs.CUSTOM_JOB, Jobs.NOON.plusSeconds(1)));
        assertEquals(Optional.of(queued), store.find(Jobs.CUSTOM_JOB));
    }

    @Test
    void theStoreRefusesAnotherNameAndNone() {
        Store store = new Store();
        JobSnapshot queued = store.submit(Jobs.CUSTOM_JOB, Jobs.NOON);
        JobSnapshot pending = queued.withState(JobState.PENDING);

        for (String name : Arrays.asList(Jobs.CUSTOM_JOB + "1", null)) {
            assertEquals(
                    "name-changed",
                    store.update(queued, pending.withName(name))
                            .orElseThrow()
                            .violations()
                            .map(Violation::id)
                            .mkString());
        }
        assertEquals(Optional.of(queued), store.find(Jobs.CUSTOM_JOB));
    }

    @Test
    void theEmulatorConforms() {
        assertEquals(
                Set.of(
                        "no path leads there from PENDING, in which jobs are created",
                        "the system does not declare CLOCK_GOES_BACK",
                        "the system does not declare COMPARE_AND_SET",
                        "the system does not declare GIVEN_TIME",
                        "the system does not declare GOES_ON_BY_ITSELF",
                        "the system does not declare KEEPS_TUNING_JOBS",
                        "the system does not declare LISTS",
                        "the system does not declare NAMES_BROKEN_RULE",
                        "the system does not declare UPDATE_DRIVEN"),
                notTested(EmulatorConformanceTest.class));
    }

    @Test
    void thePollerConforms() {
        assertEquals(Set.of("the mirror does not declare CONCURRENT"), notTested(PollerMirrorTest.class));
    }

    /** What the suite says of a poller that shows a stale answer. */
    static String mirrorFailure() {
        String name = "kept: older answers: stale-ignored, older ones after SUCCEEDED";
        Check check = MirrorConformance.of(JobLifecycle.observer(JobKind.TUNING_JOB), ShowsTheLastAnswer::new)
                .checks()
                .find(each -> each.toString().equals(name))
                .get();
        return check.run().reason().replaceAll("tuningJobs/\\d+", "tuningJobs/1"); // each run has numbers of its own
    }

    @Test
    void aStaleAnswerMustNotBeShown() {
        assertTrue(
                mirrorFailure().startsWith("stale-ignored, SUCCEEDED -> RUNNING, stale: the observation is older"),
                ConformanceGuideTest::mirrorFailure);
    }

    // Runs a class of tests and expects that none fails. Gives the reasons of those that were not tested.
    private static Set<String> notTested(Class<?> tests) {
        Events events = execute("junit-jupiter", tests);
        events.assertStatistics(checks -> checks.failed(0).skipped(0));
        assertTrue(events.succeeded().count() > 100);
        return events.aborted()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow()
                        .getMessage())
                .collect(Collectors.toSet());
    }

    private static Events execute(String engine, Class<?> tests) {
        EngineExecutionResults results = EngineTestKit.engine(engine)
                .enableImplicitConfigurationParameters(true)
                .selectors(selectClass(tests))
                .execute();
        results.containerEvents().assertStatistics(containers -> containers.failed(0));
        return results.testEvents();
    }

    /** What is printed about the store without any test framework. */
    static String report() {
        // guide: conformance-report
        ConformanceReport report =
                Conformance.of(Store.OWNER, StoreAdapter::new).run();
        System.out.print(report);
        // end
        assertTrue(report.isPassed());
        return report.toString();
    }

    /** What the suite says of a store that sets startTime anew. */
    static String failure() {
        String name = "updates: every pair of states: legal-accepted, PAUSED -> RUNNING";
        Check check = Conformance.of(Store.OWNER, StartsAnew::new)
                .checks()
                .find(each -> each.toString().equals(name))
                .get();
        return check.run().reason().replaceAll("customJobs/\\d+", "customJobs/1"); // each run has numbers of its own
    }

    @Test
    void aFailureNamesTheRuleAndCanBeReplayed() {
        assertTrue(failure().startsWith("accepted-stored, PAUSED -> RUNNING: "), ConformanceGuideTest::failure);
        assertTrue(failure().contains("\n  start-time-changed: "), ConformanceGuideTest::failure);
    }

    @Test
    void aDatabaseDeclaresThePrecisionOfItsTimes() {
        JobSystem database = new Database() {
            // guide: precision
            @Override
            public ChronoUnit precision() {
                return ChronoUnit.MICROS;
            }
            // end
        };

        agree(Conformance.of(Store.OWNER, () -> database));
        Check.Result programs = Conformance.of(Store.OWNER, Database::new)
                .run(1000, 42)
                .results()
                .last();
        assertEquals(Requirement.ACCEPTED_STORED, programs.error().requirement());
    }

    @Test
    void aServiceMayCutSomeTimes() {
        agree(Conformance.of(Store.OWNER, () -> new StoreAdapter() {
            @Override
            public Answer offer(JobSnapshot known, JobSnapshot proposed) {
                return super.offer(known, History.cut(proposed));
            }

            // guide: precision-of-fields
            @Override
            public ChronoUnit precision(JobField time) {
                boolean isCut = time == JobField.START_TIME || time == JobField.END_TIME;
                return isCut ? ChronoUnit.SECONDS : ChronoUnit.NANOS;
            }
            // end
        }));
    }

    @Test
    void aServiceOfWholeTuningJobsConforms() {
        ConformanceReport report = Conformance.of(JobLifecycle.authority(JobKind.TUNING_JOB), TuningServiceAdapter::new)
                .run(100, 42);

        assertTrue(report.isPassed(), report::toString);
        assertTrue(report.results(Check.Outcome.PASSED)
                .exists(result -> result.check().toString().startsWith("the rest of a tuning job: rest-unchanged, ")));
    }

    @Test
    void anApiThatAnswers200WhereNothingHappensConforms() {
        agree(Conformance.of(JobLifecycle.authority(JobKind.TUNING_JOB), ApiAdapter::new));
    }

    private static void agree(Conformance conformance) {
        // guide: programs
        ConformanceReport report = conformance.run(1000, 42);
        // end
        assertTrue(report.isPassed(), report::toString);
    }

    @Test
    void anExcludedEdgeHasToBeRefused() {
        JobLifecycle noPause = JobLifecycle.authority(JobKind.CUSTOM_JOB).without(JobTransition.RUNNING_TO_PAUSED);
        ConformanceReport report = Conformance.of(noPause, StoreAdapter::new).run();

        assertEquals(
                List.of(
                        "updates: every pair of states: transition-illegal, RUNNING -> PAUSED",
                        "updates: every rule: transition-illegal, RUNNING -> PAUSED: state PAUSED",
                        "updates: every rule: transition-illegal, RUNNING -> PAUSED: state PAUSED,"
                                + " of a job that was RUNNING before"),
                report.results(Check.Outcome.FAILED)
                        .map(result -> result.check().toString())
                        .asJava());
    }
}
