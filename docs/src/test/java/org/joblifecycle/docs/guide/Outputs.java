package org.joblifecycle.docs.guide;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.Diagram;
import org.joblifecycle.transition.Evidence.Basis;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;

/** What the pages quote of the code that is no source: what it prints, and what is counted. */
final class Outputs {
    private static final int FINDINGS = 4;
    private static final int COUNTS = 3;
    private static final Seq<JobState> PYTHON_AIPLATFORM =
            Array.of(JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED, JobState.PAUSED);
    private static final Seq<JobState> PYTHON_GENAI =
            Array.of(JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED, JobState.EXPIRED);

    private Outputs() {}

    static String of(String name) {
        return switch (name) {
            case "picture" -> "```mermaid\n" + Diagram.mermaid() + "```\n";
            case "finished" -> finished();
            case "evidence" -> evidence();
            case "google-versions" -> googleVersions();
            case "check" -> check();
            case "scheduler-output" -> SchedulerTest.refusal() + "\n";
            case "scheduler-create-output" -> SchedulerTest.refusalOfNew() + "\n";
            case "jdbc-table" -> JobTable.TABLE;
            case "emulator-output" -> EmulatorTest.refusal() + "\n";
            case "tuning-job-refusal" -> TuningJobGuideTest.refusal() + "\n";
            case "spring-output" -> SpringSchedulerTest.run();
            case "conformance-failure" -> ConformanceGuideTest.failure() + "\n";
            case "conformance-failure-head" ->
                ConformanceGuideTest.failure().lines().limit(2).collect(Collectors.joining("\n", "", "\n"));
            case "conformance-report-output" -> ConformanceGuideTest.report();
            case "mirror-failure" -> ConformanceGuideTest.mirrorFailure() + "\n";
            case "coverage-missed" -> PathsGuideTest.missed() + "\n";
            default -> throw new AssertionError("nothing prints " + name);
        };
    }

    private static String finished() {
        Seq<String> rows = Array.of(JobState.values())
                .filter(state -> state.isTerminal() || PYTHON_AIPLATFORM.contains(state))
                .map(state -> "| " + state + " | " + mark(PYTHON_AIPLATFORM.contains(state)) + " | "
                        + mark(PYTHON_GENAI.contains(state)) + " | " + mark(state.isTerminal()) + " |\n");
        return "| state | python-aiplatform | python-genai | this library |\n|---|---|---|---|\n" + rows.mkString();
    }

    private static String mark(boolean isFinished) {
        return isFinished ? "finished" : "-";
    }

    private static String evidence() {
        Seq<String> rows = Array.of(Basis.values())
                .map(basis -> "| " + basis + " | "
                        + Array.of(JobTransition.values())
                                .count(edge -> edge.evidence().basis() == basis)
                        + " | "
                        + Array.of(Rule.values()).count(rule -> rule.evidence().basis() == basis)
                        + " |\n");
        return "| | edges | rules |\n|---|---|---|\n" + rows.mkString() + "| in all | " + JobTransition.values().length
                + " | " + Rule.values().length + " |\n";
    }

    /** The versions of Google's artifacts that the parent pom has. */
    private static String googleVersions() {
        Seq<String> rows = Array.of(
                        "protobuf-java protobuf",
                        "proto-google-cloud-aiplatform-v1 aiplatform-v1",
                        "proto-google-cloud-aiplatform-v1beta1 aiplatform-v1beta1",
                        "google-cloud-aiplatform google-cloud-aiplatform",
                        "google-genai google-genai")
                .map(row -> row.split(" "))
                .map(row -> "| " + row[0] + " | " + property(row[1] + ".version") + " |\n");
        return "| artifact | version |\n|---|---|\n" + rows.mkString();
    }

    private static String property(String name) {
        return Page.read(Page.ROOT.resolve("pom.xml")).text().replaceAll("(?s).*<" + name + ">(.*?)<.*", "$1");
    }

    /** The first lines that the command prints, and the first of its summary. */
    private static String check() {
        Seq<String> lines = Array.of(run("check", "docs/examples/fleet.jsonl").split("\n"));
        int summary = lines.indexWhere(line -> line.matches("\\d+ jobs, \\d+ snapshots: .*"));
        return lines.take(FINDINGS)
                .append("...")
                .appendAll(lines.slice(summary, summary + 1 + COUNTS))
                .append("...")
                .mkString("$ ./job-lifecycle check docs/examples/fleet.jsonl\n", "\n", "\n");
    }

    private static String run(String... arguments) {
        Seq<String> command = Array.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.joblifecycle.cli.Main")
                .appendAll(Array.of(arguments));
        try {
            Process process = new ProcessBuilder(command.asJava())
                    .directory(Page.ROOT.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (var out = process.getInputStream()) {
                return new String(out.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new AssertionError("the command cannot be run", e);
        }
    }
}
