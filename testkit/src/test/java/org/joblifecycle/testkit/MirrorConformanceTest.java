package org.joblifecycle.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.HashSet;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.AuditStep;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MirrorConformanceTest {
    private static final JobLifecycle OBSERVER = MirrorFaults.OBSERVER;

    private static class Able extends ReferenceMirror {
        private final Set<MirrorCapability> capabilities;

        Able(JobLifecycle observer, Set<MirrorCapability> capabilities) {
            super(observer);
            this.capabilities = capabilities;
        }

        @Override
        public Set<MirrorCapability> capabilities() {
            return capabilities;
        }
    }

    private static class Cuts extends ReferenceMirror {
        private final ChronoUnit declared;

        Cuts(ChronoUnit declared) {
            super(OBSERVER);
            this.declared = declared;
        }

        @Override
        public Set<Rule> observe(String name, JobSnapshot observed) {
            return super.observe(name, observed.truncatedTo(ChronoUnit.MICROS));
        }

        @Override
        public ChronoUnit precision() {
            return declared;
        }
    }

    private static ConformanceReport run(JobLifecycle observer) {
        return MirrorConformance.of(observer, () -> new ReferenceMirror(observer))
                .run(100, 1);
    }

    private static void assertPassed(ConformanceReport report) {
        assertTrue(report.isPassed(), report::toString);
    }

    private static Seq<String> reasons(ConformanceReport report) {
        return report.results(Check.Outcome.NOT_TESTED)
                .map(Check.Result::reason)
                .distinct();
    }

    @ParameterizedTest
    @EnumSource
    void aCorrectMirrorOfEachKindPasses(JobKind kind) {
        ConformanceReport report = run(JobLifecycle.observer(kind));

        assertPassed(report);
        assertEquals(List.empty(), reasons(report).toList());
    }

    static Seq<Set<MirrorCapability>> capabilities() {
        return List.of(MirrorCapability.values()).combinations().map(each -> each.toJavaSet());
    }

    @ParameterizedTest
    @MethodSource("capabilities")
    void whatIsNotDeclaredIsNotTested(Set<MirrorCapability> declared) {
        ConformanceReport report = MirrorConformance.of(OBSERVER, () -> new Able(OBSERVER, declared) {
                    @Override
                    public Set<Rule> observe(String name, JobSnapshot observed) {
                        Set<Rule> warned = super.observe(name, observed);
                        return declared.contains(MirrorCapability.WARNS) ? warned : null;
                    }

                    @Override
                    public java.util.List<JobState> notices(String name) {
                        assertTrue(declared.contains(MirrorCapability.NOTIFIES), "notices were asked for");
                        return super.notices(name);
                    }
                })
                .run(20, 1);

        assertPassed(report);
        assertEquals(
                HashSet.of(MirrorCapability.values())
                        .removeAll(declared)
                        .map(capability -> "the mirror does not declare " + capability),
                reasons(report).toSet());
    }

    static Seq<Set<Rule>> excluded() {
        return List.of(
                Set.of(Rule.UPDATE_TIME_REGRESSED),
                Set.of(Rule.NAME_CHANGED),
                Set.of(Rule.END_TIME_REQUIRED, Rule.ERROR_CODE_INVALID, Rule.START_TIME_CHANGED),
                EnumSet.complementOf(EnumSet.of(Rule.TRANSITION_ILLEGAL)));
    }

    @ParameterizedTest
    @MethodSource("excluded")
    void anObserverMayExcludeRules(Set<Rule> excluded) {
        JobLifecycle observer = JobLifecycle.observer(JobKind.CUSTOM_JOB).without(excluded.toArray(Rule[]::new));
        ConformanceReport report = run(observer);

        assertPassed(report);
        assertEquals(
                excluded.contains(Rule.NAME_CHANGED)
                        ? List.of("the lifecycle of the observer excludes name-changed")
                        : List.empty(),
                reasons(report).toList());
    }

    @Test
    void aStaleObservationNeedNotBeWarnedOf() {
        assertPassed(MirrorConformance.of(OBSERVER, () -> new ReferenceMirror(OBSERVER) {
                    @Override
                    protected Set<Rule> warnings(AuditStep step) {
                        return step.verdict().change() instanceof Change.Stale ? Set.of() : super.warnings(step);
                    }
                })
                .run(100, 1));
    }

    @Test
    void aMirrorThatKeepsJobsByTheNameInTheAnswerPassesWithoutNameChanged() {
        JobLifecycle observer = OBSERVER.without(Rule.NAME_CHANGED);

        assertPassed(MirrorConformance.of(observer, () -> new ReferenceMirror(observer) {
                    @Override
                    protected String key(String name, JobSnapshot observed) {
                        return observed.name();
                    }
                })
                .run(100, 1));
    }

    @Test
    void noAnswerHasFinerTimesThanTheMirrorKeeps() {
        assertPassed(MirrorConformance.of(OBSERVER, () -> new Cuts(ChronoUnit.MICROS))
                .run(100, 1));
        assertFalse(MirrorConformance.of(OBSERVER, () -> new Cuts(ChronoUnit.NANOS))
                .run()
                .isPassed());
    }

    @Test
    void itMayBeTheSameMirrorForAllChecks() {
        ReferenceMirror mirror = new ReferenceMirror(OBSERVER);

        assertPassed(MirrorConformance.of(OBSERVER, () -> mirror).run(100, 1));
        assertPassed(MirrorConformance.of(OBSERVER, () -> mirror).run(100, 1));
    }

    @Test
    void everyMirrorIsClosed() {
        AtomicInteger open = new AtomicInteger();
        MirrorConformance.of(OBSERVER, () -> {
                    open.incrementAndGet();
                    return new ReferenceMirror(OBSERVER) {
                        @Override
                        public void close() {
                            open.decrementAndGet();
                        }
                    };
                })
                .run(10, 1);

        assertEquals(0, open.get());
    }

    @Test
    void theChecksAreAlwaysTheSameAndEachHasANameOfItsOwn() {
        MirrorConformance conformance = MirrorConformance.of(OBSERVER, () -> new ReferenceMirror(OBSERVER));
        Seq<String> names = conformance.checks().map(Check::toString);

        assertEquals(names, conformance.checks().map(Check::toString));
        assertEquals(names, names.distinct());
        assertTrue(
                names.contains(
                        "warned: every rule: rule-warned, end-time-required: RUNNING -> SUCCEEDED: state SUCCEEDED"),
                names::toString);
        assertTrue(names.size() < 1500, () -> names.size() + " checks");
    }

    @Test
    void whatComesAfterAFaultIsNotTested() {
        ConformanceReport report = MirrorConformance.of(OBSERVER, () -> new ReferenceMirror(OBSERVER) {
                    @Override
                    protected void keep(String key, JobSnapshot observed, AuditStep step) {
                        if (observed.state() != JobState.QUEUED) {
                            super.keep(key, observed, step);
                        }
                    }
                })
                .run();

        assertEquals(
                Check.Outcome.NOT_TESTED,
                report.results()
                        .find(result -> result.check().name().equals("observation-kept, QUEUED -> RUNNING"))
                        .get()
                        .outcome());
        assertTrue(reasons(report)
                .head()
                .startsWith(
                        "the setup failed: observation-kept, first observed QUEUED: the observation has to be kept: "));
    }

    @Test
    void anAuthorityIsNoObserver() {
        JobLifecycle authority = JobLifecycle.authority(JobKind.CUSTOM_JOB);

        assertEquals(
                "the lifecycle is that of an authority of CUSTOM_JOB: expected an observer's",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> MirrorConformance.of(authority, () -> new ReferenceMirror(OBSERVER)))
                        .getMessage());
    }

    @Test
    void whatAMirrorSaysOfItselfHasToMakeSense() {
        assertThrows(
                IllegalArgumentException.class,
                () -> MirrorConformance.of(OBSERVER, () -> new Cuts(ChronoUnit.MINUTES)));
        assertThrows(
                NullPointerException.class,
                () -> MirrorConformance.of(OBSERVER, () -> new Able(OBSERVER, Collections.singleton(null))));
        assertThrows(
                IllegalArgumentException.class,
                () -> MirrorConformance.of(OBSERVER, () -> new ReferenceMirror(OBSERVER))
                        .pollLogs(-1, 1));
    }

    @Test
    void noPollLogsAreNotTested() {
        MirrorConformance conformance = MirrorConformance.of(OBSERVER, () -> new ReferenceMirror(OBSERVER));

        assertEquals(Check.Outcome.NOT_TESTED, conformance.pollLogs(0, 1).run().outcome());
    }
}
