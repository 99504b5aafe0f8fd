package org.joblifecycle.testkit;

import static org.joblifecycle.job.JobState.CANCELLING;
import static org.joblifecycle.job.JobState.EXPIRED;
import static org.joblifecycle.job.JobState.FAILED;
import static org.joblifecycle.job.JobState.PARTIALLY_SUCCEEDED;
import static org.joblifecycle.job.JobState.PAUSED;
import static org.joblifecycle.job.JobState.PENDING;
import static org.joblifecycle.job.JobState.RUNNING;
import static org.joblifecycle.job.JobState.UNSPECIFIED;
import static org.joblifecycle.job.JobState.UPDATING;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Rule;

// Systems of tuning jobs with one fault each.
final class BrokenSystems {
    static final JobLifecycle AUTHORITY = JobLifecycle.authority(JobKind.TUNING_JOB);

    private BrokenSystems() {}

    static class AcceptsEverything extends ReferenceSystem {
        AcceptsEverything() {
            super(AUTHORITY);
        }

        @Override
        public Answer offer(JobSnapshot known, JobSnapshot proposed) {
            return store(known, proposed) ? Answer.accepted() : Answer.refused();
        }
    }

    static class RefusesALegalEdge extends ReferenceSystem {
        RefusesALegalEdge() {
            super(AUTHORITY);
        }

        @Override
        public Answer offer(JobSnapshot known, JobSnapshot proposed) {
            return known.state() == RUNNING && proposed.state() == UPDATING
                    ? Answer.refused(Rule.TRANSITION_ILLEGAL)
                    : super.offer(known, proposed);
        }
    }

    static class TakesPausedForFinished extends ReferenceSystem {
        TakesPausedForFinished() {
            super(AUTHORITY);
        }

        @Override
        public Answer fire(JobSnapshot known, JobEvent event, Instant now, JobError error) {
            return known.state() == PAUSED
                    ? Answer.refused(Rule.TRANSITION_ILLEGAL)
                    : super.fire(known, event, now, error);
        }
    }

    // Makes something else of the job than the event does.
    abstract static class StoresSomethingElse extends ReferenceSystem {
        StoresSomethingElse() {
            super(AUTHORITY);
        }

        @Override
        public Answer fire(JobSnapshot known, JobEvent event, Instant now, JobError error) {
            var next = lifecycle.apply(known, event, now, error).map(job -> changed(known, job));
            return next.isValid() && !store(known, next.get()) ? Answer.refused() : Answer.of(next);
        }

        abstract JobSnapshot changed(JobSnapshot before, JobSnapshot after);
    }

    static class ForgetsStartTimeOnTheSecondRun extends StoresSomethingElse {
        @Override
        JobSnapshot changed(JobSnapshot before, JobSnapshot after) {
            return after.state() == RUNNING && before.startTime() != null ? after.withStartTime(null) : after;
        }
    }

    static class OverwritesStartTimeAfterResume extends StoresSomethingElse {
        @Override
        JobSnapshot changed(JobSnapshot before, JobSnapshot after) {
            return before.state() == PAUSED && after.state() == RUNNING
                    ? after.withStartTime(after.updateTime())
                    : after;
        }
    }

    static class SetsEndTimeAtCancelling extends StoresSomethingElse {
        @Override
        JobSnapshot changed(JobSnapshot before, JobSnapshot after) {
            return after.state() == CANCELLING ? after.withEndTime(after.updateTime()) : after;
        }
    }

    static class ForgetsEndTimeOfExpired extends StoresSomethingElse {
        @Override
        JobSnapshot changed(JobSnapshot before, JobSnapshot after) {
            return after.state() == EXPIRED ? after.withEndTime(null) : after;
        }
    }

    static class KeepsTheErrorOfTheLastAttempt extends StoresSomethingElse {
        @Override
        JobSnapshot changed(JobSnapshot before, JobSnapshot after) {
            return before.state() == RUNNING && after.state() == PENDING
                    ? after.withError(new JobError(14, "worker lost"))
                    : after;
        }
    }

    static class DropsTheMessageOfAnError extends StoresSomethingElse {
        @Override
        JobSnapshot changed(JobSnapshot before, JobSnapshot after) {
            return after.state() == FAILED
                    ? after.withError(JobError.of(after.error().code()))
                    : after;
        }
    }

    static class GoesOnByItself extends StoresSomethingElse {
        @Override
        JobSnapshot changed(JobSnapshot before, JobSnapshot after) {
            return after.state() == CANCELLING
                    ? lifecycle
                            .apply(after, JobEvent.CONFIRM_CANCEL, after.updateTime())
                            .get()
                    : after;
        }
    }

    static class OverwritesATerminalState extends ReferenceSystem {
        OverwritesATerminalState() {
            super(AUTHORITY);
        }

        @Override
        public Answer offer(JobSnapshot known, JobSnapshot proposed) {
            return known.state().isTerminal() && proposed.state().isTerminal() && store(known, proposed)
                    ? Answer.accepted()
                    : super.offer(known, proposed);
        }
    }

    static class IgnoresCompareAndSet extends ReferenceSystem {
        IgnoresCompareAndSet() {
            super(AUTHORITY);
        }

        @Override
        public Answer offer(JobSnapshot known, JobSnapshot proposed) {
            return super.offer(jobs.get(known.name()), proposed);
        }
    }

    static class ComparesStateAndUpdateTimeOnly extends ReferenceSystem {
        ComparesStateAndUpdateTimeOnly() {
            this(AUTHORITY);
        }

        ComparesStateAndUpdateTimeOnly(JobLifecycle lifecycle) {
            super(lifecycle);
        }

        @Override
        protected boolean store(JobSnapshot known, JobSnapshot next) {
            JobSnapshot stored = jobs.get(known.name());
            return stored != null
                    && stored.state() == known.state()
                    && Objects.equals(stored.updateTime(), known.updateTime())
                    && super.store(stored, next);
        }
    }

    // An update of what is not there is checked against null, and legal.
    static class StoresWhatNobodySubmitted extends ReferenceSystem {
        StoresWhatNobodySubmitted() {
            super(AUTHORITY);
        }

        @Override
        public Answer offer(JobSnapshot known, JobSnapshot proposed) {
            return jobs.containsKey(known.name())
                            || !lifecycle.check(null, proposed).isLegal()
                    ? super.offer(known, proposed)
                    : created(proposed);
        }

        private Answer created(JobSnapshot proposed) {
            jobs.put(proposed.name(), proposed);
            return Answer.accepted();
        }
    }

    static class BeginsWhatNobodySubmitted extends ReferenceSystem {
        BeginsWhatNobodySubmitted() {
            super(AUTHORITY);
        }

        @Override
        public Answer fire(JobSnapshot known, JobEvent event, Instant now, JobError error) {
            return super.fire(jobs.containsKey(known.name()) ? known : submit(known.name(), now), event, now, error);
        }
    }

    static class IgnoresWhatTheCallerKnows extends ReferenceSystem {
        IgnoresWhatTheCallerKnows() {
            super(AUTHORITY);
        }

        @Override
        public Answer fire(JobSnapshot known, JobEvent event, Instant now, JobError error) {
            return super.fire(jobs.get(known.name()), event, now, error);
        }
    }

    static class AnswersBeforeStoring extends ReferenceSystem {
        private Runnable late = () -> {};

        AnswersBeforeStoring() {
            super(AUTHORITY);
        }

        @Override
        public Answer offer(JobSnapshot known, JobSnapshot proposed) {
            late.run();
            var verdict = lifecycle.check(known, proposed);
            late = verdict.isLegal() ? () -> store(known, proposed) : () -> {};
            return Answer.of(verdict);
        }
    }

    // Checks, then stores.
    static class LosesAnUpdateUnderARace extends ReferenceSystem {
        private final Gap gap = new Gap();

        LosesAnUpdateUnderARace() {
            super(AUTHORITY);
        }

        @Override
        protected boolean store(JobSnapshot known, JobSnapshot next) {
            if (!known.equals(jobs.get(known.name()))) {
                return false;
            }
            if (Thread.currentThread().getName().startsWith("pool")) {
                gap.hold();
            }
            jobs.put(known.name(), next);
            return true;
        }
    }

    // The time between reading a job and writing it: lasts until another thread is in it too, or 20 ms have passed.
    static final class Gap {
        private final CyclicBarrier another = new CyclicBarrier(2);

        void hold() {
            try {
                another.await(20, TimeUnit.MILLISECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                another.reset();
            }
        }
    }

    static class MapsUnknownToUnspecified extends ReferenceSystem {
        MapsUnknownToUnspecified() {
            super(AUTHORITY);
        }

        @Override
        protected boolean store(JobSnapshot known, JobSnapshot next) {
            return super.store(known, next.state() == PARTIALLY_SUCCEEDED ? next.withState(UNSPECIFIED) : next);
        }
    }

    static class ComparesTimesAsText extends ReferenceSystem {
        ComparesTimesAsText() {
            super(AUTHORITY.without(Rule.UPDATE_TIME_REGRESSED));
        }

        @Override
        public Answer offer(JobSnapshot known, JobSnapshot proposed) {
            return String.valueOf(proposed.updateTime()).compareTo(String.valueOf(known.updateTime())) < 0
                            && known.updateTime() != null
                    ? Answer.refused(Rule.UPDATE_TIME_REGRESSED)
                    : super.offer(known, proposed);
        }
    }

    static class CutsTimes extends ReferenceSystem {
        CutsTimes() {
            super(AUTHORITY);
        }

        @Override
        protected boolean store(JobSnapshot known, JobSnapshot next) {
            return super.store(known, next.truncatedTo(ChronoUnit.SECONDS));
        }
    }

    static class NamesAnotherRule extends ReferenceSystem {
        NamesAnotherRule() {
            super(AUTHORITY);
        }

        @Override
        public Answer offer(JobSnapshot known, JobSnapshot proposed) {
            Answer answer = super.offer(known, proposed);
            return answer.rules().contains(Rule.ERROR_UNEXPECTED) ? Answer.refused(Rule.ERROR_CHANGED) : answer;
        }
    }

    static class NamesNoRule extends ReferenceSystem {
        NamesNoRule() {
            super(AUTHORITY);
        }

        @Override
        public Answer fire(JobSnapshot known, JobEvent event, Instant now, JobError error) {
            return super.fire(known, event, now, error).isAccepted() ? Answer.accepted() : Answer.refused();
        }
    }

    static class ThrowsInsteadOfAnAnswer extends ReferenceSystem {
        ThrowsInsteadOfAnAnswer() {
            super(AUTHORITY);
        }

        @Override
        public Answer offer(JobSnapshot known, JobSnapshot proposed) {
            if (proposed.error() != null && !proposed.error().isErrorCode()) {
                throw new IllegalArgumentException("no such code");
            }
            return super.offer(known, proposed);
        }
    }

    static class ChangesWhatItRefuses extends ReferenceSystem {
        ChangesWhatItRefuses() {
            super(AUTHORITY);
        }

        @Override
        public Answer offer(JobSnapshot known, JobSnapshot proposed) {
            Answer answer = super.offer(known, proposed);
            if (!answer.isAccepted() && answer.rules().contains(Rule.UPDATE_TIME_ORDER)) {
                jobs.computeIfPresent(known.name(), (name, job) -> job.withUpdateTime(proposed.endTime()));
            }
            return answer;
        }
    }

    static class ChangesAnotherJob extends ReferenceSystem {
        ChangesAnotherJob() {
            super(AUTHORITY);
        }

        @Override
        protected boolean store(JobSnapshot known, JobSnapshot next) {
            jobs.replaceAll((name, job) -> job.state() == next.state() ? job.withUpdateTime(next.updateTime()) : job);
            return super.store(known, next);
        }
    }

    static class LetsWhatNeverRanSucceed extends ReferenceSystem {
        LetsWhatNeverRanSucceed() {
            super(AUTHORITY.without(Rule.START_TIME_REQUIRED));
        }
    }

    static class CreatesJobsWithoutCreateTime extends ReferenceSystem {
        CreatesJobsWithoutCreateTime() {
            super(AUTHORITY);
        }

        @Override
        public JobSnapshot submit(String name, Instant now) {
            JobSnapshot job = JobSnapshot.of(name, PENDING).withUpdateTime(now);
            jobs.put(name, job);
            return job;
        }
    }

    // Accepts some illegal updates, or refuses some legal ones.
    abstract static class JudgesOtherwise extends ReferenceSystem {
        JudgesOtherwise() {
            super(AUTHORITY);
        }

        @Override
        public Answer offer(JobSnapshot known, JobSnapshot proposed) {
            boolean isStored = known.equals(jobs.get(known.name()));
            if (isStored && accepts(known, proposed)) {
                return store(known, proposed) ? Answer.accepted() : Answer.refused();
            }
            return isStored && refuses(known, proposed)
                    ? Answer.refused(Rule.TRANSITION_ILLEGAL)
                    : super.offer(known, proposed);
        }

        boolean accepts(JobSnapshot known, JobSnapshot proposed) {
            return false;
        }

        boolean refuses(JobSnapshot known, JobSnapshot proposed) {
            return false;
        }

        // Whether the proposal breaks this rule and no other one.
        boolean breaks(Rule rule, JobSnapshot known, JobSnapshot proposed) {
            var violations = lifecycle.check(known, proposed).violations();
            return violations.size() == 1 && violations.head().rule() == rule;
        }
    }

    static class LetsTimeGoBackALittle extends JudgesOtherwise {
        @Override
        boolean accepts(JobSnapshot known, JobSnapshot proposed) {
            return breaks(Rule.UPDATE_TIME_REGRESSED, known, proposed)
                    && proposed.updateTime().plusMillis(1).isAfter(known.updateTime());
        }
    }

    static class ComparesTheEndWithTheCreationOnly extends JudgesOtherwise {
        @Override
        boolean accepts(JobSnapshot known, JobSnapshot proposed) {
            return breaks(Rule.END_TIME_ORDER, known, proposed)
                    && proposed.createTime() != null
                    && !proposed.endTime().isBefore(proposed.createTime());
        }
    }

    static class LetsTheEndBecomeLater extends JudgesOtherwise {
        @Override
        boolean accepts(JobSnapshot known, JobSnapshot proposed) {
            return breaks(Rule.END_TIME_CHANGED, known, proposed)
                    && proposed.endTime() != null
                    && proposed.endTime().isAfter(known.endTime());
        }
    }

    static class AcceptsAnyOtherCode extends JudgesOtherwise {
        @Override
        boolean accepts(JobSnapshot known, JobSnapshot proposed) {
            return breaks(Rule.ERROR_CODE_INVALID, known, proposed)
                    && proposed.error().code() > 16;
        }
    }

    static class ComparesCodesOfErrorsOnly extends JudgesOtherwise {
        @Override
        boolean accepts(JobSnapshot known, JobSnapshot proposed) {
            return breaks(Rule.ERROR_CHANGED, known, proposed)
                    && proposed.error() != null
                    && proposed.error().code() == known.error().code();
        }
    }

    static class RequiresTheEndToBeTheLastUpdate extends JudgesOtherwise {
        @Override
        boolean refuses(JobSnapshot known, JobSnapshot proposed) {
            return proposed.endTime() != null
                    && known.endTime() == null
                    && proposed.updateTime() != null
                    && proposed.endTime().isBefore(proposed.updateTime());
        }
    }

    static class RequiresTheStartAfterTheCreation extends JudgesOtherwise {
        @Override
        boolean refuses(JobSnapshot known, JobSnapshot proposed) {
            return proposed.startTime() != null && proposed.startTime().equals(proposed.createTime());
        }
    }

    static class RequiresTheMessageOfACancellation extends JudgesOtherwise {
        @Override
        boolean refuses(JobSnapshot known, JobSnapshot proposed) {
            return proposed.error() != null
                    && proposed.error().code() == JobError.CANCELLED
                    && !proposed.error().message().equals("CANCELED");
        }
    }

    static class DropsAnErrorWithoutMessage extends StoresSomethingElse {
        @Override
        JobSnapshot changed(JobSnapshot before, JobSnapshot after) {
            return after.state() == FAILED && after.error().message().isEmpty() ? after.withError(null) : after;
        }
    }

    static class FindsAnyJob extends ReferenceSystem {
        FindsAnyJob() {
            super(AUTHORITY);
        }

        @Override
        public JobSnapshot read(String name) {
            return jobs.getOrDefault(name, jobs.values().iterator().next());
        }
    }

    // Has a clock of its own, and takes the wrong time of it.
    static class StartsWhenCreated extends StoresSomethingElse {
        @Override
        public Set<Capability> capabilities() {
            return EnumSet.of(Capability.EVENT_DRIVEN);
        }

        @Override
        JobSnapshot changed(JobSnapshot before, JobSnapshot after) {
            return before.startTime() == null && after.startTime() != null
                    ? after.withStartTime(after.createTime())
                    : after;
        }
    }
}
