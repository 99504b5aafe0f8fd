package org.joblifecycle.store;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Nested;

// At each isolation level of PostgreSQL at which a change is a transaction that sees no other.
class PostgresJobStoreTest {
    @Nested
    class ReadCommitted extends JdbcJobStoreContract {
        @Override
        HikariDataSource openDatabase() {
            return Databases.postgres("TRANSACTION_READ_COMMITTED");
        }
    }

    @Nested
    class RepeatableRead extends JdbcJobStoreContract {
        @Override
        HikariDataSource openDatabase() {
            return Databases.postgres("TRANSACTION_REPEATABLE_READ");
        }
    }

    @Nested
    class Serializable extends JdbcJobStoreContract {
        @Override
        HikariDataSource openDatabase() {
            return Databases.postgres("TRANSACTION_SERIALIZABLE");
        }
    }
}
