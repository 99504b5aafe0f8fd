package org.joblifecycle.testkit;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.time.Duration;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.jspecify.annotations.Nullable;

/** Draws programs for a system, as far as its capabilities go. */
final class Programs {
    private static final int MOST_JOBS = 3;
    private static final int MOST_MORE_EDGES = 6;
    private static final int MOST_FAULTS = 100;

    private final Conformance conformance;
    private final JobPaths graph;
    private final Seq<JobTransition> edges;

    Programs(Conformance conformance) {
        this.conformance = conformance;
        this.graph = conformance.paths();
        this.edges = graph.toEdges().map(path -> path.edges().last());
    }

    Program draw(Random seed) {
        Random random = History.mixed(seed);
        Capability drive = History.pick(conformance.drives(), random);
        // Updates and events are mixed only with given times: the clock of a system may be behind the time of an
        // update.
        boolean isMixed = conformance.can(Capability.GIVEN_TIME) && random.nextBoolean();
        BooleanSupplier isByUpdate =
                () -> (isMixed ? History.pick(conformance.drives(), random) : drive) == Capability.UPDATE_DRIVEN;
        Vector<Seq<Step>> paths = Vector.fill(1 + random.nextInt(MOST_JOBS), Vector::empty);
        paths = paths.zipWithIndex().map(path -> steps(path._2(), isByUpdate, random));
        Vector<Program.Line> lines = Vector.empty();
        while (paths.exists(path -> !path.isEmpty())) {
            int job = random.nextInt(paths.size());
            if (random.nextInt(3) == 0) {
                lines = lines.append(line(
                        isByUpdate.getAsBoolean() ? unusualUpdate(job, random) : unusualEvent(job, random), random));
            }
            Seq<Step> path = paths.get(job);
            if (!path.isEmpty()) {
                lines = lines.append(line(path.head(), random));
                paths = paths.update(job, path.tail());
            }
        }
        return Program.paced(History.pick(Starts.ALL, random), lines);
    }

    private static Program.Line line(Step step, Random random) {
        Duration pause = switch (random.nextInt(4)) {
            case 0 -> random.nextBoolean() ? Duration.ZERO : Duration.ofDays(random.nextInt(400));
            case 1 -> Duration.ofNanos(random.nextInt(2_000_000_000));
            default -> Program.PAUSE;
        };
        return new Program.Line(pause, step);
    }

    private Seq<Step> steps(int job, BooleanSupplier isByUpdate, Random random) {
        return graph.draw(MOST_MORE_EDGES, random).edges().map(edge -> {
            JobError error = edge.target() == JobState.FAILED && random.nextBoolean() ? JobErrors.draw(random) : null;
            return isByUpdate.getAsBoolean() ? new Step.Update(job, edge, error) : fire(job, edge.event(), error);
        });
    }

    private Step fire(int job, JobEvent event, @Nullable JobError error) {
        return new Step.Fire(job, event, conformance.can(Capability.GIVEN_ERROR) ? error : null);
    }

    private Step unusualUpdate(int job, Random random) {
        JobTransition edge = random.nextBoolean() && !edges.isEmpty() ? History.pick(edges, random) : null;
        return switch (random.nextInt(9)) {
            case 0 -> new Step.Move(job, History.pick(List.of(JobState.values()), random));
            case 1 -> random.nextBoolean() ? new Step.Repeat(job) : new Step.SetOtherTimes(job);
            case 2 -> new Step.UpdateStale(job, edge);
            case 3 -> new Step.AddError(job, JobErrors.draw(random));
            case 4 -> edge == null ? new Step.FailWithoutError(job) : new Step.Update(job, edge, null);
            case 5 ->
                random.nextBoolean()
                        ? new Step.Amend(job, random.nextInt(2))
                        : new Step.AmendStale(job, random.nextInt(2));
            default ->
                new Step.BreakAny(job, History.pick(List.of(Rule.values()), random), edge, random.nextInt(MOST_FAULTS));
        };
    }

    private Step unusualEvent(int job, Random random) {
        JobEvent event = History.pick(List.of(JobEvent.values()), random);
        return switch (random.nextInt(4)) {
            case 0 -> conformance.can(Capability.GIVEN_TIME) ? new Step.FireEarly(job, event) : fire(job, event, null);
            case 1 -> new Step.FireStale(job, event);
            case 2 -> fire(job, random.nextBoolean() ? JobEvent.FAIL : event, JobError.of(random.nextInt(20) - 1));
            default -> fire(job, event, null);
        };
    }
}
