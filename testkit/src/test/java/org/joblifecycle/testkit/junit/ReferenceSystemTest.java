package org.joblifecycle.testkit.junit;

import org.joblifecycle.job.JobKind;
import org.joblifecycle.testkit.JobSystem;
import org.joblifecycle.testkit.ReferenceSystem;
import org.joblifecycle.transition.JobLifecycle;

class ReferenceSystemTest extends ConformanceTest {
    @Override
    protected JobLifecycle lifecycle() {
        return JobLifecycle.authority(JobKind.TUNING_JOB);
    }

    @Override
    protected JobSystem system() {
        return new ReferenceSystem(lifecycle());
    }
}
