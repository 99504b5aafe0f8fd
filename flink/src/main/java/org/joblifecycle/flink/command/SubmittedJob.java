package org.joblifecycle.flink.command;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.joblifecycle.cli.command.Console;
import org.joblifecycle.cli.command.Exit;
import picocli.CommandLine.Mixin;

/** A command that runs a job whose findings go to files or a topic. Why it could not is one line. */
abstract class SubmittedJob implements Callable<Integer> {
    static final String EXIT_CODES = "Exit code: 0 the job was done or submitted, 2 it could not be.";

    private final Console console;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private Brokers brokers = new Brokers();

    SubmittedJob(Console console) {
        this.console = console;
    }

    OutputOptions output() {
        return output;
    }

    Brokers brokers() {
        return brokers;
    }

    /** What it audits: files, folders or topics. */
    abstract List<String> inputs();

    /** What it is called on a cluster. */
    final String name() {
        return "job-lifecycle audit of " + String.join(", ", inputs());
    }

    /**
     * The job.
     *
     * @throws Refused if it cannot be started
     * @throws IOException if what it reads cannot be found
     */
    abstract StreamExecutionEnvironment job() throws Refused, IOException;

    @Override
    public final Integer call() {
        try {
            Jobs.execute(console, job(), name());
            return Exit.NOTHING_FOUND;
        } catch (Refused | IOException e) {
            console.complain(String.valueOf(e.getMessage()));
            return Exit.FAILED;
        }
    }
}
