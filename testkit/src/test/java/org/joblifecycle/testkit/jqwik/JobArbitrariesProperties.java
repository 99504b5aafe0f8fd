package org.joblifecycle.testkit.jqwik;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.testkit.History;
import org.joblifecycle.testkit.JobPath;
import org.joblifecycle.testkit.Lifecycles;
import org.joblifecycle.testkit.Mutant;
import org.joblifecycle.testkit.PollLog;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Mode;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.transition.Violation;
import org.joblifecycle.tuning.RpcStatus;
import org.joblifecycle.tuning.TuningJob;
import org.joblifecycle.tuning.rule.TuningJobLifecycle;
import org.joblifecycle.tuning.rule.TuningJobRules;

class JobArbitrariesProperties {
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    record LegalJob(JobLifecycle lifecycle, JobState state, JobSnapshot job) {}

    @Provide
    Arbitrary<LegalJob> legalJobs() {
        List<Arbitrary<LegalJob>> each = new ArrayList<>();
        for (JobLifecycle lifecycle : Lifecycles.all()) {
            for (JobState state : JobState.values()) {
                each.add(JobArbitraries.of(lifecycle).jobs(state).map(job -> new LegalJob(lifecycle, state, job)));
            }
        }
        return Arbitraries.oneOf(each);
    }

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.MIXIN)
    void aJobIsInItsStateAndBreaksNoRule(@ForAll("legalJobs") LegalJob legal) {
        Verdict verdict = legal.lifecycle().check(legal.job());

        assertTrue(verdict.isLegal(), verdict::toString);
        assertEquals(legal.state(), legal.job().state());
        assertEquals(LAST, legal.job().notBefore(LAST));
        assertEquals(Option.of(legal.lifecycle().kind()), JobKind.of(legal.job().name()));
    }

    @Property(tries = 3_000, seed = "1", edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReportMode.OFF)
    void aJobHasItsOptionalFieldsOrNot(@ForAll("legalJobs") LegalJob legal) {
        JobSnapshot job = legal.job();
        JobKind kind = legal.lifecycle().kind();
        boolean isObserver = legal.lifecycle().mode() == Mode.OBSERVER;
        Statistics.label("createTime").collect(job.state() == JobState.UNSPECIFIED, job.createTime() != null);
        Statistics.label("startTime").collect(kind.hasStartTime(), job.state(), job.startTime() != null);
        Statistics.label("endTime").collect(isObserver, kind, job.state(), job.endTime() != null);
        Statistics.label("error").collect(kind, job.state(), job.error() != null);
        Statistics.label("cut").collect(isObserver, isCut(job));
        for (boolean isThere : List.of(true, false)) {
            Statistics.label("createTime")
                    .coverage(coverage -> coverage.check(true, isThere).count(count -> count > 0));
            Statistics.label("startTime").coverage(coverage -> {
                for (JobState state :
                        List.of(JobState.QUEUED, JobState.PENDING, JobState.CANCELLING, JobState.FAILED)) {
                    coverage.check(true, state, isThere).count(count -> count > 0);
                }
            });
            Statistics.label("endTime")
                    .coverage(coverage -> coverage.check(true, JobKind.CUSTOM_JOB, JobState.EXPIRED, isThere)
                            .count(count -> count > 0));
            Statistics.label("error").coverage(coverage -> {
                coverage.check(JobKind.NAS_JOB, JobState.FAILED, isThere).count(count -> count > 0);
                coverage.check(JobKind.NAS_JOB, JobState.CANCELLED, isThere).count(count -> count > 0);
                coverage.check(JobKind.NOTEBOOK_EXECUTION_JOB, JobState.SUCCEEDED, isThere)
                        .count(count -> count > 0);
            });
        }
        Statistics.label("cut").coverage(coverage -> {
            coverage.check(true, true).count(count -> count > 0);
            coverage.check(false, true).count(count -> count == 0);
        });
    }

    // A startTime in whole seconds that is before the createTime: nothing but cutting makes one.
    static boolean isCut(JobSnapshot job) {
        return job.startTime() != null
                && job.createTime() != null
                && job.startTime().isBefore(job.createTime());
    }

    record LegalTuningJob(JobLifecycle lifecycle, TuningJob job) {}

    @Provide
    Arbitrary<LegalTuningJob> tuningJobs() {
        return Arbitraries.oneOf(
                legalTuningJobs(JobLifecycle.authority(JobKind.TUNING_JOB)),
                legalTuningJobs(JobLifecycle.observer(JobKind.TUNING_JOB)));
    }

    private static Arbitrary<LegalTuningJob> legalTuningJobs(JobLifecycle lifecycle) {
        return JobArbitraries.of(lifecycle).tuningJobs().map(job -> new LegalTuningJob(lifecycle, job));
    }

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReportMode.OFF)
    void aTuningJobBreaksNoRuleOfTheLifecycleOrOfAField(@ForAll("tuningJobs") LegalTuningJob legal) {
        TuningJob job = legal.job();

        TuningJobLifecycle whole = TuningJobLifecycle.of(legal.lifecycle());
        assertEquals(io.vavr.collection.List.empty(), whole.check(job).findings());
        assertEquals(io.vavr.collection.List.empty(), whole.checkCreate(job.withoutOutputOnly()));
        TuningJob.TYPE.fields().forEach(field -> Statistics.label("has").collect(field.wireName(), job.has(field)));
        Statistics.label("details")
                .collect(job.error() != null
                        && !job.error().all(RpcStatus.DETAILS).isEmpty());
        Statistics.label("labels")
                .collect(job.labels().keySet().exists(key -> !key.chars().allMatch(c -> c < 128)));
        Statistics.label("model")
                .collect(TuningJob.SOURCE_MODEL.in(job).keySet().mkString());
        Statistics.label("dataset")
                .collect(job.supervisedTuningSpec().trainingDatasetUri().split("/", 2)[0]);
        for (String model : TuningJob.SOURCE_MODEL.fields()) {
            Statistics.label("model").coverage(coverage -> coverage.check(model).count(count -> count > 100));
        }
        for (String start : List.of("gs:", "projects")) {
            Statistics.label("dataset")
                    .coverage(coverage -> coverage.check(start).count(count -> count > 100));
        }
        Statistics.label("has").coverage(coverage -> {
            TuningJob.TYPE
                    .fields()
                    .forEach(field -> coverage.check(field.wireName(), true).count(count -> count > 20));
            List.of(TuningJob.TUNED_MODEL, TuningJob.EXPERIMENT, TuningJob.DESCRIPTION, TuningJob.LABELS)
                    .forEach(field -> coverage.check(field.wireName(), false).count(count -> count > 20));
        });
        Statistics.label("details").coverage(coverage -> coverage.check(true).count(count -> count > 5));
        Statistics.label("labels").coverage(coverage -> coverage.check(true).count(count -> count > 100));
    }

    @Provide
    Arbitrary<Seq<JobSnapshot>> anyHistories() {
        return JobArbitraries.of(JobLifecycle.authority(JobKind.TUNING_JOB)).anyHistories();
    }

    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReportMode.OFF)
    void anyHistoryMayBreakAnyRuleButThatOfTheName(@ForAll("anyHistories") Seq<JobSnapshot> snapshots) {
        Seq<Violation> violations =
                JobLifecycle.authority(JobKind.TUNING_JOB).replay(snapshots).flatMap(Verdict::violations);
        violations.forEach(violation -> Statistics.label("rule").collect(violation.rule()));
        Statistics.label("number").collect(Math.min(2, violations.size()));
        Statistics.label("rule").coverage(coverage -> {
            for (Rule rule : Rule.values()) {
                coverage.check(rule).count(count -> (count > 0) == (rule != Rule.NAME_CHANGED));
            }
        });
        Statistics.label("number").coverage(coverage -> {
            for (int number : new int[] {0, 1, 2}) {
                coverage.check(number).percentage(share -> share > 3);
            }
        });
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Domain(JobDomain.class)
    void whatTheDomainDrawsIsLegal(
            @ForAll PollLog log,
            @ForAll JobPath path,
            @ForAll JobSnapshot job,
            @ForAll TuningJob tuningJob,
            @ForAll JobError error,
            @ForAll @JobName String name) {
        assertEquals(Mode.OBSERVER, log.lifecycle().mode());
        assertEquals(JobState.UNSPECIFIED, path.source());
        assertTrue(
                JobLifecycle.observer(JobKind.of(job.name()).get()).check(job).isLegal());
        assertEquals(io.vavr.collection.List.empty(), TuningJobRules.check(tuningJob));
        assertTrue(error.isErrorCode());
        assertTrue(JobKind.of(name).isDefined(), name);
    }

    static final class CustomJobs extends JobDomain {
        CustomJobs() {
            super(JobLifecycle.authority(JobKind.CUSTOM_JOB));
        }
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    @Domain(CustomJobs.class)
    @Domain(DomainContext.Global.class)
    void aSubclassOfTheDomainIsNarrower(
            @ForAll History history,
            @ForAll Mutant mutant,
            @ForAll PollLog log,
            @ForAll @AnyJob JobSnapshot anyJob,
            @ForAll @JobName String name,
            @ForAll int number,
            @ForAll String text) {
        assertEquals(Option.of(JobKind.CUSTOM_JOB), JobKind.of(name));
        assertEquals(Option.of(JobKind.CUSTOM_JOB), JobKind.of(anyJob.name()));
        Statistics.label("text is a name").collect(JobKind.of(text).isDefined());
        Statistics.label("text is a name")
                .coverage(coverage -> coverage.check(true).count(count -> count == 0));
        assertEquals(JobLifecycle.authority(JobKind.CUSTOM_JOB), history.lifecycle());
        assertEquals(JobLifecycle.authority(JobKind.CUSTOM_JOB), mutant.lifecycle());
        assertEquals(JobLifecycle.observer(JobKind.CUSTOM_JOB), log.lifecycle());
    }

    @Provide
    Arbitrary<Mutant> lateEndings() {
        return JobArbitraries.of(JobLifecycle.observer(JobKind.NAS_JOB)).mutants(Rule.END_TIME_REQUIRED);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void mutantsOfOneRuleCanBeAskedFor(@ForAll("lateEndings") Mutant mutant) {
        assertEquals(Rule.END_TIME_REQUIRED, mutant.rule());
    }

    @Example
    void whatALifecycleDoesNotHaveIsRefused() {
        JobArbitraries notebooks = JobArbitraries.of(JobLifecycle.authority(JobKind.NOTEBOOK_EXECUTION_JOB));

        assertEquals(
                "the authority of NOTEBOOK_EXECUTION_JOB does not have the rule error-changed",
                assertThrows(IllegalArgumentException.class, () -> notebooks.mutants(Rule.ERROR_CHANGED))
                        .getMessage());
        assertEquals(
                "the lifecycle is that of an authority of NOTEBOOK_EXECUTION_JOB: expected one of TUNING_JOB",
                assertThrows(IllegalArgumentException.class, notebooks::tuningJobs)
                        .getMessage());
        JobArbitraries blind =
                JobArbitraries.of(JobLifecycle.observer(JobKind.NAS_JOB).without(Rule.UPDATE_TIME_REGRESSED));
        assertEquals(
                "an observer of NAS_JOB without update-time-regressed does not report stale snapshots: expected one with"
                        + " update-time-regressed",
                assertThrows(IllegalArgumentException.class, blind::pollLogs).getMessage());
    }
}
