package org.joblifecycle.spring;

import io.vavr.collection.Seq;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.Violation;
import org.springframework.messaging.Message;

/**
 * Why an event did not happen. The last one of a machine is in its extended state, under {@link JobStateMachine#REFUSAL};
 * it stays there when later events happen.
 *
 * @param message the event as it was sent: the same object, so that a refusal can be told from an older one
 * @param job the job as it was and still is
 * @param violations the broken rules; never empty. {@code asJava()} leads back to the JDK
 */
public record Refusal(Message<JobEvent> message, JobSnapshot job, Seq<Violation> violations) {}
