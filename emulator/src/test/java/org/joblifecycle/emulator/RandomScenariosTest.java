package org.joblifecycle.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.joblifecycle.emulator.scenario.Delay;
import org.joblifecycle.emulator.scenario.Match;
import org.joblifecycle.emulator.scenario.Scenario;
import org.joblifecycle.emulator.scenario.Steps;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.JobJson;
import org.joblifecycle.transition.JobAuditor;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Violation;
import org.junit.jupiter.api.Test;

// Scenarios that nobody has thought of, and clients that cancel and poll at any time.
class RandomScenariosTest extends RestFixture {
    private static final int JOBS = 1000;
    private final Random random = new Random(19);

    // A script for jobs of this kind: it does what the lifecycle permits, and forks now and then.
    private Steps steps(JobLifecycle lifecycle, JobSnapshot from, Steps before, int most) {
        Steps steps = before;
        JobSnapshot job = from;
        for (int i = 0; i < most; i++) {
            List<JobEvent> permitted = new ArrayList<>(lifecycle.permittedEvents(job));
            permitted.remove(JobEvent.CANCEL); // asked for by clients
            if (permitted.isEmpty()) {
                return steps;
            }
            if (i > 0 && random.nextInt(8) == 0) {
                return steps.choose(
                        Steps.likely(1, steps(lifecycle, job, Steps.none(), most - i)),
                        Steps.likely(2, steps(lifecycle, job, Steps.none(), most - i)),
                        Steps.likely(1, Steps.none().hold()));
            }
            JobEvent event = permitted.get(random.nextInt(permitted.size()));
            int delay = from.state() == JobState.UNSPECIFIED && i == 0 ? 0 : random.nextInt(60);
            JobError error = event == JobEvent.FAIL && random.nextBoolean() ? new JobError(8, "no memory") : null;
            steps = error != null
                    ? steps.failAfter(Duration.ofSeconds(delay), error)
                    : delay == 0
                            ? steps.after(Duration.ZERO, event)
                            : steps.after(Delay.parse(delay + "s.." + (delay + random.nextInt(30)) + "s"), event);
            job = lifecycle.applyOrThrow(job, event, job.notBefore(NOON), error);
        }
        return steps;
    }

    private Scenario scenario(JobKind kind, int number) {
        JobLifecycle lifecycle = JobLifecycle.authority(kind);
        Steps afterCancel = switch (random.nextInt(4)) {
            case 0 -> Steps.none(); // hangs
            case 1 -> Steps.none().after(Duration.ofSeconds(random.nextInt(30)), JobEvent.SUCCEED);
            case 2 -> Steps.none().failAfter(Duration.ofSeconds(5), new JobError(13, "lost"));
            default -> Steps.none().after(Duration.ofSeconds(random.nextInt(30)), JobEvent.CONFIRM_CANCEL);
        };
        Steps steps = steps(lifecycle, JobSnapshot.of(null, JobState.UNSPECIFIED), Steps.none(), 1 + random.nextInt(8));
        return Scenario.of("random " + number, Match.ALL.kind(kind).displayName("job " + number), steps)
                .onCancel(afterCancel);
    }

    @Test
    void noFindingWhateverHappens() throws Exception {
        List<JobKind> kinds = List.of(JobKind.values());
        Vector<Scenario> scenarios = Vector.range(0, JOBS).map(i -> scenario(kinds.get(i % kinds.size()), i));
        // A success after a cancellation needs a start: a script that never starts is refused.
        Seq<Scenario> possible = scenarios.filter(each -> each.faults().isEmpty());
        assertTrue(possible.size() > JOBS / 2, possible.size() + " can happen");
        emulator.close();
        emulator = VertexEmulator.configure()
                .manualClock(NOON)
                .seed(19)
                .scenarios(possible.toJavaArray(Scenario[]::new))
                .start();

        List<String> names = new ArrayList<>();
        JobAuditor poller = JobAuditor.observer();
        Set<JobState> seen = EnumSet.noneOf(JobState.class);
        for (int i = 0; i < JOBS; i++) {
            names.add(
                    create(kinds.get(i % kinds.size()), "job " + i).path("name").asText());
            somethingHappens(names);
            poll(poller, seen, names.get(random.nextInt(names.size())));
        }
        for (int i = 0; i < 200; i++) {
            emulator.advance(Duration.ofMillis(random.nextInt(20_000)));
            poll(poller, seen, names.get(random.nextInt(names.size())));
        }

        assertEquals(0, findings(emulator.dump()));
        seen.add(JobState.UNSPECIFIED);
        assertEquals(EnumSet.allOf(JobState.class), seen);
    }

    // Most of the time nothing: time passes, somebody cancels, or a test interferes.
    private void somethingHappens(List<String> names) throws Exception {
        String name = names.get(random.nextInt(names.size()));
        switch (random.nextInt(4)) {
            case 0 -> emulator.advance(Duration.ofMillis(random.nextInt(20_000)));
            case 1 ->
                send("POST", "/v1/" + name + ":cancel", "{}"); // refused if it has ended, or the kind has no such call
            case 2 -> {
                emulator.fire(name, List.of(JobEvent.values()).get(random.nextInt(JobEvent.values().length)), null);
            }
            default -> {}
        }
    }

    private void poll(JobAuditor poller, Set<JobState> seen, String name) throws Exception {
        JobSnapshot job = JobJson.read(send("GET", "/v1/" + name, "").body()).get();
        seen.add(job.state());
        Seq<Violation> violations = poller.observe(job).violations();
        assertTrue(violations.isEmpty(), () -> violations.mkString("\n"));
    }
}
