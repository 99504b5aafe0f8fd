package org.joblifecycle.docs.guide;

import static java.lang.System.Logger.Level.WARNING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.transition.Violation;
import org.junit.jupiter.api.Test;

class ReportingTest {
    private final Log log = new Log();

    private final Reporter reporter = new Reporter();

    private final class Reporter {
        // guide: reporting
        private final Map<String, LongAdder> brokenRules = new ConcurrentHashMap<>();

        void report(JobSnapshot job, Verdict verdict) {
            for (Violation violation : verdict.violations()) {
                brokenRules
                        .computeIfAbsent(violation.rule().id(), id -> new LongAdder())
                        .increment();
                log.log(WARNING, "{0}: {1}", job.name(), violation);
            }
        }
        // end
    }

    @Test
    void brokenRulesAreCountedAndLoggedWithTheirReason() {
        JobSnapshot before = Jobs.succeeded(Jobs.TUNING_JOB);
        JobSnapshot after = before.withState(Jobs.running(Jobs.TUNING_JOB).state());
        reporter.report(after, JobLifecycle.observer(JobKind.TUNING_JOB).check(before, after));

        Map<String, Long> counts = new TreeMap<>();
        reporter.brokenRules.forEach((id, count) -> counts.put(id, count.sum()));
        assertEquals(Map.of("end-time-premature", 1L, "transition-illegal", 1L), counts);
        assertEquals(
                List.of(
                        "WARNING projects/p/locations/l/tuningJobs/7: end-time-premature: endTime 2026-05-01T13:00:00Z is"
                                + " set on a job that is RUNNING: expected none before a terminal state (SUCCEEDED, FAILED,"
                                + " CANCELLED, EXPIRED, PARTIALLY_SUCCEEDED)",
                        "WARNING projects/p/locations/l/tuningJobs/7: transition-illegal: cannot go from SUCCEEDED to"
                                + " RUNNING: SUCCEEDED is terminal"),
                log.lines());
    }
}
