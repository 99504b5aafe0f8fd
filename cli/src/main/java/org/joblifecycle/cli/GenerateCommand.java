package org.joblifecycle.cli;

import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.joblifecycle.cli.command.Console;
import org.joblifecycle.cli.command.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints histories of made-up jobs. */
@Command(
        name = "generate",
        description = {
            "Prints what a poller observes of made-up tuning jobs, for tests and load tests.",
            "",
            "JSON Lines, one snapshot a line as the REST API prints a job, about 1 kB each and about 7 a job; the snapshots of"
                    + " different jobs are mixed, in the order of their times. The same options print the same bytes, everywhere.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  job-lifecycle generate --jobs 1000 > jobs.jsonl",
            "  job-lifecycle generate --jobs 1000 --seed 7 --faults 0.01 | job-lifecycle check"
        })
final class GenerateCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--jobs", paramLabel = "N", required = true, description = "How many jobs: 0 or more.")
    private long jobs;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "What the jobs are drawn from: any 64-bit number. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--faults",
            paramLabel = "RATE",
            defaultValue = "0",
            description =
                    "Which share of the lines breaks a rule or cannot be read, from 0 to 1. Another line may break a rule too,"
                            + " because of a faulty line before it. Default: ${DEFAULT-VALUE}.")
    private double faults;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    GenerateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (jobs < 0) {
            throw new ParameterException(spec.commandLine(), "--jobs is " + jobs + ": expected 0 or more");
        }
        if (!(faults >= 0 && faults <= 1)) {
            throw new ParameterException(spec.commandLine(), "--faults is " + faults + ": expected 0 to 1");
        }
        Fleet fleet = new Fleet(jobs, seed, faults);
        try (ProgressBar bar = Progress.show(console, "jobs", jobs)) {
            fleet.forEachRemaining(line -> {
                console.print(line);
                if (bar != null) {
                    bar.stepTo(fleet.begun());
                }
            });
        }
        return Exit.NOTHING_FOUND;
    }
}
