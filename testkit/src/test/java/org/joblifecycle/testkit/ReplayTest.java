package org.joblifecycle.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.Seq;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.RpcStatus;
import org.joblifecycle.transition.JobEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
    private static final String CLASS = """
            import java.time.Instant;
            import org.joblifecycle.job.*;
            import org.joblifecycle.testkit.JobSystem;
            import org.joblifecycle.transition.JobEvent;

            public class Replay {
                public static void replay(JobSystem system) throws Exception {
            %s
                }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void theProgramOfAFailureCompilesAndTheSystemAnswersItAsItDid() throws Exception {
        for (Supplier<JobSystem> system : BrokenSystemsTest.systems()) {
            Seq<NonconformanceError> errors = Conformance.of(BrokenSystems.AUTHORITY, system)
                    .run()
                    .results(Check.Outcome.FAILED)
                    .map(Check.Result::error)
                    .filter(error -> error.requirement() != Requirement.ONE_WINNER);
            for (NonconformanceError error : errors.take(1).appendAll(errors.takeRight(1))) {
                Recorder recorder = new Recorder(system.get());
                replay(error.program(), recorder);
                assertEquals(answers(error.program()), recorder.answers, error.program());
            }
        }
    }

    // What the comments say.
    private static List<String> answers(String program) {
        return program.lines()
                .filter(line -> line.contains("system.offer") || line.contains("system.fire"))
                .map(line -> line.substring(line.indexOf(" // ") + 4))
                .toList();
    }

    private void replay(String program, JobSystem system) throws Exception {
        StringWriter messages = new StringWriter();
        SimpleJavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Replay.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return CLASS.formatted(program);
                    }
                };
        boolean isCompiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        messages,
                        null,
                        null,
                        List.of("-d", folder.toString(), "-proc:none", "-cp", System.getProperty("java.class.path")),
                        null,
                        List.of(source))
                .call();
        assertTrue(isCompiled, () -> messages + program);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            loader.loadClass("Replay").getMethod("replay", JobSystem.class).invoke(null, system);
        }
    }

    private static final class Recorder implements JobSystem {
        private final JobSystem system;
        private final List<String> answers = new ArrayList<>();

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
        public Answer offer(JobSnapshot known, JobSnapshot proposed) {
            return recorded(() -> system.offer(known, proposed));
        }

        @Override
        public Answer fire(JobSnapshot known, JobEvent event, Instant now, RpcStatus error) {
            return recorded(() -> system.fire(known, event, now, error));
        }
    }
}
