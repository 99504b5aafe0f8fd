package org.joblifecycle.testkit;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Stream;
import java.util.Random;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.JobLifecycle;

/** Errors of jobs to test with. Which of them a job may carry is asked of the lifecycle. */
final class JobErrors {
    /** All codes of errors, in ascending order. */
    static final Seq<Integer> CODES =
            Stream.from(1).takeWhile(code -> JobError.of(code).isErrorCode()).toVector();

    /** Numbers that are no codes of errors: the two next to the {@link #CODES}, and a negative one. */
    static final Seq<Integer> INVALID_CODES = List.of(CODES.head() - 1, CODES.last() + 1, -1);

    /** Messages that are easily cut, trimmed or changed. */
    static final Seq<String> MESSAGES = List.of(
            "no space left",
            " spaces around ",
            "größer als 搜索 💥: \"a\" \\ 'b' <c>\n\tend",
            "the log follows\n" + "ошибка 错误 💥\t".repeat(300));

    private JobErrors() {}

    /** Draws an error: any code of an error, and any message. */
    static JobError draw(Random random) {
        return new JobError(History.pick(CODES, random), Texts.draw(random));
    }

    /**
     * The job with this error, as far as its kind allows that: with another code if the kind requires one, and without a change
     * if the job may not get an error now. Where any code is allowed, the highest code becomes that of OK.
     */
    static JobSnapshot set(JobSnapshot job, JobKind kind, JobError error) {
        JobLifecycle lifecycle = JobLifecycle.authority(kind);
        return List.of(error.code() % CODES.last(), error.code(), JobError.CANCELLED)
                .map(code -> job.withError(new JobError(code, error.message())))
                .find(next -> lifecycle.check(job, next).isLegal())
                .getOrElse(job);
    }
}
