package org.joblifecycle.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;

// Messages of all kinds, without any field.
final class JobMessages {
    static final Seq<Message> GENERATED = Vector.of(
            com.google.cloud.aiplatform.v1.TuningJob.getDefaultInstance(),
            com.google.cloud.aiplatform.v1.CustomJob.getDefaultInstance(),
            com.google.cloud.aiplatform.v1.HyperparameterTuningJob.getDefaultInstance(),
            com.google.cloud.aiplatform.v1.NasJob.getDefaultInstance(),
            com.google.cloud.aiplatform.v1.BatchPredictionJob.getDefaultInstance(),
            com.google.cloud.aiplatform.v1.DataLabelingJob.getDefaultInstance(),
            com.google.cloud.aiplatform.v1.ModelDeploymentMonitoringJob.getDefaultInstance(),
            com.google.cloud.aiplatform.v1.NotebookExecutionJob.getDefaultInstance(),
            com.google.cloud.aiplatform.v1beta1.TuningJob.getDefaultInstance(),
            com.google.cloud.aiplatform.v1beta1.CustomJob.getDefaultInstance(),
            com.google.cloud.aiplatform.v1beta1.HyperparameterTuningJob.getDefaultInstance(),
            com.google.cloud.aiplatform.v1beta1.NasJob.getDefaultInstance(),
            com.google.cloud.aiplatform.v1beta1.BatchPredictionJob.getDefaultInstance(),
            com.google.cloud.aiplatform.v1beta1.DataLabelingJob.getDefaultInstance(),
            com.google.cloud.aiplatform.v1beta1.ModelDeploymentMonitoringJob.getDefaultInstance(),
            com.google.cloud.aiplatform.v1beta1.NotebookExecutionJob.getDefaultInstance());

    static final Seq<Message> ALL = GENERATED.appendAll(GENERATED.map(JobMessages::dynamic));

    static final Seq<Message> TUNING_JOBS =
            ALL.filter(message -> JobProtobuf.kind(message).contains(JobKind.TUNING_JOB));

    private JobMessages() {}

    // The place of one of these: jqwik takes equal values for one, and a generated message equals a dynamic one.
    static Arbitrary<Integer> places(Seq<Message> messages) {
        return Arbitraries.integers().between(0, messages.size() - 1);
    }

    // The same message without its class.
    static DynamicMessage dynamic(Message message) {
        try {
            return DynamicMessage.parseFrom(message.getDescriptorForType(), message.toByteString());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    // The message after it was sent.
    @SuppressWarnings("unchecked")
    static <M extends Message> M sent(M message) {
        try {
            return (M) message.getParserForType().parseFrom(message.toByteString());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    static FieldDescriptor field(Message message, JobField field) {
        return message.getDescriptorForType()
                .findFieldByName(field.protoName(JobProtobuf.kind(message).get()));
    }

    static boolean has(Message message, JobField field) {
        return field(message, field) != null;
    }
}
