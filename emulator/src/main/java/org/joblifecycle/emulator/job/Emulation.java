package org.joblifecycle.emulator.job;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.rpc.Code;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Option;
import io.vavr.control.Validation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.joblifecycle.emulator.api.ApiException;
import org.joblifecycle.emulator.api.ApiException.BrokenCondition;
import org.joblifecycle.emulator.api.ApiMethods.Call;
import org.joblifecycle.emulator.api.DroppedException;
import org.joblifecycle.emulator.scenario.Fault;
import org.joblifecycle.emulator.scenario.Match;
import org.joblifecycle.emulator.scenario.Scenario;
import org.joblifecycle.emulator.scenario.ScenarioFile;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.json.JobJson;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;

/** All that an emulator emulates, without its servers. */
public final class Emulation {
    private final Jobs jobs;
    private final Operations operations;
    private final ActiveFaults faults;
    private final Journal journal = new Journal();
    private final JobCalls calls;

    /**
     * Without jobs.
     *
     * @param scenarios that can happen: see {@link Scenario#faults}
     */
    public Emulation(EmulatorClock clock, long seed, Seq<Scenario> scenarios) {
        jobs = new Jobs(clock, seed, scenarios);
        operations = new Operations(clock);
        faults = new ActiveFaults(seed);
        calls = new JobCalls(jobs, operations);
    }

    /**
     * The answer to a call of a client: the JSON of the response message of its method.
     *
     * @throws ApiException if the answer is an error
     * @throws DroppedException if there is to be no answer
     */
    public JsonNode answer(Call call) {
        Instant time = jobs.time();
        Fault fault = faults.take(call.method());
        try {
            JsonNode answer = answer(call, fault);
            record(time, call, Code.OK);
            return answer;
        } catch (ApiException e) {
            record(time, call, e.code());
            throw e;
        } catch (DroppedException e) {
            record(time, call, Code.UNAVAILABLE);
            throw e;
        }
    }

    private JsonNode answer(Call call, Fault fault) {
        await(fault.delay());
        if (fault.drops()) {
            throw new DroppedException();
        }
        if (fault.answer() != null) {
            throw ApiException.of(fault.answer(), "A fault of the emulator.");
        }
        return calls.answer(call, fault);
    }

    private static void await(Duration delay) {
        try {
            Thread.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server is stopped
            throw new DroppedException();
        }
    }

    private void record(Instant time, Call call, Code code) {
        journal.add(
                new Journal.Entry(time, call.method().toString(), call.method().version(), call.request(), code));
    }

    /** The long-running operations. */
    public Operations operations() {
        return operations;
    }

    /** The calls of clients. */
    public Journal journal() {
        return journal;
    }

    /** One more fault; those that were there before come first. */
    public void add(Fault fault) {
        faults.add(requireNonNull(fault, "fault"));
    }

    /** Nothing goes wrong any more. */
    public void clearFaults() {
        faults.replace(Vector.empty());
    }

    /** These scenarios and faults instead of all others; jobs that were created keep theirs. */
    public void use(ScenarioFile file) {
        jobs.use(file.scenarios());
        faults.replace(file.faults());
    }

    /** Without jobs, operations, faults and journal again. Scenarios stay, and the clock goes on. */
    public void reset() {
        jobs.clear();
        operations.clear();
        clearFaults();
        journal.clear();
    }

    /** Without these jobs again; nothing else is changed. */
    public void reset(Match match) {
        jobs.delete(match);
    }

    /** What happened after some change, given by its number: 0 for all. */
    public Changes since(long change) {
        Jobs.Changes changes = jobs.since(change);
        return new Changes(
                changes.number(),
                changes.areRemoved(),
                Vector.ofAll(changes.jobs()).map(EmulatedJob::name));
    }

    /**
     * What happened to jobs.
     *
     * @param number of the last change
     * @param areRemoved whether jobs were removed
     * @param jobs the names of those that were changed and still there, in the order of their last changes
     */
    public record Changes(long number, boolean areRemoved, Seq<String> jobs) {}

    /** What an event can happen to a job now; none if there is no such job. */
    public Seq<JobEvent> permittedEvents(String name) {
        EmulatedJob job = jobs.find(name);
        return job == null
                ? Vector.empty()
                : Vector.ofAll(JobLifecycle.authority(job.kind())
                        .permittedEvents(job.current().snapshot()));
    }

    /** Moves the clock forward: see {@link Jobs#advance}. */
    public void advance(Duration duration) {
        jobs.advance(duration);
    }

    /** What the clock shows. */
    public Instant time() {
        return jobs.time();
    }

    /** How many times as fast as the time of the machine the clock goes; 0 if it stands still until it is advanced. */
    public long clockScale() {
        return jobs.clock().scale();
    }

    /** The names of all jobs, in the order of their creation. */
    public Seq<String> names() {
        return jobs.all().map(EmulatedJob::name);
    }

    /**
     * What happened to a job so far; the last entry is the job as it is.
     *
     * @return empty if there is no such job
     */
    public Seq<Happened> history(String name) {
        EmulatedJob job = jobs.find(name);
        return job == null
                ? Vector.empty()
                : job.history().map(entry -> new Happened(entry.time(), entry.event(), entry.snapshot()));
    }

    /**
     * One entry of a history.
     *
     * @param time when it happened
     * @param event what happened; null if only fields were set that the lifecycle does not read
     * @param snapshot the job from then on
     */
    public record Happened(Instant time, @Nullable JobEvent event, JobSnapshot snapshot) {}

    /** What the lifecycle knows of a job; nothing if there is no such job. */
    public Option<JobSnapshot> snapshot(String name) {
        return Option.of(jobs.find(name)).map(job -> job.current().snapshot());
    }

    /** The whole job as clients read it; nothing if there is none. */
    public Option<ObjectNode> json(String name) {
        return Option.of(jobs.find(name)).map(job -> job.current().json());
    }

    /**
     * Lets an event happen to a job now.
     *
     * @param error why the job failed; null if nothing is known
     * @return what is wrong with the event, or the job afterwards
     * @throws NoSuchElementException if there is no such job
     */
    public Validation<Seq<Violation>, JobSnapshot> fire(String name, JobEvent event, @Nullable JobError error) {
        synchronized (jobs) { // what is found is still there when the event happens to it
            EmulatedJob job = jobs.find(name);
            if (job == null) {
                throw new NoSuchElementException("there is no job " + name);
            }
            return jobs.fire(job, event, error);
        }
    }

    /** The error for clients whose request breaks rules of the lifecycle. */
    public static ApiException refused(String name, Seq<Violation> violations) {
        return ApiException.failed(
                JobKind.of(name).map(JobKind::resource).getOrElse("job"),
                name,
                violations
                        .map(violation -> new BrokenCondition(violation.id(), violation.message()))
                        .asJava());
    }

    /**
     * The histories of all jobs as JSON Lines, each as its clients could have read it: what {@code job-lifecycle check} reads.
     */
    public String dump() {
        StringBuilder lines = new StringBuilder();
        jobs.all()
                .forEach(job -> job.history()
                        .forEach(entry -> lines.append(entry.json()).append('\n')));
        return lines.toString();
    }

    /**
     * Takes jobs from JSON Lines such as {@link #dump} writes: each line is one more entry in the history of its job. Nothing happens
     * to them by itself.
     *
     * @throws ApiException INVALID_ARGUMENT if a line is no job; no job is taken then
     */
    public void load(String lines) {
        List<Loaded> all = new ArrayList<>();
        int number = 0;
        for (String line : lines.lines().toList()) {
            number++;
            if (!line.isBlank()) {
                all.add(Loaded.read(line, number));
            }
        }
        all.forEach(job -> jobs.load(job.kind(), job.snapshot(), job.fields()));
    }

    /** A line of a file. */
    private record Loaded(JobKind kind, JobSnapshot snapshot, ObjectNode fields) {
        static Loaded read(String line, int number) {
            String place = "line " + number;
            JobSnapshot snapshot = JobJson.read(line)
                    .toEither()
                    .getOrElseThrow(unreadable -> ApiException.invalid(place, unreadable.toString()));
            JobKind kind = JobKind.of(snapshot.name())
                    .getOrElseThrow(() -> ApiException.invalid(place, "its name tells no kind of job"));
            return new Loaded(kind, snapshot, JobCalls.fields(line, snapshot));
        }
    }
}
