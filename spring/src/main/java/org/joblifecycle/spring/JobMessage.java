package org.joblifecycle.spring;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.JobEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.MessageBuilder;

/** The message that sends an event to a machine: the event is its payload, its time and its error are headers. */
public final class JobMessage {
    /**
     * The header that says when the event happens, an {@link Instant}. Without it, the event happens when the message was
     * made, or at the latest time that the job carries if that is later.
     */
    public static final String NOW = "job-lifecycle.now";

    /** The header that says why the job failed, a {@link JobError}. Without it, nothing is known. */
    public static final String ERROR = "job-lifecycle.error";

    private JobMessage() {}

    /** An event that happens now, without an error. */
    public static Message<JobEvent> of(JobEvent event, Instant now) {
        return of(event, now, null);
    }

    /**
     * An event that happens now.
     *
     * @param error why the job failed; null if nothing is known
     */
    public static Message<JobEvent> of(JobEvent event, Instant now, @Nullable JobError error) {
        return MessageBuilder.withPayload(requireNonNull(event, "event"))
                .setHeader(NOW, requireNonNull(now, "now"))
                .setHeader(ERROR, error)
                .build();
    }

    /**
     * When the event happens to this job.
     *
     * @throws IllegalArgumentException if the message carries no time, or the header holds something else than an Instant
     */
    static Instant now(Message<JobEvent> message, JobSnapshot job) {
        MessageHeaders headers = message.getHeaders();
        Instant now = headers.get(NOW, Instant.class);
        if (now != null) {
            return now;
        }
        Long made = headers.getTimestamp();
        if (made == null) {
            throw new IllegalArgumentException("the message " + message.getPayload() + " carries no time: expected an"
                    + " Instant in the header \"" + NOW + "\", or a timestamp");
        }
        return job.notBefore(Instant.ofEpochMilli(made));
    }

    /**
     * Why the job failed; null if nothing is known.
     *
     * @throws IllegalArgumentException if the header holds something else than a JobError
     */
    static @Nullable JobError error(Message<JobEvent> message) {
        return message.getHeaders().get(ERROR, JobError.class);
    }
}
