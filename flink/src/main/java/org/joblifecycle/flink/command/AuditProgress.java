package org.joblifecycle.flink.command;

import java.time.Duration;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletionException;
import org.apache.flink.core.execution.JobClient;
import org.joblifecycle.cli.command.Console;
import org.joblifecycle.flink.Counts;

/** Shows on a terminal how far a job is, until it ends. */
final class AuditProgress extends TimerTask {
    /** How often the tasks tell what they have counted. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Console console;
    private final JobClient job;
    private final Timer timer = new Timer("progress", true);
    private boolean ended;

    private AuditProgress(Console console, JobClient job) {
        this.console = console;
        this.job = job;
    }

    static AuditProgress show(Console console, JobClient job) {
        AuditProgress progress = new AuditProgress(console, job);
        if (console.errIsTerminal()) {
            progress.timer.schedule(progress, INTERVAL.toMillis(), INTERVAL.toMillis());
        }
        return progress;
    }

    static String text(Counts counts) {
        String read =
                counts.snapshots() == 0 ? "" : String.format(Locale.ROOT, "%,d snapshots read, ", counts.snapshots());
        return read + String.format(Locale.ROOT, "%,d audited of %,d jobs", counts.audited(), counts.jobs());
    }

    @Override
    public void run() {
        try {
            show(Counts.of(job.getAccumulators().join()));
        } catch (CompletionException | IllegalStateException e) {
            // the job has ended meanwhile
        }
    }

    private synchronized void show(Counts counts) {
        if (!ended) {
            console.showStatus(text(counts));
        }
    }

    synchronized void end() {
        ended = true;
        timer.cancel();
        console.hideStatus();
    }
}
