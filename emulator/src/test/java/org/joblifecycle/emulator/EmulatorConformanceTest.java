package org.joblifecycle.emulator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.joblifecycle.emulator.scenario.Match;
import org.joblifecycle.emulator.scenario.Scenario;
import org.joblifecycle.emulator.scenario.Steps;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.testkit.Conformance;
import org.joblifecycle.testkit.ConformanceReport;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.junit.jupiter.api.Test;

class EmulatorConformanceTest {
    private static final String REQUEST = "{\"baseModel\":\"gemini-2.5-flash\","
            + "\"supervisedTuningSpec\":{\"trainingDatasetUri\":\"gs://bucket/train.jsonl\"}}";

    // Each step is a request over HTTP.
    private static void assertConforms(Scenario scenario) throws Exception {
        try (VertexEmulator emulator = VertexEmulator.configure()
                .manualClock(Instant.parse("2026-05-01T12:00:00Z"))
                .scenarios(scenario)
                .start()) {
            ConformanceReport report = Conformance.of(
                            JobLifecycle.authority(JobKind.TUNING_JOB),
                            () -> new EmulatorSystem(emulator, JobKind.TUNING_JOB, REQUEST))
                    .run(100, 42);

            assertTrue(report.isPassed(), report::toString);
        }
    }

    @Test
    void theEmulatorConformsToTheLifecycle() throws Exception {
        assertConforms(
                Scenario.of("held", Match.ALL, Steps.first(JobEvent.ENQUEUE).hold())
                        .onCancel(Steps.none()));
    }

    @Test
    void jobsThatGoOnByThemselvesConformToo() throws Exception {
        assertConforms(Scenario.DEFAULT);
    }
}
