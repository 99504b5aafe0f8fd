package org.joblifecycle.testkit;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.time.Duration;
import java.util.Random;
import org.joblifecycle.job.JobState;
import org.joblifecycle.job.RpcStatus;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;

/** Draws programs for a system: what it is given to do depends on what it can. */
final class Programs {
    private static final int MOST_JOBS = 3;
    private static final int MOST_MORE_EDGES = 3;

    private final Conformance conformance;
    private final JobPaths paths;
    private final Seq<JobTransition> edges;

    Programs(Conformance conformance) {
        this.conformance = conformance;
        this.paths = conformance.paths();
        this.edges = paths.toEdges().map(path -> path.edges().last());
    }

    Program draw(Random random) {
        boolean isByUpdate = History.pick(conformance.drives(), random) == Capability.UPDATE_DRIVEN;
        Vector<Seq<Step>> ways = Vector.empty();
        for (int job = 0; job <= random.nextInt(MOST_JOBS); job++) {
            ways = ways.append(way(job, isByUpdate, random));
        }
        int jobs = ways.size();
        Vector<Program.Line> lines = Vector.empty();
        while (ways.exists(way -> !way.isEmpty())) {
            int job = random.nextInt(jobs);
            if (random.nextInt(3) == 0) {
                lines = lines.append(line(isByUpdate ? oddUpdate(job, random) : oddEvent(job, random), random));
            }
            Seq<Step> way = ways.get(job);
            if (!way.isEmpty()) {
                lines = lines.append(line(way.head(), random));
                ways = ways.update(job, way.tail());
            }
        }
        return Program.paced(lines);
    }

    private static Program.Line line(Step step, Random random) {
        Duration pause = switch (random.nextInt(4)) {
            case 0 -> Duration.ZERO;
            case 1 -> Duration.ofNanos(random.nextInt(2_000_000_000));
            default -> Program.PAUSE;
        };
        return new Program.Line(pause, step);
    }

    private Seq<Step> way(int job, boolean isByUpdate, Random random) {
        JobPath path = paths.to(History.pick(edges, random)).get();
        for (int more = random.nextInt(MOST_MORE_EDGES + 1); more > 0; more--) {
            Seq<JobTransition> open = paths.after(path);
            path = open.isEmpty() ? path : path.plus(History.pick(open, random));
        }
        return path.edges().map(edge -> {
            RpcStatus error = edge.target() == JobState.FAILED && random.nextBoolean() ? History.error(random) : null;
            return isByUpdate ? new Step.Update(job, edge, error) : new Step.Fire(job, edge.event(), error);
        });
    }

    private Step oddUpdate(int job, Random random) {
        JobTransition edge = History.pick(edges, random);
        return switch (random.nextInt(8)) {
            case 0 -> new Step.Move(job, History.pick(List.of(JobState.values()), random));
            case 1 -> random.nextBoolean() ? new Step.Repeat(job) : new Step.CarryTimes(job);
            case 2 -> new Step.UpdateLate(job, random.nextBoolean() ? edge : null);
            case 3 -> new Step.Explain(job, History.error(random));
            case 4 -> random.nextBoolean() ? new Step.FailSilently(job) : new Step.Update(job, edge, null);
            case 5 -> new Step.Break(job, History.pick(List.of(Rule.values()), random), edge);
            default -> new Step.Break(job, History.pick(List.of(Rule.values()), random), null);
        };
    }

    private Step oddEvent(int job, Random random) {
        JobEvent event = History.pick(List.of(JobEvent.values()), random);
        return switch (random.nextInt(4)) {
            case 0 -> new Step.FireEarly(job, event);
            case 1 -> new Step.FireLate(job, event);
            case 2 -> new Step.Fire(job, event, RpcStatus.of(random.nextInt(20) - 1));
            default -> new Step.Fire(job, event, null);
        };
    }
}
