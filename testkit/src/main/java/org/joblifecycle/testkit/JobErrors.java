package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Stream;
import java.util.Random;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.JobLifecycle;

/** Errors of jobs to test with. Which of them a job may carry is asked of the lifecycle. */
public final class JobErrors {
    /** All codes of errors, in ascending order. */
    public static final Seq<Integer> CODES =
            Stream.from(1).takeWhile(code -> JobError.of(code).isErrorCode()).toVector();

    /** Numbers that are no codes of errors: the two next to the {@link #CODES}, and a negative one. */
    public static final Seq<Integer> INVALID_CODES = List.of(CODES.head() - 1, CODES.last() + 1, -1);

    private static final Seq<String> MESSAGES = List.of(
            "",
            "no space left",
            "Größe > 8 GiB: \"disk\" of worker 7 is full, see C:\\\\logs; ",
            "the log follows\n" + "ошибка 错误 \uD83D\uDCA5 \t".repeat(300));

    private JobErrors() {}

    /** Draws an error: any code of an error, without a message, or with a short or a long one. */
    public static JobError draw(Random random) {
        requireNonNull(random, "random");
        return new JobError(History.pick(CODES, random), History.pick(MESSAGES, random));
    }

    /**
     * The job with this error, as far as its kind allows that: with another code if the kind requires one, and without a change
     * if the job may not get an error now. Where any code is allowed, the highest code becomes that of OK.
     */
    public static JobSnapshot set(JobSnapshot job, JobKind kind, JobError error) {
        requireNonNull(job, "job");
        requireNonNull(error, "error");
        JobLifecycle lifecycle = JobLifecycle.authority(kind);
        return List.of(error.code() % CODES.last(), error.code(), JobError.CANCELLED)
                .map(code -> job.withError(new JobError(code, error.message())))
                .find(next -> lifecycle.check(job, next).isLegal())
                .getOrElse(job);
    }
}
