package org.joblifecycle.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.joblifecycle.store.JobStore;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** A Flyway for the tables of the store, after that of the application. In Boot 4 the strategy has another package. */
class FlywayStrategyTest {
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        private static Flyway tablesOfTheStore(DataSource database) {
            return Flyway.configure()
                    .dataSource(database)
                    .locations("classpath:org/joblifecycle/store/h2")
                    .table("lifecycle_migrations")
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load();
        }

        // guide: boot-flyway
        @Bean
        FlywayMigrationStrategy thenTheTablesOfTheStore(DataSource database) {
            return own -> {
                own.migrate();
                tablesOfTheStore(database).migrate();
            };
        }
        // end
    }

    @Test
    void bothHaveRun() {
        try (ConfigurableApplicationContext context = SpringApplication.run(
                Application.class,
                "--spring.main.web-application-type=none",
                "--spring.datasource.url=jdbc:h2:mem:strategy",
                "--spring.flyway.enabled=true",
                "--spring.flyway.locations=classpath:notes",
                "--job-lifecycle.store.initialize-schema=never")) {
            assertTrue(context.getBean(JobStore.class).find("seven").isEmpty());
            assertEquals(
                    List.of("written by Flyway"),
                    context.getBean(JdbcTemplate.class).queryForList("SELECT text FROM note", String.class));
        }
    }
}
