package org.joblifecycle.boot;

import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.store.JdbcJobStore;
import org.joblifecycle.transition.JobLifecycle;
import org.jspecify.annotations.Nullable;

/**
 * The lifecycles of the jobs that are stored.
 *
 * @param one that of all jobs; null if the name of a job tells its kind
 * @param properties say what the lifecycle of a kind is
 */
record Lifecycles(@Nullable JobLifecycle one, JobLifecycleProperties properties) {
    JdbcJobStore store(DataSource dataSource) {
        return one == null ? JdbcJobStore.of(dataSource, properties::lifecycle) : JdbcJobStore.of(dataSource, one);
    }

    List<JobLifecycle> all() {
        return one == null
                ? Arrays.stream(JobKind.values()).map(properties::lifecycle).toList()
                : List.of(one);
    }

    /** The lifecycle of a job that a store has accepted. */
    JobLifecycle of(String name) {
        return one == null ? properties.lifecycle(JobKind.of(name).get()) : one;
    }
}
