package org.joblifecycle.docs;

import java.io.IOException;
import java.util.Arrays;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.Diagram;
import org.joblifecycle.transition.JobGraph;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.junit.jupiter.api.Test;

class LifecyclePageTest {
    @Test
    void theLifecyclePageSaysWhatTheCodeSays() throws IOException {
        Repository.assertHoldsBetweenMarkers("docs/lifecycle.md", picture() + states() + edges() + pairs());
    }

    private static String picture() {
        return """
                ## The graph

                ```mermaid
                %s```

                A solid line is a documented transition, a thick one was observed in recorded jobs, a dashed one is inferred. The
                label is the event. A state with round ends is terminal: no edge leaves it.

                """.formatted(Diagram.mermaid());
    }

    private static String states() {
        StringBuilder table = new StringBuilder("## The " + JobState.values().length + " states\n\n");
        table.append(Markdown.heading("number", "state", "class", "started", "the documentation says"));
        for (JobState state : JobState.values()) {
            table.append(Markdown.row(
                    Integer.toString(state.number()),
                    state.name(),
                    state.isTerminal() ? "terminal" : state.isActive() ? "active" : "initial",
                    Markdown.yesOrNo(JobGraph.startedStates().contains(state)),
                    state.description()));
        }
        return table + "\nStarted: a job can only be in this state after having been RUNNING.\n\n";
    }

    private static String edges() {
        StringBuilder table = new StringBuilder("## The " + JobTransition.values().length + " edges\n\n");
        table.append(Markdown.heading("from", "event", "to", "basis", "evidence"));
        for (JobTransition edge : JobTransition.values()) {
            table.append(Markdown.row(
                    edge.source().name(),
                    edge.event().name(),
                    edge.target().name(),
                    edge.evidence().basis().name(),
                    Markdown.evidence(edge.evidence())));
        }
        return table + "\n"
                + Markdown.links(Arrays.stream(JobTransition.values())
                        .map(JobTransition::evidence)
                        .toList())
                + "\n";
    }

    private static String pairs() {
        String[] heading = new String[JobState.values().length + 1];
        StringBuilder rows = new StringBuilder();
        heading[0] = "from \\ to";
        for (JobState from : JobState.values()) {
            heading[from.number() + 1] = Integer.toString(from.number());
            String[] cells = new String[heading.length];
            cells[0] = from.number() + " " + from;
            for (JobState to : JobState.values()) {
                cells[to.number() + 1] = pair(from, to);
            }
            rows.append(Markdown.row(cells));
        }
        return """
                ## Every pair of states

                %s%s
                A row is the state before, a column the number of the state after. **→** is an edge: legal for an authority and for
                an observer. ⇢ is a path of several edges: legal for an observer, who may have missed the steps between. = is the same state. An
                empty cell is illegal for both.
                """.formatted(Markdown.heading(heading), rows);
    }

    private static String pair(JobState from, JobState to) {
        Change change = JobLifecycle.observer(JobKind.TUNING_JOB)
                .check(JobSnapshot.of(null, from), JobSnapshot.of(null, to))
                .change();
        if (change instanceof Change.Stepped) {
            return "**→**";
        }
        if (change instanceof Change.Skipped) {
            return "⇢";
        }
        return change instanceof Change.Illegal ? "" : "=";
    }
}
