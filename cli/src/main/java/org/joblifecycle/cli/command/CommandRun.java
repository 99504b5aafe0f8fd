package org.joblifecycle.cli.command;

import java.util.Objects;
import java.util.concurrent.Callable;

/**
 * The run of a command from its start to its exit code: every failure is one line on standard error, and one of the codes of {@link Exit}. It
 * does without the parser of command lines, which takes longer to load than a short answer.
 */
public final class CommandRun {
    private CommandRun() {}

    /**
     * Runs the work of a program on this console, to the end of its output.
     *
     * @param work answers an exit code
     * @return the exit code of the program
     */
    public static int run(Console console, Callable<Integer> work) {
        try {
            int exit = exitCode(console, work);
            console.flush();
            return exit;
        } catch (Console.OutputFailed e) {
            return failed(console, e);
        }
    }

    private static int exitCode(Console console, Callable<Integer> work) {
        try {
            return work.call();
        } catch (OutOfMemoryError e) {
            console.complain("not enough memory: JOB_LIFECYCLE_OPTS=-Xmx8g, for example, gives more");
            return Exit.FAILED;
        } catch (Exception | Error e) { // an Error would end the JVM with the code of a finding
            return failed(console, e);
        }
    }

    /** Says why the work ended early, unless nobody reads the output; answers the exit code. */
    static int failed(Console console, Throwable e) {
        if (!(e instanceof Console.OutputFailed output)) {
            console.complain("unexpected " + e + ": this is a defect of job-lifecycle, please report it");
        } else if (!output.isClosedPipe()) { // a reader may stop early, as "head" does
            console.complain("cannot write to standard output: " + output.getMessage());
        }
        return Exit.FAILED;
    }

    /** One line, such as {@code job-lifecycle 1.0.0}. */
    public static String version(Class<?> program) {
        String version = program.getPackage().getImplementationVersion();
        return "job-lifecycle " + Objects.requireNonNullElse(version, "(not packaged)");
    }
}
