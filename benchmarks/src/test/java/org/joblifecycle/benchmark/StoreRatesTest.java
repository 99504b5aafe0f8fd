package org.joblifecycle.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.List;
import org.joblifecycle.benchmark.StoreRates.Way;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobState;
import org.joblifecycle.store.JdbcJobStore;
import org.joblifecycle.store.StoredJob;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.junit.jupiter.api.Test;

class StoreRatesTest {
    private static final String NAME = "projects/p/locations/l/customJobs/0-0";

    @Test
    void allWaysChangeTheJob() throws Exception {
        try (EmbeddedPostgres server = StoreRates.server();
                HikariDataSource database = StoreRates.pool(server.getPostgresDatabase())) {
            List<Way> ways = new StoreRates(database).ways().toList();
            JdbcJobStore store = JdbcJobStore.of(database, JobLifecycle.authority(JobKind.CUSTOM_JOB));
            for (int i = 0; i < ways.size(); i++) {
                StoredJob before = store.find(NAME).get();
                int entries = store.history(NAME).size();

                assertTrue(ways.get(i).change(NAME, JobEvent.PAUSE));
                assertEquals(JobState.PAUSED, store.find(NAME).get().job().state());
                assertTrue(ways.get(i).change(NAME, JobEvent.START));
                assertEquals(JobState.RUNNING, store.find(NAME).get().job().state());
                assertEquals(before.version() + 2, store.find(NAME).get().version());
                assertEquals(i == 0 ? entries : entries + 2, store.history(NAME).size());
            }
            for (Way checked : ways.subList(2, ways.size())) {
                assertFalse(checked.change(NAME, JobEvent.START));
            }
        }
    }
}
