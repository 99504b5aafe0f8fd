package org.joblifecycle.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.Seq;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorReplayTest {
    @TempDir
    private Path folder;

    private record Failure(MirrorFaults.Fault fault, NonconformanceError error) {}

    @Test
    void theProgramOfAFailureCompilesAndReproducesIt() throws Exception {
        List<Failure> failures = new ArrayList<>();
        MirrorFaults.all().forEach(fault -> failed(fault).forEach(error -> failures.add(new Failure(fault, error))));
        assertTrue(failures.size() > 80, () -> failures.size() + " failures");

        try (CompiledPrograms programs = CompiledPrograms.of(
                folder,
                "MirrorSystem mirror",
                failures.stream().map(failure -> failure.error().program()).toList())) {
            for (int i = 0; i < failures.size(); i++) {
                Recorder recorder =
                        new Recorder(failures.get(i).fault().system().get());
                programs.run(i, MirrorSystem.class, recorder);
                assertAnswers(failures.get(i).error().program(), recorder.answers);
            }
        }
    }

    // Of each requirement two, and the shrunk poll logs.
    private static Seq<NonconformanceError> failed(MirrorFaults.Fault fault) {
        return MirrorConformance.of(MirrorFaults.OBSERVER, fault.system())
                .run(100, 3)
                .results(Check.Outcome.FAILED)
                .map(Check.Result::error)
                .groupBy(NonconformanceError::requirement)
                .values()
                .flatMap(alike -> alike.take(1).append(alike.last()))
                .distinct()
                .toVector();
    }

    // Each call is a line; those that the check judged have the answer in a comment.
    private static void assertAnswers(String program, List<String> answers) {
        List<String> calls =
                program.lines().filter(line -> line.contains("mirror.")).toList();
        if (program.contains("nCopies(")) {
            return; // who is first then?
        }
        assertEquals(calls.size(), answers.size(), program);
        for (int i = 0; i < calls.size(); i++) {
            int comment = calls.get(i).indexOf("; // ");
            if (comment >= 0) {
                assertEquals(calls.get(i).substring(comment + 5), answers.get(i), program);
            }
        }
        assertTrue(answers.stream().anyMatch(program::contains), program);
    }

    private record Recorder(MirrorSystem mirror, List<String> answers) implements MirrorSystem {
        Recorder(MirrorSystem mirror) {
            this(mirror, Collections.synchronizedList(new ArrayList<>()));
        }

        private interface Call<T> {
            T call() throws Exception;
        }

        private <T> T recorded(Call<T> call) {
            try {
                T answer = call.call();
                answers.add(String.valueOf(answer instanceof Set<?> rules ? new TreeSet<>(rules) : answer));
                return answer;
            } catch (Exception e) {
                answers.add("threw " + e);
                return null;
            }
        }

        @Override
        public Set<MirrorCapability> capabilities() {
            return mirror.capabilities();
        }

        @Override
        public Set<Rule> observe(String name, JobSnapshot observed) {
            return recorded(() -> mirror.observe(name, observed));
        }

        @Override
        public JobSnapshot read(String name) {
            return recorded(() -> mirror.read(name));
        }

        @Override
        public List<JobState> notices(String name) {
            return recorded(() -> mirror.notices(name));
        }
    }
}
