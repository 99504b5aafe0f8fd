package org.joblifecycle.cli;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.util.concurrent.Callable;
import org.joblifecycle.cli.command.Console;
import org.joblifecycle.cli.command.Exit;
import org.joblifecycle.cli.command.Style;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.JobGraph;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Verdict;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Explains a state, or the change from one state to another. */
@Command(
        name = "explain",
        description =
                "Explains a state: what it means, which events it permits and to which states they lead. Given two states:"
                        + " whether a job may go from the first to the second, on which paths, and which rules that change"
                        + " can break.",
        footer = {
            "",
            "Examples:",
            "  job-lifecycle explain CANCELLING",
            "  job-lifecycle explain JOB_STATE_QUEUED succeeded"
        })
final class ExplainCommand implements Callable<Integer> {
    private static final int MOST_PATHS = 10;

    private final Console console;

    @Parameters(index = "0", paramLabel = "STATE", description = "A state, such as RUNNING or JOB_STATE_RUNNING.")
    private JobState from = JobState.UNSPECIFIED;

    @Parameters(index = "1", paramLabel = "STATE", arity = "0..1", description = "The state that the job goes to.")
    private @Nullable JobState to;

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (to == null) {
            explainState();
        } else {
            explainChange(to);
        }
        return Exit.NOTHING_FOUND;
    }

    /** An edge as a line of a list: {@code   PAUSE -> PAUSED  DOCUMENTED: ...}. */
    static String line(JobTransition edge) {
        return String.format("  %-17s -> %-19s  %s", edge.event(), edge.target(), edge.evidence());
    }

    private void explainState() {
        console.print(Style.BOLD.on(console, from.name()) + " (" + from.wireName() + ", " + from.number() + ")");
        console.print("  \"" + from.description() + "\"");
        if (JobGraph.startedStates().contains(from)) {
            console.print("  A job can only be in this state after having been RUNNING.");
        }
        section(
                "Permitted events",
                JobTransition.from(from).map(ExplainCommand::line),
                "  none: this state is terminal");
        section(
                "Entered from",
                List.of(JobTransition.values())
                        .filter(edge -> edge.target() == from)
                        .map(edge -> String.format("  %-11s by %s", edge.source(), edge.event())),
                "  nothing: a job has this state before it exists");
        section(
                "Can reach",
                List.of("  " + List.ofAll(JobGraph.reachableFrom(from)).mkString(", "))
                        .filter(line -> !line.isBlank()),
                "  nothing");
    }

    private void explainChange(JobState target) {
        console.print(Style.BOLD.on(console, from + " to " + target));
        console.print("  authority: " + judgement(JobLifecycle.authority(JobKind.TUNING_JOB), from, target));
        console.print("  observer:  " + judgement(JobLifecycle.observer(JobKind.TUNING_JOB), from, target));
        Seq<String> paths =
                JobGraph.simplePaths(from, target).reject(Seq::isEmpty).map(ExplainCommand::path);
        section(
                "Possible paths, shortest first",
                paths.take(MOST_PATHS),
                from == target ? "  none needed: the state stays" : "  none");
        if (paths.size() > MOST_PATHS) {
            console.print("  and " + (paths.size() - MOST_PATHS) + " more");
        }
        section(
                "Rules that this change can break",
                RulesCommand.lines(console, RuleProbe.rules(from, target)),
                "  none");
    }

    private static String path(Seq<JobTransition> path) {
        String steps =
                path.map(edge -> " -" + edge.event() + "-> " + edge.target()).mkString();
        boolean starts = path.exists(edge -> JobGraph.startedStates().contains(edge.source()));
        boolean needsStart = path.exists(JobTransition::needsStart);
        return "  " + path.head().source() + steps
                + (needsStart && !starts ? "  (only a job that had been RUNNING before)" : "");
    }

    private static String judgement(JobLifecycle lifecycle, JobState from, JobState target) {
        Verdict verdict = lifecycle.check(JobSnapshot.of(null, from), JobSnapshot.of(null, target));
        Change change = verdict.change();
        if (change instanceof Change.Stepped stepped) {
            return "legal, in one step by " + stepped.transition().event();
        }
        if (change instanceof Change.Skipped skipped) {
            return "legal, in at least " + skipped.possiblePaths().head().size() + " steps, not all of them observed";
        }
        return verdict.violations()
                .find(violation -> violation.rule() == Rule.TRANSITION_ILLEGAL)
                .map(violation -> "illegal, " + violation.message())
                .getOrElse("legal, the state stays");
    }

    private void section(String title, Seq<String> lines, String ifEmpty) {
        console.print("");
        console.print(title + ":");
        (lines.isEmpty() ? List.of(ifEmpty) : lines).forEach(console::print);
    }
}
