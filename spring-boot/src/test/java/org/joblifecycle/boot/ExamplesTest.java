package org.joblifecycle.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.metrics.MeteredLifecycle;
import org.joblifecycle.store.JdbcJobStore;
import org.joblifecycle.store.JobStore;
import org.joblifecycle.transition.AuditStep;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/** The examples of the page on Spring Boot that no other test has. */
class ExamplesTest {
    private static final JobSnapshot QUEUED = JobLifecycle.authority(JobKind.CUSTOM_JOB)
            .applyOrThrow(JobSnapshot.of(Shop.PREFIX + "1", JobState.UNSPECIFIED), JobEvent.ENQUEUE, Instant.EPOCH);

    // guide: boot-mirror
    @Component
    static class Mirror {
        private final Map<String, JobSnapshot> baselines = new HashMap<>(); // stands for a table
        private final MeteredLifecycle lifecycle;

        Mirror(MeteredLifecycle lifecycle) {
            this.lifecycle = lifecycle;
        }

        void observe(JobSnapshot observed) {
            AuditStep step = lifecycle.audit(baselines.get(observed.name()), observed); // counted
            baselines.put(observed.name(), step.baseline());
        }
    }
    // end

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Mirror.class)
    static class MirrorApplication {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class TwoDatabases {
        @Bean
        DataSource orders() {
            return new DriverManagerDataSource("jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1");
        }

        @Bean
        DataSource jobs() {
            return new DriverManagerDataSource("jdbc:h2:mem:two-jobs;DB_CLOSE_DELAY=-1");
        }

        // guide: boot-two-databases
        @Bean
        PlatformTransactionManager jobTransactions(@Qualifier("jobs") DataSource jobs) {
            return new DataSourceTransactionManager(jobs);
        }

        @Bean
        JobStore jobStore(@Qualifier("jobs") DataSource jobs, PlatformTransactionManager jobTransactions) {
            JdbcJobStore store = JdbcJobStore.of(jobs, JobLifecycle::authority);
            store.createSchema();
            return new SpringJobStore(store, jobs, jobTransactions);
        }
        // end
    }

    private static ConfigurableApplicationContext start(Class<?> application, String... arguments) {
        SpringApplication spring = new SpringApplication(application);
        spring.setDefaultProperties(Map.of("spring.main.web-application-type", "none"));
        return spring.run(arguments);
    }

    @Test
    void aMirrorIsCounted() {
        try (ConfigurableApplicationContext context =
                start(MirrorApplication.class, "--job-lifecycle.kind=custom-job", "--job-lifecycle.mode=observer")) {
            context.getBean(Mirror.class).observe(QUEUED);
            context.getBean(Mirror.class).observe(QUEUED);
            assertThat(context.getBean(MeterRegistry.class)
                            .get("job.lifecycle.checks")
                            .tags("mode", "observer", "change", "unchanged")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void ofTwoDatabasesTheApplicationChoosesOne() {
        try (ConfigurableApplicationContext context = start(TwoDatabases.class)) {
            assertThat(context.getBean(JobStore.class)
                            .create(QUEUED)
                            .orElseThrow()
                            .version())
                    .isEqualTo(1);
        }
    }
}
