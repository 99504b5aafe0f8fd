package org.joblifecycle.emulator.scenario;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.joblifecycle.job.JobError;
import org.joblifecycle.transition.JobEvent;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a job, one after the other. Immutable.
 *
 * <pre>{@code
 * Steps.first(PREPARE)
 *         .after(Duration.ofSeconds(60), START)
 *         .choose(Steps.likely(7, Steps.none().after(Duration.ofMinutes(10), SUCCEED)),
 *                 Steps.likely(3, Steps.none().failAfter(Duration.ofSeconds(30), new JobError(8, "out of memory"))))
 * }</pre>
 */
public final class Steps {
    private static final Steps NONE = new Steps(Vector.empty());

    private final Vector<Step> steps;

    /** One step. */
    sealed interface Step {}

    /**
     * An event.
     *
     * @param delay how long after the step before
     * @param event what happens
     * @param error why the job failed; null if nothing is known
     * @param set fields that the job has from then on; null for none
     */
    record Happens(
            Delay delay,
            JobEvent event,
            @Nullable JobError error,
            @Nullable ObjectNode set) implements Step {}

    /** One of several branches, drawn for each job. */
    record Chooses(Seq<Branch> branches) implements Step {}

    /** Nothing more happens by itself. */
    record Holds() implements Step {}

    /**
     * One of several continuations.
     *
     * @param weight how often it is chosen, compared with the others; at least 1
     * @param steps what happens then; the steps after the choice follow
     */
    public record Branch(int weight, Steps steps) {
        /**
         * Checks the weight.
         *
         * @throws IllegalArgumentException if it is less than 1
         */
        public Branch {
            requireNonNull(steps, "steps");
            if (weight < 1) {
                throw new IllegalArgumentException("a weight of " + weight + ": expected at least 1");
            }
        }
    }

    Steps(Vector<Step> steps) {
        this.steps = steps;
    }

    /** No steps. */
    public static Steps none() {
        return NONE;
    }

    /** An event that happens at once. */
    public static Steps first(JobEvent event) {
        return NONE.after(Duration.ZERO, event);
    }

    /** A branch for {@link #choose}. */
    public static Branch likely(int weight, Steps steps) {
        return new Branch(weight, steps);
    }

    /** These, and an event so long after the last of them. */
    public Steps after(Duration delay, JobEvent event) {
        return after(Delay.of(delay), event);
    }

    /** These, and an event after the last of them. */
    public Steps after(Delay delay, JobEvent event) {
        return and(new Happens(delay, requireNonNull(event, "event"), null, null));
    }

    /** These, and a failure with an error so long after the last of them. */
    public Steps failAfter(Duration delay, JobError error) {
        return and(new Happens(Delay.of(delay), JobEvent.FAIL, requireNonNull(error, "error"), null));
    }

    /** These, and then one of the branches. */
    public Steps choose(Branch... branches) {
        if (branches.length == 0) {
            throw new IllegalArgumentException("no branches: expected at least one");
        }
        return and(new Chooses(List.of(branches)));
    }

    /** These, and then nothing more by itself, whatever is added. */
    public Steps hold() {
        return and(new Holds());
    }

    Steps and(Step step) {
        return new Steps(steps.append(step));
    }

    Seq<Step> all() {
        return steps;
    }

    /** The same with all choices made and all delays drawn. */
    public Seq<Timed> draw(RandomGenerator random) {
        Vector<Timed> drawn = Vector.empty();
        List<Step> left = List.ofAll(steps);
        while (!left.isEmpty() && !(left.head() instanceof Holds)) {
            if (left.head() instanceof Happens happens) {
                drawn = drawn.append(
                        new Timed(happens.delay().draw(random), happens.event(), happens.error(), happens.set()));
                left = left.tail();
            } else if (left.head() instanceof Chooses chooses) {
                left = left.tail()
                        .prependAll(chosen(chooses.branches(), random).steps().all());
            }
        }
        return drawn;
    }

    private static Branch chosen(Seq<Branch> branches, RandomGenerator random) {
        long left = random.nextLong(
                branches.map(branch -> (long) branch.weight()).sum().longValue());
        for (Branch branch : branches) {
            left -= branch.weight();
            if (left < 0) {
                return branch;
            }
        }
        throw new AssertionError("the weights are more than their sum");
    }

    /**
     * A step of one job.
     *
     * @param delay how long after the step before
     * @param event what happens
     * @param error why the job failed; null if nothing is known
     * @param set fields that the job has from then on; null for none
     */
    public record Timed(
            Duration delay,
            JobEvent event,
            @Nullable JobError error,
            @Nullable ObjectNode set) {}
}
