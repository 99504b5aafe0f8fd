package org.joblifecycle.store;

import com.zaxxer.hikari.HikariDataSource;
import org.joblifecycle.transition.JobLifecycle;
import org.junit.jupiter.api.AfterEach;

// What every store in a database does.
abstract class JdbcJobStoreContract extends JobStoreContract {
    HikariDataSource database;

    abstract HikariDataSource openDatabase();

    @Override
    JobStore open() {
        database = openDatabase();
        JdbcJobStore opened = JdbcJobStore.of(database, JobLifecycle::authority);
        opened.createSchema();
        return opened;
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }
}
