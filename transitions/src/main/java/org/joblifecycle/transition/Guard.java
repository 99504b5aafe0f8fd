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
 * What finds a {@link Rule} broken, and what to say then. A rule may have a guard of a snapshot, of a change and of an
 * event; what it lacks finds nothing.
 *
 * @param reads the fields that the guard of a snapshot reads
 */
record Guard(
        OfSnapshot snapshotGuard,
        Set<JobField> reads,
        OfChange changeGuard,
        Message message,
        OfEvent eventGuard,
        EventMessage eventMessage) {

    /** Whether one snapshot breaks the rule. */
    interface OfSnapshot {
        boolean isBroken(RuleContext in, JobSnapshot job);
    }

    /** Whether going from one snapshot to another breaks the rule. */
    interface OfChange {
        boolean isBroken(RuleContext in, JobSnapshot before, JobSnapshot after);
    }

    /** Whether the rule refuses an event. */
    interface OfEvent {
        boolean isBroken(RuleContext in, JobSnapshot job, JobEvent event, Instant now, @Nullable JobError error);
    }

    /** What is wrong with a snapshot or a change. */
    interface Message {
        String of(RuleContext in, @Nullable JobSnapshot before, JobSnapshot after);
    }

    /** Why an event is refused. */
    interface EventMessage {
        String of(RuleContext in, JobSnapshot job, JobEvent event, Instant now, @Nullable JobError error);
    }

    static Guard ofSnapshot(OfSnapshot guard, JobField... reads) {
        EnumSet<JobField> fields = EnumSet.noneOf(JobField.class);
        Collections.addAll(fields, reads);
        return new Guard(
                guard,
                Collections.unmodifiableSet(fields),
                (in, before, after) -> false,
                (in, before, after) -> "",
                (in, job, event, now, error) -> false,
                (in, job, event, now, error) -> "");
    }

    static Guard ofChange(OfChange guard) {
        return ofSnapshot((in, job) -> false).andOfChange(guard);
    }

    Guard andOfChange(OfChange guard) {
        return new Guard(snapshotGuard, reads, guard, message, eventGuard, eventMessage);
    }

    Guard says(Message message) {
        return new Guard(snapshotGuard, reads, changeGuard, message, eventGuard, eventMessage);
    }

    Guard refusing(OfEvent guard, EventMessage message) {
        return new Guard(snapshotGuard, reads, changeGuard, this.message, guard, message);
    }
}
