package org.joblifecycle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"--help", "-h", "check --help", "check -h", "explain --help", "graph --help", "rules --help"})
    void everyHelpHasExamples(String args) {
        Cli.Result result = Cli.run(args.split(" "));
        assertEquals(0, result.exit());
        assertEquals("", result.err());
        assertTrue(result.out().startsWith("Usage: job-lifecycle"), result.out());
        List<String> examples = result.lines().stream()
                .dropWhile(line -> !line.equals("Examples:"))
                .skip(1)
                .toList();
        assertFalse(examples.isEmpty(), result.out());
        examples.forEach(example -> assertTrue(example.contains("job-lifecycle "), example));
    }

    @ParameterizedTest
    @CsvSource({
        "check, check jobs.jsonl",
        "check, --mode=MODE",
        "check, --kind=KIND",
        "check, --sort",
        "check, --without=RULE",
        "check, --format=FORMAT",
        "check, Exit code: 0 nothing found",
        "explain, explain CANCELLING",
        "graph, graph --format mermaid",
        "rules, rules end-time-required",
    })
    void helpTellsTheOptionsAndShowsHow(String command, String text) {
        assertTrue(Cli.run(command, "--help").out().contains(text));
    }

    @Test
    void helpIsThereWhateverElseIsAsked() {
        assertEquals(Cli.run("check", "--help"), Cli.run("check", "missing", "--help"));
        assertEquals(Cli.run("explain", "--help"), Cli.run("explain", "-h"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "check --version", "rules -V"})
    void theVersionIsOneLine(String args) {
        Cli.Result result = Cli.run(args.split(" "));
        assertEquals(0, result.exit());
        assertEquals("", result.err());
        assertTrue(result.out().matches("job-lifecycle \\S[^\\n]*\\n"), result.out());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            --nope                                | --nope
            nope                                  | nope
            check --nope                          | --nope
            check --mode                          | --mode
            check --mode god                      | 'god' is none of authority, observer
            check --mode OBSERVER                 | 'OBSERVER' is none of authority, observer
            check --mode observer --mode observer | only once
            check --kind                          | --kind
            check --kind pipeline-job             | 'pipeline-job' is none of auto, tuning-job, custom-job, hyperparameter-tuning-job, nas-job, batch-prediction-job, data-labeling-job, model-deployment-monitoring-job, notebook-execution-job
            check --format xml                    | 'xml' is none of text, json
            check --without time-travel           | 'time-travel' is none of create-time-required,
            check --without=                      | '' is none of create-time-required,
            check --without transition-illegal    | transition-illegal cannot be excluded
            check --without name-changed,transition-illegal | transition-illegal cannot be excluded
            check --sort=maybe                    | maybe
            explain                               | STATE
            explain RUNING                        | 'RUNING' is none of UNSPECIFIED, QUEUED, PENDING,
            explain job_state_lost                | 'job_state_lost' is none of
            explain RUNNING lost                  | 'lost' is none of
            explain RUNNING FAILED EXPIRED        | EXPIRED
            explain 3                             | '3' is none of
            graph --format png                    | 'png' is none of text, mermaid, dot, json
            graph RUNNING                         | RUNNING
            rules time-travel                     | 'time-travel' is none of create-time-required,
            rules name-changed state-changed      | state-changed
            """)
    void invalidArgumentsAreOneLineAndNothingIsDone(String args, String complaint) {
        Cli.Result result = new Cli().in("{}").with(args.split(" "));
        assertEquals(2, result.exit());
        assertEquals("", result.out());
        assertTrue(
                result.err().matches("job-lifecycle: [^\\n]* \\(see job-lifecycle[a-z ]* --help\\)\\n"), result.err());
        assertTrue(result.err().contains(complaint), result.err());
    }

    @Test
    void theCommandAloneTellsWhichCommandsThereAre() {
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "job-lifecycle: a command is missing: expected check, explain, generate, graph or rules"
                                + " (see job-lifecycle --help)\n"),
                Cli.run());
    }

    @Test
    void aTypoIsAnsweredWithASuggestion() {
        assertTrue(Cli.run("chek").err().contains("did you mean check?"));
        assertTrue(Cli.run("check", "--mod", "observer").err().contains("did you mean --mode?"));
    }

    @Test
    void aComplaintIsOneLineWhateverTheArgumentHolds() {
        Cli.Result result = Cli.run("explain", "RUN\n\u001b[31mNING\u202e");
        assertTrue(result.err().contains("'RUN\\u000a\\u001b[31mNING\\u202e' is none of"), result.err());
        assertEquals(1, result.err().lines().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"emulator", "emulator --port 0", "flink check jobs.jsonl", "flink --help"})
    void aProgramThatOnlyACheckoutHasIsNamedAsOne(String args) {
        String program = args.replaceFirst(" .*", "");
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "job-lifecycle: " + program + " is not part of this distribution: in a checkout, run"
                                + " ./job-lifecycle " + program + "\n"),
                Cli.run(args.split(" ")));
    }
}
