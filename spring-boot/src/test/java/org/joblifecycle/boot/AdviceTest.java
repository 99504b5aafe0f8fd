package org.joblifecycle.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.Consumer;
import org.joblifecycle.transition.IllegalUpdateException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.databind.json.JsonMapper;

/** Problem details in applications that answer some exceptions themselves, or write JSON in their own way. */
class AdviceTest {
    private static final String UNREADABLE = "{'name':'x','state':'RUNNING'}";

    @RestControllerAdvice
    static class CatchAll {
        @ExceptionHandler
        ResponseEntity<String> any(Exception e) {
            return ResponseEntity.status(HttpStatus.I_AM_A_TEAPOT).body("own");
        }
    }

    @RestControllerAdvice
    static class Own {
        @ExceptionHandler
        ResponseEntity<String> illegal(IllegalUpdateException e) {
            return ResponseEntity.status(HttpStatus.I_AM_A_TEAPOT).body("own");
        }
    }

    @RestControllerAdvice
    @Order(Ordered.HIGHEST_PRECEDENCE)
    static class OwnAndFirst extends Own {}

    @Configuration(proxyBeanMethods = false)
    static class Replaced {
        // guide: boot-advice
        @Bean
        JobProblemAdvice jobProblemAdvice() {
            return new JobProblemAdvice() {
                @Override
                public ProblemDetail illegalUpdate(IllegalUpdateException e) {
                    ProblemDetail problem = super.illegalUpdate(e);
                    problem.setTitle("Not so");
                    return problem;
                }
            };
        }
        // end
    }

    /** Mappers of the application's own, which know no modules but those that they find. */
    @Configuration(proxyBeanMethods = false)
    static class PlainMappers {
        @Bean
        @Primary
        ObjectMapper objectMapper() {
            return new ObjectMapper().findAndRegisterModules();
        }

        @Bean
        @Primary
        JsonMapper jsonMapper() {
            return JsonMapper.builder().findAndAddModules().build();
        }
    }

    private static void with(Class<?> more, Consumer<Http> test, String... properties) {
        SpringApplication application = new SpringApplicationBuilder(Shop.class, more)
                .web(WebApplicationType.SERVLET)
                .properties(properties)
                .properties(
                        "server.port=0",
                        "job-lifecycle.kind=custom-job",
                        "spring.datasource.url=jdbc:h2:mem:" + more.getSimpleName() + properties.length)
                .build();
        try (ConfigurableApplicationContext context = application.run()) {
            Http http = new Http(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
            http.post("/jobs", "{'name':'" + Shop.PREFIX + "1','state':'JOB_STATE_UNSPECIFIED'}");
            test.accept(http);
        }
    }

    private static Http.Answer illegal(Http http) {
        return http.post("/jobs/1/events/RESUME", null);
    }

    @Test
    void aCatchAllOfTheApplicationComesAfter() {
        with(CatchAll.class, http -> {
            assertEquals(409, illegal(http).status());
            assertEquals(400, http.post("/jobs", UNREADABLE).status());
            assertEquals(404, http.get("/jobs/none").status());
            assertEquals(418, http.get("/nowhere").status());
        });
    }

    @Test
    void anAdviceOfTheApplicationNeedsAHigherPrecedence() {
        with(Own.class, http -> assertEquals(409, illegal(http).status()));
        with(OwnAndFirst.class, http -> {
            assertEquals(418, illegal(http).status());
            assertEquals(400, http.post("/jobs", UNREADABLE).status());
        });
    }

    @Test
    void anAdviceOfItsTypeReplacesIt() {
        with(Replaced.class, http -> {
            JsonNode problem = illegal(http).json();
            assertEquals("Not so", problem.get("title").asText());
            assertEquals(1, problem.get("violations").size());
        });
    }

    @Test
    void switchedOffSpringAnswers() {
        with(
                Shop.class,
                http -> {
                    assertEquals(500, illegal(http).status());
                    assertEquals(400, http.post("/jobs", UNREADABLE).status());
                    assertEquals(500, http.get("/jobs/none").status());
                    assertNotEquals("application/problem+json", illegal(http).type());
                },
                "job-lifecycle.problem-details.enabled=false");
    }

    @Test
    void aMapperOfTheApplicationFindsTheModule() {
        with(PlainMappers.class, http -> {
            assertEquals(
                    "JOB_STATE_QUEUED", http.get("/jobs/1").json().get("state").asText());
            assertEquals(400, http.post("/jobs", UNREADABLE).status());
            assertEquals(400, http.post("/event", "2").status());
            JsonNode problem = illegal(http).json();
            assertEquals(409, problem.get("status").asInt());
            assertEquals(1, problem.at("/properties/violations").size(), "Spring's mixin is not in such a mapper");
        });
    }

    @Test
    void textThatIsNoJsonIsLeftToSpring() {
        with(
                Shop.class,
                http -> {
                    Http.Answer answer = http.post("/jobs", "{'name':");
                    assertEquals(400, answer.status());
                    assertEquals("about:blank", answer.json().path("type").asText("about:blank"));
                    assertTrue(answer.type().startsWith("application/problem+json"), answer.type());
                },
                "spring.mvc.problemdetails.enabled=true");
    }
}
