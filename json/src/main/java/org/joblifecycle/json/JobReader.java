package org.joblifecycle.json;

import static org.joblifecycle.job.JobField.CREATE_TIME;
import static org.joblifecycle.job.JobField.END_TIME;
import static org.joblifecycle.job.JobField.ERROR;
import static org.joblifecycle.job.JobField.NAME;
import static org.joblifecycle.job.JobField.START_TIME;
import static org.joblifecycle.job.JobField.STATE;
import static org.joblifecycle.job.JobField.UPDATE_TIME;
import static org.joblifecycle.json.Unreadable.Reason.MALFORMED_JSON;
import static org.joblifecycle.json.Unreadable.Reason.NAME_MISSING;
import static org.joblifecycle.json.Unreadable.Reason.STATE_MISSING;
import static org.joblifecycle.json.Unreadable.Reason.STATE_UNKNOWN;
import static org.joblifecycle.json.Unreadable.Reason.TIMESTAMP_MALFORMED;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.vavr.control.Option;
import io.vavr.control.Validation;
import java.io.CharConversionException;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.JsonValue.Members;
import org.joblifecycle.json.JsonValue.Numeral;
import org.joblifecycle.json.JsonValue.Text;
import org.joblifecycle.json.Unreadable.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Makes a snapshot of a JSON object. Which members are read depends on the name, so all that may be needed are collected first.
 */
final class JobReader {
    static final String CODE = "code";
    static final String MESSAGE = "message";

    /** The fields of which one of the wrong type is not JSON of a job. */
    private static final List<JobField> TYPED = List.of(NAME, STATE, ERROR);

    private static final List<JobField> TIMES = List.of(CREATE_TIME, START_TIME, END_TIME, UPDATE_TIME);

    private final JobMembers members;
    private final @Nullable String name;

    /** The kind whose field names are read. */
    private final JobKind kind;

    private JobReader(JobMembers members, JobKind fallback) {
        this.members = members;
        this.name = members.get(NAME.wireName()) instanceof Text text
                        && !text.text().isEmpty()
                ? text.text()
                : null;
        this.kind = name == null ? JobKind.TUNING_JOB : JobKind.of(name).getOrElse(fallback);
    }

    /**
     * Reads all that the parser has as one job.
     *
     * @param fallback the kind of a job whose name tells none
     * @throws IOException if the input fails; not if it is malformed
     */
    static ReadJob readOne(JsonParser parser, JobKind fallback) throws IOException {
        try {
            JsonToken token = parser.nextToken();
            if (token != JsonToken.START_OBJECT) {
                return ReadJob.malformed(
                        fallback,
                        "expected one JSON object, found " + (token == null ? "nothing" : StrictJson.describe(token)));
            }
            JobMembers members = members(parser);
            return parser.nextToken() == null
                    ? members.errorAnswer(fallback).getOrElse(() -> read(members, fallback))
                    : ReadJob.malformed(fallback, "expected one JSON object, found something after it");
        } catch (JsonProcessingException | CharConversionException e) {
            return ReadJob.malformed(fallback, StrictJson.fault(e, parser));
        }
    }

    /**
     * Reads the object at whose start the parser is as a job, and leaves the parser at its end.
     *
     * @param fallback the kind of a job whose name tells none
     * @throws IOException if the text is not JSON or cannot be read
     */
    static ReadJob read(JsonParser parser, JobKind fallback) throws IOException {
        return read(members(parser), fallback);
    }

    /** The job with these members. */
    static ReadJob read(JobMembers members, JobKind fallback) {
        JobReader reader = new JobReader(members, fallback);
        return new ReadJob(reader.name == null ? fallback : reader.kind, reader.snapshot());
    }

    private static JobMembers members(JsonParser parser) throws IOException {
        JobMembers members = new JobMembers();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            members.read(key, parser);
        }
        return members;
    }

    private Validation<Unreadable, JobSnapshot> snapshot() {
        for (JobField field : TYPED) {
            Option<String> misfit = misfit(field);
            if (misfit.isDefined()) {
                return unreadable(MALFORMED_JSON, field, misfit.get());
            }
        }
        if (name == null) {
            return unreadable(
                    NAME_MISSING,
                    NAME,
                    "name is missing: expected the resource name of the job, such as "
                            + "projects/p/locations/l/tuningJobs/7");
        }
        JsonValue stateValue = value(STATE);
        if (stateValue == null) {
            return unreadable(
                    STATE_MISSING,
                    STATE,
                    STATE.wireName(kind) + " is missing: expected a state such as JOB_STATE_RUNNING");
        }
        Option<JobState> state = state(stateValue);
        if (state.isEmpty()) {
            return unreadable(
                    STATE_UNKNOWN,
                    STATE,
                    STATE.wireName(kind) + " " + stateValue + " is unknown: expected " + expectedState(stateValue));
        }
        Map<JobField, Instant> times = new EnumMap<>(JobField.class);
        for (JobField field : TIMES) {
            JsonValue value = value(field);
            if (value != null) {
                Option<Instant> time = value instanceof Text text ? Rfc3339.parse(text.text()) : Option.none();
                if (time.isEmpty()) {
                    return unreadable(
                            TIMESTAMP_MALFORMED,
                            field,
                            field.wireName(kind) + " " + (value instanceof Text ? value : "is " + value)
                                    + (value instanceof Text ? " is not RFC 3339" : "") + ": expected "
                                    + expectedTime(value));
                }
                times.put(field, time.get());
            }
        }
        return Validation.valid(JobSnapshot.of(name, state.get())
                .withCreateTime(times.get(CREATE_TIME))
                .withStartTime(times.get(START_TIME))
                .withEndTime(times.get(END_TIME))
                .withUpdateTime(times.get(UPDATE_TIME))
                .withError(error()));
    }

    private @Nullable JsonValue value(JobField field) {
        return members.get(field.wireName(kind));
    }

    private Validation<Unreadable, JobSnapshot> unreadable(Reason reason, JobField field, String message) {
        return Validation.invalid(new Unreadable(reason, name, field, message));
    }

    /** What is wrong with the type of a field; nothing if the type is right or the field is absent. */
    private Option<String> misfit(JobField field) {
        JsonValue value = value(field);
        String key = field.wireName(kind);
        if (field == STATE) {
            return misfit(key, value, value instanceof Text || value instanceof Numeral, "a string or a number");
        }
        if (field != ERROR) {
            return misfit(key, value, value instanceof Text, "a string");
        }
        if (!(value instanceof Members error)) {
            return misfit(key, value, false, "an object");
        }
        JsonValue code = error.get(CODE);
        JsonValue message = error.get(MESSAGE);
        return misfit(key + "." + CODE, code, code(code).isPresent(), "a 32-bit integer")
                .orElse(misfit(key + "." + MESSAGE, message, message instanceof Text, "a string"));
    }

    private static Option<String> misfit(String key, @Nullable JsonValue value, boolean fits, String expected) {
        return Option.when(value != null && !fits, () -> key + " is " + value + ": expected " + expected);
    }

    private static OptionalInt integer(@Nullable JsonValue value) {
        return value instanceof Numeral number ? WireInteger.parse(number.text()) : OptionalInt.empty();
    }

    /** An integer that may stand in a string. */
    private static OptionalInt code(@Nullable JsonValue value) {
        return value instanceof Text text ? WireInteger.parseIfNumber(text.text()) : integer(value);
    }

    private static Option<JobState> state(JsonValue value) {
        if (value instanceof Text text) {
            return JobState.of(text.text());
        }
        OptionalInt number = integer(value);
        return number.isPresent() ? JobState.of(number.getAsInt()) : Option.none();
    }

    private static String expectedState(JsonValue found) {
        return (found instanceof Text text ? NearMiss.state(text.text()) : Option.<JobState>none())
                .map(state -> state.wireName() + ", its name in the API")
                .getOrElse(JobState.UNSPECIFIED.wireName() + " to " + JobState.PARTIALLY_SUCCEEDED.wireName()
                        + ", or 0 to 11");
    }

    private static String expectedTime(JsonValue found) {
        return (found instanceof Members members ? NearMiss.time(members) : Option.<String>none())
                .map(time -> "the string \"" + time + "\", which is that time in RFC 3339")
                .getOrElse((found instanceof Text ? "a time" : "a string") + " such as 2024-05-01T12:00:00.5Z");
    }

    private @Nullable JobError error() {
        if (!(value(ERROR) instanceof Members error)) {
            return null;
        }
        String message = error.get(MESSAGE) instanceof Text text ? text.text() : "";
        return new JobError(code(error.get(CODE)).orElse(0), message);
    }
}
