package org.joblifecycle.testkit;

import java.util.Optional;
import java.util.stream.Stream;
import org.joblifecycle.job.JobError;
import org.jspecify.annotations.Nullable;

/** Simpler versions of an error: with a shorter message, or none. */
final class SimplerError {
    private SimplerError() {}

    /** Simpler errors, the simplest first. */
    static Stream<JobError> of(JobError error) {
        return Texts.simpler(error.message()).map(shorter -> new JobError(error.code(), shorter));
    }

    /** No error, and simpler ones; nothing of no error. */
    static Stream<Optional<JobError>> orNone(@Nullable JobError error) {
        return error == null
                ? Stream.empty()
                : Stream.concat(Stream.of(Optional.empty()), of(error).map(Optional::of));
    }

    static long size(@Nullable JobError error) {
        return error == null ? 0 : 1L + error.message().length();
    }
}
