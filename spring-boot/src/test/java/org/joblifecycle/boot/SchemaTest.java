package org.joblifecycle.boot;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.PostConstruct;
import java.util.List;
import org.joblifecycle.store.JobStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.JdbcTemplate;

/** The tables of the store beside those of an application that uses Flyway. */
class SchemaTest {
    /** Uses the store, and a table of the application's, as it is made. */
    static class Early {
        private final JobStore store;
        private final JdbcTemplate jdbc;
        private List<String> notes = List.of();

        Early(JobStore store, JdbcTemplate jdbc) {
            this.store = store;
            this.jdbc = jdbc;
        }

        @PostConstruct
        void use() {
            assertThat(store.find("seven").isEmpty()).isTrue();
            notes = jdbc.queryForList("SELECT text FROM note", String.class);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Early.class)
    static class Application {}

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "always"})
    void flywayRunsFirst(String mode) {
        try (ConfigurableApplicationContext context = SpringApplication.run(
                Application.class,
                "--spring.main.web-application-type=none",
                "--spring.datasource.url=jdbc:h2:mem:flyway-" + mode,
                "--spring.flyway.enabled=true",
                "--spring.flyway.locations=classpath:notes",
                "--job-lifecycle.store.initialize-schema=" + mode)) {
            assertThat(context.getBean(Early.class).notes).containsExactly("written by Flyway");
        }
    }

    @Test
    void nothingIsWhereFlywayOfEveryApplicationLooks() throws Exception {
        assertThat(new PathMatchingResourcePatternResolver().getResources("classpath*:db/migration/**/*"))
                .isEmpty();
    }
}
