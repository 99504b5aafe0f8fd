package org.joblifecycle.store;

import static org.joblifecycle.store.JobStoreContract.NAME;
import static org.joblifecycle.store.JobStoreContract.queued;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.joblifecycle.transition.JobLifecycle;
import org.junit.jupiter.api.Test;

// The SQL resources as Flyway finds them: in a schema with migrations of one's own, which have a version 1 too.
class FlywayTest {
    // guide: storing-flyway
    /** The tables of the store. They have a history of their own, since your migrations have a version 1 too. */
    static Flyway tablesOfTheStore(DataSource database) {
        return Flyway.configure()
                .dataSource(database)
                .locations("classpath:org/joblifecycle/store/postgresql")
                .table("lifecycle_migrations")
                .baselineOnMigrate(true) // the schema need not be empty
                .baselineVersion("0")
                .load();
    }
    // end

    @Test
    void migratesPostgres() {
        try (HikariDataSource database = Databases.postgres("TRANSACTION_READ_COMMITTED")) {
            Databases.execute(database, "CREATE TABLE yours (x INTEGER)");
            assertMigrates(tablesOfTheStore(database), database);
        }
    }

    @Test
    void migratesH2() {
        try (HikariDataSource database = Databases.h2()) {
            assertMigrates(
                    Flyway.configure()
                            .dataSource(database)
                            .locations("classpath:org/joblifecycle/store/h2")
                            .load(),
                    database);
        }
    }

    private static void assertMigrates(Flyway flyway, DataSource database) {
        assertEquals(1, flyway.migrate().migrationsExecuted);
        assertEquals(0, flyway.migrate().migrationsExecuted);

        JdbcJobStore store = JdbcJobStore.of(database, JobLifecycle::authority);
        store.create(queued(NAME)).orElseThrow();
        store.createSchema();
        assertEquals(1, store.list(Query.all()).size());
    }
}
