package org.joblifecycle.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.Objects;

/** The entry point of the command. */
public final class Main {
    private Main() {}

    /** Runs the command and exits with its code: 0 nothing found, 1 something found, 2 the work could not be done. */
    public static void main(String[] args) {
        Console console = new Console(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                Boolean.getBoolean("job-lifecycle.terminal.stdout"),
                Boolean.getBoolean("job-lifecycle.terminal.stderr"),
                System.getenv().getOrDefault("NO_COLOR", "").isEmpty());
        System.exit(run(console, args));
    }

    /** Runs the command on this console and answers its exit code. */
    static int run(Console console, String... args) {
        try {
            int exit = work(console, args);
            console.flush();
            return exit;
        } catch (Console.OutputFailed e) {
            return failed(console, e);
        }
    }

    private static int work(Console console, String... args) {
        if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
            // Answered before the parser of command lines is loaded, which takes longer than everything else.
            console.print(version());
            return Exit.NOTHING_FOUND;
        }
        try {
            return JobLifecycleCommand.run(console, args);
        } catch (OutOfMemoryError e) {
            console.complain("not enough memory: JOB_LIFECYCLE_OPTS=-Xmx8g, for example, gives more");
            return Exit.FAILED;
        } catch (Error e) { // with which the JVM would end with the code of a finding
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
    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return "job-lifecycle " + Objects.requireNonNullElse(version, "(not packaged)");
    }
}
