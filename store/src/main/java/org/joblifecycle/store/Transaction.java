package org.joblifecycle.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A transaction of the store's own. What is not committed when it is closed is rolled back. */
final class Transaction implements AutoCloseable {
    private final Connection connection;
    private final boolean commitsByItself;
    private boolean isCommitted;

    Transaction(DataSource dataSource) throws SQLException {
        connection = dataSource.getConnection();
        try {
            commitsByItself = connection.getAutoCommit();
            if (commitsByItself) {
                connection.setAutoCommit(false);
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    void commit() throws SQLException {
        connection.commit();
        isCommitted = true;
    }

    /** Gives the connection back as it was. A connection that is broken by now changes nothing of what happened. */
    @Override
    public void close() {
        try (connection) {
            if (!isCommitted) {
                connection.rollback();
            }
            if (commitsByItself) {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            // what was not committed is lost with the connection
        }
    }
}
