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
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** The keys of all fields of all kinds. */
    static final Set<String> KEYS = Arrays.stream(JobKind.values())
            .flatMap(kind -> Arrays.stream(JobField.values()).map(field -> field.wireName(kind)))
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> ERROR_KEYS = Set.of(CODE, MESSAGE);
    private static final List<JobField> TIMES = List.of(CREATE_TIME, START_TIME, END_TIME, UPDATE_TIME);

    private final Members members;
    private final @Nullable String name;

    /** The kind whose field names are read. */
    private final JobKind kind;

    private JobReader(Members members, JobKind fallback) {
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
     * @return null if it has only white space
     * @throws IOException if the input fails; not if it is malformed
     */
    static @Nullable ReadJob readAll(JsonParser parser, JobKind fallback) throws IOException {
        try {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return null;
            }
            if (token != JsonToken.START_OBJECT) {
                return ReadJob.malformed(fallback, "expected one JSON object, found " + StrictJson.describe(token));
            }
            ReadJob job = read(parser, fallback);
            return parser.nextToken() == null
                    ? job
                    : ReadJob.malformed(fallback, "expected one JSON object, found something after it");
        } catch (JsonProcessingException | CharConversionException e) {
            return ReadJob.malformed(fallback, StrictJson.fault(e, parser));
        }
    }

    /**
     * Reads the object at whose start the parser is, and leaves the parser at its end.
     *
     * @param fallback the kind of a job whose name tells none
     * @throws IOException if the text is not JSON or cannot be read
     */
    static ReadJob read(JsonParser parser, JobKind fallback) throws IOException {
        JobReader reader = new JobReader(JsonValue.members(parser, KEYS, ERROR_KEYS), fallback);
        return new ReadJob(reader.name == null ? fallback : reader.kind, reader.snapshot());
    }

    private Validation<Unreadable, JobSnapshot> snapshot() {
        for (JobField field : JobField.values()) {
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
                    STATE.wireName(kind) + " " + stateValue
                            + " is unknown: expected " + JobState.UNSPECIFIED.wireName() + " to "
                            + JobState.PARTIALLY_SUCCEEDED.wireName() + ", or 0 to 11");
        }
        Map<JobField, Instant> times = new EnumMap<>(JobField.class);
        for (JobField field : TIMES) {
            if (value(field) instanceof Text text) {
                Option<Instant> time = Rfc3339.parse(text.text());
                if (time.isEmpty()) {
                    return unreadable(
                            TIMESTAMP_MALFORMED,
                            field,
                            field.wireName(kind) + " " + text
                                    + " is not RFC 3339: expected a time such as 2024-05-01T12:00:00.5Z");
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
        return misfit(key + "." + CODE, code, integer(code).isPresent(), "a 32-bit integer")
                .orElse(misfit(key + "." + MESSAGE, message, message instanceof Text, "a string"));
    }

    private static Option<String> misfit(String key, @Nullable JsonValue value, boolean fits, String expected) {
        return Option.when(value != null && !fits, () -> key + " is " + value + ": expected " + expected);
    }

    private static OptionalInt integer(@Nullable JsonValue value) {
        return value instanceof Numeral number ? WireInteger.parse(number.text()) : OptionalInt.empty();
    }

    private static Option<JobState> state(JsonValue value) {
        if (value instanceof Text text) {
            return JobState.of(text.text());
        }
        OptionalInt number = integer(value);
        return number.isPresent() ? JobState.of(number.getAsInt()) : Option.none();
    }

    private @Nullable JobError error() {
        if (!(value(ERROR) instanceof Members error)) {
            return null;
        }
        String message = error.get(MESSAGE) instanceof Text text ? text.text() : "";
        return new JobError(integer(error.get(CODE)).orElse(0), message);
    }
}
