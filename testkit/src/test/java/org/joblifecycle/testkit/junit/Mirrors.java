package org.joblifecycle.testkit.junit;

import java.util.EnumSet;
import java.util.Set;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.testkit.MirrorCapability;
import org.joblifecycle.testkit.MirrorSystem;
import org.joblifecycle.testkit.ReferenceMirror;
import org.joblifecycle.transition.AuditStep;
import org.joblifecycle.transition.JobLifecycle;

// Classes that extend the suite for mirrors. They are run by MirrorTestTest, and Surefire does not find them.
final class Mirrors {
    static final JobLifecycle OBSERVER = JobLifecycle.observer(JobKind.CUSTOM_JOB);

    private Mirrors() {}

    abstract static class Tests extends MirrorTest {
        @Override
        protected JobLifecycle lifecycle() {
            return OBSERVER;
        }
    }

    static class Correct extends Tests {
        @Override
        protected MirrorSystem mirror() {
            return new ReferenceMirror(OBSERVER);
        }
    }

    static class ThatOnlyKeeps extends Tests {
        @Override
        protected MirrorSystem mirror() {
            return new ReferenceMirror(OBSERVER) {
                @Override
                public Set<MirrorCapability> capabilities() {
                    return EnumSet.noneOf(MirrorCapability.class);
                }
            };
        }
    }

    static class WithoutExpired extends Tests {
        @Override
        protected MirrorSystem mirror() {
            return new ReferenceMirror(OBSERVER) {
                @Override
                protected void keep(String key, JobSnapshot observed, AuditStep step) {
                    if (observed.state() != JobState.EXPIRED) {
                        super.keep(key, observed, step);
                    }
                }
            };
        }

        @Override
        protected int pollLogs() {
            return 0;
        }
    }
}
