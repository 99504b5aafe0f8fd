package org.joblifecycle.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.vavr.control.Validation;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.jspecify.annotations.Nullable;

/** Reads and writes one snapshot of a job as JSON, in the form in which the REST API prints a job. */
public final class JobJson {
    private JobJson() {}

    /** Reads a job: the same as {@link #read(String, JobKind)} where a name that tells no kind is a tuning job's. */
    public static Validation<Unreadable, JobSnapshot> read(String json) {
        return read(json, JobKind.TUNING_JOB);
    }

    /**
     * Reads a job. Only its name, the state and error fields of its kind and the four times are read, under their JSON names or
     * their proto names, which are the same keys. A null means that the field is absent; of a key given twice the last value
     * counts.
     *
     * @param json one JSON object
     * @param fallback the kind of a job whose name tells none
     * @return the job, or why it cannot be read
     */
    public static Validation<Unreadable, JobSnapshot> read(String json, JobKind fallback) {
        requireNonNull(json, "json");
        requireNonNull(fallback, "fallback");
        try (JsonParser parser = StrictJson.parser(json)) {
            return JobReader.readOne(parser, fallback).job();
        } catch (IOException e) {
            throw new UncheckedIOException("reading a String", e);
        }
    }

    /** The JSON of a job: the same as {@link #write(JobSnapshot, JobKind)} where a name that tells no kind is a tuning job's. */
    public static String write(JobSnapshot job) {
        return write(job, JobKind.TUNING_JOB);
    }

    /**
     * The JSON of a job on one line, with the field names of its kind. Times are in UTC, end in Z and have 0, 3, 6 or 9 digits of
     * a fraction; fields that the job does not carry are not written. UTF-8 can encode the text whatever the job carries:
     * surrogates are escaped, since one may stand alone.
     *
     * @param fallback the kind of a job whose name tells none
     * @throws DateTimeException if a time lies outside the years 0001 to 9999, which RFC 3339 cannot write
     */
    public static String write(JobSnapshot job, JobKind fallback) {
        requireNonNull(job, "job");
        requireNonNull(fallback, "fallback");
        JobKind kind = JobKind.of(job.name()).getOrElse(fallback);
        StringWriter json = new StringWriter();
        try (JsonGenerator out = StrictJson.generator(json)) {
            out.writeStartObject();
            for (JobField field : JobField.values()) {
                write(out, field.wireName(kind), field.of(job));
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing a String", e);
        }
        return json.toString();
    }

    private static void write(JsonGenerator out, String key, @Nullable Object value) throws IOException {
        if (value instanceof Instant time) {
            out.writeStringField(
                    key,
                    Rfc3339.format(time)
                            .getOrElseThrow(() -> new DateTimeException(key + " " + time
                                    + " lies outside the years 0001 to 9999, which RFC 3339 cannot write")));
        } else if (value instanceof JobError error) {
            out.writeObjectFieldStart(key);
            out.writeNumberField(JobReader.CODE, error.code());
            if (!error.message().isEmpty()) {
                out.writeStringField(JobReader.MESSAGE, error.message());
            }
            out.writeEndObject();
        } else if (value instanceof JobState state) {
            out.writeStringField(key, state.wireName());
        } else if (value != null) {
            out.writeStringField(key, value.toString());
        }
    }
}
