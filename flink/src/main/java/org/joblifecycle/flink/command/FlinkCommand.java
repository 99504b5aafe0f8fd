package org.joblifecycle.flink.command;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.client.program.ProgramAbortException;
import org.apache.flink.util.TimeUtils;
import org.joblifecycle.cli.command.CommandRun;
import org.joblifecycle.cli.command.Commands;
import org.joblifecycle.cli.command.Console;
import org.joblifecycle.cli.command.Converters;
import org.joblifecycle.cli.command.Exit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The entry point of the ready jobs; what they do is the subcommands. */
@Command(
        name = "job-lifecycle flink",
        description = "Audits histories of jobs on Apache Flink.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT)
public final class FlinkCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private FlinkCommand() {}

    /**
     * Runs the command as a job that is submitted to a cluster: it returns if all went well, since the client that submits goes on
     * after it, and exits with the code of the command if not.
     */
    public static void main(String[] args) {
        int exit = run(Console.ofProcess(), args);
        if (exit != Exit.NOTHING_FOUND) {
            System.exit(exit);
        }
    }

    static int run(Console console, String... args) {
        AtomicReference<@Nullable ProgramAbortException> aborted = new AtomicReference<>();
        int exit = CommandRun.run(console, () -> {
            CommandLine line = new CommandLine(new FlinkCommand())
                    .addSubcommand(new CheckCommand(console))
                    .addSubcommand(new FilesCommand(console))
                    .addSubcommand(new WatchCommand(console))
                    .addSubcommand(new TopicCommand(console));
            registerWords(line);
            try {
                return Commands.execute(console, line, CommandRun.version(FlinkCommand.class), args);
            } catch (ProgramAbortException e) {
                aborted.set(e);
                return Exit.NOTHING_FOUND;
            }
        });
        ProgramAbortException abort = aborted.get();
        if (abort != null) { // so a client gets the graph of a job
            throw abort;
        }
        return exit;
    }

    /** Registers the words of options with the parser of a command line and of its subcommands. */
    static void registerWords(CommandLine line) {
        line.registerConverter(Duration.class, FlinkCommand::duration);
        Converters.register(line, TopicCommand.Begin.class);
    }

    private static Duration duration(String word) {
        try {
            return TimeUtils.parseDuration(word);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new TypeConversionException("'" + word + "' is no time: expected one such as 30s, 5min or 7d");
        }
    }

    /** Without a subcommand there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: expected check, files, watch or topic");
    }
}
