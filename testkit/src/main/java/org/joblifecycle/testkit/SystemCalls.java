package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.tuning.TuningJob;
import org.jspecify.annotations.Nullable;

/** Calls a system: writes calls and answers into the transcript; a call that throws, or answers null, is a failure. */
final class SystemCalls {
    private final JobSystem system;
    private final Transcript transcript;

    SystemCalls(JobSystem system, Transcript transcript) {
        this.system = system;
        this.transcript = transcript;
    }

    /** What the system answers to a submission; maybe null, which is for the caller to judge. */
    @Nullable
    JobSnapshot submit(String name, Instant at) {
        transcript.submits(name, at);
        JobSnapshot created = call("creation", null, () -> system.submit(name, at));
        transcript.answers(String.valueOf(created));
        return created;
    }

    /** The same of a whole tuning job. */
    @Nullable
    TuningJob submit(String name, Request request, Instant at) {
        transcript.submits(name, request, at);
        TuningJob created = call("creation", null, () -> system.submit(name, request.job(), at));
        transcript.answers(String.valueOf(created));
        return created;
    }

    /** The whole tuning job as the system has it now; null if it has no such job. In the transcript only if it fails. */
    @Nullable
    TuningJob readTuningJob(String change, JobSnapshot job) {
        return call(change, null, () -> system.readTuningJob(requireNonNull(job.name())));
    }

    /** What the system answers to a submission of a name that a job has; null if it refuses, as by an exception. */
    @Nullable
    JobSnapshot submitAgain(String name, Instant at) {
        transcript.adds(transcript.submit(name, at));
        try {
            JobSnapshot created = system.submit(name, at);
            transcript.answers(String.valueOf(created));
            return created;
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            transcript.answers("threw " + e);
            return null;
        }
    }

    /** The job as the system has it now; null if it has no such job. In the transcript only if it fails. */
    @Nullable
    JobSnapshot read(String change, JobSnapshot job) {
        return call(change, transcript.read(job), () -> system.read(requireNonNull(job.name())));
    }

    /** Moves the clock of the system. */
    void advance(String change, Duration time) {
        transcript.advances(time);
        call(change, null, () -> {
            system.advance(time);
            return true;
        });
    }

    /** All jobs of the system. */
    Iterable<JobSnapshot> list(String change) {
        transcript.adds("system.list()");
        Iterable<JobSnapshot> all = call(change, null, system::list);
        if (all == null) {
            throw answeredNull(change);
        }
        return all;
    }

    /** Whether the system has the job; for calls beside others, which are not in the transcript. */
    boolean finds(JobSnapshot job) throws Exception {
        return system.read(requireNonNull(job.name())) != null;
    }

    Answer offer(String change, JobSnapshot known, JobSnapshot proposed) {
        transcript.offers(known, proposed);
        return answer(change, offering(known, proposed));
    }

    Answer fire(String change, JobSnapshot known, JobEvent event, Instant at, @Nullable JobError error) {
        transcript.fires(known, event, at, error);
        return answer(change, firing(known, event, at, error));
    }

    /** The call that offers an update. */
    Callable<Answer> offering(JobSnapshot known, JobSnapshot proposed) {
        return () -> system.offer(copy(known), copy(proposed));
    }

    /** The call that fires an event. */
    Callable<Answer> firing(JobSnapshot known, JobEvent event, Instant at, @Nullable JobError error) {
        return () -> system.fire(copy(known), event, at, error);
    }

    private Answer answer(String change, Callable<Answer> call) {
        Answer answer = call(change, null, call);
        transcript.answers(String.valueOf(answer));
        if (answer == null) {
            throw answeredNull(change);
        }
        return answer;
    }

    NonconformanceError answeredNull(String change) {
        return transcript.failure(Requirement.ANSWERED, change, List.empty(), "the system answered null");
    }

    /**
     * Makes a call.
     *
     * @param statement the call, for the transcript, if it fails; null if it is there already
     */
    <T extends @Nullable Object> T call(String change, @Nullable String statement, Callable<T> call) {
        try {
            return call.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the system was called", e);
        } catch (Exception | AssertionError | LinkageError | StackOverflowError e) {
            if (statement != null) {
                transcript.adds(statement);
            }
            transcript.answers("threw " + e);
            throw transcript.threw(change, e);
        }
    }

    /** The same job as another object: a system may not expect the very objects that it answered. */
    private static JobSnapshot copy(JobSnapshot job) {
        String name = job.name();
        return name == null ? job.withState(job.state()) : job.withName(String.valueOf(name.toCharArray()));
    }
}
