package org.joblifecycle.cli;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.util.concurrent.Callable;
import org.joblifecycle.cli.command.Console;
import org.joblifecycle.cli.command.Exit;
import org.joblifecycle.cli.command.Style;
import org.joblifecycle.transition.Rule;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the rules, or one of them in full. */
@Command(
        name = "rules",
        description = "Lists the rules in the order in which violations are reported, or prints one in full.",
        footer = {"", "Examples:", "  job-lifecycle rules", "  job-lifecycle rules end-time-required"})
final class RulesCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "RULE", arity = "0..1", description = "The id of a rule, such as end-time-required.")
    private @Nullable Rule rule;

    RulesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (rule != null) {
            print(rule);
        } else {
            lines(console, List.of(Rule.values())).forEach(console::print);
        }
        return Exit.NOTHING_FOUND;
    }

    /** Each of these rules with its statement. */
    static Seq<String> lines(Console console, Seq<Rule> rules) {
        int width = rules.map(each -> each.id().length()).max().getOrElse(0);
        return rules.map(each -> "  " + Style.BOLD.on(console, each.id())
                + " ".repeat(width - each.id().length()) + "  " + each.statement());
    }

    private void print(Rule printed) {
        console.print(Style.BOLD.on(console, printed.id()));
        console.print("  " + printed.statement());
        console.print("  field:    " + printed.field());
        console.print("  reads:    "
                + (printed.reads().isEmpty()
                        ? "the snapshots before and after the change"
                        : List.ofAll(printed.reads()).mkString(", ")));
        console.print("  evidence: " + printed.evidence());
    }
}
