package org.joblifecycle.cli;

import org.joblifecycle.cli.command.CommandRun;
import org.joblifecycle.cli.command.Console;
import org.joblifecycle.cli.command.Exit;

/** The entry point of the command. */
public final class Main {
    private Main() {}

    /** Runs the command and exits with its code: 0 nothing found, 1 something found, 2 the work could not be done. */
    public static void main(String[] args) {
        System.exit(run(Console.ofProcess(), args));
    }

    /** Runs the command on this console and answers its exit code. */
    public static int run(Console console, String... args) {
        return CommandRun.run(console, () -> work(console, args));
    }

    private static int work(Console console, String... args) {
        String version = CommandRun.version(Main.class);
        if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
            // Answered before the parser of command lines is loaded, which takes longer than everything else.
            console.print(version);
            return Exit.NOTHING_FOUND;
        }
        return JobLifecycleCommand.run(console, version, args);
    }
}
