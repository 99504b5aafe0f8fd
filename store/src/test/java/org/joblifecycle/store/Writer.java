package org.joblifecycle.store;

import static org.joblifecycle.store.JobStoreContract.NAME;
import static org.joblifecycle.store.JobStoreContract.queued;

import java.time.InstantSource;
import java.util.Random;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.postgresql.ds.PGSimpleDataSource;

// A process that changes jobs until it is killed. It prints each change that was acknowledged, once it was.
final class Writer {
    static final int JOBS = 5;

    private Writer() {}

    public static void main(String[] args) {
        JdbcJobStore store = JdbcJobStore.of(database(args[0]), JobLifecycle::authority);
        Random random = new Random(Long.parseLong(args[1]));
        while (true) {
            String name = NAME + random.nextInt(JOBS);
            StoreOutcome outcome = store.find(name).isEmpty()
                    ? store.create(queued(name))
                    : store.apply(name, event(random), InstantSource.system());
            if (outcome instanceof StoreOutcome.Done done && done.isWritten()) {
                System.out.println(done.after());
            }
        }
    }

    private static JobEvent event(Random random) {
        JobEvent[] events = {JobEvent.START, JobEvent.PAUSE, JobEvent.RESUME};
        return events[random.nextInt(events.length)];
    }

    static DataSource database(String url) {
        if (url.startsWith("jdbc:h2:")) {
            JdbcDataSource h2 = new JdbcDataSource();
            h2.setURL(url);
            return h2;
        }
        PGSimpleDataSource postgres = new PGSimpleDataSource();
        postgres.setURL(url);
        return postgres;
    }
}
