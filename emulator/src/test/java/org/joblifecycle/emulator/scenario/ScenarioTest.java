package org.joblifecycle.emulator.scenario;

import static org.joblifecycle.transition.JobEvent.CONFIRM_CANCEL;
import static org.joblifecycle.transition.JobEvent.ENQUEUE;
import static org.joblifecycle.transition.JobEvent.FAIL;
import static org.joblifecycle.transition.JobEvent.PAUSE;
import static org.joblifecycle.transition.JobEvent.PREPARE;
import static org.joblifecycle.transition.JobEvent.START;
import static org.joblifecycle.transition.JobEvent.SUCCEED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static Seq<String> faults(Steps steps) {
        return Scenario.of("mine", Match.ALL.kind(JobKind.CUSTOM_JOB), steps).faults();
    }

    @Test
    void theDefaultCanHappen() {
        assertEquals(Vector.empty(), Scenario.DEFAULT.faults());
    }

    @Test
    void whatCannotHappenIsRefusedWithWhatCan() {
        assertEquals(
                Vector.of(
                        "scenario mine: step 2: SUCCEED cannot happen to a CustomJob that is QUEUED: transition-illegal:"
                                + " cannot SUCCEED from QUEUED: QUEUED permits PREPARE, START, CANCEL, FAIL, EXPIRE"),
                faults(Steps.first(ENQUEUE).after(SECOND, SUCCEED)));
    }

    @Test
    void allBranchesAreFollowed() {
        Steps steps = Steps.first(ENQUEUE)
                .choose(
                        Steps.likely(1, Steps.none().after(SECOND, START)),
                        Steps.likely(1, Steps.none().after(SECOND, PREPARE)))
                .after(SECOND, PAUSE);
        assertEquals(1, faults(steps).size());
        assertTrue(faults(steps)
                .head()
                .contains("scenario mine: step 3: PAUSE cannot happen to a CustomJob that is PENDING"));
    }

    @Test
    void aStepIsFoundInItsBranch() {
        Steps steps = Steps.first(ENQUEUE)
                .choose(
                        Steps.likely(1, Steps.none().after(SECOND, START)),
                        Steps.likely(1, Steps.none().after(SECOND, PREPARE).after(SECOND, PAUSE)));
        assertTrue(faults(steps).head().contains("scenario mine: step 2, branch 2, step 2: PAUSE cannot happen"));
    }

    @Test
    void manyChoicesOneAfterTheOtherAreFollowed() {
        Steps steps = Steps.first(ENQUEUE);
        for (int i = 0; i < 60; i++) {
            steps = steps.choose(
                    Steps.likely(1, Steps.none().after(SECOND, PREPARE).after(SECOND, ENQUEUE)),
                    Steps.likely(1, Steps.none().after(SECOND, PREPARE).after(SECOND, ENQUEUE)));
        }
        assertEquals(Vector.empty(), faults(steps));
        assertEquals(1, faults(steps.after(SECOND, SUCCEED)).size());
    }

    @Test
    void whatFollowsACancellationIsPossibleAtSomeTime() {
        Scenario waits = Scenario.of(
                "mine", Match.ALL.kind(JobKind.CUSTOM_JOB), Steps.first(ENQUEUE).after(SECOND, PREPARE));
        Scenario runs = Scenario.of("mine", waits.match(), waits.steps().after(SECOND, START));
        Steps succeeds = Steps.none().after(SECOND, SUCCEED);

        assertEquals(Vector.empty(), waits.faults());
        assertEquals(Vector.empty(), runs.onCancel(succeeds).faults());
        assertEquals(1, waits.onCancel(succeeds).faults().size());
        assertTrue(waits.onCancel(succeeds)
                .faults()
                .head()
                .startsWith(
                        "scenario mine: onCancel, step 1: SUCCEED cannot happen to a CustomJob that is CANCELLING: "));
        assertEquals(
                1, runs.onCancel(Steps.none().after(SECOND, START)).faults().size());
    }

    @Test
    void theFirstStepHappensAtOnce() {
        for (Steps steps : Vector.of(
                Steps.none(), Steps.none().after(SECOND, ENQUEUE), Steps.none().hold())) {
            assertEquals(
                    Vector.of("scenario mine: the first step has to happen at once: expected an event without a delay"),
                    faults(steps));
        }
    }

    @Test
    void choicesAreDrawnByTheirWeights() {
        Steps steps = Steps.first(ENQUEUE)
                .choose(
                        Steps.likely(3, Steps.none().after(SECOND, START)),
                        Steps.likely(1, Steps.none().failAfter(SECOND, JobError.of(8))));
        long failed = IntStream.range(0, 4000)
                .mapToObj(i -> steps.draw(new SplittableRandom(i)))
                .filter(drawn -> drawn.last().event() == FAIL)
                .count();
        assertEquals(1000.0, (double) failed, 150.0);
        assertEquals(steps.draw(new SplittableRandom(7)), steps.draw(new SplittableRandom(7)));
    }

    @Test
    void delaysLieBetweenTheirEnds() {
        Delay delay = Delay.parse("5s..2m");
        Seq<Duration> drawn = Vector.range(0, 1000).map(i -> delay.draw(new SplittableRandom(i)));
        assertTrue(drawn.forAll(each -> each.compareTo(Duration.ofSeconds(5)) >= 0));
        assertTrue(drawn.forAll(each -> each.compareTo(Duration.ofMinutes(2)) <= 0));
        assertTrue(drawn.distinct().size() > 900);
        assertEquals(Delay.of(Duration.ofMillis(300)), Delay.parse("300ms"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "s", "-5s", "5s..", "5s..1s", "1s..2s..3s", "99999999999999999999s", "999999999999999d"
            })
    void whatIsNoDelayIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Delay.parse(text));
    }

    @Test
    void nothingHappensAfterAHold() {
        assertEquals(
                Vector.of(ENQUEUE),
                Steps.first(ENQUEUE)
                        .hold()
                        .after(SECOND, CONFIRM_CANCEL)
                        .draw(new SplittableRandom(1))
                        .map(Steps.Timed::event));
    }

    @Test
    void aScenarioIsForTheJobsThatMatchAllOfIt() {
        ObjectNode job = JsonNodeFactory.instance
                .objectNode()
                .put("tunedModelDisplayName", "train-7 (a)")
                .put("baseModel", "gemini-2.5-flash");
        job.putObject("labels").put("team", "ml");
        Match match = Match.ALL
                .kind(JobKind.TUNING_JOB)
                .displayName("train-* (a)")
                .baseModel("gemini-*")
                .label("team", "m*");

        assertTrue(match.matches(JobKind.TUNING_JOB, job));
        assertFalse(match.matches(JobKind.CUSTOM_JOB, job));
        assertFalse(match.displayName("train-?").matches(JobKind.TUNING_JOB, job));
        assertFalse(match.baseModel("gemini").matches(JobKind.TUNING_JOB, job));
        assertFalse(match.label("other", "*").matches(JobKind.TUNING_JOB, job));
        assertTrue(Match.ALL.matches(JobKind.NAS_JOB, JsonNodeFactory.instance.objectNode()));
    }
}
