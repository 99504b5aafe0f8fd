package org.joblifecycle.store;

import com.zaxxer.hikari.HikariDataSource;

class H2JobStoreTest extends JdbcJobStoreContract {
    @Override
    HikariDataSource openDatabase() {
        return Databases.h2();
    }
}
