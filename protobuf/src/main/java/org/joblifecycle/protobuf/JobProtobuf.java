package org.joblifecycle.protobuf;

import static java.util.Objects.requireNonNull;
import static org.joblifecycle.job.JobField.CREATE_TIME;
import static org.joblifecycle.job.JobField.END_TIME;
import static org.joblifecycle.job.JobField.ERROR;
import static org.joblifecycle.job.JobField.NAME;
import static org.joblifecycle.job.JobField.START_TIME;
import static org.joblifecycle.job.JobField.STATE;
import static org.joblifecycle.job.JobField.UPDATE_TIME;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.vavr.Tuple;
import io.vavr.collection.Array;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Either;
import io.vavr.control.Option;
import io.vavr.control.Validation;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.Unreadable;
import org.joblifecycle.json.Unreadable.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots from and to Google's messages of jobs: {@code CustomJob}, {@code TuningJob} and the other six {@link JobKind}s, of
 * {@code google.cloud.aiplatform.v1} and {@code v1beta1}, generated or dynamic.
 *
 * <pre>{@code
 * Validation<Unreadable, JobSnapshot> observed = JobProtobuf.read(client.getCustomJob(name));
 * }</pre>
 */
public final class JobProtobuf {
    private static final String PACKAGE = "google.cloud.aiplatform.";
    private static final Map<String, JobKind> KINDS = Array.of("v1", "v1beta1")
            .flatMap(version ->
                    Array.of(JobKind.values()).map(kind -> Tuple.of(PACKAGE + version + "." + kind.resource(), kind)))
            .toMap(each -> each);
    private static final List<JobField> TIMES = List.of(CREATE_TIME, START_TIME, END_TIME, UPDATE_TIME);
    private static final String CODE = "code";
    private static final String MESSAGE = "message";

    private JobProtobuf() {}

    /**
     * The kind of a message, by its type.
     *
     * @return nothing if it is none of the eight jobs, of v1 or v1beta1; {@code getOrNull()} and {@code toJavaOptional()} lead
     *     back to the JDK
     */
    public static Option<JobKind> kind(Message message) {
        return KINDS.get(
                requireNonNull(message, "message").getDescriptorForType().getFullName());
    }

    private static JobKind kindOf(Message message) {
        return kind(message)
                .getOrElseThrow(() -> new IllegalArgumentException(
                        message.getDescriptorForType().getFullName() + " is no job: expected one such as " + PACKAGE
                                + "v1." + JobKind.CUSTOM_JOB.resource()));
    }

    /**
     * Reads a job. Only its name, the state and error fields of its kind and the times that its kind has are read. The state
     * with the number 0, which a message without a state has too, is {@link JobState#UNSPECIFIED}.
     *
     * @return the job, or why it cannot be read: its name is empty, its state has a number that is none of 0 to 11, or a time
     *     lies outside the years 0001 to 9999. Of several faults the first in the order of {@link Reason} is reported
     * @throws IllegalArgumentException if the message is none of the eight jobs; {@link #kind} tells beforehand
     */
    public static Validation<Unreadable, JobSnapshot> read(Message message) {
        JobKind kind = kindOf(message);
        String name = (String) requireNonNull(get(message, kind, NAME));
        if (name.isEmpty()) {
            return unreadable(
                    Reason.NAME_MISSING,
                    null,
                    NAME,
                    "name is missing: expected the resource name of the job, such as projects/p/locations/l/"
                            + kind.collection() + "/7");
        }
        EnumValueDescriptor value = (EnumValueDescriptor) requireNonNull(get(message, kind, STATE));
        Option<JobState> state = JobState.of(value.getNumber());
        if (state.isEmpty()) {
            return unreadable(
                    Reason.STATE_UNKNOWN,
                    name,
                    STATE,
                    STATE.wireName(kind) + " " + describe(value) + " is unknown: expected "
                            + JobState.UNSPECIFIED.wireName() + " to " + JobState.PARTIALLY_SUCCEEDED.wireName()
                            + ", or 0 to 11");
        }
        EnumMap<JobField, Instant> times = new EnumMap<>(JobField.class);
        for (JobField field : TIMES) {
            if (get(message, kind, field) instanceof Message timestamp) {
                Either<String, Instant> time = ProtoTime.read(timestamp);
                if (time.isLeft()) {
                    return unreadable(
                            Reason.TIMESTAMP_MALFORMED, name, field, field.wireName(kind) + " " + time.getLeft());
                }
                times.put(field, time.get());
            }
        }
        return Validation.valid(JobSnapshot.of(name, state.get())
                .withCreateTime(times.get(CREATE_TIME))
                .withStartTime(times.get(START_TIME))
                .withEndTime(times.get(END_TIME))
                .withUpdateTime(times.get(UPDATE_TIME))
                .withError(get(message, kind, ERROR) instanceof Message status ? error(status) : null));
    }

    private static Validation<Unreadable, JobSnapshot> unreadable(
            Reason reason, @Nullable String name, JobField field, String message) {
        return Validation.invalid(new Unreadable(reason, name, field, message));
    }

    /** The number, with its name if the message's own definition has one. */
    private static String describe(EnumValueDescriptor value) {
        boolean isNamed = value.getType().findValueByNumber(value.getNumber()) != null;
        return isNamed ? value.getNumber() + " (" + value.getName() + ")" : Integer.toString(value.getNumber());
    }

    private static JobError error(Message status) {
        return new JobError((int) status.getField(status.getDescriptorForType().findFieldByName(CODE)), (String)
                status.getField(status.getDescriptorForType().findFieldByName(MESSAGE)));
    }

    /** The value of a field; null if the message can be without the field, and is, and if its kind does not have the field. */
    private static @Nullable Object get(Message message, JobKind kind, JobField field) {
        FieldDescriptor descriptor = descriptor(message, kind, field);
        return descriptor == null || (descriptor.hasPresence() && !message.hasField(descriptor))
                ? null
                : message.getField(descriptor);
    }

    private static @Nullable FieldDescriptor descriptor(Message message, JobKind kind, JobField field) {
        return message.getDescriptorForType().findFieldByName(field.protoName(kind));
    }

    /**
     * The message with what the lifecycle made of its job: name, state, times and error, which are removed if the snapshot does
     * not carry them. Its other fields stay; an error that keeps its code and message keeps its details too.
     *
     * @param message the message as it was; to make a new one, such as {@code CustomJob.getDefaultInstance()}
     * @param <M> the type of the message
     * @return a message of the same type; or all faults that were found: the kind does not have a time that the snapshot carries,
     *     or a time lies outside the years 0001 to 9999
     * @throws IllegalArgumentException if the message is none of the eight jobs; {@link #kind} tells beforehand
     */
    @SuppressWarnings("unchecked") // a builder builds what it is the builder of
    public static <M extends Message> Validation<Seq<UnwritableField>, M> write(JobSnapshot job, M message) {
        requireNonNull(job, "job");
        JobKind kind = kindOf(message);
        Message.Builder builder = message.toBuilder();
        Vector<UnwritableField> faults = Vector.empty();
        for (JobField field : JobField.values()) {
            FieldDescriptor descriptor = descriptor(message, kind, field);
            Object value = field.of(job);
            Option<String> fault = Option.none();
            if (descriptor != null && value != null) {
                fault = set(builder, descriptor, value);
            } else if (descriptor != null) {
                builder.clearField(descriptor);
            } else if (value != null) {
                fault = Option.some(value + " cannot be written: a " + kind.resource() + " has no such field");
            }
            String path = field.wireName(kind);
            faults = faults.appendAll(fault.map(each -> new UnwritableField(path, path + " " + each)));
        }
        return faults.isEmpty() ? Validation.valid((M) builder.build()) : Validation.invalid(faults);
    }

    /** Sets a field; answers what is wrong with the value, if anything is. */
    private static Option<String> set(Message.Builder builder, FieldDescriptor field, Object value) {
        if (value instanceof Instant time) {
            Either<String, Message> timestamp = ProtoTime.write(time, builder.newBuilderForField(field));
            timestamp.forEach(each -> builder.setField(field, each));
            return timestamp.swap().toOption();
        }
        if (value instanceof JobError error) {
            if (!builder.hasField(field) || !error.equals(error((Message) builder.getField(field)))) {
                Message.Builder status = builder.newBuilderForField(field);
                status.setField(status.getDescriptorForType().findFieldByName(CODE), error.code());
                status.setField(status.getDescriptorForType().findFieldByName(MESSAGE), error.message());
                builder.setField(field, status.build());
            }
        } else {
            builder.setField(
                    field,
                    value instanceof JobState state ? field.getEnumType().findValueByNumber(state.number()) : value);
        }
        return Option.none();
    }
}
