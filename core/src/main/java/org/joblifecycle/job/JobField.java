package org.joblifecycle.job;

import java.util.Objects;
import org.joblifecycle.text.ProtoName;
import org.jspecify.annotations.Nullable;

/** A field of a {@link JobSnapshot}: what the lifecycle reads of a job. */
public enum JobField {
    /** The resource name. */
    NAME("name"),
    /** The state; a {@link JobKind#NOTEBOOK_EXECUTION_JOB} calls it {@code jobState}. */
    STATE("state"),
    /** When the job was created. */
    CREATE_TIME("createTime"),
    /** When the job was RUNNING for the first time. */
    START_TIME("startTime"),
    /** When the job entered its terminal state. */
    END_TIME("endTime"),
    /** When the job was most recently updated. */
    UPDATE_TIME("updateTime"),
    /** The error; a {@link JobKind#NOTEBOOK_EXECUTION_JOB} calls it {@code status}. */
    ERROR("error");

    private final String wireName;

    JobField(String wireName) {
        this.wireName = wireName;
    }

    /** The name of this field in the JSON of every kind but {@link JobKind#NOTEBOOK_EXECUTION_JOB}. */
    public String wireName() {
        return wireName;
    }

    /** The name of this field in the JSON of a job of this kind. */
    public String wireName(JobKind kind) {
        if (kind == JobKind.NOTEBOOK_EXECUTION_JOB) {
            if (this == STATE) {
                return "jobState";
            }
            if (this == ERROR) {
                return "status";
            }
        }
        return wireName;
    }

    /**
     * The name of this field in the {@code .proto} file of a kind, such as {@code create_time}. JSON may have it too, in place of
     * {@link #wireName(JobKind)}.
     */
    public String protoName(JobKind kind) {
        return ProtoName.of(wireName(kind));
    }

    /** The value of this field: a String, a JobState, an Instant or a JobError; null if the job does not carry it. */
    public @Nullable Object of(JobSnapshot job) {
        return switch (this) {
            case NAME -> job.name();
            case STATE -> job.state();
            case CREATE_TIME -> job.createTime();
            case START_TIME -> job.startTime();
            case END_TIME -> job.endTime();
            case UPDATE_TIME -> job.updateTime();
            case ERROR -> job.error();
        };
    }

    /** Whether the two jobs differ in this field: times as instants, errors by code and message, presence from absence. */
    public boolean differs(JobSnapshot one, JobSnapshot other) {
        return !Objects.equals(of(one), of(other));
    }

    /** The {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
