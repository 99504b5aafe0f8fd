package org.joblifecycle.emulator.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.time.Instant;
import org.joblifecycle.emulator.scenario.Scenario;
import org.joblifecycle.emulator.scenario.Steps.Timed;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.json.JobJson;
import org.joblifecycle.transition.JobEvent;
import org.jspecify.annotations.Nullable;

/**
 * A job of the emulator: as it is, as it was, and what is going to happen to it. It changes only under the lock of {@link Jobs};
 * its history may be read by any thread.
 */
final class EmulatedJob {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final JobKind kind;
    private final long number;
    private final Scenario scenario;
    private volatile Vector<Entry> history = Vector.empty();

    /** The JSON of the job as it was when it was last asked for. */
    private volatile @Nullable Written written;

    private List<Timed> steps;

    /** Counts how often the steps were replaced, so that a step that was due before is not taken. */
    private int plan;

    private long change;

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
    record Entry(Instant time, @Nullable JobEvent event, JobSnapshot snapshot, ObjectNode fields) {
        /** The whole job from then on, as clients read it. */
        ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            ObjectNode lifecycle = lifecycleFields(snapshot);
            json.set("name", lifecycle.remove("name"));
            return json.<ObjectNode>setAll(fields).setAll(lifecycle);
        }
    }

    /**
     * The JSON of a job.
     *
     * @param entries how long its history was then
     */
    private record Written(int entries, String json) {}

    /** The fields that the lifecycle of a job reads. */
    static ObjectNode lifecycleFields(JobSnapshot snapshot) {
        try {
            return (ObjectNode) JSON.readTree(JobJson.write(snapshot));
        } catch (JsonProcessingException e) {
            throw new AssertionError("JobJson writes JSON", e);
        }
    }

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

    /** The JSON of the job as it is. */
    String json() {
        Vector<Entry> entries = history;
        Written last = written;
        if (last == null || last.entries() != entries.size()) {
            last = new Written(entries.size(), entries.last().json().toString());
            written = last;
        }
        return last.json();
    }

    /** The job as it was at that time, or as it was created if that is later. */
    Entry at(Instant time) {
        return history.takeWhile(entry -> !entry.time().isAfter(time))
                .lastOption()
                .getOrElse(history.head());
    }

    void add(Entry entry, long change) {
        history = history.append(entry);
        this.change = change;
    }

    /** The number of its last change among those of all jobs. */
    long change() {
        return change;
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
