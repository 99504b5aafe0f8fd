package org.joblifecycle.testkit.junit;

import java.util.EnumSet;
import java.util.Set;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.testkit.Answer;
import org.joblifecycle.testkit.Capability;
import org.joblifecycle.testkit.JobSystem;
import org.joblifecycle.testkit.ReferenceSystem;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;

// Classes that extend the suite. They are run by ConformanceTestTest, and Surefire does not find them.
final class Systems {
    static final JobLifecycle LIFECYCLE = JobLifecycle.authority(JobKind.CUSTOM_JOB);

    private Systems() {}

    abstract static class Tests extends ConformanceTest {
        @Override
        protected JobLifecycle lifecycle() {
            return LIFECYCLE;
        }
    }

    static class Correct extends Tests {
        @Override
        protected JobSystem system() {
            return new ReferenceSystem(LIFECYCLE);
        }
    }

    static class OfUpdatesOnly extends Tests {
        @Override
        protected JobSystem system() {
            return new ReferenceSystem(LIFECYCLE) {
                @Override
                public Set<Capability> capabilities() {
                    return EnumSet.of(Capability.UPDATE_DRIVEN);
                }

                @Override
                public Answer offer(JobSnapshot known, JobSnapshot proposed) {
                    return super.offer(jobs.getOrDefault(known.name(), known), proposed);
                }
            };
        }
    }

    static class WithoutPause extends Tests {
        @Override
        protected JobSystem system() {
            return new ReferenceSystem(LIFECYCLE.without(JobTransition.RUNNING_TO_PAUSED));
        }
    }

    static class WithoutPauseAndItIsKnown extends WithoutPause {
        @Override
        protected double requiredCoverage() {
            return 0.7;
        }
    }
}
