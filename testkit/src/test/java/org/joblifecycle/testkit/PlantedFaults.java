package org.joblifecycle.testkit;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.testkit.jqwik.JobDomain;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Mode;
import org.joblifecycle.transition.Rule;

// Properties that fail. They are run by ShrinkingTest, and Surefire does not find them.
final class PlantedFaults {
    private PlantedFaults() {}

    static final class TuningJobs extends JobDomain {
        TuningJobs() {
            super(JobLifecycle.authority(JobKind.TUNING_JOB), JobLifecycle.observer(JobKind.TUNING_JOB));
        }
    }

    private static boolean isFaulty(JobSnapshot before, JobSnapshot after) {
        return before.state() == JobState.QUEUED && before.startTime() != null && after.state() == JobState.RUNNING;
    }

    static class OverwritesStartTimeAfterTheQueue extends BrokenSystems.StoresSomethingElse {
        @Override
        JobSnapshot changed(JobSnapshot before, JobSnapshot after) {
            return isFaulty(before, after) ? after.withStartTime(after.updateTime()) : after;
        }

        @Override
        protected boolean store(JobSnapshot known, JobSnapshot next) {
            return super.store(known, changed(known, next));
        }
    }

    static class FaultInHistories {
        @Property(tries = 2_000)
        @Domain(JobDomain.class)
        void noJobRunsAgainAfterTheQueue(@ForAll History history) {
            Seq<JobTransition> edges = history.path().edges();
            if (edges.containsSlice(List.of(JobTransition.PAUSED_TO_QUEUED, JobTransition.QUEUED_TO_RUNNING))) {
                throw new AssertionError(
                        edges.size() + " edges, " + history.snapshots().size() + " snapshots");
            }
        }
    }

    static class FaultInMessages {
        @Property(tries = 2_000)
        @Domain(JobDomain.class)
        void noMessageHasTwoQuotes(@ForAll History history) {
            history.snapshots()
                    .map(JobSnapshot::error)
                    .find(error -> error != null && error.message().matches("(?s).*\".*\".*"))
                    .forEach(error -> {
                        throw new AssertionError(error.message());
                    });
        }
    }

    static class FaultInMutants {
        @Property(tries = 2_000)
        @Domain(TuningJobs.class)
        void noMutantLosesItsStartTime(@ForAll Mutant mutant) {
            if (mutant.rule() == Rule.START_TIME_CHANGED) {
                throw new AssertionError(mutant.snapshots().size() + " snapshots");
            }
        }
    }

    static class FaultInPollLogs {
        @Property(tries = 2_000)
        @Domain(JobDomain.class)
        void noSnapshotIsStale(@ForAll PollLog log) {
            if (log.polls().exists(poll -> !poll.report().isEmpty())) {
                throw new AssertionError(log.polls().size() + " polls");
            }
        }
    }

    static class FaultInEvents {
        @Property(tries = 2_000)
        @Domain(JobDomain.class)
        void noJobIsPaused(@ForAll Seq<JobEvent> events) {
            if (events.contains(JobEvent.PAUSE)) {
                throw new AssertionError(events.mkString("[", ", ", "]"));
            }
        }
    }

    static class FaultInManyHistories {
        @Property(tries = 2_000)
        @Domain(TuningJobs.class)
        void noJobIsPrepared(@ForAll History history) {
            if (history.path().edges().startsWith(List.of(JobTransition.UNSPECIFIED_TO_PENDING))
                    && history.lifecycle().mode() == Mode.AUTHORITY) {
                throw new AssertionError(history.path() + " seen as "
                        + history.snapshots().map(JobSnapshot::state).mkString("[", ", ", "]") + " by "
                        + history.lifecycle()
                        + ", named: " + history.snapshots().forAll(job -> job.name() != null)
                        + ", in whole seconds: "
                        + history.snapshots().forAll(job -> job.equals(job.truncatedTo(ChronoUnit.SECONDS))));
            }
        }
    }
}
