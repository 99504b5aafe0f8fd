package org.joblifecycle.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.testkit.History;
import org.joblifecycle.testkit.JobPaths;
import org.joblifecycle.testkit.Mutants;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Mode;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The floor and the machines of other libraries answer what the lifecycle answers. */
class FloorTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private final Set<Rule> rules = EnumSet.noneOf(Rule.class);

    private void assertChecksAlike(
            JobLifecycle lifecycle, Floor floor, @Nullable JobSnapshot before, JobSnapshot after) {
        Seq<Rule> expected = lifecycle.check(before, after).violations().map(Violation::rule);
        int broken = floor.check(before, after);
        rules.addAll(expected.asJava());
        assertEquals(
                expected,
                List.of(Rule.values())
                        .zipWithIndex()
                        .filter(rule -> (broken >> rule._2() & 1) == 1)
                        .map(rule -> rule._1()),
                () -> lifecycle + ": " + before + " to " + after);
    }

    @ParameterizedTest
    @EnumSource
    void theFloorChecksAsTheLifecycleDoes(JobKind kind) {
        for (Mode mode : Mode.values()) {
            JobLifecycle lifecycle = JobLifecycle.of(mode, kind);
            Floor floor = new Floor(mode, kind);
            Mutants.of(lifecycle)
                    .all()
                    .forEach(mutant ->
                            assertChecksAlike(lifecycle, floor, mutant.before().getOrNull(), mutant.after()));
            Random random = new Random(kind.name().length());
            for (int i = 0; i < 20_000; i++) {
                JobSnapshot before = random.nextInt(9) == 0 ? null : draw(random);
                JobSnapshot after = draw(random);
                assertChecksAlike(
                        lifecycle,
                        floor,
                        before,
                        random.nextInt(3) == 0 && before != null
                                ? before.withState(after.state()).withUpdateTime(after.updateTime())
                                : after);
            }
        }
        EnumSet<Rule> expected = EnumSet.allOf(Rule.class);
        if (!kind.hasErrorRule()) {
            expected.removeAll(Set.of(Rule.ERROR_UNEXPECTED, Rule.ERROR_CODE_INVALID, Rule.ERROR_CHANGED));
        }
        if (!kind.hasStartTime()) {
            expected.removeAll(Set.of(Rule.START_TIME_REQUIRED, Rule.START_TIME_PREMATURE, Rule.END_TIME_REQUIRED));
        }
        assertEquals(expected, rules);
    }

    private static JobSnapshot draw(Random random) {
        return JobSnapshot.of(
                        "jobs/" + random.nextInt(2),
                        JobState.of(random.nextInt(12)).get())
                .withCreateTime(time(random))
                .withStartTime(time(random))
                .withEndTime(time(random))
                .withUpdateTime(time(random))
                .withError(
                        random.nextBoolean()
                                ? null
                                : new JobError(random.nextInt(19) - 1, random.nextBoolean() ? "" : "no space"));
    }

    private static @Nullable Instant time(Random random) {
        return random.nextInt(3) == 0
                ? null
                : T0.plusMillis(500L * random.nextInt(6)).plusNanos(random.nextInt(2));
    }

    @ParameterizedTest
    @EnumSource
    void floorAndMachinesApplyEventsAsTheLifecycleDoes(JobKind kind) {
        JobLifecycle owner = JobLifecycle.authority(kind);
        Floor floor = new Floor(Mode.AUTHORITY, kind);
        StatelessMachine stateless = new StatelessMachine(floor);
        ColaMachine cola = new ColaMachine(floor);
        Seq<JobSnapshot> jobs = JobPaths.of(owner)
                .toStatesStartedOrNot()
                .map(path -> History.along(owner, path).last());
        Random random = new Random(1);
        for (JobSnapshot job : jobs.appendAll(List.fill(500, () -> draw(random)))) {
            for (JobEvent event : JobEvent.values()) {
                for (Instant now : List.of(
                        job.notBefore(T0).plusSeconds(1), job.notBefore(T0).minusNanos(1))) {
                    for (JobError error : java.util.Arrays.asList(null, JobError.of(8), JobError.of(0))) {
                        Validation<Seq<Violation>, JobSnapshot> expected = owner.apply(job, event, now, error);
                        assertEquals(
                                expected.isValid() ? expected.get() : Floor.REFUSED,
                                floor.apply(job, event, now, error),
                                () -> event + " with " + error + " on " + job);
                    }
                    JobSnapshot expected = owner.apply(job, event, now).getOrElse((JobSnapshot) null);
                    assertEquals(expected, cola.fire(job, event, now));
                    assertEquals(expected, byStateless(stateless, job, event, now));
                }
            }
        }
    }

    private static @Nullable JobSnapshot byStateless(
            StatelessMachine machine, JobSnapshot job, JobEvent event, Instant now) {
        try {
            return machine.fire(job, event, now);
        } catch (IllegalStateException e) {
            return null;
        }
    }
}
