package org.joblifecycle.emulator.scenario;

import static org.joblifecycle.transition.JobEvent.ENQUEUE;
import static org.joblifecycle.transition.JobEvent.PREPARE;
import static org.joblifecycle.transition.JobEvent.START;
import static org.joblifecycle.transition.JobEvent.SUCCEED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.Code;
import io.vavr.collection.Vector;
import java.time.Duration;
import org.joblifecycle.emulator.api.Action;
import org.joblifecycle.job.JobKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioFileTest {
    @Test
    void aFileHasScenariosAndFaults() {
        ScenarioFile file = ScenarioFile.read("""
                        scenarios:
                          - name: out-of-memory
                            match: {kind: CustomJob, displayName: "train-*", labels: {team: ml}}
                            steps:
                              - ENQUEUE
                              - {after: 5s, event: PREPARE}
                              - {after: 60s..90s, event: START}
                              - choose:
                                  - {weight: 7, steps: [{after: 10m, event: SUCCEED, set: {webAccessUris: {a: b}}}]}
                                  - {weight: 3, steps: [{after: 30s, event: FAIL, error: {code: 8, message: no memory}}]}
                            onCancel: [{after: 90s, event: CONFIRM_CANCEL}]
                          - {name: stuck, match: {displayName: stuck}, steps: [ENQUEUE, hold]}
                        faults:
                          - {on: get, kind: TuningJob, answer: UNAVAILABLE, times: 2}
                          - {on: list, delay: 3s}
                          - {drop: true, probability: 0.1}
                          - {stale: 30s}
                          - {on: delete, operation: 20s}
                          - {on: get, state: JOB_STATE_ARCHIVED}
                        """).get();

        assertEquals(Vector.of("out-of-memory", "stuck"), file.scenarios().map(Scenario::name));
        assertEquals(
                Match.ALL.kind(JobKind.CUSTOM_JOB).displayName("train-*").label("team", "ml"),
                file.scenarios().head().match());
        assertEquals(
                Vector.of(ENQUEUE, PREPARE, START, SUCCEED),
                Vector.range(0, 20)
                        .map(i -> file.scenarios().head().steps().draw(new java.util.SplittableRandom(i)))
                        .map(drawn -> drawn.map(Steps.Timed::event).toVector())
                        .find(events -> events.contains(SUCCEED))
                        .get());
        assertEquals(
                Vector.of(
                        Fault.on(Action.GET)
                                .kind(JobKind.TUNING_JOB)
                                .answer(Code.UNAVAILABLE)
                                .times(2),
                        Fault.on(Action.LIST).delay(Duration.ofSeconds(3)),
                        Fault.onAll().drop().probability(0.1),
                        Fault.onAll().stale(Duration.ofSeconds(30)),
                        Fault.on(Action.DELETE).operation(Duration.ofSeconds(20)),
                        Fault.on(Action.GET).state("JOB_STATE_ARCHIVED")),
                file.faults());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scenario: [] | the file: unknown key scenario: expected one of scenarios, faults",
                "scenarios: {} | scenarios: expected a list",
                "scenarios: [{}] | scenarios[0].steps: expected a list of steps",
                "scenarios: [{steps: [BOOM]}] | scenarios[0].steps[0]: \"BOOM\": expected one of ENQUEUE",
                "scenarios: [{steps: [{after: soon, event: ENQUEUE}]}] | scenarios[0].steps[0].after: \"soon\" is no delay",
                "scenarios: [{steps: [ENQUEUE, {choose: []}]}] | scenarios[0].steps[1].choose: expected at least one branch",
                "scenarios: [{steps: [ENQUEUE, {choose: [{weight: 0, steps: []}]}]}] | scenarios[0].steps[1].choose[0].weight: 0: expected",
                "scenarios: [{match: {kind: Custom}, steps: [ENQUEUE]}] | scenarios[0].match.kind: \"Custom\": expected one of TuningJob",
                "faults: [{answer: 503}] | faults[0].answer: 503: expected one of CANCELLED",
                "scenarios: [{steps: [{event: ENQUEUE, set: {state: x}}]}] | scenarios[0].steps[0].set.state: is decided by the lifecycle",
                "faults: [{times: 0}] | faults[0]: times is 0: expected at least 1",
                "faults: [{times: often}] | faults[0].times: \"often\": expected a number",
                "faults: [{probability: 1.5}] | faults[0]: the probability is 1.5: expected more than 0, and at most 1",
                "'a: [' | line 1, column 5: not YAML",
                "x | the file: expected keys among scenarios, faults",
            })
    void whatIsWrongIsSaidWithItsPlace(String text, String expected) {
        String faults = ScenarioFile.read(text).getError().mkString("\n");
        assertTrue(faults.contains(expected), faults);
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertEquals(
                3,
                ScenarioFile.read("scenarios: [{steps: [BOOM]}, {steps: [ENQUEUE, SUCCEED], colour: blue}]")
                        .getError()
                        .filter(fault -> !fault.contains("first step"))
                        .count(fault -> fault.contains("BOOM")
                                || fault.contains("colour")
                                || fault.contains("SUCCEED cannot happen to a CustomJob")));
    }
}
