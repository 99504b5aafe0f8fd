package org.joblifecycle.cli;

import java.util.Set;
import org.joblifecycle.cli.command.Commands;
import org.joblifecycle.cli.command.Console;
import org.joblifecycle.cli.command.Converters;
import org.joblifecycle.cli.command.Exit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself; what it does is its subcommands. */
@Command(
        name = "job-lifecycle",
        description = "Checks, explains and draws the lifecycle of Vertex AI jobs.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        footer = {
            "",
            "Examples:",
            "  job-lifecycle check jobs.jsonl",
            "  gcloud ai custom-jobs list --format=json | job-lifecycle check",
            "  job-lifecycle explain PAUSED",
            "  job-lifecycle COMMAND --help"
        })
final class JobLifecycleCommand implements Runnable {
    // The launcher of a checkout builds and runs these itself; no other has them.
    private static final Set<String> PROGRAMS_OF_A_CHECKOUT = Set.of("emulator", "flink");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private JobLifecycleCommand() {}

    static int run(Console console, String version, String... args) {
        if (args.length > 0 && PROGRAMS_OF_A_CHECKOUT.contains(args[0])) {
            console.complain(
                    args[0] + " is not part of this distribution: in a checkout, run ./job-lifecycle " + args[0]);
            return Exit.FAILED;
        }
        return Commands.execute(console, line(console), version, args);
    }

    /** The command with its subcommands. */
    static CommandLine line(Console console) {
        CommandLine line = new CommandLine(new JobLifecycleCommand())
                .addSubcommand(new CheckCommand(console))
                .addSubcommand(new ExplainCommand(console))
                .addSubcommand(new GenerateCommand(console))
                .addSubcommand(new GraphCommand(console))
                .addSubcommand(new RulesCommand(console));
        Converters.register(line, GraphCommand.Format.class);
        return line;
    }

    /** Without a subcommand there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is missing: expected check, explain, generate, graph or rules");
    }
}
