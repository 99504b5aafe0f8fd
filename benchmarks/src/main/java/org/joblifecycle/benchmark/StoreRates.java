package org.joblifecycle.benchmark;

import static org.joblifecycle.transition.JobEvent.ENQUEUE;
import static org.joblifecycle.transition.JobEvent.PAUSE;
import static org.joblifecycle.transition.JobEvent.START;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.store.JdbcJobStore;
import org.joblifecycle.store.StoreOutcome;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;

/**
 * Changes a second: the store beside the statements alone, and beside a compare-and-set that is simply repeated. PostgreSQL writes
 * each commit to its disk. All are measured in turn, in several rounds, so that a slow minute is slow for all; the median counts.
 */
public final class StoreRates {
    private static final int JOBS_A_THREAD = 200;
    private static final int MOST_THREADS = 8;
    private static final double NANOS_A_SECOND = 1e9;

    private final InstantSource clock = InstantSource.system();

    /** Where each thread is with its jobs: whether it paused them. */
    private final boolean[][] isPaused = new boolean[MOST_THREADS][JOBS_A_THREAD];

    private final List<Way> ways;

    /** One way to change a job. */
    interface Way {
        /**
         * Pauses a job or starts it.
         *
         * @return false if it is paused or started already
         */
        boolean change(String name, JobEvent event) throws Exception;
    }

    /** What is measured: a way, how many threads, and whether they have jobs of their own. */
    private record Cell(String title, int way, int threads, boolean isHot) {}

    private static final String[] TITLES = {
        "a bare UPDATE", "a bare SELECT, UPDATE, INSERT", "compare-and-set, repeated", "the store"
    };

    StoreRates(DataSource database) {
        JobLifecycle owner = JobLifecycle.authority(JobKind.CUSTOM_JOB);
        JdbcJobStore store = JdbcJobStore.of(database, owner);
        store.createSchema();
        for (int thread = 0; thread < MOST_THREADS; thread++) {
            for (int i = 0; i < JOBS_A_THREAD; i++) {
                JobSnapshot job = JobSnapshot.of(name(thread, i), JobState.UNSPECIFIED);
                store.create(owner.applyOrThrow(job, ENQUEUE, clock.instant())).orElseThrow();
                store.apply(name(thread, i), START, clock).orElseThrow();
            }
        }
        HandWrittenStore byHand = new HandWrittenStore(database, owner, clock);
        ways = List.of(
                byHand::update,
                byHand::selectUpdateInsert,
                byHand::compareAndSet,
                (name, event) -> store.apply(name, event, clock) instanceof StoreOutcome.Done);
    }

    private static String name(int thread, int job) {
        return "projects/p/locations/l/customJobs/" + thread + "-" + job;
    }

    /**
     * Measures and prints.
     *
     * @param arguments how many rounds, and how many milliseconds each measurement takes
     */
    public static void main(String... arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[0]);
        long nanos = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[1]));
        try (EmbeddedPostgres server = server();
                HikariDataSource database = pool(server.getPostgresDatabase())) {
            new StoreRates(database).run(rounds, nanos);
        }
    }

    static EmbeddedPostgres server() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    static HikariDataSource pool(DataSource server) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(server);
        config.setMaximumPoolSize(MOST_THREADS);
        return new HikariDataSource(config);
    }

    private void run(int rounds, long nanos) throws InterruptedException, ExecutionException {
        List<Cell> cells = new ArrayList<>();
        for (int threads : new int[] {1, MOST_THREADS}) {
            for (int way : new int[] {0, 1, 3}) {
                cells.add(new Cell(TITLES[way] + ", jobs of their own", way, threads, false));
            }
            for (int way : new int[] {2, 3}) {
                cells.add(new Cell(TITLES[way] + ", one job for all", way, threads, true));
            }
        }
        double[][] rates = new double[cells.size()][rounds];
        for (int round = -1; round < rounds; round++) { // the first is for the JVM to warm up
            System.err.println("round " + (round + 1) + " of " + rounds);
            for (int i = 0; i < cells.size(); i++) {
                double rate = rate(cells.get(i), nanos);
                if (round >= 0) {
                    rates[i][round] = rate;
                }
            }
        }
        System.out.println("| threads | | changes a second | least and most |\n|---|---|---|---|");
        for (int i = 0; i < cells.size(); i++) {
            Arrays.sort(rates[i]);
            Cell cell = cells.get(i);
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %s | %.0f | %.0f to %.0f |%n",
                    cell.threads(),
                    cell.title(),
                    rates[i][rounds / 2],
                    rates[i][0],
                    rates[i][rounds - 1]);
        }
    }

    private double rate(Cell cell, long nanos) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(cell.threads());
        try {
            long start = System.nanoTime();
            List<Future<Integer>> counts = new ArrayList<>();
            for (int thread = 0; thread < cell.threads(); thread++) {
                int own = thread;
                counts.add(threads.submit(() -> changes(cell, own, start + nanos)));
            }
            int changes = 0;
            for (Future<Integer> count : counts) {
                changes += count.get();
            }
            return changes * NANOS_A_SECOND / (System.nanoTime() - start);
        } finally {
            threads.shutdown();
        }
    }

    /** Changes jobs until it is late, and answers how many changes were made. */
    private int changes(Cell cell, int thread, long end) throws Exception {
        Way way = ways.get(cell.way());
        int changes = 0;
        boolean[] paused = cell.isHot() ? new boolean[1] : isPaused[thread];
        while (System.nanoTime() < end) {
            int job = changes % paused.length;
            String name = cell.isHot() ? name(0, 0) : name(thread, job);
            // Of one job for all the threads do not know who changed it last, so they may have to try both.
            for (boolean isDone = false; !isDone; ) {
                paused[job] = !paused[job];
                isDone = way.change(name, paused[job] ? PAUSE : START);
            }
            changes++;
        }
        return changes;
    }

    /** The ways, for the tests. */
    Stream<Way> ways() {
        return ways.stream();
    }
}
