package org.joblifecycle.emulator.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.transition.JobEvent;
import org.jspecify.annotations.Nullable;

/** What a job has when it succeeded, unless its scenario says something else. */
final class Results {
    private Results() {}

    /**
     * The fields that such a job gets by this event; null if none.
     *
     * @param job its fields before
     */
    static @Nullable ObjectNode of(JobKind kind, String name, JobEvent event, ObjectNode job) {
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
            case BATCH_PREDICTION_JOB -> {
                fields.putObject("completionStats").put("successfulCount", "100");
                ObjectNode info = fields.putObject("outputInfo");
                JsonNode output = job.path("outputConfig");
                String folder = output.at("/gcsDestination/outputUriPrefix").asText();
                String table = output.at("/bigqueryDestination/outputUri").asText();
                if (!folder.isEmpty()) {
                    info.put("gcsOutputDirectory", folder + (folder.endsWith("/") ? "" : "/") + "prediction-" + id);
                }
                if (!table.isEmpty()) {
                    info.put("bigqueryOutputDataset", table).put("bigqueryOutputTable", "predictions_" + id);
                }
            }
            default -> {
                return null;
            }
        }
        return fields;
    }
}
