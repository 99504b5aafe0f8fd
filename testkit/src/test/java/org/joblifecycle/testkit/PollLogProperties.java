package org.joblifecycle.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.testkit.jqwik.JobDomain;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.transition.Violation;

class PollLogProperties {
    @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
    @Domain(JobDomain.class)
    @StatisticsReport(StatisticsReportMode.OFF)
    void theObserverReportsWhatTheLogExpects(@ForAll PollLog log) {
        var verdicts = assertReportsAreRight(log);
        verdicts.forEach(
                verdict -> Statistics.label("change").collect(verdict.change().getClass()));
        Statistics.label("kind").collect(log.lifecycle().kind());
        Seq<JobSnapshot> jobs = log.polls().map(PollLog.Poll::job);
        jobs.forEach(job -> Statistics.label("cut").collect(isCut(job)));
        jobs.zip(verdicts.tail())
                .filter(poll -> poll._1().updateTime() == null)
                .forEach(poll -> Statistics.label("after one in part")
                        .collect(poll._2().change().getClass()));
        Statistics.label("change").coverage(coverage -> {
            for (Class<?> change : Change.class.getPermittedSubclasses()) {
                coverage.check(change).count(count -> (count > 0) == (change != Change.Illegal.class));
            }
        });
        Statistics.label("kind").coverage(coverage -> {
            for (JobKind kind : JobKind.values()) {
                coverage.check(kind).count(count -> count > 0);
            }
        });
        Statistics.label("after one in part").coverage(coverage -> {
            for (Class<?> change :
                    List.of(Change.Amended.class, Change.Stepped.class, Change.Skipped.class, Change.Stale.class)) {
                coverage.check(change).count(count -> count > 0);
            }
        });
        Statistics.label("cut").coverage(coverage -> coverage.check(true).count(count -> count > 0));
    }

    private static Seq<Verdict> assertReportsAreRight(PollLog log) {
        Seq<Verdict> verdicts = log.lifecycle().replay(log.polls().map(PollLog.Poll::job));
        assertEquals(
                log.polls().map(poll -> poll.report().toList()).toList(),
                verdicts.map(verdict ->
                                verdict.violations().map(Violation::rule).toList())
                        .toList());
        return verdicts;
    }

    private static boolean isCut(JobSnapshot job) {
        return job.startTime() != null
                && job.createTime() != null
                && job.startTime().isBefore(job.createTime());
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    @Domain(JobDomain.class)
    void aSimplerLogExpectsTheRightReportsToo(@ForAll PollLog log) {
        log.simpler().forEach(simpler -> {
            assertReportsAreRight(simpler);
            assertTrue(simpler.size() < log.size(), simpler::toString);
        });
    }

    static class WithoutPause extends JobDomain {
        WithoutPause() {
            super(JobLifecycle.authority(JobKind.CUSTOM_JOB).without(JobTransition.RUNNING_TO_PAUSED));
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Domain(WithoutPause.class)
    void noLogTakesAnEdgeThatTheServiceExcludes(@ForAll PollLog log) {
        log.polls().forEach(poll -> assertTrue(poll.job().state() != JobState.PAUSED, log::toString));
    }

    @Example
    void theServiceIsAnAuthorityOfTheSameKind() {
        JobLifecycle observer = JobLifecycle.observer(JobKind.NAS_JOB);
        for (JobLifecycle other : List.of(observer, JobLifecycle.authority(JobKind.CUSTOM_JOB))) {
            assertEquals(
                    "the service is an " + other + ": expected an authority of NAS_JOB",
                    assertThrows(IllegalArgumentException.class, () -> PollLog.draw(observer, other, new Random(1)))
                            .getMessage());
        }
    }

    @Example
    void anAuthorityHasNoLog() {
        assertEquals(
                "the lifecycle is that of an authority of NAS_JOB: expected an observer's",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> PollLog.draw(JobLifecycle.authority(JobKind.NAS_JOB), new Random(1)))
                        .getMessage());
    }

    @Example
    void anObserverThatCannotDetectStaleSnapshotsHasNoLog() {
        JobLifecycle observer = JobLifecycle.observer(JobKind.NAS_JOB).without(Rule.UPDATE_TIME_REGRESSED);
        assertEquals(
                "an observer of NAS_JOB without update-time-regressed does not report stale snapshots: expected one"
                        + " with update-time-regressed",
                assertThrows(IllegalArgumentException.class, () -> PollLog.draw(observer, new Random(1)))
                        .getMessage());
    }
}
