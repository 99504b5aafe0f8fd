package org.joblifecycle.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.json.JobLine;
import org.joblifecycle.json.JobLines;
import org.joblifecycle.json.Unreadable;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.JobAuditor;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Verdict;
import org.junit.jupiter.api.Test;

class FleetTest {
    private static final String FLEET = "docs/examples/fleet.jsonl";
    private static final String EXPECTED = "docs/examples/fleet.expected.json";

    private final String fleet = FleetGenerator.jsonLines();
    private final Set<String> jobs = new HashSet<>();
    private final Set<String> faultyJobs = new HashSet<>();
    private final Set<Class<? extends Change>> changes = new HashSet<>();
    private final List<String> findings = new ArrayList<>();

    FleetTest() {
        JobAuditor auditor = JobAuditor.observer();
        new JobLines(new ByteArrayInputStream(fleet.getBytes(UTF_8)))
                .stream()
                        .map(JobLine::job)
                        .forEach(line -> line.fold(this::find, job -> find(job.name(), auditor.observe(job))));
    }

    private boolean find(Unreadable fault) {
        faultyJobs.add(fault.name());
        return findings.add(fault.reason().id());
    }

    private boolean find(String job, Verdict verdict) {
        jobs.add(job);
        changes.add(verdict.change().getClass());
        verdict.violations().forEach(violation -> findings.add(violation.rule().id()));
        return !verdict.isLegal() && faultyJobs.add(job);
    }

    @Test
    void theCommittedFleetIsGeneratedAndItsFindingsAreTheExpectedOnes() throws Exception {
        Repository.assertHolds(FLEET, fleet);
        Repository.assertHolds(EXPECTED, run("check", "--format", "json", FLEET));
    }

    @Test
    void everyRuleAndEveryReasonForAnUnreadableLineOccurs() {
        Set<String> ids = new TreeSet<>();
        Stream.of(Rule.values()).filter(rule -> rule != Rule.NAME_CHANGED).forEach(rule -> ids.add(rule.id()));
        Stream.of(Unreadable.Reason.values()).forEach(reason -> ids.add(reason.id()));
        assertEquals(16 + 6, ids.size());
        assertEquals(ids, new TreeSet<>(findings));
        assertTrue(findings.size() <= 30, findings.size() + " findings");
    }

    @Test
    void thereAreFortyJobsOfAllKindsAndThreeQuartersAreHealthy() {
        assertTrue(jobs.size() >= 40, jobs.size() + " jobs");
        assertEquals(
                Set.of(JobKind.values()),
                jobs.stream().map(name -> JobKind.of(name).get()).collect(Collectors.toSet()));
        assertTrue(4 * faultyJobs.size() <= jobs.size(), faultyJobs.size() + " of " + jobs.size() + " are faulty");
    }

    @Test
    void everyKindOfChangeAndABlankLineOccur() {
        assertEquals(Set.of(Change.class.getPermittedSubclasses()), changes);
        assertTrue(fleet.lines().anyMatch(String::isBlank));
    }

    /** What the command prints when it runs in the top folder, as a reader of the docs runs it. */
    private static String run(String... args) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = Stream.concat(
                        Stream.of(java, "-cp", System.getProperty("java.class.path"), "org.joblifecycle.cli.Main"),
                        Arrays.stream(args))
                .toList();
        Process process = new ProcessBuilder(command)
                .directory(Repository.TOP.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(1, process.waitFor(), output);
        return output;
    }
}
