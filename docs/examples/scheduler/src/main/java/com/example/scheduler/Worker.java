package com.example.scheduler;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobState;
import org.joblifecycle.store.StoreException;
import org.joblifecycle.store.StoredJob;
import org.joblifecycle.transition.JobEvent;

/** Runs one job after the other, until its thread is interrupted. */
final class Worker implements Runnable {
    private static final int UNKNOWN = 2; // of google.rpc.Code

    private final Scheduler scheduler;
    private final long millisOfPause;

    /**
     * A worker.
     *
     * @param pause how long it waits when there is nothing to do, and between two checks of the job it runs: less than the lease
     */
    Worker(Scheduler scheduler, Duration pause) {
        this.scheduler = scheduler;
        this.millisOfPause = pause.toMillis();
    }

    @Override
    public void run() {
        try {
            while (true) {
                if (!didWork()) {
                    MILLISECONDS.sleep(millisOfPause);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean didWork() throws InterruptedException {
        try {
            Optional<Scheduler.Claim> claim = scheduler.next();
            if (claim.isPresent()) {
                work(claim.get());
            }
            return claim.isPresent();
        } catch (SQLException | StoreException e) {
            System.err.println(e.getMessage()); // whatever it had is given to another worker when the lease is over
            return false;
        }
    }

    private void work(Scheduler.Claim claim) throws SQLException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder("sh", "-c", claim.job().body())
                    .inheritIO()
                    .start();
        } catch (IOException e) {
            scheduler.failed(claim, new JobError(UNKNOWN, e.getMessage()));
            return;
        }
        try {
            while (!process.waitFor(millisOfPause, MILLISECONDS)) {
                Optional<StoredJob> now = scheduler.keep(claim);
                if (now.isEmpty()) {
                    return; // others have it
                }
                if (now.get().job().state() == JobState.CANCELLING) {
                    process.destroyForcibly().waitFor();
                    scheduler.finish(claim, JobEvent.CONFIRM_CANCEL, null);
                    return;
                }
            }
            int status = process.exitValue();
            if (status == 0) {
                scheduler.finish(claim, JobEvent.SUCCEED, null);
            } else {
                scheduler.failed(claim, new JobError(UNKNOWN, "exit status " + status));
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
