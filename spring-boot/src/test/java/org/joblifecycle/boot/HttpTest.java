package org.joblifecycle.boot;

import static org.joblifecycle.boot.Http.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;

/** An application over HTTP, as a client sees it. */
@SpringBootTest(
        classes = Shop.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "job-lifecycle.kind=custom-job",
            "spring.mvc.problemdetails.enabled=true",
            "management.endpoints.web.exposure.include=*",
            "spring.test.observability.auto-configure=true",
            "spring.test.metrics.export=true",
            "spring.datasource.url=jdbc:h2:mem:http;DB_CLOSE_DELAY=-1"
        })
class HttpTest {
    private static final AtomicInteger NEXT = new AtomicInteger();

    @Autowired
    private Environment environment;

    @Autowired
    private Shop.Ended ended;

    private final String id = "h" + NEXT.incrementAndGet();
    private final String name = Shop.PREFIX + id;
    private Http http;

    @BeforeEach
    void connect() {
        http = new Http(environment.getRequiredProperty("local.server.port", Integer.class));
    }

    private Http.Answer submit() {
        return http.post("/jobs", "{'name':'" + name + "','state':'JOB_STATE_UNSPECIFIED'}");
    }

    private String job(String state, String... members) {
        return "{'name':'" + name + "','state':'" + state + "'" + String.join("", members) + "}";
    }

    private static List<String> texts(JsonNode array, String member) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(each -> each.get(member).asText())
                .toList();
    }

    private double counter(String line) {
        return http.get("/actuator/prometheus")
                .text()
                .lines()
                .filter(each -> each.startsWith(line + " "))
                .mapToDouble(each -> Double.parseDouble(each.substring(line.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aJobIsSubmittedAndRead() {
        Http.Answer submitted = submit();
        assertEquals(200, submitted.status());
        assertEquals("\"1\"", submitted.tag());
        assertEquals("JOB_STATE_QUEUED", submitted.json().get("state").asText());

        Http.Answer read = http.get("/jobs/" + id);
        assertEquals(200, read.status());
        assertEquals(submitted.json(), read.json());
        assertEquals("\"1\"", read.tag());
        assertEquals(304, http.get("/jobs/" + id, "If-None-Match", "\"1\"").status());
        assertEquals(200, http.get("/jobs/" + id, "If-None-Match", "\"2\"").status());
    }

    @Test
    void anIllegalUpdateIsAnsweredWithAllViolationsAndTheirEvidence() {
        submit();
        Http.Answer answer = http.put(
                "/jobs/" + id,
                job("JOB_STATE_SUCCEEDED", ",'createTime':'2026-05-01T12:00:00Z','error':{'code':8}"),
                "If-Match",
                "\"1\"");

        assertEquals(409, answer.status());
        assertEquals("application/problem+json", answer.type());
        JsonNode problem = answer.json();
        assertEquals("urn:job-lifecycle:illegal-update", problem.get("type").asText());
        assertEquals("Illegal job update", problem.get("title").asText());
        assertEquals(409, problem.get("status").asInt());
        assertEquals("/jobs/" + id, problem.get("instance").asText());
        JsonNode violations = problem.get("violations");
        List<String> rules = texts(violations, "rule");
        assertTrue(rules.contains("transition-illegal") && rules.contains("end-time-required"), rules.toString());
        assertEquals(
                rules.size() + " broken rules: " + String.join(", ", rules),
                problem.get("detail").asText());
        for (JsonNode violation : violations) {
            assertFalse(violation.get("message").asText().isEmpty());
            assertFalse(violation.get("evidence").get("text").asText().isEmpty());
            assertNotNull(violation.get("evidence").get("basis"));
        }
        JsonNode transition = violations.get(rules.indexOf("transition-illegal"));
        assertEquals("state", transition.get("field").asText());
        assertEquals("JOB_STATE_QUEUED", transition.get("before").asText());
        assertEquals("JOB_STATE_SUCCEEDED", transition.get("after").asText());
        JsonNode error = violations.get(rules.indexOf("error-unexpected"));
        assertEquals(json("{'code':8}"), error.get("after"));
        assertTrue(error.get("before").isNull());
        assertEquals(304, http.get("/jobs/" + id, "If-None-Match", "\"1\"").status(), "nothing was stored");
    }

    @Test
    void whatAnotherServiceHasAnsweredIsNoFaultOfTheClient() {
        Http.Answer answer = http.get("/mirror");
        assertEquals(500, answer.status(), answer.text());
        assertFalse(answer.text().contains("secret") || answer.text().contains("unreadable-job"), answer.text());
    }

    @Test
    void ofALongTextOnlyTheBeginningIsRepeated() {
        Http.Answer answer = http.post("/event", "['" + "x".repeat(100_000) + "']");
        assertEquals(400, answer.status());
        assertTrue(answer.text().length() < 1000, answer.text());
        assertTrue(answer.json().get("detail").asText().endsWith("...: expected a string"), answer.text());
    }

    @Test
    void anEmptyParameterIsNone() {
        assertEquals("none", http.get("/optional?state=").text());
        assertEquals("none", http.get("/optional").text());
        assertEquals("RUNNING", http.get("/optional?state=JOB_STATE_RUNNING").text());
        assertEquals(400, http.get("/optional?state=RUN").status());
        assertEquals(200, http.get("/jobs?state=").status());
    }

    @Test
    void ofOneBrokenRuleTheDetailIsTheMessage() {
        submit();
        Http.Answer answer = http.post("/jobs/" + id + "/events/RESUME", null);
        assertEquals(409, answer.status());
        assertEquals(
                answer.json().get("violations").get(0).get("message"),
                answer.json().get("detail"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/xml", "*/*", "application/problem+json"})
    void aRefusalIsTheSameWhateverIsAccepted(String accept) {
        submit();
        Http.Answer answer = http.post("/jobs/" + id + "/events/RESUME", null, "Accept", accept);
        assertEquals(409, answer.status());
        assertEquals("application/problem+json", answer.type());
        assertEquals(1, answer.json().get("violations").size());
    }

    @Test
    void ofTwoUpdatesOfOneVersionTheSecondIsToldWhatIsStored() {
        JsonNode queued = submit().json();
        String pending = queued.toString().replace("QUEUED", "PENDING");
        assertEquals(
                "\"2\"", http.put("/jobs/" + id, pending, "If-Match", "\"1\"").tag());

        Http.Answer answer = http.put("/jobs/" + id, pending, "If-Match", "\"1\"");
        assertEquals(412, answer.status());
        assertEquals("\"2\"", answer.tag());
        assertEquals(412, answer.json().get("status").asInt());
        assertEquals("urn:job-lifecycle:overtaken", answer.json().get("type").asText());
        assertEquals(2, answer.json().get("version").asInt());
        assertEquals("JOB_STATE_PENDING", answer.json().get("job").get("state").asText());
        assertEquals(200, http.put("/jobs/" + id, pending, "If-Match", "\"2\"").status());
    }

    @Test
    void whoSendsNoVersionIsInConflict() {
        submit();
        Http.Answer answer = http.post("/jobs/" + id + "/overtaken", null);
        assertEquals(409, answer.status());
        assertEquals(409, answer.json().get("status").asInt());
        assertEquals("\"1\"", answer.tag());
    }

    @Test
    void aNameThatIsTakenIsAConflict() {
        submit();
        Http.Answer answer = submit();
        assertEquals(409, answer.status());
        assertEquals("urn:job-lifecycle:overtaken", answer.json().get("type").asText());
    }

    @Test
    void aJobThatNobodySubmittedIsNotFound() {
        for (Http.Answer answer : List.of(http.get("/jobs/none"), http.post("/jobs/none/events/START", null))) {
            assertEquals(404, answer.status());
            assertEquals(
                    "urn:job-lifecycle:no-such-job", answer.json().get("type").asText());
            assertEquals(
                    "there is no job " + Shop.PREFIX + "none",
                    answer.json().get("detail").asText());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'name':'x','state':'RUNNING'}              | state-unknown       | state      | JOB_STATE_RUNNING
            {'name':'x','state':12}                     | state-unknown       | state      | 12
            {'name':'x','state':true}                   | malformed-json      | state      | true
            {'name':'x'}                                | state-missing       | state      | missing
            {'state':'JOB_STATE_RUNNING'}               | name-missing        | name       | missing
            {'name':5,'state':'JOB_STATE_RUNNING'}      | malformed-json      | name       | 5
            {'name':'x','state':'JOB_STATE_RUNNING','startTime':'yesterday'} | timestamp-malformed | startTime | yesterday
            {'name':'x','state':'JOB_STATE_RUNNING','error':'late'}          | malformed-json      | error     | late
            {'name':'x','state':'JOB_STATE_RUNNING','error':{'code':'x'}}    | malformed-json      | error     | error.code
            {'error':{'code':5,'message':'m','status':'NOT_FOUND'}}          | error-answer        |           | NOT_FOUND
            []                                          | malformed-json      |            | object
            'text'                                      | malformed-json      |            | object
            7                                           | malformed-json      |            | object
            """)
    void aJobThatCannotBeReadIsABadRequest(String body, String reason, String field, String named) {
        assertUnreadable(http.post("/jobs", body), reason, field, named);
        if (!body.startsWith("[")) {
            assertUnreadable(
                    http.post("/echo", "{'inner':[{'event':'START'},{'job':" + body + "}]}"), reason, field, named);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'state':'RUNNING'        | state-unknown  | state | JOB_STATE_RUNNING
            'state':3                | malformed-json | state | 3
            'event':'GO'             | event-unknown  | event | ENQUEUE, PREPARE, START
            'event':2                | malformed-json | event | 2
            'event':'2'              | event-unknown  | event | 2
            'event':{}               | malformed-json | event | {}
            'error':{'code':'many'}  | malformed-json | error | many
            'error':7                | malformed-json | error | 7
            """)
    void aPartThatCannotBeReadIsABadRequest(String member, String reason, String field, String named) {
        assertUnreadable(http.post("/echo", "{'inner':[{" + member + "}]}"), reason, field, named);
    }

    @Test
    void anEventIsNeverReadByItsOrdinal() {
        assertUnreadable(http.post("/event", "2"), "malformed-json", "event", "2");
        assertEquals("\"START\"", http.post("/event", "'START'").text());
    }

    @Test
    void anErrorWithoutAMessageHasTheEmptyOne() {
        assertEquals(json("{'code':8}"), http.post("/error-of", "{'code':8}").json());
        assertEquals(json("{'code':0}"), http.post("/error-of", "{}").json());
        assertEquals(
                json("{'code':8,'message':'m'}"),
                http.post("/error-of", "{'code':'8','message':'m','details':[]}")
                        .json());
    }

    @Test
    void aKeyThatIsNoStateIsABadRequest() {
        assertUnreadable(http.post("/echo", "{'counts':{'RUNNING':1}}"), "state-unknown", "state", "JOB_STATE_RUNNING");
        assertEquals(
                json("{'JOB_STATE_RUNNING':1}"),
                http.post("/echo", "{'counts':{'JOB_STATE_RUNNING':1}}").json().get("counts"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{'name':", "{'inner':[{'job':{'name':'x'}"})
    void textThatIsNoJsonIsABadRequest(String body) {
        assertEquals(400, http.post("/jobs", body).status());
        assertEquals(400, http.post("/echo", body).status());
    }

    private static void assertUnreadable(Http.Answer answer, String reason, String field, String named) {
        assertEquals(400, answer.status(), answer.text());
        assertEquals("application/problem+json", answer.type());
        JsonNode problem = answer.json();
        assertEquals("urn:job-lifecycle:unreadable-job", problem.get("type").asText());
        assertEquals(reason, problem.get("reason").asText());
        assertEquals(
                field,
                problem.get("field").isNull() ? null : problem.get("field").asText());
        assertTrue(problem.get("detail").asText().contains(named), answer.text());
    }

    @Test
    void aJobThatCannotBeStoredIsABadRequest() {
        for (String bad : List.of("projects/p/locations/l/tuningJobs/7", Shop.PREFIX + "x".repeat(2000))) {
            Http.Answer answer = http.post("/jobs", "{'name':'" + bad + "','state':'JOB_STATE_UNSPECIFIED'}");
            assertEquals(400, answer.status());
            assertEquals(
                    "urn:job-lifecycle:unstorable-job",
                    answer.json().get("type").asText());
            assertTrue(answer.json().get("detail").asText().startsWith("name "), answer.text());
        }
    }

    @Test
    void aParameterMayBeTheNameOfAStateOrItsWireName() {
        submit();
        http.post("/jobs/" + id + "/events/START", null);
        for (String state : List.of("RUNNING", "JOB_STATE_RUNNING")) {
            assertTrue(texts(http.get("/jobs?state=" + state).json(), "name").contains(name));
        }
        assertFalse(texts(http.get("/jobs?state=QUEUED").json(), "name").contains(name));
        assertUnreadable(http.get("/jobs?state=running"), "state-unknown", "state", "JOB_STATE_RUNNING");
        assertUnreadable(http.post("/jobs/" + id + "/events/start", null), "event-unknown", "event", "START");
    }

    @Test
    void aVerdictIsWrittenWithItsViolations() {
        String queued = job("JOB_STATE_QUEUED", ",'createTime':'2026-05-01T12:00:00Z'");
        assertEquals(
                json("{'change':'unchanged','legal':true,'violations':[]}"),
                http.post("/verdict", "{'before':" + queued + ",'after':" + queued + "}")
                        .json());
        JsonNode illegal = http.post("/verdict", "{'before':" + queued + ",'after':" + job("JOB_STATE_PAUSED") + "}")
                .json();
        assertEquals("illegal", illegal.get("change").asText());
        assertFalse(illegal.get("legal").asBoolean());
        assertTrue(texts(illegal.get("violations"), "rule").contains("create-time-changed"));
    }

    @Test
    void whatIsReadIsWrittenTheSame() {
        String body = "{'inner':[{'job':"
                + job(
                        "JOB_STATE_FAILED",
                        ",'createTime':'2026-05-01T12:00:00.500Z'",
                        ",'error':{'code':8,'message':'\\\\u0000 and \\\\ud800'}")
                + ",'state':'JOB_STATE_PAUSED','event':'START','error':null}],'counts':null}";
        assertEquals(json(body), http.post("/echo", body).json());
    }

    @Test
    void metersCountRefusalsAndWhatWasCommitted() {
        String illegal = "job_lifecycle_checks_total{change=\"illegal\",kind=\"CustomJob\",mode=\"authority\"}";
        String stepped = "job_lifecycle_checks_total{change=\"stepped\",kind=\"CustomJob\",mode=\"authority\"}";
        String rule =
                "job_lifecycle_violations_total{kind=\"CustomJob\",mode=\"authority\",rule=\"transition-illegal\"}";
        double illegalBefore = counter(illegal);
        double steppedBefore = counter(stepped);
        double rulesBefore = counter(rule);
        submit();
        http.post("/jobs/" + id + "/events/START", null);
        http.post("/jobs/" + id + "/events/START", null);
        http.put("/jobs/" + id, job("JOB_STATE_QUEUED"), "If-Match", "\"2\"");

        assertEquals(steppedBefore + 2, counter(stepped));
        assertEquals(illegalBefore + 2, counter(illegal));
        assertEquals(rulesBefore + 2, counter(rule));
        assertTrue(counter(
                        "job_store_seconds_count{error=\"none\",kind=\"CustomJob\",operation=\"apply\",outcome=\"refused\"}")
                >= 1);
        assertTrue(counter(
                        "job_store_seconds_count{error=\"none\",kind=\"CustomJob\",operation=\"apply\",outcome=\"done\"}")
                >= 1);
        assertFalse(http.get("/actuator/prometheus").text().contains(name), "no meter is tagged by the name of a job");
    }

    @Test
    void aJobThatEndsIsHeardOnceAndTimed() {
        String runs = "job_lifecycle_run_seconds_count{kind=\"CustomJob\",mode=\"authority\",state=\"failed\"}";
        double before = counter(runs);
        submit();
        http.post("/jobs/" + id + "/events/START", null);
        assertFalse(ended.names().contains(name));
        http.post("/jobs/" + id + "/events/FAIL", "{'code':8}");
        http.post("/jobs/" + id + "/events/FAIL", "{'code':8}");

        assertEquals(1, ended.names().stream().filter(name::equals).count());
        assertEquals(before + 1, counter(runs));
    }

    @Test
    void theEndpointTellsWhatIsEnforced() {
        JsonNode answer = http.get("/actuator/joblifecycle").json();
        assertEquals(json("['authority of CUSTOM_JOB']"), answer.get("lifecycles"));
        assertEquals(12, answer.get("states").size());
        assertEquals(29, answer.get("transitions").size());
        assertEquals(17, answer.get("rules").size());
        assertEquals(
                "JOB_STATE_QUEUED", answer.get("transitions").get(0).get("to").asText());
        assertEquals(
                "documented",
                answer.get("rules").get(1).get("evidence").get("basis").asText());
        assertFalse(answer.get("rules")
                .get(1)
                .get("evidence")
                .get("source")
                .asText()
                .isEmpty());
    }
}
