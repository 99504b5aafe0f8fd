package org.joblifecycle.cli.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs command lines: a fault in one is one line on standard error. */
public final class Commands {
    private static final int WIDTH = 100;

    private Commands() {}

    /**
     * Runs a command line.
     *
     * @param version what it answers to {@code --version}
     * @return its exit code
     */
    public static int execute(Console console, CommandLine line, String version, String... args) {
        StringWriter help = new StringWriter();
        line.setOut(new PrintWriter(help))
                .setColorScheme(Help.defaultColorScheme(console.hasColours() ? Help.Ansi.ON : Help.Ansi.OFF))
                .setParameterExceptionHandler((e, wrong) -> {
                    String command = e.getCommandLine().getCommandSpec().qualifiedName();
                    console.complain(message(e) + " (see " + command + " --help)");
                    return Exit.FAILED;
                })
                .setExecutionExceptionHandler((e, command, parsed) -> CommandRun.failed(console, e))
                .setExpandAtFiles(false)
                .setUsageHelpWidth(WIDTH);
        Converters.register(line);
        line.getCommandSpec().version(version);
        line.getSubcommands().values().forEach(sub -> sub.getCommandSpec().version(version));
        int exit = line.execute(args);
        if (!help.toString().isEmpty()) {
            console.print(help.toString().stripTrailing());
        }
        return exit;
    }

    private static String message(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            List<String> meant = unmatched.getSuggestions();
            return e.getMessage() + (meant.isEmpty() ? "" : ", did you mean " + String.join(" or ", meant) + "?");
        }
        return String.valueOf(e.getMessage());
    }
}
