package org.joblifecycle.tuning;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import org.joblifecycle.job.JobError;

/**
 * The error of a job with all its fields: {@code google.rpc.Status}. The lifecycle reads its code and message, see
 * {@link #toJobError}.
 */
public final class RpcStatus extends ApiMessage<RpcStatus> {
    private static final ApiType.Builder<RpcStatus> FIELDS = new ApiType.Builder<>();

    /** "The status code, which should be an enum value of google.rpc.Code." */
    public static final ApiField<RpcStatus, Integer> CODE = FIELDS.field("code", FieldType.Scalar.INT32);

    /** "A developer-facing error message, which should be in English." */
    public static final ApiField<RpcStatus, String> MESSAGE = FIELDS.field("message", FieldType.Scalar.STRING);

    /**
     * "A list of messages that carry the error details." Each is an object with an {@code @type}, which is not
     * read.
     */
    public static final ApiField<RpcStatus, Seq<RawJson>> DETAILS =
            FIELDS.field("details", new FieldType.Repeated<>(FieldType.Scalar.OBJECT));

    /** The type of these messages. */
    public static final ApiType<RpcStatus> TYPE = FIELDS.build("Status", RpcStatus::new);

    /** The message without any field. */
    public static final RpcStatus EMPTY = TYPE.empty();

    private RpcStatus(Map<String, Object> members) {
        super(members);
    }

    /** The message with this code and message text. */
    public static RpcStatus of(JobError error) {
        RpcStatus coded = EMPTY.with(CODE, requireNonNull(error, "error").code());
        return error.message().isEmpty() ? coded : coded.with(MESSAGE, error.message());
    }

    /** Code and message: an absent code is 0, an absent message the empty one. */
    public JobError toJobError() {
        return new JobError(requireNonNullElse(get(CODE), 0), requireNonNullElse(get(MESSAGE), ""));
    }

    @Override
    public ApiType<RpcStatus> type() {
        return TYPE;
    }
}
