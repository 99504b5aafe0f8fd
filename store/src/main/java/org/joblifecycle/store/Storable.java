package org.joblifecycle.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.MICROS;

import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.text.Escaped;
import org.jspecify.annotations.Nullable;

/** What every database keeps as it is: everything else is refused before anything is written. */
final class Storable {
    private static final int MOST_CHARACTERS = 1024;

    /** An entry of an index of PostgreSQL has at most 2704 bytes. */
    private static final int MOST_BYTES = 2600;

    private Storable() {}

    /** The job with its times cut to microseconds. Its name may be absent: the lifecycle says why that is wrong. */
    static JobSnapshot job(JobSnapshot job) {
        text("name", job.name());
        error(job.error());
        return job.truncatedTo(MICROS);
    }

    static String name(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            throw new UnstorableJobException("the job has no name: expected one to store it under");
        }
        text("name", name);
        int bytes = name.getBytes(UTF_8).length;
        if (name.length() > MOST_CHARACTERS || bytes > MOST_BYTES) {
            throw new UnstorableJobException("name has " + name.length() + " characters, " + bytes
                    + " bytes in UTF-8: expected at most " + MOST_CHARACTERS + " and " + MOST_BYTES);
        }
        return name;
    }

    static void error(@Nullable JobError error) {
        text("error.message", error == null ? null : error.message());
    }

    static @Nullable String body(@Nullable String body) {
        text("body", body);
        return body;
    }

    private static void text(String field, @Nullable String text) {
        if (text == null) {
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isPair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || (Character.isSurrogate(c) && !isPair)) {
                throw new UnstorableJobException(
                        "%s has U+%04X at %d, after %s: expected text that a database keeps as it is"
                                .formatted(field, (int) c, i, Escaped.quoted(text.substring(Math.max(0, i - 20), i))));
            }
            if (isPair) {
                i++;
            }
        }
    }
}
