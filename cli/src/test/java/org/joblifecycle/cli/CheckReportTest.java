package org.joblifecycle.cli;

import static org.joblifecycle.cli.Jobs.lines;
import static org.joblifecycle.cli.Jobs.pending;
import static org.joblifecycle.cli.Jobs.running;
import static org.joblifecycle.cli.Jobs.succeeded;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobState;
import org.junit.jupiter.api.Test;

class CheckReportTest {
    // A job that leaves a terminal state, one without createTime, and two lines that cannot be read.
    private static final String FAULTY = lines(succeeded("7"))
            + "\n"
            + lines(running("7").withUpdateTime(Jobs.ENDED), pending("8").withCreateTime(null))
            + "{\"state\":3}\n"
            + "{\"name\":\"projects/p/locations/l/customJobs/9\",\"state\":\"LOST\"}\n";

    @Test
    void textIsALineForEachFindingAndASummary() {
        assertEquals("""
                        -:3: tuningJobs/7 transition-illegal: cannot go from SUCCEEDED to RUNNING: SUCCEEDED is terminal
                        -:3: tuningJobs/7 end-time-changed: endTime 2024-05-01T12:02:00Z was removed: expected to stay, because a job ends once
                        -:4: tuningJobs/8 create-time-required: createTime is missing: a job that is PENDING carries the time when it was created
                        -:5: - name-missing: name is missing: expected the resource name of the job, such as projects/p/locations/l/tuningJobs/7
                        -:6: customJobs/9 state-unknown: state "LOST" is unknown: expected JOB_STATE_UNSPECIFIED to JOB_STATE_PARTIALLY_SUCCEEDED, or 0 to 11
                        2 jobs, 5 snapshots: 3 violations, 2 unreadable
                          create-time-required  1
                          transition-illegal    1
                          end-time-changed      1
                          name-missing          1
                          state-unknown         1
                        """, Cli.check(FAULTY).out());
    }

    @Test
    void jsonIsAnObjectForEachFindingAndOneForTheSummary() {
        assertEquals("""
                        {"file":"-","line":3,"job":"projects/p/locations/l/tuningJobs/7","rule":"transition-illegal","field":"state","message":"cannot go from SUCCEEDED to RUNNING: SUCCEEDED is terminal"}
                        {"file":"-","line":3,"job":"projects/p/locations/l/tuningJobs/7","rule":"end-time-changed","field":"endTime","message":"endTime 2024-05-01T12:02:00Z was removed: expected to stay, because a job ends once"}
                        {"file":"-","line":4,"job":"projects/p/locations/l/tuningJobs/8","rule":"create-time-required","field":"createTime","message":"createTime is missing: a job that is PENDING carries the time when it was created"}
                        {"file":"-","line":5,"job":null,"rule":"name-missing","field":"name","message":"name is missing: expected the resource name of the job, such as projects/p/locations/l/tuningJobs/7"}
                        {"file":"-","line":6,"job":"projects/p/locations/l/customJobs/9","rule":"state-unknown","field":"state","message":"state \\"LOST\\" is unknown: expected JOB_STATE_UNSPECIFIED to JOB_STATE_PARTIALLY_SUCCEEDED, or 0 to 11"}
                        {"summary":{"snapshots":5,"jobs":2,"violations":3,"unreadable":2,"assumedKind":0}}
                        """, Cli.check(FAULTY, "--format", "json").out());
    }

    @Test
    void jobAndFieldAreNullWhereTheLineAsAWholeIsAtFault() {
        assertEquals("""
                        {"file":"-","line":2,"job":null,"rule":"malformed-json","field":null,"message":"the input cannot be read on: the JSON breaks off at column 1"}
                        {"summary":{"snapshots":0,"jobs":0,"violations":0,"unreadable":1,"assumedKind":0}}
                        """, Cli.check("{\n", "--format=json").out());
        assertEquals("""
                        {"file":"-","line":1,"job":null,"rule":"error-answer","field":null,"message":"the answer is an error and no job: code 403, status \\"PERMISSION_DENIED\\", message \\"no\\""}
                        {"summary":{"snapshots":1,"jobs":0,"violations":0,"unreadable":1,"assumedKind":0}}
                        """, Cli.check("""
                        {
                          "error": {
                            "code": 403,
                            "message": "no",
                            "status": "PERMISSION_DENIED"
                          }
                        }
                        """, "--format=json").out());
    }

    @Test
    void jobsWhoseNameTellsNoKindAreCounted() {
        String input = lines(pending("7")) + """
                {"name":"batches/1","state":"JOB_STATE_PENDING","createTime":"2026-01-01T00:00:00Z"}
                {"name":"batches/1","state":"JOB_STATE_PENDING","createTime":"2026-01-01T00:00:00Z"}
                {"name":"batches/2","state":"JOB_STATE_PENDING","createTime":"2026-01-01T00:00:00Z"}
                {"name":"batches/3"}
                """;
        assertEquals("""
                        -:5: batches/3 state-missing: state is missing: expected a state such as JOB_STATE_RUNNING
                        3 jobs, 5 snapshots: 0 violations, 1 unreadable
                          state-missing  1
                        2 jobs taken for tuning jobs, because their names tell no kind: name the kind with --kind
                        """, Cli.check(input).out());
        assertEquals(
                "{\"summary\":{\"snapshots\":5,\"jobs\":3,\"violations\":0,\"unreadable\":1,\"assumedKind\":2}}",
                Cli.check(input, "--format=json", "--kind=auto").lastLine());
        assertEquals(
                "{\"summary\":{\"snapshots\":5,\"jobs\":3,\"violations\":0,\"unreadable\":1,\"assumedKind\":2}}",
                Cli.check(input, "--format=json", "--sort").lastLine());
        assertEquals(
                "{\"summary\":{\"snapshots\":5,\"jobs\":3,\"violations\":0,\"unreadable\":1,\"assumedKind\":0}}",
                Cli.check(input, "--format=json", "--kind=batch-prediction-job").lastLine());
    }

    @Test
    void jsonIsAsciiWhateverTheJobIsCalled() {
        String out = Cli.check("{\"name\":\"tuningJobs/\u00e4\u4e16\\ud83d\\ude00\\ud800\"}", "--format", "json")
                .lines()
                .get(0);
        assertEquals(
                "{\"file\":\"-\",\"line\":1,\"job\":\"tuningJobs/\\u00E4\\u4E16\\uD83D\\uDE00\\uD800\","
                        + "\"rule\":\"state-missing\",\"field\":\"state\","
                        + "\"message\":\"state is missing: expected a state such as JOB_STATE_RUNNING\"}",
                out);
    }

    @Test
    void aHistoryWithoutFaultsGivesJustTheSummary() {
        String healthy = lines(pending("7"), running("7"), succeeded("7"), pending("8"));
        assertEquals(new Cli.Result(0, "2 jobs, 4 snapshots: nothing found\n", ""), Cli.check(healthy));
        assertEquals(
                new Cli.Result(
                        0,
                        "{\"summary\":{\"snapshots\":4,\"jobs\":2,\"violations\":0,\"unreadable\":0,\"assumedKind\":0}}\n",
                        ""),
                Cli.check(healthy, "--format", "json"));
    }

    @Test
    void aCountOfOneIsInTheSingular() {
        assertEquals(
                "1 job, 1 snapshot: 1 violation, 0 unreadable\n  create-time-required  1\n",
                summary(Cli.check(lines(pending("7").withCreateTime(null)))));
    }

    @Test
    void theSummaryCountsRulesInTheirOrderThenUnreadableLines() {
        assertEquals(
                """
                        2 jobs, 6 snapshots: 4 violations, 2 unreadable
                          create-time-required  2
                          error-unexpected      1
                          transition-illegal    1
                          malformed-json        2
                        """,
                summary(Cli.check(
                        "x\n"
                                + lines(
                                        running("1"),
                                        pending("1")
                                                .withCreateTime(null)
                                                .withUpdateTime(null)
                                                .withState(JobState.QUEUED),
                                        succeeded("2").withCreateTime(null),
                                        succeeded("2")
                                                .withCreateTime(null)
                                                .withState(JobState.EXPIRED)
                                                .withError(JobError.of(5)))
                                + "y",
                        "--without",
                        "create-time-changed,start-time-changed")));
    }

    @Test
    void snapshotsAreLinesThatAreNotBlankAndJobsHaveABaseline() {
        String input = "\n \t\r\n" + lines(pending("7")) + "\r\n{\"x\":1}\nnull\n{}\n" + lines(pending("7")) + "   \n";
        assertEquals(
                "{\"summary\":{\"snapshots\":4,\"jobs\":1,\"violations\":0,\"unreadable\":2,\"assumedKind\":0}}",
                Cli.check(input, "--format", "json").lastLine());
    }

    @Test
    void inAnArrayTheElementsAreTheSnapshots() {
        String job = lines(pending("7")).strip();
        assertEquals(
                "{\"summary\":{\"snapshots\":4,\"jobs\":1,\"violations\":0,\"unreadable\":2,\"assumedKind\":0}}",
                Cli.check("[" + job + ",\n\n3, {}," + job + "]\n", "--format", "json")
                        .lastLine());
    }

    @Test
    void anArrayThatBreaksOffIsUnreadableButNoSnapshot() {
        Cli.Result result = Cli.check("[" + lines(pending("7")) + ",\n", "--format", "json");
        assertEquals(1, result.exit());
        assertEquals(
                "{\"summary\":{\"snapshots\":1,\"jobs\":1,\"violations\":0,\"unreadable\":1,\"assumedKind\":0}}",
                result.lastLine());
    }

    @Test
    void aNotebookExecutionJobIsReadByItsOwnFieldNames() {
        assertEquals("""
                        {"file":"-","line":1,"job":"notebookExecutionJobs/1","rule":"create-time-required","field":"createTime","message":"createTime is missing: a job that is RUNNING carries the time when it was created"}
                        {"file":"-","line":2,"job":"notebookExecutionJobs/1","rule":"state-missing","field":"state","message":"jobState is missing: expected a state such as JOB_STATE_RUNNING"}
                        {"summary":{"snapshots":2,"jobs":1,"violations":1,"unreadable":1,"assumedKind":0}}
                        """, Cli.check("""
                        {"name":"notebookExecutionJobs/1","jobState":3,"status":{}}
                        {"name":"notebookExecutionJobs/1","state":3}
                        """, "--format", "json").out());
    }

    private static String summary(Cli.Result result) {
        StringBuilder summary = new StringBuilder();
        result.lines().stream()
                .dropWhile(line -> !line.matches("\\d+ jobs?, .*"))
                .forEach(line -> summary.append(line).append('\n'));
        return summary.toString();
    }
}
