package org.joblifecycle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobGraph;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainTest {
    static Stream<Arguments> pairs() {
        return Arrays.stream(JobState.values())
                .flatMap(from -> Arrays.stream(JobState.values()).map(to -> Arguments.of(from, to)));
    }

    private static List<String> section(Cli.Result result, String title) {
        return result.lines().stream()
                .dropWhile(line -> !line.equals(title + ":"))
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .map(String::strip)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void aStateIsExplainedWithItsMeaningAndItsEdges(JobState state) {
        Cli.Result result = Cli.run("explain", state.name());
        assertEquals(0, result.exit());
        assertEquals("", result.err());
        assertEquals(
                List.of(
                        state + " (" + state.wireName() + ", " + state.number() + ")",
                        "  \"" + state.description() + "\""),
                result.lines().subList(0, 2));
        assertEquals(
                JobGraph.startedStates().contains(state),
                result.out().contains("A job can only be in this state after having been RUNNING."));

        List<String> events = section(result, "Permitted events");
        if (state.isTerminal()) {
            assertEquals(List.of("none: this state is terminal"), events);
        } else {
            assertEquals(JobTransition.from(state).size(), events.size());
            JobTransition.from(state).forEachWithIndex((edge, i) -> {
                assertTrue(events.get(i).matches(edge.event() + " +-> " + edge.target() + " .*"), events.get(i));
                assertTrue(events.get(i).endsWith(edge.evidence().toString()), events.get(i));
            });
        }
        assertEquals(
                state == JobState.UNSPECIFIED
                        ? List.of("nothing: a job has this state before it exists")
                        : Arrays.stream(JobTransition.values())
                                .filter(edge -> edge.target() == state)
                                .map(edge -> edge.source() + " by " + edge.event())
                                .toList(),
                section(result, "Entered from").stream()
                        .map(line -> line.replaceAll(" +", " "))
                        .toList());
        assertEquals(
                state.isTerminal()
                        ? "nothing"
                        : String.join(
                                ", ",
                                JobGraph.reachableFrom(state).stream()
                                        .map(JobState::name)
                                        .toList()),
                section(result, "Can reach").get(0));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void twoStatesAreExplainedAsTheLifecycleJudgesThem(JobState from, JobState to) {
        Cli.Result result = Cli.run("explain", from.name(), to.wireName());
        assertEquals(0, result.exit());
        assertEquals("", result.err());
        assertEquals(from + " to " + to, result.lines().get(0));
        assertVerdict(
                JobLifecycle.authority(JobKind.TUNING_JOB),
                "  authority: ",
                result.lines().get(1),
                from,
                to);
        assertVerdict(
                JobLifecycle.observer(JobKind.TUNING_JOB),
                "  observer:  ",
                result.lines().get(2),
                from,
                to);

        List<String> paths = section(result, "Possible paths, shortest first");
        int number =
                JobGraph.simplePaths(from, to).reject(path -> path.isEmpty()).size();
        if (number == 0) {
            assertEquals(List.of(from == to ? "none needed: the state stays" : "none"), paths);
        } else {
            List<String> shown = paths.subList(0, Math.min(number, 10));
            assertEquals(
                    number > 10 ? List.of("and " + (number - 10) + " more") : List.of(),
                    paths.subList(shown.size(), paths.size()));
            assertEquals(shown.size(), new HashSet<>(shown).size());
            List<Integer> steps =
                    shown.stream().map(path -> path.split("-> ", -1).length - 1).toList();
            assertEquals(steps.stream().sorted().toList(), steps);
            shown.forEach(path -> assertTrue(
                    path.matches(from + " -.*-> " + to + "(  \\(only a job that had been RUNNING before\\))?"), path));
        }
    }

    private static void assertVerdict(JobLifecycle lifecycle, String mode, String line, JobState from, JobState to) {
        var illegal = lifecycle
                .check(JobSnapshot.of("a", from), JobSnapshot.of("a", to))
                .violations()
                .find(violation -> violation.rule() == Rule.TRANSITION_ILLEGAL);
        if (illegal.isDefined()) {
            assertEquals(mode + "illegal, " + illegal.get().message(), line);
        } else {
            assertTrue(line.startsWith(mode + "legal, "), line);
            JobTransition.between(from, to)
                    .peek(edge -> assertEquals(mode + "legal, in one step by " + edge.event(), line));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED, RUNNING, transition-illegal, true",
        "PENDING, RUNNING, transition-illegal, false",
        "PENDING, SUCCEEDED, transition-illegal, true",
        "RUNNING, RUNNING, transition-illegal, false",
        "PENDING, RUNNING, start-time-required, true",
        "PENDING, RUNNING, start-time-premature, false",
        "QUEUED, PENDING, start-time-premature, true",
        "RUNNING, SUCCEEDED, end-time-required, true",
        "RUNNING, SUCCEEDED, end-time-premature, false",
        "RUNNING, FAILED, error-unexpected, false",
        "RUNNING, FAILED, error-code-invalid, true",
        "PENDING, RUNNING, error-unexpected, true",
        "RUNNING, RUNNING, update-time-regressed, true",
        "UNSPECIFIED, UNSPECIFIED, create-time-required, false",
        "QUEUED, UNSPECIFIED, create-time-changed, true",
    })
    void theRulesThatTheChangeCanBreakAreListed(JobState from, JobState to, String rule, boolean listed) {
        Cli.Result result = Cli.run("explain", from.name(), to.name());
        assertEquals(
                listed,
                section(result, "Rules that this change can break").stream()
                        .anyMatch(line -> line.startsWith(rule + " ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PARTIALLY_SUCCEEDED",
                "partially_succeeded",
                "partially-succeeded",
                "Partially-Succeeded",
                "JOB_STATE_PARTIALLY_SUCCEEDED",
                "job_state_partially_succeeded",
                "job-state-partially-succeeded"
            })
    void aStateMayBeWrittenInAnyUsualForm(String word) {
        assertEquals(Cli.run("explain", "PARTIALLY_SUCCEEDED"), Cli.run("explain", word));
        assertEquals(Cli.run("explain", "RUNNING", "PARTIALLY_SUCCEEDED"), Cli.run("explain", "running", word));
    }
}
