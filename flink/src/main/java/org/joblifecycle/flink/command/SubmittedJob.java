package org.joblifecycle.flink.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.joblifecycle.cli.command.Console;
import org.joblifecycle.cli.command.Exit;
import picocli.CommandLine.Mixin;

/** A command that runs a job whose findings go to files or a topic. Why it could not is one line. */
abstract class SubmittedJob implements Callable<Integer> {
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

    /**
     * Runs the job to its end, or submits it.
     *
     * @throws Refused if it cannot be started, or fails
     * @throws IOException if what it reads cannot be found
     */
    abstract void run() throws Refused, IOException;

    @Override
    public final Integer call() {
        try {
            run();
            return Exit.NOTHING_FOUND;
        } catch (Refused | IOException e) {
            console.complain(String.valueOf(e.getMessage()));
            return Exit.FAILED;
        }
    }
}
