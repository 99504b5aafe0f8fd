package org.joblifecycle.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.JobJson;
import org.joblifecycle.json.TuningJobJson;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.tuning.TuningJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Mappers that nobody but their user made, of both Jacksons. */
class JacksonTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final JobSnapshot FAILED = JobSnapshot.of("projects/p/locations/l/customJobs/7", JobState.FAILED)
            .withCreateTime(NOON)
            .withStartTime(NOON.plusMillis(500))
            .withEndTime(NOON.plusNanos(1))
            .withUpdateTime(NOON.plusSeconds(3))
            .withError(new JobError(8, "out of\nquota"));

    /** A mapper of Jackson 2 or of Jackson 3; the other is null. */
    private record Mapper(JobKind fallback, ObjectMapper two, JsonMapper three) {
        static Mapper jackson2(JobKind fallback) {
            return new Mapper(
                    fallback, new ObjectMapper().registerModule(new JobLifecycleJackson2Module(fallback)), null);
        }

        static Mapper jackson3(JobKind fallback) {
            return new Mapper(
                    fallback,
                    null,
                    JsonMapper.builder()
                            .addModule(new JobLifecycleJackson3Module(fallback))
                            .build());
        }

        String write(Object value) {
            try {
                return two == null ? three.writeValueAsString(value) : two.writeValueAsString(value);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }

        String indented(Object value) {
            try {
                return two == null
                        ? three.writerWithDefaultPrettyPrinter().writeValueAsString(value)
                        : two.writerWithDefaultPrettyPrinter().writeValueAsString(value);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }

        String tree(Object value) {
            return two == null
                    ? three.valueToTree(value).toString()
                    : two.valueToTree(value).toString();
        }

        <T> T read(String json, Class<T> type) throws Exception {
            return two == null ? three.readValue(json, type) : two.readValue(json, type);
        }
    }

    record Part(JobSnapshot job, JobState state, JobEvent event, JobError error, Rule rule, JobKind kind) {}

    static List<Mapper> mappers() {
        return Stream.of(JobKind.TUNING_JOB, JobKind.NOTEBOOK_EXECUTION_JOB)
                .flatMap(kind -> Stream.of(Mapper.jackson2(kind), Mapper.jackson3(kind)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void aSnapshotIsWrittenAndReadAsTheLibraryDoes(Mapper mapper) throws Exception {
        Instant whole = NOON.plusSeconds(1);
        for (JobSnapshot job : List.of(
                FAILED,
                FAILED.withError(JobError.of(0)),
                FAILED.withStartTime(null).withError(null).withEndTime(whole),
                FAILED.withName("projects/p/locations/l/notebookExecutionJobs/7"),
                FAILED.withName("seven"),
                JobSnapshot.of("seven", JobState.UNSPECIFIED))) {
            String json = JobJson.write(job, mapper.fallback());
            assertEquals(json, mapper.write(job));
            assertEquals(job, mapper.read(json, JobSnapshot.class));
        }
    }

    record Tuning(TuningJob job) {}

    @ParameterizedTest
    @MethodSource("mappers")
    void aWholeTuningJobKeepsWhatTheLibraryDoesNotKnow(Mapper mapper) throws Exception {
        String json = """
                {"job":{"name":"projects/1/locations/l/tuningJobs/7","baseModel":"gemini","newField":{"digits":0.100,"list":[1,null]},\
                "state":"JOB_STATE_RUNNING","supervisedTuningSpec":{"hyperParameters":{"epochCount":"3","learningRateMultiplier":0.5}}}}""";
        Tuning tuning = mapper.read(json, Tuning.class);
        String written = mapper.write(tuning);
        assertEquals(Http.parsed(json), Http.parsed(written));
        assertEquals(Http.parsed(json), Http.parsed(mapper.tree(tuning)));
        assertEquals(tuning, mapper.read(written, Tuning.class));
        TuningJob precise =
                TuningJobJson.read("{\"newField\":1.2345678901234567890123}").get();
        assertTrue(mapper.write(precise).contains("1.2345678901234567890123"), mapper.write(precise));
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void aTuningJobThatCannotBeReadNamesItsFields(Mapper mapper) {
        Exception e = assertThrows(
                Exception.class,
                () -> mapper.read("{\"job\":{\"state\":\"X\",\"createTime\":\"noon\"}}", Tuning.class));
        UnreadableJobException cause = assertInstanceOf(UnreadableJobException.class, e.getCause());
        assertEquals("field-unreadable", cause.reason());
        assertEquals("createTime", cause.field());
        assertTrue(cause.getMessage().contains("createTime is \"noon\""), cause.getMessage());
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void everyStateEventRuleAndKindHasItsName(Mapper mapper) throws Exception {
        for (JobState state : JobState.values()) {
            assertEquals('"' + state.wireName() + '"', mapper.write(state));
            assertEquals(state, mapper.read('"' + state.wireName() + '"', JobState.class));
        }
        for (JobEvent event : JobEvent.values()) {
            assertEquals('"' + event.name() + '"', mapper.write(event));
            assertEquals(event, mapper.read('"' + event.name() + '"', JobEvent.class));
        }
        for (Rule rule : Rule.values()) {
            assertEquals('"' + rule.id() + '"', mapper.write(rule));
            assertEquals(rule, mapper.read('"' + rule.id() + '"', Rule.class));
        }
        for (JobKind kind : JobKind.values()) {
            assertEquals('"' + kind.resource() + '"', mapper.write(kind));
            assertEquals(kind, mapper.read('"' + kind.resource() + '"', JobKind.class));
        }
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void nothingIsReadByItsOrdinal(Mapper mapper) {
        for (Class<?> type : List.of(JobState.class, JobEvent.class, Rule.class, JobKind.class)) {
            for (String json : List.of("2", "2.0", "\"2\"", "true", "[]", "{}")) {
                Exception e = assertThrows(Exception.class, () -> mapper.read(json, type), type + " " + json);
                assertInstanceOf(UnreadableJobException.class, e.getCause());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void whatIsAbsentOrNullStaysSo(Mapper mapper) throws Exception {
        Part nothing = new Part(null, null, null, null, null, null);
        assertEquals(nothing, mapper.read("{}", Part.class));
        assertEquals(nothing, mapper.read(mapper.write(nothing), Part.class));
        assertNull(mapper.read("null", JobSnapshot.class));
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void aJobWithinOthersIsWrittenInEveryWay(Mapper mapper) throws Exception {
        Part part = new Part(
                FAILED, JobState.PAUSED, JobEvent.START, JobError.of(8), Rule.END_TIME_ORDER, JobKind.CUSTOM_JOB);
        String json = mapper.write(part);
        assertEquals(part, mapper.read(json, Part.class));
        assertEquals(Http.parsed(json), Http.parsed(mapper.tree(part)), "raw JSON breaks in a tree");
        assertEquals(Http.parsed(json), Http.parsed(mapper.indented(part)));
        assertTrue(mapper.indented(part).contains("\"code\" : 8"), "raw JSON is not indented");
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void statesAreKeysOfMaps(Mapper mapper) throws Exception {
        assertEquals("{\"JOB_STATE_RUNNING\":2}", mapper.write(Map.of(JobState.RUNNING, 2)));
        assertEquals("{\"end-time-order\":2}", mapper.write(Map.of(Rule.END_TIME_ORDER, 2)));
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void aFaultIsTheMappersOwnWithTheReasonAsItsCause(Mapper mapper) {
        for (String json : List.of("{\"job\":{\"name\":\"x\"}}", "{\"state\":\"RUNNING\"}", "{\"error\":8}")) {
            Exception e = assertThrows(Exception.class, () -> mapper.read(json, Part.class));
            assertTrue(e instanceof JsonProcessingException || e instanceof tools.jackson.core.JacksonException);
            UnreadableJobException cause = assertInstanceOf(UnreadableJobException.class, e.getCause());
            assertTrue(e.getMessage().contains(cause.getMessage()));
        }
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void aViolationCarriesItsValuesAndItsEvidence(Mapper mapper) {
        Verdict verdict = JobLifecycle.authority(JobKind.CUSTOM_JOB)
                .check(
                        FAILED,
                        FAILED.withState(JobState.RUNNING).withEndTime(null).withError(JobError.of(3)));
        assertEquals(Http.json("""
                        {'change':'illegal','legal':false,'violations':[
                          {'rule':'error-unexpected','field':'error','before':{'code':8,'message':'out of\\nquota'},'after':{'code':3}},
                          {'rule':'transition-illegal','field':'state','before':'JOB_STATE_FAILED','after':'JOB_STATE_RUNNING'},
                          {'rule':'end-time-changed','field':'endTime','before':'2026-05-01T12:00:00.000000001Z','after':null},
                          {'rule':'error-changed','field':'error','before':{'code':8,'message':'out of\\nquota'},'after':{'code':3}}]}
                        """), without(mapper.write(verdict), "message", "evidence"));
        verdict.violations().forEach(violation -> {
            assertEquals(
                    violation.message(),
                    Http.parsed(mapper.write(violation)).get("message").asText());
            assertEquals(
                    violation.evidence().text(),
                    Http.parsed(mapper.write(violation))
                            .get("evidence")
                            .get("text")
                            .asText());
        });
    }

    @Test
    void aMapperThatLooksForModulesFindsThem() throws Exception {
        ObjectMapper two = new ObjectMapper().findAndRegisterModules();
        JsonMapper three = JsonMapper.builder().findAndAddModules().build();
        assertEquals(JobJson.write(FAILED), two.writeValueAsString(FAILED));
        assertEquals(JobJson.write(FAILED), three.writeValueAsString(FAILED));
        assertEquals(FAILED, two.readValue(JobJson.write(FAILED), JobSnapshot.class));
        assertEquals(FAILED, three.readValue(JobJson.write(FAILED), JobSnapshot.class));
    }

    @Test
    void foundAndAddedTheModuleThatWasAddedCounts() throws Exception {
        JobSnapshot notebook = FAILED.withName("seven");
        String json = JobJson.write(notebook, JobKind.NOTEBOOK_EXECUTION_JOB);
        JsonMapper three = JsonMapper.builder()
                .findAndAddModules()
                .addModule(new JobLifecycleJackson3Module(JobKind.NOTEBOOK_EXECUTION_JOB))
                .build();
        assertEquals(json, three.writeValueAsString(notebook));
    }

    private static JsonNode without(String json, String... members) {
        JsonNode verdict = Http.parsed(json);
        verdict.get("violations").forEach(violation -> ((ObjectNode) violation).remove(Arrays.asList(members)));
        return verdict;
    }
}
