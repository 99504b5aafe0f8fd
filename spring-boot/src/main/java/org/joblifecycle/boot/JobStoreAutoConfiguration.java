package org.joblifecycle.boot;

import io.micrometer.observation.ObservationRegistry;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.joblifecycle.store.JdbcJobStore;
import org.joblifecycle.store.JobStore;
import org.joblifecycle.transition.JobLifecycle;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.EmbeddedDatabaseConnection;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;

/** The store, in Spring's transactions, where there is one DataSource. */
// By name what Spring Boot 4 has moved: the first of two is that of 3.5.
@AutoConfiguration(
        after = JobLifecycleAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
        })
@ConditionalOnClass({JobStore.class, DataSourceUtils.class, EmbeddedDatabaseConnection.class})
@ConditionalOnMissingBean(JobStore.class)
@ConditionalOnSingleCandidate(DataSource.class)
@EnableConfigurationProperties({JobLifecycleProperties.class, JobStoreProperties.class})
@ImportRuntimeHints(JobStoreAutoConfiguration.Tables.class)
public class JobStoreAutoConfiguration {
    /** For the container. */
    public JobStoreAutoConfiguration() {}

    /** Of several lifecycles none is guessed: the name of a job tells its kind then. */
    @Bean
    Lifecycles jobLifecyclesOfStore(ObjectProvider<JobLifecycle> lifecycle, JobLifecycleProperties properties) {
        return new Lifecycles(lifecycle.getIfUnique(), properties);
    }

    /** Flyway and others have run before: they refuse a schema that is not empty. */
    @Bean
    @ConditionalOnSingleCandidate(PlatformTransactionManager.class)
    @DependsOnDatabaseInitialization
    SpringJobStore jobLifecycleStore(
            DataSource dataSource,
            Lifecycles lifecycles,
            PlatformTransactionManager transactions,
            JobStoreProperties properties,
            ObjectProvider<ObservationRegistry> observations,
            ApplicationEventPublisher events,
            ObjectProvider<StoreListener> listeners) {
        JobLifecycle one = lifecycles.one();
        JdbcJobStore store =
                one == null ? JdbcJobStore.of(dataSource, lifecycles::ofKind) : JdbcJobStore.of(dataSource, one);
        boolean creates = switch (properties.initializeSchema()) {
            case ALWAYS -> true;
            case EMBEDDED -> EmbeddedDatabaseConnection.isEmbedded(dataSource);
            case NEVER -> false;
        };
        if (creates) {
            store.createSchema();
        }
        Consumer<JobEndedEvent> publisher = properties.publishEvents() ? events::publishEvent : event -> {};
        return new SpringJobStore(
                store,
                dataSource,
                transactions,
                observations.getIfAvailable(() -> ObservationRegistry.NOOP),
                publisher,
                listeners.orderedStream().toList());
    }

    /** A native image has no resources but those that are named. */
    static final class Tables implements RuntimeHintsRegistrar {
        @Override
        public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
            hints.resources().registerPattern("org/joblifecycle/store/*/*.sql");
        }
    }
}
