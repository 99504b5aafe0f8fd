package org.joblifecycle.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.testkit.PollLog;
import org.joblifecycle.testkit.jqwik.JobArbitraries;
import org.joblifecycle.transition.JobAuditor;
import org.joblifecycle.transition.JobLifecycle;

@SuppressWarnings("try") // an interrupt may come of closing a harness
class AuditOrderProperties {
    private static final long NEVER_LATE = Long.MAX_VALUE / 4;
    private static final JobLifecycle OBSERVER = JobLifecycle.observer(JobKind.TUNING_JOB);

    // "line rule" of each violation, in this order of the lines.
    private static List<String> expected(List<JobSnapshot> jobs, List<Integer> order) {
        JobAuditor auditor = JobAuditor.observer();
        List<String> found = new ArrayList<>();
        for (int i : order) {
            auditor.observe(jobs.get(i)).violations().forEach(violation -> found.add((i + 1) + " " + violation.id()));
        }
        return found;
    }

    private static List<Integer> byUpdateTime(List<JobSnapshot> jobs, Set<Integer> without) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            if (!without.contains(i)) {
                order.add(i);
            }
        }
        order.sort(
                Comparator.comparing(i -> jobs.get(i).updateTime(), Comparator.nullsFirst(Comparator.naturalOrder())));
        return order;
    }

    @Property
    void inArrivalOrderItFindsWhatTheAuditorFinds(@ForAll("jobs") List<JobSnapshot> jobs) throws Exception {
        try (AuditHarness harness = new AuditHarness(JobAudit.observer())) {
            harness.read(jobs.toArray(JobSnapshot[]::new));
            List<Integer> order = Vector.range(0, jobs.size()).toJavaList();
            assertEquals(expected(jobs, order), harness.found());
        }
    }

    @Property
    void inOrderOfUpdateTimeItFindsWhatTheAuditorFindsInAllThatIsNotLate(
            @ForAll("jobs") List<JobSnapshot> jobs, @ForAll("lags") long lag) throws Exception {
        try (AuditHarness harness = new AuditHarness(JobAudit.observer().inOrderOfUpdateTime())) {
            long latest = Long.MIN_VALUE / 2;
            for (JobSnapshot job : jobs) {
                harness.read(job);
                latest = Math.max(latest, harness.last().timestamp());
                harness.watermark(latest - lag);
            }
            harness.watermark(Long.MAX_VALUE);
            if (lag == NEVER_LATE && jobs.stream().allMatch(job -> job.updateTime() != null)) {
                assertEquals(List.of(), harness.late());
            }
            Set<Integer> late = new HashSet<>();
            harness.late().forEach(line -> late.add((int) (line - 1)));
            List<String> found = new ArrayList<>(harness.found());
            List<String> expected = expected(jobs, byUpdateTime(jobs, late));
            found.sort(Comparator.naturalOrder());
            expected.sort(Comparator.naturalOrder());
            assertEquals(expected, found);
            assertEquals(0, harness.timers());
        }
    }

    @Property
    void pollLogsAreAuditedWithoutAWarning(@ForAll("pollLogs") PollLog log) throws Exception {
        try (AuditHarness harness = new AuditHarness(JobAudit.observer().inOrderOfUpdateTime())) {
            // An answer in part, which has no updateTime, would come before all others.
            for (PollLog.Poll poll : log.polls().filter(each -> each.job().updateTime() != null)) {
                harness.read(poll.job().withName(Jobs.name("7")));
            }
            harness.watermark(Long.MAX_VALUE);
            assertEquals(List.of(), harness.found());
        }
        try (AuditHarness harness = new AuditHarness(JobAudit.observer())) {
            List<String> expected = new ArrayList<>();
            for (PollLog.Poll poll : log.polls()) {
                harness.read(poll.job().withName(Jobs.name("7")));
                poll.report().forEach(rule -> expected.add(harness.lines() + " " + rule.id()));
            }
            assertEquals(expected, harness.found());
        }
    }

    @Provide
    Arbitrary<Long> lags() {
        return Arbitraries.of(0L, 1L, 60_000L, NEVER_LATE);
    }

    @Provide
    Arbitrary<PollLog> pollLogs() {
        return JobArbitraries.of(OBSERVER).pollLogs();
    }

    // Histories of two jobs, mixed, with times that are equal now and then.
    @Provide
    Arbitrary<List<JobSnapshot>> jobs() {
        Arbitrary<Seq<JobSnapshot>> histories = JobArbitraries.of(OBSERVER).anyHistories();
        return histories
                .list()
                .ofMaxSize(3)
                .flatMap(all -> Arbitraries.shuffle(
                        all.stream().flatMap(history -> history.toJavaStream()).toList()));
    }
}
