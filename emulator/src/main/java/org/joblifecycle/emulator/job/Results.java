package org.joblifecycle.emulator.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.transition.JobEvent;
import org.jspecify.annotations.Nullable;

/** What a job has when it succeeded, unless its scenario says something else. */
final class Results {
    private Results() {}

    /** The fields that such a job gets by this event; null if none. */
    static @Nullable ObjectNode of(JobKind kind, String name, JobEvent event) {
        if (event != JobEvent.SUCCEED) {
            return null;
        }
        String location = JobCalls.location(name);
        String id = name.substring(name.lastIndexOf('/') + 1);
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        switch (kind) {
            case TUNING_JOB -> {
                fields.putObject("tunedModel")
                        .put("model", location + "/models/" + id + "@1")
                        .put("endpoint", location + "/endpoints/" + id);
                fields.put("experiment", location + "/metadataStores/default/contexts/tuning-experiment-" + id);
                fields.putObject("tuningDataStats")
                        .putObject("supervisedTuningDataStats")
                        .put("tuningDatasetExampleCount", "100")
                        .put("tuningStepCount", "10");
            }
            case BATCH_PREDICTION_JOB -> fields.putObject("completionStats").put("successfulCount", "100");
            default -> {
                return null;
            }
        }
        return fields;
    }
}
