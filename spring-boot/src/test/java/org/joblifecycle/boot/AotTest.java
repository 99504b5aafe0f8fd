package org.joblifecycle.boot;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.joblifecycle.store.JdbcJobStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;

/** What a native image, and a start with spring.aot.enabled, are generated from. */
class AotTest {
    @Configuration(proxyBeanMethods = false)
    static class Database {
        @Bean
        DataSource jobs() {
            return new DriverManagerDataSource("jdbc:h2:mem:jobs");
        }

        @Bean
        PlatformTransactionManager transactions(DataSource jobs) {
            return new DataSourceTransactionManager(jobs);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void theTablesAreAmongTheResources(String database) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.register(
                Database.class,
                JobLifecycleAutoConfiguration.class,
                JobLifecycleJacksonAutoConfiguration.class,
                JobStoreAutoConfiguration.class,
                JobLifecycleMetricsAutoConfiguration.class);
        InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
        DefaultGenerationContext generation =
                new DefaultGenerationContext(new ClassNameGenerator(ClassName.get("com.example", "Main")), files);
        new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        generation.writeGeneratedContent();

        assertThat(RuntimeHintsPredicates.resource()
                        .forResource("org/joblifecycle/store/" + database + "/V1__jobs.sql"))
                .accepts(generation.getRuntimeHints());
        assertThat(files.getGeneratedFiles(GeneratedFiles.Kind.SOURCE)).isNotEmpty();
        assertThat(JdbcJobStore.class.getResource(database + "/V1__jobs.sql")).isNotNull();
    }
}
