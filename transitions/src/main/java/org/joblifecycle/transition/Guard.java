package org.joblifecycle.transition;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What finds a {@link Rule} broken, and what to say then.
 *
 * @param snapshotGuard finds it broken by one snapshot; null if none can break it alone
 * @param reads the fields that the guard of a snapshot reads
 * @param changeGuard finds it broken by a change; null if none can break it
 * @param message what is wrong with a snapshot or a change
 * @param eventGuard finds it broken by an event for which there is an edge; null if it refuses none
 * @param eventMessage why such an event is refused
 */
record Guard(
        @Nullable OfSnapshot snapshotGuard,
        Set<JobField> reads,
        @Nullable OfChange changeGuard,
        Message message,
        @Nullable OfEvent eventGuard,
        EventMessage eventMessage) {

    /** Whether one snapshot breaks the rule. */
    interface OfSnapshot {
        boolean isBroken(RuleContext in, JobSnapshot job);
    }

    /** Whether going from one snapshot to another breaks the rule. */
    interface OfChange {
        boolean isBroken(RuleContext in, JobSnapshot before, JobSnapshot after);
    }

    /** Whether the rule refuses an event that takes this edge. */
    interface OfEvent {
        boolean isBroken(RuleContext in, JobSnapshot job, JobTransition edge, Instant now, @Nullable JobError error);
    }

    /** What is wrong with a snapshot or a change. */
    interface Message {
        String of(RuleContext in, @Nullable JobSnapshot before, JobSnapshot after);
    }

    /** Why an event is refused. */
    interface EventMessage {
        String of(JobSnapshot job, JobTransition edge, Instant now, @Nullable JobError error);
    }

    static Guard ofSnapshot(OfSnapshot guard, JobField... reads) {
        EnumSet<JobField> fields = EnumSet.noneOf(JobField.class);
        Collections.addAll(fields, reads);
        return of(guard, Collections.unmodifiableSet(fields), null);
    }

    static Guard ofChange(OfChange guard) {
        return of(null, Set.of(), guard);
    }

    private static Guard of(@Nullable OfSnapshot ofSnapshot, Set<JobField> reads, @Nullable OfChange ofChange) {
        return new Guard(ofSnapshot, reads, ofChange, (in, before, after) -> "", null, (job, edge, now, error) -> "");
    }

    Guard andOfChange(OfChange guard) {
        return of(snapshotGuard, reads, guard);
    }

    Guard says(Message message) {
        return new Guard(snapshotGuard, reads, changeGuard, message, eventGuard, eventMessage);
    }

    Guard refusing(OfEvent guard, EventMessage message) {
        return new Guard(snapshotGuard, reads, changeGuard, this.message, guard, message);
    }

    boolean isBrokenBy(RuleContext in, JobSnapshot job) {
        return snapshotGuard != null && snapshotGuard.isBroken(in, job);
    }

    boolean isBrokenBy(RuleContext in, JobSnapshot before, JobSnapshot after) {
        return changeGuard != null && changeGuard.isBroken(in, before, after);
    }

    boolean refuses(RuleContext in, JobSnapshot job, JobTransition edge, Instant now, @Nullable JobError error) {
        return eventGuard != null && eventGuard.isBroken(in, job, edge, now, error);
    }
}
