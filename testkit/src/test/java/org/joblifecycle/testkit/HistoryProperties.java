package org.joblifecycle.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.testkit.jqwik.JobDomain;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Mode;
import org.joblifecycle.transition.Verdict;

class HistoryProperties {
    @Property(tries = 6_000, edgeCases = EdgeCasesMode.NONE)
    @Domain(JobDomain.class)
    @StatisticsReport(StatisticsReportMode.OFF)
    void aHistoryIsLegalInItsLifecycle(@ForAll History history) {
        JobLifecycle lifecycle = history.lifecycle();
        Seq<Verdict> verdicts = lifecycle.replay(history.snapshots());

        verdicts.forEach(verdict -> assertTrue(verdict.isLegal(), verdict::toString));
        Met.one("lifecycle", lifecycle).all(Lifecycles.all());
        Seq<Object> changes = verdicts.map(Verdict::change)
                .map(change -> change instanceof Change.Stepped ? change : change.getClass());
        Met.of("change of the " + lifecycle.mode(), changes)
                .all(CHANGES)
                .all(lifecycle.mode() == Mode.OBSERVER ? List.of(Change.Skipped.class) : List.of());
    }

    private static final Seq<Object> CHANGES = Array.of(JobTransition.values())
            .<Object>map(Change.Stepped::new)
            .append(Change.Amended.class)
            .append(Change.Unchanged.class);

    @Property(tries = 4_000, edgeCases = EdgeCasesMode.NONE)
    @Domain(JobDomain.class)
    @StatisticsReport(StatisticsReportMode.OFF)
    void anObserverMeetsWhatTheServiceIsKnownToDo(@ForAll History history) {
        JobSnapshot before = history.snapshots().head();
        for (JobSnapshot job : history.snapshots()) {
            JobKind kind = history.lifecycle().kind();
            boolean isEarly = kind.hasStartTime()
                    && job.startTime() != null
                    && (job.state() == JobState.QUEUED || job.state() == JobState.PENDING)
                    && !history.path().edges().exists(edge -> edge.target() == JobState.RUNNING);
            boolean isCut = job.startTime() != null
                    && job.createTime() != null
                    && job.startTime().isBefore(job.createTime());
            boolean isReplaced = before.state() == JobState.CANCELLING
                    && before.startTime() != null
                    && !before.startTime().equals(job.startTime());
            boolean isSparing = kind.hasEndTime() && job.state().isTerminal() && job.endTime() == null;
            Mode mode = history.lifecycle().mode();
            Statistics.label("early").collect(mode, isEarly);
            Statistics.label("cut").collect(mode, isCut);
            Statistics.label("replaced").collect(mode, isReplaced);
            Statistics.label("sparing").collect(mode, isSparing);
            before = job;
        }
        for (String label : List.of("early", "cut", "replaced", "sparing")) {
            Statistics.label(label).coverage(coverage -> {
                coverage.check(Mode.OBSERVER, true).count(count -> count > 4); // once in 1000 tries, and more
                coverage.check(Mode.AUTHORITY, true).count(count -> count == 0);
            });
        }
    }

    @Property(tries = 16_000, edgeCases = EdgeCasesMode.NONE)
    @Domain(JobDomain.class)
    @StatisticsReport(StatisticsReportMode.OFF)
    void unusualLegalSnapshotsOccurInBothModes(@ForAll History history) {
        JobKind kind = history.lifecycle().kind();
        Mode mode = history.lifecycle().mode();
        List<JobSnapshot> snapshots = history.snapshots().toJavaList();
        Statistics.label("met").collect(mode, snapshots.get(0).name() == null ? "no name" : "a name");
        for (int i = 1; i < snapshots.size(); i++) {
            JobSnapshot before = snapshots.get(i - 1);
            JobSnapshot after = snapshots.get(i);
            boolean isSame = before.state() == after.state();
            if (isSame && before.createTime() == null && after.createTime() != null) {
                Statistics.label("met").collect(mode, "createTime in UNSPECIFIED");
            }
            if (isSame && before.error() == null && after.error() != null) {
                Statistics.label("met").collect(mode, "late error of " + after.state());
            }
            if (!isSame
                    && after.state() == JobState.FAILED
                    && after.error() != null
                    && after.error().code() != JobError.UNKNOWN) {
                Statistics.label("met").collect(mode, "error of its own");
            }
            if (after.startTime() != null && !kind.hasStartTime()) {
                Statistics.label("met").collect(mode, "startTime of a kind without");
            }
            if (after.endTime() != null && !kind.hasEndTime()) {
                Statistics.label("met").collect(mode, "endTime of a kind without");
            }
            if (after.endTime() != null && after.endTime().plusMillis(1).isBefore(after.updateTime())) {
                Statistics.label("met").collect(mode, "update after the end");
            }
        }
        Statistics.label("path")
                .collect(history.path()
                        .edges()
                        .take(2)
                        .map(edge -> edge.target().name())
                        .mkString(" "));
        Statistics.label("met").coverage(coverage -> {
            for (Mode each : Mode.values()) {
                // Late errors alone would be met as errors of their own where an observer missed the step.
                coverage.check(each, "error of its own").count(count -> count > 160);
                for (String what : List.of(
                        "no name",
                        "a name",
                        "createTime in UNSPECIFIED",
                        "late error of FAILED",
                        "late error of CANCELLED",
                        "startTime of a kind without",
                        "endTime of a kind without",
                        "update after the end")) {
                    coverage.check(each, what).count(count -> count > 16); // once in 1000 tries, and more
                }
            }
        });
        Statistics.label("path").coverage(coverage -> {
            coverage.check("QUEUED RUNNING").percentage(share -> share > 5);
            coverage.check("PENDING RUNNING").percentage(share -> share > 5);
        });
    }

    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
    @Domain(Lifecycles.Authorities.class)
    void anObserverAcceptsAnyTwoSnapshotsOfAnAuthority(@ForAll History history) {
        List<JobSnapshot> snapshots = history.snapshots().toJavaList();
        JobLifecycle observer = JobLifecycle.observer(history.lifecycle().kind());
        for (int later = 0; later < snapshots.size(); later++) {
            assertTrue(observer.check(snapshots.get(later)).isLegal());
            for (int earlier = 0; earlier < later; earlier++) {
                Verdict verdict = observer.check(snapshots.get(earlier), snapshots.get(later));
                assertTrue(verdict.isLegal(), verdict::toString);
            }
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    @Domain(Lifecycles.Authorities.class)
    void anObserverAcceptsEverySubsequenceOfAShortHistory(@ForAll History history) {
        List<JobSnapshot> snapshots = history.snapshots().take(10).toJavaList();
        JobLifecycle observer = JobLifecycle.observer(history.lifecycle().kind());
        for (int chosen = 0; chosen < 1 << snapshots.size(); chosen++) {
            List<JobSnapshot> seen = new ArrayList<>();
            for (int i = 0; i < snapshots.size(); i++) {
                if ((chosen >> i & 1) == 1) {
                    seen.add(snapshots.get(i));
                }
            }
            assertTrue(observer.replay(seen).forAll(Verdict::isLegal), seen::toString);
        }
    }

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    @Domain(Lifecycles.Authorities.class)
    void anAuthoritySeesEveryEdgeOfThePath(@ForAll History history) {
        assertEquals(
                history.path().edges(),
                history.lifecycle()
                        .replay(history.snapshots())
                        .map(Verdict::change)
                        .filter(Change.Stepped.class::isInstance)
                        .map(change -> ((Change.Stepped) change).transition()));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    @Domain(JobDomain.class)
    void aSimplerHistoryIsLegalTooAndSmaller(@ForAll History history) {
        history.simpler().forEach(simpler -> {
            assertTrue(simpler.lifecycle().replay(simpler.snapshots()).forAll(Verdict::isLegal), simpler::toString);
            assertTrue(simpler.size() < history.size(), simpler::toString);
        });
    }
}
