package org.joblifecycle.testkit.jqwik;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
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
import org.joblifecycle.testkit.Met;
import org.joblifecycle.testkit.Mutant;
import org.joblifecycle.testkit.PollLog;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Mode;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.transition.Violation;
import org.joblifecycle.tuning.ApiField;
import org.joblifecycle.tuning.RpcStatus;
import org.joblifecycle.tuning.TuningJob;
import org.joblifecycle.tuning.rule.FieldRule;
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

    @Property(tries = 10_000, edgeCases = EdgeCasesMode.MIXIN)
    @StatisticsReport(StatisticsReportMode.OFF)
    void aJobIsInItsStateBreaksNoRuleAndHasItsOptionalFieldsOrNot(@ForAll("legalJobs") LegalJob legal) {
        JobSnapshot job = legal.job();
        JobState state = job.state();
        JobLifecycle lifecycle = legal.lifecycle();
        JobKind kind = lifecycle.kind();
        Verdict verdict = lifecycle.check(job);

        assertTrue(verdict.isLegal(), verdict::toString);
        assertEquals(legal.state(), state);
        assertEquals(LAST, job.notBefore(LAST));
        assertEquals(Option.of(kind), JobKind.of(job.name()));
        Met.one("state", Tuple.of(lifecycle, state)).all(EACH_STATE_OF_EACH_LIFECYCLE);
        Met.one("createTime", Tuple.of(state, job.createTime() != null)).all(eachOrNot(List.of(JobState.UNSPECIFIED)));
        Met.one("startTime", Tuple.of(kind.hasStartTime(), state, job.startTime() != null))
                .all(eachOrNot(List.of(JobState.QUEUED, JobState.PENDING, JobState.CANCELLING, JobState.FAILED))
                        .map(each -> Tuple.of(true, each.get1(), each.get2())));
        Met.one("endTime", Tuple.of(lifecycle, Tuple.of(state, job.endTime() != null)))
                .all(eachOrNot(List.of(JobState.EXPIRED))
                        .map(each -> Tuple.of(JobLifecycle.observer(JobKind.CUSTOM_JOB), each)));
        Met.one("updateTime", job.updateTime() != null).all(List.of(true, false));
        Met.one("error", Tuple.of(Tuple.of(kind, state), job.error() != null))
                .all(eachOrNot(List.of(
                        Tuple.of(JobKind.NAS_JOB, JobState.FAILED),
                        Tuple.of(JobKind.NAS_JOB, JobState.CANCELLED),
                        Tuple.of(JobKind.NOTEBOOK_EXECUTION_JOB, JobState.SUCCEEDED))));
        Met.one("cut", Tuple.of(lifecycle.mode(), isCut(job)))
                .all(List.of(Tuple.of(Mode.OBSERVER, true)))
                .none(List.of(Tuple.of(Mode.AUTHORITY, true)));
    }

    private static final Seq<Tuple.Tuple2<JobLifecycle, JobState>> EACH_STATE_OF_EACH_LIFECYCLE = Lifecycles.all()
            .flatMap(lifecycle -> Vector.of(JobState.values()).map(state -> Tuple.of(lifecycle, state)));

    // Each with the field and without.
    private static <T> Seq<Tuple.Tuple2<T, Boolean>> eachOrNot(List<T> all) {
        return Vector.ofAll(all).flatMap(each -> List.of(Tuple.of(each, true), Tuple.of(each, false)));
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
        Seq<ApiField<TuningJob, ?>> fields = TuningJob.TYPE.fields();
        Met.of("has", fields.map(field -> Tuple.of(field.wireName(), job.has(field))))
                .moreThan(20, fields.map(field -> Tuple.of(field.wireName(), true)))
                .moreThan(
                        20,
                        Vector.of(TuningJob.TUNED_MODEL, TuningJob.EXPERIMENT, TuningJob.DESCRIPTION, TuningJob.LABELS)
                                .map(field -> Tuple.of(field.wireName(), false)));
        boolean hasDetails =
                job.error() != null && !job.error().all(RpcStatus.DETAILS).isEmpty();
        Met.one("details", hasDetails).moreThan(5, List.of(true));
        boolean hasOtherLetters =
                job.labels().keySet().exists(key -> !key.chars().allMatch(c -> c < 128));
        Met.one("labels", hasOtherLetters).moreThan(100, List.of(true));
        Met.one("model", TuningJob.SOURCE_MODEL.in(job).keySet().mkString())
                .moreThan(100, TuningJob.SOURCE_MODEL.fields());
        String dataset = job.supervisedTuningSpec().trainingDatasetUri();
        Met.one("dataset", dataset.split("/", 2)[0]).moreThan(100, List.of("gs:", "projects"));
    }

    @Provide
    Arbitrary<TuningJob> anyTuningJobs() {
        return JobArbitraries.anyTuningJobs();
    }

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReportMode.OFF)
    void anyTuningJobMayBreakRulesOfFields(@ForAll("anyTuningJobs") TuningJob job) {
        Seq<FieldRule> rules = Vector.of(FieldRule.values());
        Seq<FieldRule> ofChanges = Vector.of(FieldRule.OUTPUT_ONLY_CHANGED, FieldRule.IMMUTABLE_CHANGED);
        Seq<FieldRule> rare =
                Vector.of(FieldRule.DISPLAY_NAME_TOO_LONG, FieldRule.LABEL_TOO_LONG, FieldRule.TEXT_NOT_UNICODE);
        Seq<FieldRule> broken = TuningJobRules.checkCreate(job)
                .appendAll(TuningJobRules.check(job))
                .map(violation -> violation.rule());
        Met.of("rule", broken).all(rules.removeAll(ofChanges).removeAll(rare)).none(ofChanges);
    }

    @Provide
    Arbitrary<Tuple.Tuple2<JobLifecycle, JobSnapshot>> anyJobs() {
        return Combinators.combine(JobArbitraries.lifecycles(), JobArbitraries.anyJobs())
                .as(Tuple::of);
    }

    @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReportMode.OFF)
    void anyJobMayBreakAnyRuleOfASnapshot(@ForAll("anyJobs") Tuple.Tuple2<JobLifecycle, JobSnapshot> any) {
        Seq<Rule> rules = Vector.of(Rule.values());
        Met.of("rule", any.get1().check(any.get2()).violations().map(Violation::rule))
                .all(rules.filter(rule -> !rule.reads().isEmpty()))
                .none(rules.filter(rule -> rule.reads().isEmpty()));
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

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    @Domain(JobDomain.class)
    @StatisticsReport(StatisticsReportMode.OFF)
    void theDomainDrawsEverything(
            @ForAll JobLifecycle lifecycle,
            @ForAll History history,
            @ForAll Mutant mutant,
            @ForAll PollLog log,
            @ForAll JobPath path,
            @ForAll Seq<JobEvent> events,
            @ForAll JobSnapshot job,
            @ForAll TuningJob tuningJob,
            @ForAll JobError error,
            @ForAll Instant time,
            @ForAll @JobName String name) {
        assertTrue(error.isErrorCode());
        assertEquals(io.vavr.collection.List.empty(), TuningJobRules.check(tuningJob));
        assertTrue(JobKind.of(name).isDefined(), name);
        assertEquals(Mode.OBSERVER, log.lifecycle().mode());
        assertEquals(JobState.UNSPECIFIED, path.source());
        assertTrue(
                JobLifecycle.observer(JobKind.of(job.name()).get()).check(job).isLegal());
        boolean isWhole = time.equals(time.truncatedTo(ChronoUnit.SECONDS));
        Met.one("fraction", isWhole).morePercentThan(10, List.of(true, false));
        Met.of("edge", path.edges()).morePercentThan(0.3, List.of(JobTransition.values()));
        Met.one("legal events", isPath(events)).morePercentThan(10, List.of(true, false));
        Met.one("lifecycle", lifecycle).all(Lifecycles.all());
    }

    private static boolean isPath(Seq<JobEvent> events) {
        Option<JobState> state = Option.of(JobState.UNSPECIFIED);
        for (JobEvent event : events) {
            state = state.flatMap(at -> JobTransition.on(at, event)).map(JobTransition::target);
        }
        return state.isDefined();
    }

    static final class CustomJobs extends JobDomain {
        CustomJobs() {
            super(JobLifecycle.authority(JobKind.CUSTOM_JOB));
        }
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    @Domain(CustomJobs.class)
    @Domain(DomainContext.Global.class)
    @StatisticsReport(StatisticsReportMode.OFF)
    void aSubclassOfTheDomainIsNarrower(
            @ForAll JobLifecycle lifecycle,
            @ForAll History history,
            @ForAll Mutant mutant,
            @ForAll PollLog log,
            @ForAll JobSnapshot job,
            @ForAll @AnyJob JobSnapshot anyJob,
            @ForAll @JobName String name,
            @ForAll int number,
            @ForAll String text) {
        assertEquals(Option.of(JobKind.CUSTOM_JOB), JobKind.of(name));
        assertEquals(Option.of(JobKind.CUSTOM_JOB), JobKind.of(job.name()));
        assertEquals(Option.of(JobKind.CUSTOM_JOB), JobKind.of(anyJob.name()));
        Met.one("any job is legal", lifecycle.check(anyJob).isLegal()).all(List.of(true, false));
        Met.one("text is a name", JobKind.of(text).isDefined()).none(List.of(true));
        assertEquals(JobLifecycle.authority(JobKind.CUSTOM_JOB), lifecycle);
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
