package org.joblifecycle.transition;

import static org.joblifecycle.transition.Snapshots.T0;

import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;

/** What the enumerations show over bounded spaces, shown over random ones. */
class LifecycleProperties {
    @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void everyFirstSnapshotBreaksTheRulesOfTheSpecification(
            @ForAll JobKind kind, @ForAll Mode mode, @ForAll("jobs") JobSnapshot job) {
        new Agreement(kind, mode).onCheck(null, job);
    }

    @Property(tries = 20_000, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void everyUpdateBreaksTheRulesOfTheSpecification(
            @ForAll JobKind kind, @ForAll Mode mode, @ForAll("updates") List<JobSnapshot> update) {
        NaiveLifecycle.Answer answer = new Agreement(kind, mode).onCheck(update.get(0), update.get(1));
        for (Rule rule : Rule.values()) {
            boolean broken = answer.broken().contains(rule);
            Statistics.label(rule.id()).collect(broken, mode).coverage(coverage -> {
                for (Mode each : Mode.values()) {
                    coverage.check(true, each).count(count -> count > 0);
                    coverage.check(false, each).count(count -> count > 0);
                }
            });
        }
        Statistics.label("kind").collect(kind, mode).coverage(coverage -> {
            for (JobKind each : JobKind.values()) {
                coverage.check(each, Mode.AUTHORITY).count(count -> count > 0);
                coverage.check(each, Mode.OBSERVER).count(count -> count > 0);
            }
        });
        Statistics.label("change").collect(answer.change().getClass(), mode).coverage(coverage -> {
            for (Class<?> change : Change.class.getPermittedSubclasses()) {
                boolean ofObserver = change == Change.Skipped.class || change == Change.Stale.class;
                boolean ofFirst = change == Change.Appeared.class;
                coverage.check(change, Mode.OBSERVER).count(count -> ofFirst == (count == 0));
                coverage.check(change, Mode.AUTHORITY).count(count -> (ofFirst || ofObserver) == (count == 0));
            }
        });
    }

    @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void everyEventDoesWhatTheSpecificationSays(
            @ForAll JobKind kind,
            @ForAll Mode mode,
            @ForAll JobTransition edge,
            @ForAll("jobs") JobSnapshot job,
            @ForAll("times") Instant now,
            @ForAll("errors") JobError error) {
        Agreement agreement = new Agreement(kind, mode);
        JobSnapshot before = job.withState(edge.source());
        agreement.onApply(before, edge.event(), now, error);
        NaiveLifecycle.Applied applied = agreement.onApply(before, edge.event(), before.notBefore(now), null);
        Statistics.label("applied").collect(applied.job() != null, edge).coverage(coverage -> {
            for (JobTransition each : JobTransition.values()) {
                coverage.check(true, each).count(count -> count > 0);
                coverage.check(false, each).count(count -> count > 0);
            }
        });
    }

    @Provide
    Arbitrary<List<JobSnapshot>> updates() {
        Arbitrary<List<JobSnapshot>> unrelated = jobs().list().ofSize(2);
        Arbitrary<List<JobSnapshot>> related = Combinators.combine(
                        jobs(), jobs(), Arbitraries.integers().between(0, 127))
                .as((before, other, fields) -> List.of(before, mixed(before, other, fields)));
        return Arbitraries.frequencyOf(Tuple.of(1, unrelated), Tuple.of(3, related));
    }

    /** The one job with some of the fields of the other one: a bit a field. */
    private static JobSnapshot mixed(JobSnapshot one, JobSnapshot other, int fields) {
        JobSnapshot mixed = one;
        mixed = (fields & 1) == 0 ? mixed : mixed.withName(other.name());
        mixed = (fields & 2) == 0 ? mixed : mixed.withState(other.state());
        mixed = (fields & 4) == 0 ? mixed : mixed.withCreateTime(other.createTime());
        mixed = (fields & 8) == 0 ? mixed : mixed.withStartTime(other.startTime());
        mixed = (fields & 16) == 0 ? mixed : mixed.withEndTime(other.endTime());
        mixed = (fields & 32) == 0 ? mixed : mixed.withUpdateTime(other.updateTime());
        return (fields & 64) == 0 ? mixed : mixed.withError(other.error());
    }

    @Provide
    Arbitrary<JobSnapshot> jobs() {
        Arbitrary<Instant> times = times().injectNull(0.3);
        return Combinators.combine(
                        Arbitraries.of("", "tuningJobs/1", "tuningJobs/2"),
                        Arbitraries.of(JobState.class),
                        times,
                        times,
                        times,
                        times,
                        errors())
                .as((name, state, create, start, end, update, error) -> JobSnapshot.of(name, state)
                        .withCreateTime(create)
                        .withStartTime(start)
                        .withEndTime(end)
                        .withUpdateTime(update)
                        .withError(error));
    }

    @Provide
    Arbitrary<Instant> times() {
        Arbitrary<Instant> near =
                Arbitraries.longs().between(-2_000_000_001L, 2_000_000_001L).map(T0::plusNanos);
        Arbitrary<Instant> any = Arbitraries.longs()
                .between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond())
                .map(Instant::ofEpochSecond);
        return Arbitraries.frequencyOf(Tuple.of(9, near), Tuple.of(1, any));
    }

    @Provide
    Arbitrary<JobError> errors() {
        return Combinators.combine(Arbitraries.integers().between(-1, 17), Arbitraries.of("", "disk"))
                .as(JobError::new)
                .injectNull(0.4);
    }
}
