package org.joblifecycle.cli;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.util.concurrent.Callable;
import org.joblifecycle.transition.Rule;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the rules, or one of them in full. */
@Command(
        name = "rules",
        description = "Lists the rules in the order in which broken ones are reported, or tells one in full.",
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
            tell(rule);
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

    private void tell(Rule told) {
        console.print(Style.BOLD.on(console, told.id()));
        console.print("  " + told.statement());
        console.print("  field:    " + told.field());
        console.print("  reads:    "
                + (told.reads().isEmpty()
                        ? "the job as known and the job as proposed"
                        : List.ofAll(told.reads()).mkString(", ")));
        console.print("  evidence: " + told.evidence());
    }
}
