package org.joblifecycle.protobuf;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.UnreadableField;
import org.joblifecycle.tuning.TuningJob;

/**
 * Whole tuning jobs from and to Google's {@code TuningJob} messages of v1 and v1beta1, generated or dynamic. A message that is
 * read and written again is the same: also its fields that this library does not know, and those that have a number only.
 *
 * <p>What a {@code TuningJob} of this library keeps as JSON is that of the field, as Google's parsers read it. What JSON cannot
 * hold is kept as bytes: a field without a name under {@code @unknown} in the message that has it, and a detail of an error whose
 * type was not given as an object with {@code @type} and {@code @bytes}. Only this class reads them.
 *
 * <p>A message of proto3 does not tell a zero, a false or an empty text, list or map from an absent one, except for
 * {@code baseModel}: they are absent when the job is read again. It needs protobuf-java-util beside protobuf-java.
 */
public final class TuningJobProtobuf {
    private TuningJobProtobuf() {}

    /** Reads a tuning job: the same as {@link #read(Message, TypeRegistry)} without a type of a detail. */
    public static Validation<Seq<UnreadableField>, TuningJob> read(Message message) {
        return read(message, TypeRegistry.getEmptyTypeRegistry());
    }

    /**
     * Reads a tuning job. The state with the number 0, which a message without a state has too, is
     * {@link JobState#UNSPECIFIED} if the job has a name, and absent in a request, which has none.
     *
     * @param types the types of the error's details, such as {@code com.google.rpc.ErrorInfo}, that are to be read as JSON
     * @return the job, or all faults that were found, each with its path: times outside the years 0001 to 9999
     * @throws IllegalArgumentException if the message is no tuning job of v1 or v1beta1
     */
    public static Validation<Seq<UnreadableField>, TuningJob> read(Message message, TypeRegistry types) {
        ProtoReader reader = new ProtoReader(new ProtoJson(requireNonNull(types, "types")));
        TuningJob job = reader.message(TuningJob.TYPE, requireTuningJob(message), "");
        return reader.faults().isEmpty()
                ? Validation.valid(
                        job.has(TuningJob.NAME) && !job.has(TuningJob.STATE)
                                ? job.withState(JobState.UNSPECIFIED)
                                : job)
                : Validation.invalid(reader.faults());
    }

    private static <M extends Message> M requireTuningJob(M message) {
        if (!JobProtobuf.kind(message).contains(JobKind.TUNING_JOB)) {
            throw new IllegalArgumentException(message.getDescriptorForType().getFullName()
                    + " is no tuning job: expected google.cloud.aiplatform.v1.TuningJob or that of v1beta1");
        }
        return message;
    }

    /** Writes a tuning job: the same as {@link #write(TuningJob, Message, TypeRegistry)} without a type of a detail. */
    public static <M extends Message> Validation<Seq<UnwritableField>, M> write(TuningJob job, M type) {
        return write(job, type, TypeRegistry.getEmptyTypeRegistry());
    }

    /**
     * Writes a tuning job.
     *
     * @param type a message of the type to write, such as {@code TuningJob.getDefaultInstance()}; what it carries does not count
     * @param types the types of the error's details, such as {@code com.google.rpc.ErrorInfo}, that are given as JSON
     * @param <M> the type of the message
     * @return the message; or all faults that were found, each with its path: fields and names of values that the type does not
     *     have, such as some of a job of v1beta1 for a message of v1, two fields of one oneof, times outside the years 0001 to
     *     9999, text that UTF-8 cannot encode, details of other types than given, JSON that its field does not allow
     * @throws IllegalArgumentException if the message is no tuning job of v1 or v1beta1
     */
    @SuppressWarnings("unchecked") // a builder builds what it is the builder of
    public static <M extends Message> Validation<Seq<UnwritableField>, M> write(
            TuningJob job, M type, TypeRegistry types) {
        ProtoWriter writer = new ProtoWriter(new ProtoJson(requireNonNull(types, "types")));
        Message.Builder builder = requireTuningJob(requireNonNull(type, "type")).newBuilderForType();
        writer.message(requireNonNull(job, "job"), builder, "");
        return writer.faults().isEmpty() ? Validation.valid((M) builder.build()) : Validation.invalid(writer.faults());
    }
}
