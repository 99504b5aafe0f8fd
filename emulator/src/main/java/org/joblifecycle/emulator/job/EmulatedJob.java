package org.joblifecycle.emulator.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.time.Instant;
import org.joblifecycle.emulator.scenario.Scenario;
import org.joblifecycle.emulator.scenario.Steps.Timed;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.JobEvent;
import org.jspecify.annotations.Nullable;

/** A job of the emulator: as it is, as it was, and what is going to happen to it. Guarded by the lock of {@link Jobs}. */
final class EmulatedJob {
    private final String name;
    private final JobKind kind;
    private final long number;
    private final Scenario scenario;
    private Vector<Entry> history = Vector.empty();
    private List<Timed> steps;

    /** Counts how often the steps were replaced, so that a step that was due before is not taken. */
    private int plan;

    private boolean isBeingCancelled;

    /** Whether the next step was due and could not happen. */
    private boolean isLate;

    /**
     * One entry of the history.
     *
     * @param time when it happened
     * @param event what happened; null if fields were set
     * @param snapshot the job from then on
     * @param fields its other fields from then on; not to be changed
     */
    record Entry(Instant time, @Nullable JobEvent event, JobSnapshot snapshot, ObjectNode fields) {}

    EmulatedJob(String name, JobKind kind, long number, Scenario scenario, Seq<Timed> steps) {
        this.name = name;
        this.kind = kind;
        this.number = number;
        this.scenario = scenario;
        this.steps = List.ofAll(steps);
    }

    String name() {
        return name;
    }

    JobKind kind() {
        return kind;
    }

    /** Counts the jobs: a later job has a higher one. */
    long number() {
        return number;
    }

    Scenario scenario() {
        return scenario;
    }

    Seq<Entry> history() {
        return history;
    }

    Entry current() {
        return history.last();
    }

    /** The job as it was at that time, or as it was created if that is later. */
    Entry at(Instant time) {
        return history.takeWhile(entry -> !entry.time().isAfter(time))
                .lastOption()
                .getOrElse(history.head());
    }

    void add(Entry entry) {
        history = history.append(entry);
    }

    List<Timed> steps() {
        return steps;
    }

    int plan() {
        return plan;
    }

    /** From now on happens what follows a cancellation. */
    void cancel(Seq<Timed> steps) {
        isBeingCancelled = true;
        replace(steps);
    }

    boolean isBeingCancelled() {
        return isBeingCancelled;
    }

    void stop() {
        replace(List.empty());
    }

    private void replace(Seq<Timed> steps) {
        this.steps = List.ofAll(steps);
        isLate = false;
        plan++;
    }

    boolean isLate() {
        return isLate;
    }

    void setLate(boolean isLate) {
        this.isLate = isLate;
    }

    void tookStep() {
        steps = steps.tail();
    }
}
