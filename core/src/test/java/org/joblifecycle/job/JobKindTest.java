package org.joblifecycle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vavr.control.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobKindTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TUNING_JOB                      | TuningJob                    | tuningJobs                    | true  | SUCCEEDED, FAILED, CANCELLED, EXPIRED | true  | true
            CUSTOM_JOB                      | CustomJob                    | customJobs                    | true  | SUCCEEDED, FAILED, CANCELLED          | true  | true
            HYPERPARAMETER_TUNING_JOB       | HyperparameterTuningJob      | hyperparameterTuningJobs      | true  | SUCCEEDED, FAILED, CANCELLED          | true  | true
            NAS_JOB                         | NasJob                       | nasJobs                       | true  | SUCCEEDED, FAILED, CANCELLED          | true  | true
            BATCH_PREDICTION_JOB            | BatchPredictionJob           | batchPredictionJobs           | true  | SUCCEEDED, FAILED, CANCELLED          | true  | false
            DATA_LABELING_JOB               | DataLabelingJob              | dataLabelingJobs              | false | ''                                    | true  | false
            MODEL_DEPLOYMENT_MONITORING_JOB | ModelDeploymentMonitoringJob | modelDeploymentMonitoringJobs | false | ''                                    | true  | false
            NOTEBOOK_EXECUTION_JOB          | NotebookExecutionJob         | notebookExecutionJobs         | false | ''                                    | false | false
            """)
    void everyKindIsWhatItsDocumentationSays(
            JobKind kind,
            String resource,
            String collection,
            boolean hasTimes,
            String endTimeStates,
            boolean hasErrorRule,
            boolean promisesCancelledCode) {
        assertEquals(resource, kind.resource());
        assertEquals(collection, kind.collection());
        assertEquals(hasTimes, kind.hasStartTime());
        assertEquals(hasTimes, kind.hasEndTime());
        assertEquals("[" + endTimeStates + "]", kind.endTimeStates().toString());
        assertEquals(hasErrorRule, kind.hasErrorRule());
        assertEquals(promisesCancelledCode, kind.promisesCancelledCode());
    }

    @Test
    void thereAreEightKinds() {
        assertEquals(8, JobKind.values().length);
    }

    @Test
    void theFieldsOfAListAnswerHaveProtoNames() {
        assertEquals("tuning_jobs", JobKind.TUNING_JOB.protoCollection());
        assertEquals("model_deployment_monitoring_jobs", JobKind.MODEL_DEPLOYMENT_MONITORING_JOB.protoCollection());
    }

    @ParameterizedTest
    @EnumSource
    void noOneCanChangeTheStatesForWhichAnEndTimeIsDocumented(JobKind kind) {
        assertThrows(
                UnsupportedOperationException.class, () -> kind.endTimeStates().add(JobState.RUNNING));
    }

    @ParameterizedTest
    @EnumSource
    void aNameTellsItsKindByTheLastButOneSegment(JobKind kind) {
        String collection = kind.collection();
        assertEquals(Option.some(kind), JobKind.of("projects/p/locations/l/" + collection + "/7"));
        assertEquals(Option.some(kind), JobKind.of(collection + "/7"));
        assertEquals(Option.some(kind), JobKind.of("/" + collection + "/7"));
        assertEquals(Option.some(kind), JobKind.of(collection + "/"));
        assertEquals(Option.some(kind), JobKind.of("x/" + collection + "/" + collection));
        assertEquals(Option.some(kind), JobKind.of("nasJobs/1/" + collection + "/2"));
    }

    @ParameterizedTest
    @EnumSource
    void aNameThatNearlyTellsAKindTellsNone(JobKind kind) {
        String collection = kind.collection();
        assertEquals(Option.none(), JobKind.of(collection));
        assertEquals(Option.none(), JobKind.of("/" + collection));
        assertEquals(Option.none(), JobKind.of(collection + "/1/"));
        assertEquals(Option.none(), JobKind.of("a/" + collection + "/1/"));
        assertEquals(Option.none(), JobKind.of(collection + "//1"));
        assertEquals(Option.none(), JobKind.of(collection + "/1/details/2"));
        assertEquals(Option.none(), JobKind.of("x" + collection + "/1"));
        assertEquals(Option.none(), JobKind.of(collection + "x/1"));
        assertEquals(Option.none(), JobKind.of(" " + collection + "/1"));
        assertEquals(Option.none(), JobKind.of(collection + " /1"));
        assertEquals(Option.none(), JobKind.of(collection.toLowerCase(java.util.Locale.ROOT) + "/1"));
        assertEquals(Option.none(), JobKind.of(kind.resource() + "/1"));
        assertEquals(Option.none(), JobKind.of(kind.name() + "/1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "/", "//", "/x", "x/", "a/b", "tuningjobs/1", "nasJobs/1/nasTrialDetails/2"})
    void aNameWithoutACollectionTellsNone(String name) {
        assertEquals(Option.none(), JobKind.of(name));
    }

    @Test
    void noNameTellsNone() {
        assertEquals(Option.none(), JobKind.of(null));
    }
}
