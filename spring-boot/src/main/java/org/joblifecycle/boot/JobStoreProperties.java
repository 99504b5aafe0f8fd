package org.joblifecycle.boot;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.sql.init.DatabaseInitializationMode;

/**
 * How the store is set up. It is not part of {@link JobLifecycleProperties}: the mode's class comes with JDBC in Spring Boot 4, and
 * properties are loaded as a whole.
 *
 * @param initializeSchema When the tables are created: embedded for databases in memory only, always, or never.
 * @param publishEvents Whether a JobEndedEvent is published when a job ends.
 */
@ConfigurationProperties("job-lifecycle.store")
public record JobStoreProperties(
        @DefaultValue("embedded") DatabaseInitializationMode initializeSchema,
        @DefaultValue("true") boolean publishEvents) {}
