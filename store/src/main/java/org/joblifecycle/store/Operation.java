package org.joblifecycle.store;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;

/**
 * A change that was offered: what it makes of what is stored. It writes nothing: a store writes an {@link StoreOutcome.Done} that
 * {@link StoreOutcome.Done#isWritten}, over what the operation was asked about.
 *
 * @param name the name of the job
 * @param event the event; null if the job is created or updated
 * @param decision the outcome, given what is stored; null stands for nothing
 */
record Operation(String name, @Nullable JobEvent event, Function<@Nullable StoredJob, StoreOutcome> decision) {

    static Operation create(JobLifecycle lifecycle, String name, JobSnapshot job, @Nullable String body) {
        return new Operation(
                name,
                null,
                current -> current == null
                        ? checked(null, lifecycle.checkNew(job), new StoredJob(job, 1, body))
                        : unlessStored(current, job, body));
    }

    static Operation update(JobLifecycle lifecycle, StoredJob read, JobSnapshot job, @Nullable String body) {
        return new Operation(read.name(), null, current -> {
            if (current == null) {
                return new StoreOutcome.Missing(read.name());
            }
            return current.equals(read) && !isStored(current, job, body)
                    ? checked(current, lifecycle.check(current.job(), job), current.next(job, body))
                    : unlessStored(current, job, body);
        });
    }

    /**
     * Applies an event.
     *
     * @param read what has to be stored; null if it does not matter
     * @param time when it happens to the job
     */
    static Operation apply(
            JobLifecycle lifecycle,
            String name,
            @Nullable StoredJob read,
            JobEvent event,
            Function<JobSnapshot, Instant> time,
            @Nullable JobError error) {
        return new Operation(name, event, current -> {
            if (current == null) {
                return new StoreOutcome.Missing(name);
            }
            if (read != null && !current.equals(read)) {
                return new StoreOutcome.Overtaken(current);
            }
            JobSnapshot job = current.job();
            Validation<Seq<Violation>, JobSnapshot> next = lifecycle.apply(job, event, time.apply(job), error);
            return next.isInvalid()
                    ? new StoreOutcome.Refused(current, next.getError())
                    : new StoreOutcome.Done(
                            current,
                            current.next(next.get(), current.body()),
                            lifecycle.check(job, next.get()).change());
        });
    }

    private static StoreOutcome checked(@Nullable StoredJob current, Verdict verdict, StoredJob next) {
        return verdict.isLegal()
                ? new StoreOutcome.Done(current, next, verdict.change())
                : new StoreOutcome.Refused(current, verdict.violations());
    }

    private static StoreOutcome unlessStored(StoredJob current, JobSnapshot job, @Nullable String body) {
        return isStored(current, job, body)
                ? new StoreOutcome.Done(current, current, new Change.Unchanged())
                : new StoreOutcome.Overtaken(current);
    }

    private static boolean isStored(StoredJob current, JobSnapshot job, @Nullable String body) {
        return current.job().equals(job) && Objects.equals(current.body(), body);
    }

    /** What is attempted, such as {@code START job projects/p/locations/l/customJobs/7}. */
    @Override
    public String toString() {
        return (event == null ? "write" : event.name()) + " job " + name;
    }
}
