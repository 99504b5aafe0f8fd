package org.joblifecycle.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.Stream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.tuning.TuningJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
    @TempDir
    private Path folder;

    private record Failure(Supplier<JobSystem> system, NonconformanceError error) {
        String program() {
            return error.program();
        }

        boolean isRace() {
            return error.requirement() == Requirement.ONE_WINNER || program().contains(" other threads ");
        }
    }

    private static class CutsLongMessages extends ReferenceSystem {
        CutsLongMessages() {
            super(BrokenSystems.AUTHORITY);
        }

        @Override
        protected boolean store(JobSnapshot known, JobSnapshot next) {
            JobError error = next.error();
            boolean isLong = error != null && error.message().length() > 1_000;
            return super.store(
                    known,
                    isLong
                            ? next.withError(
                                    new JobError(error.code(), error.message().substring(0, 1_000)))
                            : next);
        }
    }

    // A program that holds the times of its first run would be refused by it in the next one.
    private static class IgnoresCompareAndSetByItsOwnClock extends ReferenceSystem {
        IgnoresCompareAndSetByItsOwnClock() {
            super(BrokenSystems.AUTHORITY);
        }

        @Override
        public JobSnapshot submit(String name, Instant now) {
            JobSnapshot job = super.submit(name, now);
            JobSnapshot queued = lifecycle
                    .apply(job, JobEvent.ENQUEUE, Clock.systemUTC().instant())
                    .get();
            jobs.put(name, queued);
            return queued;
        }

        @Override
        protected boolean store(JobSnapshot known, JobSnapshot next) {
            jobs.put(known.name(), next);
            return true;
        }
    }

    @Test
    void theProgramOfAFailureCompilesAndReproducesIt() throws Exception {
        List<Failure> failures = new ArrayList<>();
        for (Supplier<JobSystem> system : BrokenSystemsTest.systems().append(IgnoresCompareAndSetByItsOwnClock::new)) {
            Stream.ofAll(Conformance.of(BrokenSystems.AUTHORITY, system).checks())
                    .zipWithIndex()
                    .filter(check -> check._2() < 10 || check._2() % 5 == 0)
                    .map(check -> check._1().run())
                    .filter(result -> result.outcome() == Check.Outcome.FAILED)
                    .groupBy(result -> result.error().requirement())
                    .values()
                    .flatMap(alike -> alike.take(3))
                    .forEach(result -> failures.add(new Failure(system, result.error())));
        }
        for (InventedFaults.Fault fault : InventedFaults.ofTheRest().appendAll(InventedFaults.ofEvents())) {
            Stream.ofAll(Conformance.of(fault.lifecycle(), fault.system()).checks())
                    .filter(check -> check.group().startsWith("the ")) // clock, rest
                    .map(Check::run)
                    .filter(result -> result.outcome() == Check.Outcome.FAILED)
                    .take(2)
                    .forEach(result -> failures.add(new Failure(fault.system(), result.error())));
        }
        Conformance cutting = Conformance.of(BrokenSystems.AUTHORITY, CutsLongMessages::new);
        NonconformanceError cut = cutting.programs(2_000, 3).run().error();
        failures.add(new Failure(CutsLongMessages::new, cut));
        assertTrue(cut.program().contains("\\n"), cut::program);
        assertTrue(failures.size() > 80, () -> failures.size() + " failures");
        try (CompiledPrograms programs = CompiledPrograms.of(
                folder,
                "JobSystem system",
                failures.stream().map(Failure::program).toList())) {
            for (int i = 0; i < failures.size(); i++) {
                Recorder recorder = new Recorder(failures.get(i).system().get());
                programs.run(i, JobSystem.class, recorder);
                String program = failures.get(i).program();
                List<String> answers = answers(program);
                if (failures.get(i).isRace()) { // whoever wins then
                    assertEquals(answers.size(), recorder.answers.size(), program);
                    assertTrue(program.lines().count() <= 20, program);
                } else {
                    assertEquals(answers, recorder.answers, program);
                }
            }
        }
        assertTrue(failures.stream().anyMatch(Failure::isRace));
        for (String call : List.of("system.advance(", "system.readTuningJob(", ".withUnknown(", "TuningJob.LABELS")) {
            assertTrue(failures.stream().anyMatch(failure -> failure.program().contains(call)), call);
        }
        assertTrue(failures.stream().anyMatch(failure -> failure.program().contains("start.plus(")));
    }

    // The answers in the comments.
    private static List<String> answers(String program) {
        return program.lines()
                .filter(line -> line.contains("system.offer") || line.contains("system.fire"))
                .map(line -> line.substring(line.indexOf(" // ") + 4))
                .toList();
    }

    private static final class Recorder implements JobSystem {
        private final JobSystem system;
        private final List<String> answers = Collections.synchronizedList(new ArrayList<>());

        Recorder(JobSystem system) {
            this.system = system;
        }

        private interface Call {
            Answer call() throws Exception;
        }

        private Answer recorded(Call call) {
            try {
                Answer answer = call.call();
                answers.add(answer.toString());
                return answer;
            } catch (Exception e) {
                answers.add("threw " + e);
                return Answer.refused();
            }
        }

        @Override
        public Set<Capability> capabilities() {
            return system.capabilities();
        }

        @Override
        public JobSnapshot submit(String name, Instant now) throws Exception {
            return system.submit(name, now);
        }

        @Override
        public JobSnapshot read(String name) throws Exception {
            return system.read(name);
        }

        @Override
        public TuningJob submit(String name, TuningJob request, Instant now) throws Exception {
            return system.submit(name, request, now);
        }

        @Override
        public TuningJob readTuningJob(String name) throws Exception {
            return system.readTuningJob(name);
        }

        @Override
        public void advance(Duration time) throws Exception {
            system.advance(time);
        }

        @Override
        public Answer offer(JobSnapshot known, JobSnapshot proposed) {
            return recorded(() -> system.offer(known, proposed));
        }

        @Override
        public Answer fire(JobSnapshot known, JobEvent event, Instant now, JobError error) {
            return recorded(() -> system.fire(known, event, now, error));
        }
    }
}
