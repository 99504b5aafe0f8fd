package org.joblifecycle.emulator.api;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.longrunning.OperationInfo;
import com.google.longrunning.OperationsProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import java.util.Optional;
import org.joblifecycle.job.JobKind;
import org.jspecify.annotations.Nullable;

/**
 * A method of a job service, as its descriptor has it. The request of every method is the JSON of its request message, whether it
 * came over REST or gRPC.
 */
public final class ApiMethod {
    private final MethodDescriptor descriptor;
    private final Action action;
    private final JobKind kind;
    private final String verb;
    private final PathTemplate path;
    private final String body;

    private ApiMethod(MethodDescriptor descriptor, Action action, JobKind kind) {
        this.descriptor = descriptor;
        this.action = action;
        this.kind = kind;
        HttpRule rule = descriptor.getOptions().getExtension(AnnotationsProto.http);
        this.verb = rule.getPatternCase().name();
        this.path = PathTemplate.of((String) rule.getField(rule.getDescriptorForType()
                .findFieldByNumber(rule.getPatternCase().getNumber())));
        this.body = rule.getBody();
    }

    /** The method of this descriptor; nothing if it does not do one of the actions with a job of one of the kinds. */
    static Optional<ApiMethod> of(MethodDescriptor descriptor) {
        for (JobKind kind : JobKind.values()) {
            for (Action action : Action.values()) {
                if (descriptor.getName().equals(action.methodOf(kind.resource()))) {
                    return Optional.of(new ApiMethod(descriptor, action, kind));
                }
            }
        }
        return Optional.empty();
    }

    /** What it does. */
    public Action action() {
        return action;
    }

    /** The kind of jobs that it does it with. */
    public JobKind kind() {
        return kind;
    }

    /** The descriptor. */
    public MethodDescriptor descriptor() {
        return descriptor;
    }

    /** The package of its messages, such as {@code google.cloud.aiplatform.v1}. */
    public String protoPackage() {
        return descriptor.getFile().getPackage();
    }

    /** The version of the API: {@code v1} or {@code v1beta1}. */
    public String version() {
        return protoPackage().substring(protoPackage().lastIndexOf('.') + 1);
    }

    /** GET, POST, PATCH or DELETE. */
    public String verb() {
        return verb;
    }

    /**
     * What the path of a request says: the field of the request message and its value, such as {@code name} and the name of a job.
     *
     * @return null if it is the path of another method
     */
    @Nullable
    String match(String requestPath) {
        return path.match(requestPath);
    }

    /** The field whose value is in the path, such as {@code name} or {@code model_deployment_monitoring_job.name}. */
    String pathField() {
        return path.variable();
    }

    /** The field that the body of a request is; {@code *} for the whole message, empty for none. */
    String bodyField() {
        return body;
    }

    /** The field of the request message that has the job, as JSON names it, such as {@code tuningJob}. */
    public String jobField() {
        return job().getJsonName();
    }

    /** The field of the request message that has the job. */
    FieldDescriptor job() {
        return descriptor.getInputType().getFields().stream()
                .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
                .filter(field -> field.getMessageType().getName().equals(kind.resource()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(this + " takes no job"));
    }

    /** What its long-running operation is about; nothing if it answers at once. */
    public Optional<OperationInfo> operation() {
        return descriptor.getOptions().hasExtension(OperationsProto.operationInfo)
                ? Optional.of(descriptor.getOptions().getExtension(OperationsProto.operationInfo))
                : Optional.empty();
    }

    /** The name of the method with that of its service, such as {@code JobService.GetCustomJob}. */
    @Override
    public String toString() {
        return descriptor.getService().getName() + "." + descriptor.getName();
    }
}
