package org.joblifecycle.cli.command;

import org.joblifecycle.job.JobField;
import org.joblifecycle.json.Unreadable;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;

/**
 * A finding on one line: a violation, or why the line cannot be read.
 *
 * @param file the file as it was named, {@code -} for standard input
 * @param line the line, from 1
 * @param job the full name of the job; null if none was read
 * @param rule the id of the violated rule or of the fault
 * @param field the field at fault, such as {@code endTime}; null if the line as a whole is
 * @param message what is wrong, with which values, and what was expected
 */
public record ReportEntry(
        String file,
        long line,
        @Nullable String job,
        String rule,
        @Nullable String field,
        String message) {

    /** The entry of a violation of a job. */
    public static ReportEntry of(String file, long line, String job, Violation violation) {
        return new ReportEntry(file, line, job, violation.id(), violation.path(), violation.message());
    }

    /** The entry of a job that cannot be read. */
    public static ReportEntry of(String file, long line, Unreadable fault) {
        JobField field = fault.field();
        return new ReportEntry(
                file,
                line,
                fault.name(),
                fault.reason().id(),
                field == null ? null : field.wireName(),
                fault.message());
    }
}
