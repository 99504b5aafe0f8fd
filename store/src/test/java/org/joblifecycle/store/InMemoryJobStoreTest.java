package org.joblifecycle.store;

import org.joblifecycle.transition.JobLifecycle;

class InMemoryJobStoreTest extends JobStoreContract {
    @Override
    JobStore open() {
        return InMemoryJobStore.of(JobLifecycle::authority);
    }
}
