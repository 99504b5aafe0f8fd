package org.joblifecycle.testkit.jqwik;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Stream;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Objects;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.testkit.History;
import org.joblifecycle.testkit.JobPath;
import org.joblifecycle.testkit.Lifecycles;
import org.joblifecycle.testkit.Met;
import org.joblifecycle.testkit.Mutant;
import org.joblifecycle.testkit.PollLog;
import org.joblifecycle.testkit.TextClass;
import org.joblifecycle.testkit.TimeClass;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Mode;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.transition.Violation;
import org.joblifecycle.tuning.ApiMessage;
import org.joblifecycle.tuning.OpenEnum;
import org.joblifecycle.tuning.SupervisedHyperParameters;
import org.joblifecycle.tuning.TuningJob;
import org.joblifecycle.tuning.rule.FieldRule;
import org.joblifecycle.tuning.rule.TuningJobRules;

// What 1000 tries of a property meet, as many as jqwik makes by default. The same values are drawn each time.
@Domain(JobDomain.class)
@PropertyDefaults(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
class ReachProperties {
    // Fails after the last try if one of those expected was not among those reached.
    private static <C> void reach(String label, Iterable<C> reached, Iterable<C> expected) {
        Met.of(label, reached).all(expected);
    }

    private static <E extends Enum<E>> void reach(Iterable<E> reached, Class<E> all) {
        reach(all.getSimpleName(), reached, List.of(all.getEnumConstants()));
    }

    private static void reachMessages(Seq<JobSnapshot> jobs) {
        reach(
                jobs.map(JobSnapshot::error)
                        .filter(Objects::nonNull)
                        .map(JobError::message)
                        .flatMap(TextClass::of),
                TextClass.class);
    }

    private static void reachTimes(JobSnapshot job) {
        Seq<Instant> times = List.of(job.createTime(), job.startTime(), job.endTime(), job.updateTime())
                .filter(Objects::nonNull);
        reach(times.flatMap(TimeClass::of), TimeClass.class);
    }

    @Property(seed = "1")
    @StatisticsReport(StatisticsReportMode.OFF)
    void historiesReachEveryEdgeInEachModeEachLifecycleAndAllMessages(@ForAll History history) {
        Mode mode = history.lifecycle().mode();
        Seq<Object> changes = history.lifecycle()
                .replay(history.snapshots())
                .map(Verdict::change)
                .map(change -> change instanceof Change.Stepped ? change : change.getClass());
        reach(
                "change of the " + mode,
                changes,
                List.of(JobTransition.values())
                        .<Object>map(Change.Stepped::new)
                        .append(Change.Amended.class)
                        .append(Change.Unchanged.class)
                        .appendAll(mode == Mode.OBSERVER ? List.of(Change.Skipped.class) : List.empty()));
        // An observer may see a step where the job took two: what the job took is its path.
        Met.of("edge in the " + mode, history.path().edges()).morePercentThan(0.3, List.of(JobTransition.values()));
        reach("lifecycle", List.of(history.lifecycle()), Lifecycles.all());
        reachMessages(history.snapshots());
    }

    @Property(seed = "2")
    @StatisticsReport(StatisticsReportMode.OFF)
    void mutantsReachEveryRuleAndFieldInEachModeEachLifecycleAndAllMessages(@ForAll Mutant mutant) {
        Mode mode = mutant.lifecycle().mode();
        Met.one("rule of the " + mode, mutant.rule()).morePercentThan(2, List.of(Rule.values()));
        reach("field of the " + mode, List.of(mutant.field()), List.of(JobField.values()));
        reach("lifecycle", List.of(mutant.lifecycle()), Lifecycles.all());
        reachMessages(mutant.snapshots());
    }

    @Property(seed = "3")
    @StatisticsReport(StatisticsReportMode.OFF)
    void jobsReachEveryStateAndKindAllTimesAndMessages(@ForAll JobSnapshot job) {
        reach(List.of(job.state()), JobState.class);
        reach(JobKind.of(job.name()), JobKind.class);
        reachTimes(job);
        reachMessages(List.of(job));
        Seq<JobField> fields = List.of(JobField.values());
        reach("set", fields.filter(field -> field.of(job) != null), fields);
        reach("absent", fields.filter(field -> field.of(job) == null), fields.drop(2));
    }

    @Property(seed = "4")
    @StatisticsReport(StatisticsReportMode.OFF)
    void anyJobsReachEveryStateAndKindEveryRuleOfASnapshotAllTimesAndMessages(@ForAll @AnyJob JobSnapshot job) {
        JobKind kind = JobKind.of(job.name()).get();
        reach(
                "rule",
                JobLifecycle.authority(kind).check(job).violations().map(Violation::rule),
                List.of(Rule.values()).filter(rule -> !rule.reads().isEmpty()));
        reach(List.of(job.state()), JobState.class);
        reach(List.of(kind), JobKind.class);
        reachTimes(job);
        reachMessages(List.of(job));
    }

    @Property(seed = "5")
    @StatisticsReport(StatisticsReportMode.OFF)
    void tuningJobsReachEveryStateAndUnknownFieldsAtAnyDepthInAnyPlace(@ForAll TuningJob job) {
        reach(job.snapshot().map(JobSnapshot::state).toList(), JobState.class);
        reach("depth of unknown fields", depthsOfUnknownFields(job, 0), List.of(0, 1, 2, 3));
        reachUnknownFieldsInAnyPlace(job);
        reach(Option.of(job.description()).toList().flatMap(TextClass::of), TextClass.class);
        reachTimes(job.snapshot().get());
        reach(
                "last field",
                List.of(job.members().last()._1()),
                TuningJob.TYPE.fields().map(Object::toString));
    }

    @Property(seed = "6")
    @StatisticsReport(StatisticsReportMode.OFF)
    void anyTuningJobsReachUnknownValuesOfEnumsUnknownFieldsAndEveryRuleOfAField(@ForAll @AnyJob TuningJob job) {
        SupervisedHyperParameters parameters = job.supervisedTuningSpec() == null
                ? null
                : job.supervisedTuningSpec().hyperParameters();
        reach("state", Stream.of(job.state()).filter(Objects::nonNull).map(ReachProperties::kind), KINDS);
        reach(
                "adapterSize",
                Stream.of(parameters == null ? null : parameters.get(SupervisedHyperParameters.ADAPTER_SIZE))
                        .filter(Objects::nonNull)
                        .map(ReachProperties::kind),
                KINDS);
        reach("depth of unknown fields", depthsOfUnknownFields(job, 0), List.of(0, 1, 2, 3));
        reachUnknownFieldsInAnyPlace(job);
        reach(
                "rule",
                TuningJobRules.check(job)
                        .appendAll(TuningJobRules.checkCreate(job))
                        .map(violation -> violation.rule()),
                List.of(FieldRule.values())
                        .removeAll(List.of(
                                FieldRule.OUTPUT_ONLY_CHANGED,
                                FieldRule.IMMUTABLE_CHANGED, // of updates
                                FieldRule.TEXT_NOT_UNICODE))); // nothing that can be written is that
    }

    private static final Seq<String> KINDS = List.of("known", "unknown text", "unknown number");

    private static String kind(OpenEnum<?> value) {
        return value.known().isDefined()
                ? "known"
                : value.toString().matches("-?\\d+") ? "unknown number" : "unknown text";
    }

    private static Seq<Integer> depthsOfUnknownFields(Object value, int depth) {
        if (value instanceof Seq<?> list) {
            return list.flatMap(element -> depthsOfUnknownFields(element, depth));
        }
        return value instanceof ApiMessage<?> message
                ? message.members()
                        .flatMap(member -> depthsOfUnknownFields(member._2(), depth + 1))
                        .appendAll(message.unknown().isEmpty() ? List.empty() : List.of(depth))
                : List.empty();
    }

    private static boolean hasUnknownFieldInAList(Object value) {
        if (value instanceof Seq<?> list) {
            return list.exists(element -> !depthsOfUnknownFields(element, 0).isEmpty());
        }
        return value instanceof ApiMessage<?> message
                && message.members().exists(member -> hasUnknownFieldInAList(member._2()));
    }

    // Without the fields that a job is told by, such as its source, which may be unknown too: they stay where they are.
    private static final Seq<String> ALTERNATIVES =
            TuningJob.SOURCE_MODEL.fields().appendAll(TuningJob.TUNING_SPEC.fields());

    private static void reachUnknownFieldsInAnyPlace(TuningJob job) {
        Seq<String> names = job.members().map(member -> member._1());
        reach(
                "unknown field",
                job.unknown()
                        .keySet()
                        .removeAll(ALTERNATIVES)
                        .toList()
                        .map(name ->
                                name.equals(names.head()) ? "first" : name.equals(names.last()) ? "last" : "between"),
                List.of("first", "between", "last"));
        reach("unknown field in a list", List.of(hasUnknownFieldInAList(job)), List.of(true));
    }

    @Property(seed = "7")
    @StatisticsReport(StatisticsReportMode.OFF)
    void pollLogsReachAllThatPollersMeet(@ForAll PollLog log) {
        Seq<PollLog.Poll> polls = log.polls();
        Seq<Verdict> verdicts = log.lifecycle().replay(polls.map(PollLog.Poll::job));
        reach(
                "change",
                verdicts.map(verdict -> verdict.change().getClass().getSimpleName()),
                List.of("Appeared", "Stepped", "Skipped", "Amended", "Unchanged", "Stale"));
        reach(
                "poll",
                polls.zip(polls.tail()).flatMap(pair -> {
                    JobSnapshot before = pair._1().job();
                    JobSnapshot job = pair._2().job();
                    return Stream.of(
                            job.equals(before) ? "repeated" : "",
                            pair._2().report().isEmpty() ? "" : "stale",
                            job.updateTime() == null ? "in part" : "",
                            JobArbitrariesProperties.isCut(job) ? "cut" : "");
                }),
                List.of("repeated", "stale", "in part", "cut"));
        reach("kind", List.of(log.lifecycle().kind()), List.of(JobKind.values()));
    }

    @Property(seed = "8")
    @StatisticsReport(StatisticsReportMode.OFF)
    void eventsReachEveryEdgeAndEventsThatAreNotPermittedInEveryState(@ForAll Seq<JobEvent> events) {
        Seq<Object> met = List.empty();
        JobState state = JobState.UNSPECIFIED;
        for (JobEvent event : events) {
            JobTransition edge = JobTransition.on(state, event).getOrNull();
            met = met.append(edge == null ? "not permitted in " + state : edge);
            state = edge == null ? state : edge.target();
        }
        reach("all permitted", List.of(met.forAll(JobTransition.class::isInstance)), List.of(true, false));
        reach(
                "event",
                met,
                List.of(JobTransition.values())
                        .<Object>map(edge -> edge)
                        .appendAll(List.of(JobState.values()).map(each -> "not permitted in " + each)));
    }

    @Property(seed = "9")
    @StatisticsReport(StatisticsReportMode.OFF)
    void theOthersReachAllThatTheyPromise(
            @ForAll JobLifecycle lifecycle,
            @ForAll JobPath path,
            @ForAll JobError error,
            @ForAll Instant time,
            @ForAll @JobName String name) {
        reach("lifecycle", List.of(lifecycle), Lifecycles.all());
        reach(path.edges(), JobTransition.class);
        reach("code", List.of(error.code()), List.rangeClosed(1, 16));
        reach(TextClass.of(error.message()), TextClass.class);
        reach(TimeClass.of(time), TimeClass.class);
        reach(JobKind.of(name), JobKind.class);
    }
}
