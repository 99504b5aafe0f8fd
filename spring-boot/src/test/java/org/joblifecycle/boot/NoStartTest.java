package org.joblifecycle.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import javax.sql.DataSource;
import org.joblifecycle.store.JobStore;
import org.joblifecycle.transition.JobLifecycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;

/** An application that cannot start: what its author reads. */
@ExtendWith(OutputCaptureExtension.class)
class NoStartTest {
    record Scheduler(JobStore store) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
                "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"
            })
    @Import(Scheduler.class)
    static class NoDataSource {}

    @Configuration(proxyBeanMethods = false)
    @Import(NoDataSource.class)
    static class TwoDataSources {
        @Bean
        DataSource jobs() {
            return new DriverManagerDataSource("jdbc:h2:mem:jobs");
        }

        @Bean
        DataSource orders() {
            return new DriverManagerDataSource("jdbc:h2:mem:orders");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(NoDataSource.class)
    static class TwoTransactionManagers {
        @Bean
        DataSource jobs() {
            return new DriverManagerDataSource("jdbc:h2:mem:jobs");
        }

        @Bean
        PlatformTransactionManager one(DataSource jobs) {
            return new DataSourceTransactionManager(jobs);
        }

        @Bean
        PlatformTransactionManager two(DataSource jobs) {
            return new DataSourceTransactionManager(jobs);
        }
    }

    private static void start(Class<?> application) {
        SpringApplication spring = new SpringApplication(application);
        assertThrows(UnsatisfiedDependencyException.class, () -> spring.run("--spring.main.web-application-type=none"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Nothing {}

    @ParameterizedTest
    @CsvSource({
        "job-lifecycle.kind=cron-job, BATCH_PREDICTION_JOB",
        "job-lifecycle.mode=owner, OBSERVER",
        "job-lifecycle.without-rules=update-times, update-time-order"
    })
    void aValueThatDoesNotExistIsToldWithThoseThatDo(String property, String valid, CapturedOutput output) {
        SpringApplication spring = new SpringApplication(Nothing.class);
        String[] arguments = {"--spring.main.web-application-type=none", "--" + property};
        assertThrows(Exception.class, () -> spring.run(arguments));
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Value: \"" + property.substring(property.indexOf('=') + 1) + "\"")
                .contains(valid);
    }

    @Test
    void twoDataSourcesAreNamed(CapturedOutput output) {
        start(TwoDataSources.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains(
                        "A JobStore is needed, and there is none: there are 2 beans of type DataSource, jobs and orders,"
                                + " and none of them is @Primary.")
                .contains(
                        "Mark the one that has the jobs as @Primary, or define a JobStore bean: new SpringJobStore(store,"
                                + " dataSource, transactionManager).")
                .doesNotContain("\tat org.springframework");
    }

    /** Needs a lifecycle. */
    static class Owner {
        Owner(JobLifecycle lifecycle) {}
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Owner.class)
    static class NoKind {}

    @Test
    void withoutAKindItSaysHowToGetALifecycle(CapturedOutput output) {
        start(NoKind.class);
        assertThat(output)
                .contains("A JobLifecycle is needed, and there is none: job-lifecycle.kind is not set.")
                .contains("Set job-lifecycle.kind, such as to tuning-job, or define a JobLifecycle bean.");
    }

    @Test
    void aRuleThatCannotBeExcludedIsToldWithItsProperty(CapturedOutput output) {
        SpringApplication spring = new SpringApplication(Nothing.class);
        assertThrows(
                Exception.class,
                () -> spring.run(
                        "--spring.main.web-application-type=none", "--job-lifecycle.without-rules=transition-illegal"));
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("job-lifecycle.without-rules: transition-illegal cannot be excluded");
    }

    @Test
    void withoutADataSourceItSaysHowToGetOne(CapturedOutput output) {
        start(NoDataSource.class);
        assertThat(output)
                .contains("A JobStore is needed, and there is none: there is no bean of type DataSource.")
                .contains("Add spring-boot-starter-jdbc and a driver, and set spring.datasource.url");
    }

    @Test
    void twoTransactionManagersAreNamed(CapturedOutput output) {
        start(TwoTransactionManagers.class);
        assertThat(output)
                .contains(
                        "there are 2 beans of type PlatformTransactionManager, one and two, and none of them is @Primary.")
                .contains("@Primary, or define a JobStore bean");
    }
}
