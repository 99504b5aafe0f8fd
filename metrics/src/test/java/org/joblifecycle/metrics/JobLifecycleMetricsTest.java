package org.joblifecycle.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.AuditStep;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.JobAuditor;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Mode;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class JobLifecycleMetricsTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final JobLifecycle OWNER = JobLifecycle.authority(JobKind.CUSTOM_JOB);
    private static final JobLifecycle MIRROR = JobLifecycle.observer(JobKind.CUSTOM_JOB);
    private static final JobSnapshot NEW = JobSnapshot.of("projects/p/locations/l/customJobs/7", JobState.UNSPECIFIED);
    private static final JobSnapshot QUEUED = after(NEW, JobEvent.ENQUEUE, 0);
    private static final JobSnapshot RUNNING = after(QUEUED, JobEvent.START, 60);
    private static final JobSnapshot SUCCEEDED = after(RUNNING, JobEvent.SUCCEED, 90);

    private final JobLifecycleMetrics metrics = new JobLifecycleMetrics();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private static JobSnapshot after(JobSnapshot job, JobEvent event, int seconds) {
        return OWNER.applyOrThrow(job, event, NOON.plusSeconds(seconds));
    }

    /** What has happened, by name and tags, without what is at 0. */
    private static Map<String, Double> counts(MeterRegistry registry) {
        Map<String, Double> counts = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            double value = meter instanceof FunctionCounter counter ? counter.count() : ((Timer) meter).count();
            if (value != 0) {
                counts.put(name(meter), value);
            }
        }
        return counts;
    }

    private static String name(Meter meter) {
        return meter.getId().getTags().stream()
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .collect(Collectors.joining(" ", meter.getId().getName().replace("job.lifecycle.", "") + " ", ""));
    }

    private Duration total(String timer) {
        return Duration.ofNanos((long) registry.get("job.lifecycle." + timer)
                .tag("state", "succeeded")
                .timer()
                .totalTime(TimeUnit.NANOSECONDS));
    }

    // Series

    @ParameterizedTest
    @EnumSource
    void everySeriesOfALifecycleIsThereAtZeroFromTheStart(JobKind kind) {
        metrics.bindTo(registry);
        metrics.meter(JobLifecycle.observer(kind));

        Map<String, Long> series = registry.getMeters().stream()
                .collect(Collectors.groupingBy(meter -> meter.getId().getName(), TreeMap::new, Collectors.counting()));
        Map<String, Long> expected = new TreeMap<>(Map.of(
                "job.lifecycle.checks", (long) Change.ids().size(),
                "job.lifecycle.violations", (long) Rule.values().length));
        if (kind.hasStartTime()) {
            expected.putAll(Map.of("job.lifecycle.wait", 5L, "job.lifecycle.run", 5L));
        }
        assertEquals(expected, series);
        assertEquals(Map.of(), counts(registry));
        assertTrue(registry.getMeters().stream()
                .allMatch(meter -> kind.resource().equals(meter.getId().getTag("kind"))
                        && "observer".equals(meter.getId().getTag("mode"))
                        && meter.getId().getDescription() != null));
    }

    @Test
    void nothingIsThereWithoutALifecycle() {
        metrics.bindTo(registry);
        assertEquals(List.of(), registry.getMeters());
    }

    @Test
    void aRegistryThatIsBoundLaterShowsWhatWasCountedBefore() {
        metrics.meter(OWNER).check(QUEUED, RUNNING);
        metrics.bindTo(registry);
        assertEquals(Map.of("checks change=stepped kind=CustomJob mode=authority", 1.0), counts(registry));
    }

    @Test
    void everyRegistryShowsTheSame() {
        SimpleMeterRegistry other = new SimpleMeterRegistry();
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        metrics.bindTo(registry);
        metrics.bindTo(prometheus);
        MeteredLifecycle owner = metrics.meter(OWNER);
        metrics.bindTo(other);
        owner.check(RUNNING, SUCCEEDED);
        owner.check(SUCCEEDED, RUNNING);

        assertEquals(counts(registry), counts(other));
        assertEquals(counts(registry), counts(prometheus));
        assertFalse(counts(registry).isEmpty());
        String scraped = prometheus.scrape();
        String checks = "job_lifecycle_checks_total{change=\"illegal\",kind=\"CustomJob\",mode=\"authority\"} 1.0\n";
        String run = "job_lifecycle_run_seconds_sum{kind=\"CustomJob\",mode=\"authority\",state=\"succeeded\"} 30.0\n";
        String none =
                "job_lifecycle_violations_total{kind=\"CustomJob\",mode=\"authority\",rule=\"name-changed\"} 0.0\n";
        assertTrue(scraped.contains(checks), scraped);
        assertTrue(scraped.contains(run), scraped);
        assertTrue(scraped.contains(none), scraped);
    }

    @Test
    void aRegistryThatIsBoundTwiceCountsATimeOnce() {
        metrics.bindTo(registry);
        metrics.bindTo(registry);
        metrics.meter(OWNER).check(RUNNING, SUCCEEDED);
        assertEquals(1.0, counts(registry).get("run kind=CustomJob mode=authority state=succeeded"));
    }

    @Test
    void registriesOfACompositeThatComeLaterAreServed() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        metrics.bindTo(composite);
        MeteredLifecycle owner = metrics.meter(OWNER);
        composite.add(registry);
        owner.check(RUNNING, SUCCEEDED);
        assertEquals(1.0, counts(registry).get("run kind=CustomJob mode=authority state=succeeded"));
        assertEquals(1.0, counts(registry).get("checks change=stepped kind=CustomJob mode=authority"));
    }

    @Test
    void countsOutliveALifecycleThatNobodyHolds() {
        metrics.bindTo(registry);
        metrics.meter(OWNER).check(QUEUED, RUNNING);
        System.gc();
        assertEquals(Map.of("checks change=stepped kind=CustomJob mode=authority", 1.0), counts(registry));
    }

    @Test
    void lifecyclesOfOneKindAndModeAreCountedTogether() {
        metrics.bindTo(registry);
        metrics.meter(OWNER).check(QUEUED, RUNNING);
        metrics.meter(OWNER.without(Rule.UPDATE_TIME_ORDER)).check(QUEUED, RUNNING);
        metrics.meter(MIRROR).check(QUEUED, RUNNING);
        assertEquals(
                Map.of(
                        "checks change=stepped kind=CustomJob mode=authority", 2.0,
                        "checks change=stepped kind=CustomJob mode=observer", 1.0),
                counts(registry));
    }

    // Counts

    /** A change of each kind. */
    static List<List<JobSnapshot>> changes() {
        JobSnapshot older = QUEUED.withUpdateTime(NOON.minusSeconds(1));
        return List.of(
                Arrays.asList(null, RUNNING),
                List.of(RUNNING, RUNNING),
                List.of(RUNNING, RUNNING.withUpdateTime(NOON.plusSeconds(61))),
                List.of(QUEUED, RUNNING),
                List.of(QUEUED, SUCCEEDED),
                List.of(SUCCEEDED, RUNNING.withUpdateTime(NOON.plusSeconds(99))),
                List.of(QUEUED, older));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aCheckIsCountedByItsChangeAndItsBrokenRules(List<JobSnapshot> change) {
        JobSnapshot before = change.get(0);
        JobSnapshot after = change.get(1);
        Verdict verdict = MIRROR.check(before, after);
        Map<String, Double> expected = new TreeMap<>();
        expected.put("checks change=" + verdict.change().id() + " kind=CustomJob mode=observer", 1.0);
        verdict.violations()
                .forEach(violation -> expected.put(
                        "violations kind=CustomJob mode=observer rule="
                                + violation.rule().id(),
                        1.0));
        if (verdict.change().entersTerminal()) {
            expected.put("wait kind=CustomJob mode=observer state=succeeded", 1.0);
            expected.put("run kind=CustomJob mode=observer state=succeeded", 1.0);
        }
        metrics.bindTo(registry);

        assertEquals(verdict, metrics.meter(MIRROR).check(before, after));
        assertEquals(expected, counts(registry));
    }

    @Test
    void theChangesOfThisTestAreAllThereAre() {
        assertEquals(
                Change.ids().toJavaList(),
                changes().stream()
                        .map(change -> MIRROR.check(change.get(0), change.get(1))
                                .change()
                                .id())
                        .toList());
    }

    /** The same answer in each of the ways in which it can be asked for. */
    @Test
    void eachAnswerIsThatOfTheLifecycleAndCountedOnce() {
        MeteredLifecycle owner = metrics.meter(OWNER);
        metrics.bindTo(registry);
        List<Supplier<List<Object>>> calls = List.of(
                () -> List.of(owner.check(QUEUED), OWNER.check(QUEUED)),
                () -> List.of(owner.checkNew(QUEUED), OWNER.checkNew(QUEUED)),
                () -> List.of(owner.check(QUEUED, RUNNING), OWNER.check(QUEUED, RUNNING)),
                () -> List.of(owner.audit(QUEUED, RUNNING), OWNER.audit(QUEUED, RUNNING)),
                () -> List.of(owner.apply(QUEUED, JobEvent.START, NOON), OWNER.apply(QUEUED, JobEvent.START, NOON)),
                () -> List.of(
                        owner.apply(QUEUED, JobEvent.FAIL, NOON, JobError.of(8)),
                        OWNER.apply(QUEUED, JobEvent.FAIL, NOON, JobError.of(8))),
                () -> List.of(owner.apply(QUEUED, JobEvent.RESUME, NOON), OWNER.apply(QUEUED, JobEvent.RESUME, NOON)));

        double sum = 0;
        for (Supplier<List<Object>> call : calls) {
            List<Object> answers = call.get();
            assertEquals(answers.get(1), answers.get(0));
            double checks = registry.find("job.lifecycle.checks").functionCounters().stream()
                    .mapToDouble(FunctionCounter::count)
                    .sum();
            assertEquals(sum + 1, checks);
            sum = checks;
        }
        assertSame(OWNER, owner.lifecycle());
    }

    @Test
    void anEventThatNoEdgeAllowsIsIllegal() {
        metrics.bindTo(registry);
        metrics.meter(OWNER).apply(SUCCEEDED, JobEvent.START, NOON);
        assertEquals(
                Map.of(
                        "checks change=illegal kind=CustomJob mode=authority", 1.0,
                        "violations kind=CustomJob mode=authority rule=transition-illegal", 1.0),
                counts(registry));
    }

    @Test
    void anEventThatBreaksAnotherRuleIsAStep() {
        metrics.bindTo(registry);
        metrics.meter(OWNER).apply(RUNNING, JobEvent.FAIL, NOON.plusSeconds(90), JobError.of(99));
        assertEquals(
                Map.of(
                        "checks change=stepped kind=CustomJob mode=authority", 1.0,
                        "violations kind=CustomJob mode=authority rule=error-code-invalid", 1.0),
                counts(registry));
    }

    @Test
    void whatSomebodyElseFoundCanBeRecorded() {
        MeteredLifecycle owner = metrics.meter(OWNER);
        metrics.bindTo(registry);
        owner.record(OWNER.check(SUCCEEDED, RUNNING));
        owner.record(OWNER.check(RUNNING, SUCCEEDED));
        owner.record(OWNER.check(RUNNING, SUCCEEDED), SUCCEEDED);
        owner.record(OWNER.check(RUNNING, SUCCEEDED).change(), SUCCEEDED);
        owner.recordRefusal(OWNER.apply(SUCCEEDED, JobEvent.START, NOON).getError());

        assertEquals(
                new TreeMap<>(Map.of(
                        "checks change=illegal kind=CustomJob mode=authority", 2.0,
                        "checks change=stepped kind=CustomJob mode=authority", 3.0,
                        "violations kind=CustomJob mode=authority rule=transition-illegal", 2.0,
                        "violations kind=CustomJob mode=authority rule=end-time-changed", 1.0,
                        "violations kind=CustomJob mode=authority rule=update-time-regressed", 1.0,
                        "wait kind=CustomJob mode=authority state=succeeded", 2.0,
                        "run kind=CustomJob mode=authority state=succeeded", 2.0)),
                counts(registry));
    }

    @Test
    void countsOfManyThreadsAreComplete() {
        MeteredLifecycle owner = metrics.meter(OWNER);
        metrics.bindTo(registry);
        IntStream.range(0, 100_000).parallel().forEach(i -> metrics.meter(OWNER).check(QUEUED, RUNNING));
        IntStream.range(0, 100_000).parallel().forEach(i -> owner.check(QUEUED, RUNNING));
        assertEquals(Map.of("checks change=stepped kind=CustomJob mode=authority", 200_000.0), counts(registry));
    }

    // Times

    @Test
    void aJobThatEndsIsTimed() {
        metrics.bindTo(registry);
        metrics.meter(OWNER)
                .check(
                        RUNNING,
                        SUCCEEDED.withEndTime(NOON.plusSeconds(90).plusNanos(7)).withUpdateTime(NOON.plusSeconds(91)));
        assertEquals(Duration.ofSeconds(60), total("wait"));
        assertEquals(Duration.ofSeconds(30, 7), total("run"));
    }

    @Test
    void aJobThatNeverStartedHasNoTimes() {
        metrics.bindTo(registry);
        metrics.meter(OWNER).apply(QUEUED, JobEvent.EXPIRE, NOON.plusSeconds(1));
        assertEquals(Map.of("checks change=stepped kind=CustomJob mode=authority", 1.0), counts(registry));
    }

    @Test
    void aJobOfAKindWithoutTimesIsCountedOnly() {
        JobLifecycle labeling = JobLifecycle.observer(JobKind.DATA_LABELING_JOB);
        JobSnapshot job = JobSnapshot.of("projects/p/locations/l/dataLabelingJobs/7", JobState.SUCCEEDED);
        metrics.bindTo(registry);
        metrics.meter(labeling)
                .check(job.withCreateTime(NOON).withStartTime(NOON).withEndTime(NOON));
        assertEquals(1.0, counts(registry).get("checks change=appeared kind=DataLabelingJob mode=observer"));
    }

    @Test
    void whatAnAuthorityRefusesDoesNotEnd() {
        metrics.bindTo(registry);
        metrics.meter(OWNER).check(QUEUED, SUCCEEDED);
        assertEquals(
                0,
                registry.get("job.lifecycle.run")
                        .tag("state", "succeeded")
                        .timer()
                        .count());
    }

    @Test
    void whatAnObserverFindsIllegalHasEndedAllTheSame() {
        JobSnapshot failed = after(RUNNING, JobEvent.FAIL, 90);
        Verdict verdict = MIRROR.check(failed, SUCCEEDED);
        assertFalse(verdict.isLegal());
        metrics.bindTo(registry);
        metrics.meter(MIRROR).record(verdict, SUCCEEDED);
        assertEquals(
                1,
                registry.get("job.lifecycle.run")
                        .tag("state", "succeeded")
                        .timer()
                        .count());
    }

    @Test
    void timesThatCannotBeAreNotRecorded() {
        MeteredLifecycle mirror = metrics.meter(MIRROR);
        metrics.bindTo(registry);
        for (Instant start :
                List.of(Instant.MIN, Instant.MAX, NOON.plusSeconds(91), NOON.minus(Duration.ofDays(3654)))) {
            mirror.check(SUCCEEDED.withStartTime(start));
        }
        assertEquals(Duration.ZERO, total("run"));
        assertEquals(
                0,
                registry.get("job.lifecycle.run")
                        .tag("state", "succeeded")
                        .timer()
                        .count());
        mirror.check(SUCCEEDED.withStartTime(NOON.minus(Duration.ofDays(3652))));
        assertEquals(
                1,
                registry.get("job.lifecycle.run")
                        .tag("state", "succeeded")
                        .timer()
                        .count());
    }

    // Costs

    static List<MeterRegistry> registries() {
        return List.of(new SimpleMeterRegistry(), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }

    @ParameterizedTest
    @MethodSource("registries")
    void aLegalCheckAllocatesNothing(MeterRegistry any) {
        metrics.bindTo(any);
        for (Mode mode : Mode.values()) {
            MeteredLifecycle lifecycle = metrics.meter(mode == Mode.AUTHORITY ? OWNER : MIRROR);
            assertEquals(0, allocated(() -> lifecycle.check(QUEUED, RUNNING).isLegal()));
            assertEquals(0, allocated(() -> lifecycle.check(RUNNING).isLegal()));
        }
    }

    @Test
    void aCheckWithWhichAJobEndsAllocatesNothing() {
        metrics.bindTo(registry);
        MeteredLifecycle owner = metrics.meter(OWNER);
        assertEquals(0, allocated(() -> owner.check(RUNNING, SUCCEEDED).isLegal()));
    }

    /** The least that 10,000 calls allocate: the JVM compiles the code in its own time. */
    private static long allocated(BooleanSupplier call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 50 || (round < 5000 && least > 0); round++) {
            long start = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                if (!call.getAsBoolean()) {
                    throw new AssertionError();
                }
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - start);
        }
        return least;
    }

    // The example of the guide

    @Test
    void aPollerIsMetered() {
        JobSnapshot baseline = QUEUED;
        JobSnapshot observed = RUNNING;
        List<String> warnings = new ArrayList<>();
        // guide: metrics
        JobLifecycleMetrics metrics = new JobLifecycleMetrics();
        metrics.bindTo(registry); // any number of registries, before or after
        MeteredLifecycle mirror = metrics.meter(JobLifecycle.observer(JobKind.CUSTOM_JOB));

        AuditStep step = mirror.audit(baseline, observed); // the same answer, counted
        // end
        step.verdict().violations().forEach(violation -> warnings.add(violation.message()));
        assertEquals(List.of(), warnings);
        assertEquals(Map.of("checks change=stepped kind=CustomJob mode=observer", 1.0), counts(registry));
    }

    @Test
    void anAuditorIsMetered() {
        JobAuditor auditor = JobAuditor.observer();
        metrics.bindTo(registry);
        List<JobSnapshot> snapshots = List.of(QUEUED, RUNNING.withName("projects/p/locations/l/nasJobs/7"));
        // guide: metrics-auditor
        for (JobSnapshot snapshot : snapshots) {
            JobKind kind = JobKind.of(snapshot.name()).getOrElse(JobKind.TUNING_JOB);
            Verdict verdict = auditor.observe(kind, snapshot);
            metrics.meter(JobLifecycle.observer(kind)).record(verdict, snapshot);
        }
        // end
        assertEquals(
                Map.of(
                        "checks change=appeared kind=CustomJob mode=observer", 1.0,
                        "checks change=appeared kind=NasJob mode=observer", 1.0),
                counts(registry));
    }

    // Nulls

    @Test
    void aNullIsRefusedByItsNameAndCountsNothing() {
        metrics.bindTo(registry);
        MeteredLifecycle owner = metrics.meter(OWNER);
        Verdict verdict = OWNER.check(QUEUED);
        Map<String, Runnable> calls = Map.of(
                "registry", () -> metrics.bindTo(null),
                "lifecycle", () -> metrics.meter(null),
                "job", () -> owner.checkNew(null),
                "observed", () -> owner.audit(QUEUED, null),
                "event", () -> owner.apply(QUEUED, null, NOON),
                "verdict", () -> owner.record((Verdict) null),
                "change", () -> owner.record((Change) null, QUEUED),
                "after", () -> owner.record(verdict, null),
                "violations", () -> owner.recordRefusal(null));
        calls.forEach((name, call) -> assertEquals(
                name, assertThrows(NullPointerException.class, call::run).getMessage()));
        assertEquals(Map.of(), counts(registry));
    }

    @Test
    void anAuditAnswersTheBaselineToo() {
        AuditStep step = metrics.meter(MIRROR).audit(RUNNING, QUEUED);
        assertEquals(RUNNING, step.baseline());
    }
}
