package org.joblifecycle.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.vavr.control.Option;
import io.vavr.control.Validation;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.text.Escaped;
import org.jspecify.annotations.Nullable;

/** One snapshot of a job from and to JSON, in the form in which the REST API prints a job. */
public final class JobJson {
    /** How many levels of objects and arrays can be read; the job itself is one. */
    static final int DEEPEST = 1000;

    /** Strict RFC 8259. Only depth is limited: whatever stands in a field that is not read must not matter. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    /** Where Jackson's messages go on about its own settings, or about a second place in a form that is not for reading. */
    private static final Pattern ASIDE = Pattern.compile("(?:: enable|: maybe a| \\(consider| \\(for) .*");

    private JobJson() {}

    /** Reads a job: the same as {@link #read(String, JobKind)} where a name that tells no kind is a tuning job's. */
    public static Validation<Unreadable, JobSnapshot> read(String json) {
        return read(json, JobKind.TUNING_JOB);
    }

    /**
     * Reads a job. Only the name, the state and error fields of its kind and the four times are looked at; null is
     * absence, and of a key given twice the last value counts.
     *
     * @param json one JSON object
     * @param fallback the kind of a job whose name tells none
     * @return the job, or why the text is none
     */
    public static Validation<Unreadable, JobSnapshot> read(String json, JobKind fallback) {
        requireNonNull(json, "json");
        requireNonNull(fallback, "fallback");
        try (JsonParser parser = FACTORY.createParser(json)) {
            return readOnly(parser, fallback).getOrElse(() -> malformed("expected one JSON object, found nothing"));
        } catch (IOException e) {
            throw new UncheckedIOException("reading a String", e);
        }
    }

    /**
     * Reads all that the parser has as one job.
     *
     * @return nothing if it has nothing but white space
     * @throws IOException if the input fails; not if it is malformed
     */
    static Option<Validation<Unreadable, JobSnapshot>> readOnly(JsonParser parser, JobKind fallback)
            throws IOException {
        try {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return Option.none();
            }
            if (token != JsonToken.START_OBJECT) {
                return Option.some(malformed("expected one JSON object, found " + describe(token)));
            }
            Validation<Unreadable, JobSnapshot> job = JobReader.read(parser, fallback);
            return Option.some(
                    parser.nextToken() == null ? job : malformed("expected one JSON object, found something after it"));
        } catch (JsonProcessingException | CharConversionException e) {
            return Option.some(malformed(fault(e, parser)));
        }
    }

    /** What is wrong with a text that is not JSON. */
    static String fault(IOException e, JsonParser parser) {
        if (!(e instanceof JsonProcessingException fault)) {
            return String.valueOf(e.getMessage());
        }
        String at = " at column " + parser.currentLocation().getColumnNr();
        if (fault instanceof StreamConstraintsException) {
            return "nested more than " + DEEPEST + " levels deep" + at;
        }
        String message = fault.getOriginalMessage();
        return message.startsWith("Unexpected end-of-input")
                ? "the JSON breaks off" + at
                : "not JSON" + at + ": " + Escaped.line(ASIDE.matcher(message).replaceAll(""));
    }

    static Validation<Unreadable, JobSnapshot> malformed(String message) {
        return Validation.invalid(new Unreadable(Unreadable.Reason.MALFORMED_JSON, null, null, message));
    }

    static String describe(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            default -> String.valueOf(token.asString());
        };
    }

    /** The JSON of a job: the same as {@link #write(JobSnapshot, JobKind)} where a name that tells no kind is a tuning job's. */
    public static String write(JobSnapshot job) {
        return write(job, JobKind.TUNING_JOB);
    }

    /**
     * The JSON of a job on one line, with the field names of its kind. Times are in UTC, ending in Z, with 0, 3, 6 or 9
     * digits of a fraction; what the job does not carry is left out. UTF-8 can encode the text whatever the job carries:
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
        try (JsonGenerator out = generator(json)) {
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

    /** Writes text that UTF-8 can encode: surrogates are escaped, since one may stand alone. */
    static JsonGenerator generator(Writer text) throws IOException {
        JsonGenerator out = FACTORY.createGenerator(text);
        out.setHighestNonEscapedChar(Character.MIN_SURROGATE - 1);
        return out;
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
