package org.joblifecycle.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;

/** What the page on Spring Boot says of properties, problems, meters and the endpoint; -Dupdate.docs writes it. */
@SpringBootTest(
        classes = Shop.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "job-lifecycle.kind=custom-job",
            "management.endpoints.web.exposure.include=joblifecycle",
            "spring.datasource.url=jdbc:h2:mem:page"
        })
class PageTest {
    private static final Path PAGE = Path.of("../docs/spring-boot.md");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> OF_EVERY_PROBLEM = Set.of("type", "title", "status", "detail", "instance");
    private static final String NAME = Shop.PREFIX + "7";

    @Autowired
    private Environment environment;

    @Autowired
    private MeterRegistry registry;

    private Http http;

    @BeforeEach
    void submit() {
        http = new Http(environment.getRequiredProperty("local.server.port", Integer.class));
        http.post("/jobs", "{'name':'" + NAME + "','state':'JOB_STATE_UNSPECIFIED'}");
    }

    private static void assertSays(String name, String text) throws IOException {
        String page = Files.readString(PAGE);
        String opening = "<!-- " + name + " -->\n";
        int begin = page.indexOf(opening) + opening.length();
        int end = page.indexOf("<!-- end -->", begin);
        if (Boolean.getBoolean("update.docs")) {
            Files.writeString(PAGE, page.substring(0, begin) + text + page.substring(end));
        } else {
            assertEquals(page.substring(begin, end), text, "run with -Dupdate.docs");
        }
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String heading(String... cells) {
        return row(cells) + "|" + "---|".repeat(cells.length) + "\n";
    }

    private static String quoted(Iterable<String> names) {
        return String.join(", ", names).replaceAll("[^, ]+", "`$0`");
    }

    private static String json(JsonNode value) throws IOException {
        return "```json\n" + MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n```\n";
    }

    @Test
    void theProperties() throws IOException {
        JsonNode metadata =
                Http.parsed(Files.readString(Path.of("target/classes/META-INF/spring-configuration-metadata.json")));
        String table = heading("property", "default", "");
        Set<String> names = new TreeSet<>();
        for (JsonNode property : metadata.get("properties")) {
            String name = property.get("name").asText();
            names.add(name);
            assertFalse(property.path("description").asText().isEmpty(), name);
            if (name.startsWith("job-lifecycle.")) {
                JsonNode value = property.path("defaultValue");
                table += row(
                        "`" + name + "`",
                        value.isValueNode() ? "`" + value.asText() + "`" : "",
                        property.get("description").asText());
            }
        }
        assertSays("boot-properties", table);

        Set<String> named = Pattern.compile("job-lifecycle\\.[a-z.-]+(?==)")
                .matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(names.containsAll(named), named + " are not all among " + names);
    }

    @Test
    void theProblems() throws IOException {
        String job = http.get("/jobs/7").text();
        Map<String, Http.Answer> answers = new LinkedHashMap<>();
        answers.put("the lifecycle does not allow it", http.post("/jobs/7/events/RESUME", null));
        answers.put(
                "the request has an `If-Match`, and another version is stored",
                http.put("/jobs/7", job, "If-Match", "\"0\""));
        answers.put("another version is stored, or the name is taken", http.post("/jobs/7/overtaken", null));
        answers.put("there is no such job", http.get("/jobs/8"));
        answers.put("a job, or a part of one, cannot be read", http.post("/jobs", "{'name':'x'}"));
        answers.put("no store can keep it as it is", http.post("/jobs", "{'name':'tuningJobs/7','state':0}"));
        String table = heading("status", "type", "when", "exception", "extra members", "headers");
        Set<String> types = new TreeSet<>();
        for (Map.Entry<String, Http.Answer> each : answers.entrySet()) {
            JsonNode problem = each.getValue().json();
            List<String> members = new ArrayList<>();
            problem.fieldNames().forEachRemaining(members::add);
            members.removeAll(OF_EVERY_PROBLEM);
            types.add(problem.get("type").asText());
            table += row(
                    problem.get("status").asText(),
                    "`" + problem.get("type").asText() + "`",
                    each.getKey(),
                    "`" + exception(problem.get("type").asText()) + "`",
                    quoted(members),
                    each.getValue().tag().isEmpty() ? "" : "`ETag`");
        }
        assertSays("boot-problems", table);
        Set<String> all = new TreeSet<>();
        for (JobProblem problem : JobProblem.values()) {
            all.add(problem.type().toString());
        }
        assertEquals(all, types);
    }

    /** The exception that is answered with this type, by the method of the same name. */
    private static String exception(String type) {
        String method = Pattern.compile("-(.)")
                .matcher(type.substring("urn:job-lifecycle:".length()))
                .replaceAll(next -> next.group(1).toUpperCase(Locale.ROOT));
        return Stream.of(JobProblemAdvice.class, JobStoreProblemAdvice.class)
                .flatMap(advice -> Stream.of(advice.getMethods()))
                .filter(each -> each.getName().equals(method))
                .map(each -> each.getParameterTypes()[0].getSimpleName())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aProblem() throws IOException {
        assertSays("boot-problem", json(http.post("/jobs/7/events/RESUME", null).json()));
    }

    @Test
    void theMeters() throws IOException {
        http.post("/jobs/7/events/RESUME", null);
        Map<String, List<Meter>> meters = registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("job."))
                .filter(meter -> meter.getId().getType() != Meter.Type.LONG_TASK_TIMER)
                .collect(Collectors.groupingBy(meter -> meter.getId().getName(), TreeMap::new, Collectors.toList()));
        String table = heading("meter", "type", "tags", "");
        for (Map.Entry<String, List<Meter>> each : meters.entrySet()) {
            Meter.Id id = each.getValue().get(0).getId();
            table += row(
                    "`" + each.getKey() + "`",
                    id.getType().toString().toLowerCase(Locale.ROOT),
                    quoted(id.getTags().stream().map(Tag::getKey).toList()),
                    id.getDescription() == null ? "Calls of the store" : id.getDescription());
        }
        assertSays("boot-meters", table);
    }

    @Test
    void theEndpoint() throws IOException {
        ObjectNode answer = (ObjectNode) http.get("/actuator/joblifecycle").json();
        answer.forEach(list -> {
            while (list.size() > 1) {
                ((ArrayNode) list).remove(1);
            }
        });
        assertSays("boot-endpoint", json(answer));
    }
}
