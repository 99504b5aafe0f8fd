package org.joblifecycle.store;

import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.InstantSource;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps jobs. Each change is checked by the lifecycle of the job against what is stored, and is stored only over what it was
 * decided on: of several who change the same version of a job one wins, and the others are told what is stored now. Every
 * change is recorded in the history of its job together with the change itself.
 *
 * <p>Instances are thread-safe. Answers are values, see {@link StoreOutcome}. Times are cut to microseconds before anything is checked
 * or compared.
 *
 * <pre>{@code
 * StoredJob queued = store.create(owner.applyOrThrow(submitted, ENQUEUE, now)).orElseThrow();
 * StoreOutcome outcome = store.apply(queued.name(), START, clock);
 * if (outcome instanceof StoreOutcome.Done done) run(done.after());
 * }</pre>
 *
 * <p>All methods throw a {@link StoreException} if the database cannot do it, and those that write an {@link
 * UnstorableJobException}, before anything is written, for what no database keeps as it is: a name that is absent, empty, of
 * more than 1024 characters or of more than 2600 bytes in UTF-8, and a name, message or body with U+0000 or with half of a
 * surrogate pair.
 */
public interface JobStore {
    /**
     * Creates a job without a body: the same as {@link #create(JobSnapshot, String)} with null.
     */
    default StoreOutcome create(JobSnapshot job) {
        return create(job, null);
    }

    /**
     * Creates a job as version 1, if {@link JobLifecycle#checkNew} allows it. If a job of this name is stored already, the answer is
     * {@link StoreOutcome.Overtaken}; if that is this very job, {@link StoreOutcome.Done}.
     *
     * @param job the job, with its name
     * @param body the whole resource, as in {@link StoredJob#body}; null for none
     */
    StoreOutcome create(JobSnapshot job, @Nullable String body);

    /**
     * The job of this name.
     *
     * @return nothing if there is none; {@code getOrNull()} and {@code toJavaOptional()} lead back to the JDK
     */
    Option<StoredJob> find(String name);

    /** Updates a job and keeps its body: the same as {@link #update(StoredJob, JobSnapshot, String)} with the body of {@code read}. */
    default StoreOutcome update(StoredJob read, JobSnapshot proposed) {
        return update(read, proposed, read.body());
    }

    /**
     * Updates a job, if {@link JobLifecycle#check} allows it. If something else than {@code read} is stored by now, the answer is
     * {@link StoreOutcome.Overtaken}; if what is stored is the proposed job already, {@link StoreOutcome.Done}: so an update whose answer was
     * lost can be offered again.
     *
     * @param read the job as it was read: what the update was decided on
     * @param proposed the job as it should become
     * @param body the whole resource as it should become; null for none
     */
    StoreOutcome update(StoredJob read, JobSnapshot proposed, @Nullable String body);

    /**
     * Applies an event to the job as it was read, as {@link JobLifecycle#apply(JobSnapshot, JobEvent, Instant, JobError)} does. If
     * something else is stored by now, the answer is {@link StoreOutcome.Overtaken}. An event whose answer was lost is not the same
     * event again: find out first whether it was applied.
     *
     * @param read the job as it was read
     * @param event what happens
     * @param now when; refused if it is before a time of the job
     * @param error why the job failed: only with {@link JobEvent#FAIL}; null if nothing is known
     */
    StoreOutcome apply(StoredJob read, JobEvent event, Instant now, @Nullable JobError error);

    /** Applies an event without an error: the same as {@link #apply(String, JobEvent, InstantSource, JobError)} with null. */
    default StoreOutcome apply(String name, JobEvent event, InstantSource clock) {
        return apply(name, event, clock, null);
    }

    /**
     * Applies an event to the job as it is stored, whatever it is by then: if it is overtaken it is decided again on what is
     * stored. So the answer is never {@link StoreOutcome.Overtaken}. Of several who START a job one is Done, and the others are
     * Refused, because a job that is RUNNING cannot start.
     *
     * @param name the name of the job
     * @param event what happens
     * @param clock tells when; the event happens at that time, or at the latest time of the job if that is later
     * @param error why the job failed: only with {@link JobEvent#FAIL}; null if nothing is known
     */
    StoreOutcome apply(String name, JobEvent event, InstantSource clock, @Nullable JobError error);

    /**
     * A page of jobs, in the order of their names.
     *
     * @return an {@link Iterable}; {@code asJava()} and {@code toJavaList()} lead back to the JDK
     */
    Seq<StoredJob> list(Query query);

    /**
     * What happened to a job, from its creation on: one entry a version.
     *
     * @return empty if there is no such job; {@code asJava()} and {@code toJavaList()} lead back to the JDK
     */
    Seq<Recorded> history(String name);
}
