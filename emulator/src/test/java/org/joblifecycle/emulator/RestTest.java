package org.joblifecycle.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.rpc.Code;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.joblifecycle.emulator.api.Action;
import org.joblifecycle.emulator.scenario.Fault;
import org.joblifecycle.emulator.scenario.Match;
import org.joblifecycle.emulator.scenario.Scenario;
import org.joblifecycle.emulator.scenario.Steps;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.transition.JobEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

// The REST API as no client of Google's calls it, and the calls of tests.
class RestTest extends RestFixture {

    @Test
    void unknownFieldsAreKeptAndThoseOfTheServiceAreNot() throws Exception {
        JsonNode job = ok(
                "POST",
                PARENT + "customJobs",
                "{\"display_name\":\"d\",\"state\":\"JOB_STATE_SUCCEEDED\",\"unknownField\":{\"a\":[1]},\"labels\":{},"
                        + "\"jobSpec\":{\"worker_pool_specs\":[{\"replicaCount\":\"1\"}]},\"endTime\":null}");
        assertEquals("JOB_STATE_PENDING", job.path("state").asText());
        assertEquals("d", job.path("displayName").asText());
        assertEquals("{\"a\":[1]}", job.path("unknownField").toString());
        assertEquals("1", job.at("/jobSpec/workerPoolSpecs/0/replicaCount").asText());
        assertEquals(false, job.has("endTime") || job.has("display_name"));
    }

    @Test
    void allThatIsWrongWithAJobIsSaid() throws Exception {
        JsonNode error = error(400, "POST", PARENT + "customJobs", "{\"jobSpec\":{}}");
        assertEquals("INVALID_ARGUMENT", error.path("status").asText());
        Set<String> fields = new TreeSet<>();
        error.at("/details/0/fieldViolations")
                .forEach(fault -> fields.add(fault.path("field").asText()));
        assertEquals(Set.of("customJob.displayName", "customJob.jobSpec.workerPoolSpecs"), fields);
        assertEquals(
                "type.googleapis.com/google.rpc.BadRequest",
                error.at("/details/0/@type").asText());
    }

    @ParameterizedTest
    @EnumSource
    void aJobOfEachKindIsCreatedReadListedAndDeleted(JobKind kind) throws Exception {
        String parent = PARENT + kind.collection();
        JsonNode created = create(kind, "d");
        String name = created.path("name").asText();
        assertEquals(name, ok("GET", "/v1beta1/" + name, "").path("name").asText());
        assertEquals(
                name,
                ok("GET", parent, "")
                        .path(kind.collection())
                        .path(0)
                        .path("name")
                        .asText());
        emulator.advance(Duration.ofMinutes(1));
        if (kind != JobKind.TUNING_JOB) { // has no method for it
            JsonNode operation = ok("DELETE", "/v1/" + name, "{}");
            assertEquals(true, operation.path("done").asBoolean());
            assertEquals(operation, ok("GET", "/v1/" + operation.path("name").asText(), ""));
            error(404, "GET", "/v1/" + name, "");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{", "\"x\"", "{\"a\":}", "nul", "\u0000"})
    void aBodyThatIsNoObjectIsRefused(String body) throws Exception {
        assertTrue(error(400, "POST", PARENT + "customJobs", body)
                .path("message")
                .asText()
                .startsWith("The body is no JSON"));
    }

    @Test
    void whatIsTooLargeOrTooDeepIsRefused() throws Exception {
        error(400, "POST", PARENT + "customJobs", "[".repeat(100_000));
        error(400, "POST", PARENT + "customJobs", "{\"a\":\"" + "x".repeat(10 << 20) + "\"}");
        create();
    }

    @Test
    void anotherPathOrVerbIsNotThere() throws Exception {
        error(404, "GET", "/v1/projects/p/locations/l/models", "");
        error(404, "GET", "/v2/projects/p/locations/l/customJobs", "");
        error(501, "PUT", PARENT + "customJobs", "{}");
        error(404, "GET", PARENT + "customJobs/7", "");
        error(400, "GET", PARENT + "customJobs?pageSize=x", "");
        error(400, "GET", PARENT + "customJobs?pageSize=-1", "");
        error(400, "GET", PARENT + "customJobs?pageToken=x", "");
        error(404, "GET", PARENT + "operations/7", "");
    }

    @Test
    void eachFaultOfATuningJobIsSaidOnce() throws Exception {
        JsonNode error = error(
                400,
                "POST",
                PARENT + "tuningJobs",
                "{\"baseModel\":7,\"labels\":\"x\",\"supervisedTuningSpec\":{\"hyperParameters\":{\"epochCount\":\"many\"}}}");
        List<String> fields = new ArrayList<>();
        error.at("/details/0/fieldViolations")
                .forEach(fault -> fields.add(fault.path("field").asText()));
        assertEquals(fields.stream().distinct().toList(), fields);
        assertTrue(
                fields.containsAll(List.of(
                        "tuningJob.supervisedTuningSpec.trainingDatasetUri",
                        "tuningJob.labels",
                        "tuningJob.supervisedTuningSpec.hyperParameters.epochCount")),
                fields.toString());
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1,127.0.0.1", "0:0:0:0:0:0:0:1,[0:0:0:0:0:0:0:1]"})
    void anAddressOfIPv6IsInBracketsInUrls(String address, String inUrl) {
        assertEquals(inUrl, VertexEmulator.inUrl(address));
    }

    @Test
    void numbersAreWrittenAsTheServiceDoes() throws Exception {
        JsonNode job = ok(
                "POST",
                PARENT + "customJobs",
                "{\"displayName\":\"d\",\"jobSpec\":{\"workerPoolSpecs\":[{\"replicaCount\":2,\"machineSpec\":{\"acceleratorType\":2},"
                        + "\"diskSpec\":{\"bootDiskSizeGb\":100}}]}}");
        JsonNode pool = job.at("/jobSpec/workerPoolSpecs/0");
        assertEquals("\"2\"", pool.path("replicaCount").toString());
        assertEquals(
                "\"NVIDIA_TESLA_P100\"", pool.at("/machineSpec/acceleratorType").toString());
        assertEquals("100", pool.at("/diskSpec/bootDiskSizeGb").toString(), "32 bits");
    }

    @Test
    void anIdIsNotGivenToAnotherJob() throws Exception {
        String first = create();
        emulator.advance(Duration.ofMinutes(1));
        ok("DELETE", "/v1/" + first, "");
        String second = create();
        assertNotEquals(first, second);
        error(404, "GET", "/v1/" + first, "");
        emulator.reset();
        assertEquals(first, create(), "as if there had been none");
    }

    @Test
    void aBatchThatSucceededSaysWhereItsOutputIs() throws Exception {
        String job = "{\"displayName\":\"d\",\"model\":\"m\",\"inputConfig\":{\"instancesFormat\":\"jsonl\"},"
                + "\"outputConfig\":{\"predictionsFormat\":\"jsonl\",\"gcsDestination\":{\"outputUriPrefix\":\"gs://b/out\"}}}";
        String name =
                ok("POST", PARENT + "batchPredictionJobs", job).path("name").asText();
        emulator.advance(Duration.ofMinutes(1));
        assertEquals(
                "gs://b/out/prediction-" + name.substring(name.lastIndexOf('/') + 1),
                ok("GET", "/v1/" + name, "")
                        .at("/outputInfo/gcsOutputDirectory")
                        .asText());
    }

    @Test
    void anEmptyListIsAnEmptyObject() throws Exception {
        assertEquals("{}", ok("GET", PARENT + "customJobs", "").toString());
        assertEquals("{}", ok("GET", PARENT + "operations", "").toString());
    }

    @Test
    void aListThatIsRequiredMustNotBeEmpty() throws Exception {
        JsonNode error = error(
                400, "POST", PARENT + "customJobs", "{\"displayName\":\"d\",\"jobSpec\":{\"workerPoolSpecs\":[]}}");
        assertEquals(
                "customJob.jobSpec.workerPoolSpecs: is required",
                error.path("message").asText());
    }

    @Test
    void fieldsOfAnotherTypeAreRefusedAllAtOnce() throws Exception {
        JsonNode error = error(
                400,
                "POST",
                PARENT + "customJobs",
                "{\"displayName\":7,\"labels\":\"x\",\"jobSpec\":{\"workerPoolSpecs\":[{\"replicaCount\":\"many\"},"
                        + "{\"containerSpec\":[]}],\"unknown\":{\"a\":1},\"scheduling\":{\"timeout\":\"3s\"}}}");
        Set<String> fields = new TreeSet<>();
        error.at("/details/0/fieldViolations")
                .forEach(fault -> fields.add(fault.path("field").asText()));
        assertEquals(
                Set.of(
                        "customJob.displayName",
                        "customJob.labels",
                        "customJob.jobSpec.workerPoolSpecs[0].replicaCount",
                        "customJob.jobSpec.workerPoolSpecs[1].containerSpec"),
                fields);
    }

    @Test
    void aMaskSaysWhichFieldsAreListed() throws Exception {
        String name = create();
        assertEquals(
                JSON.readTree("{\"customJobs\":[{\"name\":\"" + name + "\",\"displayName\":\"d\"}]}"),
                ok("GET", PARENT + "customJobs?readMask=name,display_name&alt=json", ""));
    }

    @Test
    void aMonitoringJobIsUpdatedPausedAndResumed() throws Exception {
        JsonNode created = create(JobKind.MODEL_DEPLOYMENT_MONITORING_JOB, "d");
        String name = "/v1/" + created.path("name").asText();
        error(400, "POST", name + ":pause", "{}");
        emulator.advance(Duration.ofSeconds(10));
        assertEquals("JOB_STATE_RUNNING", ok("GET", name, "").path("state").asText());

        ok("POST", name + ":pause", "{}");
        assertEquals("JOB_STATE_PAUSED", ok("GET", name, "").path("state").asText());
        ok("POST", name + ":resume", "{}");
        assertEquals("JOB_STATE_RUNNING", ok("GET", name, "").path("state").asText());
        error(400, "PATCH", name + "?updateMask=labels", "{\"labels\":\"new\"}");
        JsonNode operation = ok("PATCH", name + "?updateMask=display_name", "{\"displayName\":\"new\"}");
        assertEquals("new", operation.at("/response/displayName").asText());
        assertEquals("new", ok("GET", name, "").path("displayName").asText());

        ok("PATCH", name + "?updateMask=labels.a,labels.b", "{\"labels\":{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"}}");
        ok("PATCH", name + "?updateMask=labels.b", "{}");
        assertEquals("{\"a\":\"1\"}", ok("GET", name, "").path("labels").toString());
    }

    // Faults

    @Test
    void aFaultHappensAsOftenAsItSays() throws Exception {
        String name = create();
        emulator.add(Fault.on(Action.GET).answer(Code.UNAVAILABLE).times(2));
        assertEquals(
                "UNAVAILABLE",
                error(503, "GET", "/v1/" + name, "").path("status").asText());
        ok("GET", PARENT + "customJobs", "");
        error(503, "GET", "/v1/" + name, "");
        ok("GET", "/v1/" + name, "");
        assertEquals(
                List.of("OK", "UNAVAILABLE", "OK", "UNAVAILABLE", "OK"),
                emulator.requests().map(request -> request.code().name()).asJava());
    }

    @Test
    void aConnectionIsDropped() throws Exception {
        emulator.add(Fault.onAll().drop().times(1));
        assertThrows(IOException.class, () -> send("POST", PARENT + "customJobs", CUSTOM)); // a GET would be sent again
        ok("GET", PARENT + "customJobs", "");
    }

    @Test
    void anAnswerIsOld() throws Exception {
        String name = create();
        emulator.advance(Duration.ofSeconds(10));
        emulator.add(Fault.onAll().stale(Duration.ofSeconds(9)).times(2));
        assertEquals(
                "JOB_STATE_QUEUED", ok("GET", "/v1/" + name, "").path("state").asText());
        assertEquals(
                "JOB_STATE_QUEUED",
                ok("GET", PARENT + "customJobs", "").at("/customJobs/0/state").asText());
        assertEquals(
                "JOB_STATE_RUNNING", ok("GET", "/v1/" + name, "").path("state").asText());
    }

    @Test
    void aJobThatIsCancelledBeforeItStartsCannotSucceed() throws Exception {
        emulator.close();
        emulator = VertexEmulator.configure()
                .manualClock(NOON)
                .scenarios(Scenario.of(
                                "late",
                                Match.ALL,
                                Steps.first(JobEvent.ENQUEUE).after(Duration.ofSeconds(5), JobEvent.START))
                        .onCancel(Steps.none().after(Duration.ofSeconds(2), JobEvent.SUCCEED)))
                .start();
        String early = create();
        ok("POST", "/v1/" + early + ":cancel", "{}");
        emulator.advance(Duration.ofSeconds(3));
        assertEquals(
                "JOB_STATE_CANCELLED",
                ok("GET", "/v1/" + early, "").path("state").asText());

        String late = create();
        emulator.advance(Duration.ofSeconds(5));
        ok("POST", "/v1/" + late + ":cancel", "{}");
        emulator.advance(Duration.ofSeconds(3));
        assertEquals(
                "JOB_STATE_SUCCEEDED",
                ok("GET", "/v1/" + late, "").path("state").asText());
    }
}
