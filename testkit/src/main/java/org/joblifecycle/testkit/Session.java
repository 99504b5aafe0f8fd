package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.Lazy;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import io.vavr.control.Validation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Some jobs of a system and what they have to be: makes calls for them and has a {@link Judge} compare what comes of them. The
 * first difference is thrown as a {@link NonconformanceError}.
 */
final class Session implements AutoCloseable {
    private final JobLifecycle lifecycle;
    private final Lazy<JobLifecycle> observer;
    private final JobSystem system;
    private final Set<Capability> capabilities;
    private final Precision precision;
    private final @Nullable JobState beginning;
    private final Supplier<String> names;
    private final Coverage coverage;
    private final Candidates candidates;
    private final Neighbours neighbours;
    private final Map<Integer, TrackedJob> jobs = new LinkedHashMap<>();
    private final Transcript transcript = new Transcript();
    private final ConcurrentCalls threads = new ConcurrentCalls();
    private final SystemCalls calls;
    private final Judge judge;
    private int asked;
    private boolean namesAsGiven = true;
    private boolean readsOthers = true;
    private final Instant start;
    private Instant now;

    /**
     * A session with a system.
     *
     * @param beginning the state in which its jobs are created; null if that is not known yet
     * @param start when it begins
     */
    Session(
            JobLifecycle lifecycle,
            JobSystem system,
            Set<Capability> capabilities,
            Precision precision,
            @Nullable JobState beginning,
            Instant start,
            Supplier<String> names,
            Coverage coverage) {
        this.lifecycle = lifecycle;
        this.observer = Lazy.of(() -> observer(lifecycle)); // few checks need it
        this.system = system;
        this.capabilities = capabilities;
        this.precision = precision;
        this.beginning = beginning;
        this.start = start;
        this.now = start;
        this.names = names;
        this.coverage = coverage;
        this.candidates = new Candidates(lifecycle, precision);
        this.neighbours = new Neighbours(lifecycle, precision);
        this.calls = new SystemCalls(system, transcript);
        this.judge = new Judge(lifecycle, capabilities, precision, transcript);
    }

    /** An observer of the jobs of a lifecycle: without the rules that it excludes. */
    private static JobLifecycle observer(JobLifecycle lifecycle) {
        JobLifecycle observer = JobLifecycle.observer(lifecycle.kind());
        for (Rule rule : Rule.values()) {
            if (rule != Rule.TRANSITION_ILLEGAL && lifecycle.without(rule).equals(lifecycle)) {
                observer = observer.without(rule);
            }
        }
        return observer;
    }

    /** Another session with the same system, with jobs of its own. */
    Session another() {
        return new Session(lifecycle, system, capabilities, precision, beginning, start, names, coverage);
    }

    @Override
    public void close() {
        threads.close();
    }

    JobLifecycle lifecycle() {
        return lifecycle;
    }

    Precision precision() {
        return precision;
    }

    Candidates candidates() {
        return candidates;
    }

    Neighbours neighbours() {
        return neighbours;
    }

    /** Drops the jobs so far: what follows is in the transcript without them. */
    void forget() {
        jobs.clear();
        transcript.clear();
    }

    /** A comment on what follows. */
    void remark(String remark) {
        transcript.remarks(remark);
    }

    /** The number of updates, events and races so far. */
    int asked() {
        return asked;
    }

    void pass(Duration pause) {
        now = now.plus(pause);
    }

    /** Performs a step after the usual pause. */
    void perform(Step step) {
        pass(Program.PAUSE);
        step.perform(this);
    }

    /** Performs steps that bring jobs to where a check begins; whether they work is checked elsewhere. */
    void setUp(Seq<Step> setup) {
        try {
            setup.forEach(this::perform);
        } catch (NonconformanceError e) {
            throw new Check.NotTested(
                    "the setup failed: " + e.getMessage().lines().findFirst().orElseThrow());
        }
    }

    /** A time for the next update or event of a writer who knows this snapshot: later than its updateTime. */
    Instant timeFor(JobSnapshot known) {
        return precision.nextTime(known, now);
    }

    /** What a writer who knows this snapshot proposes after an edge; the snapshot itself if there is no edge. */
    JobSnapshot after(JobSnapshot known, @Nullable JobTransition edge) {
        return edge == null ? known : candidates.after(known, edge, timeFor(known), null);
    }

    /** The job of this number; submitted first if it is not there yet. */
    TrackedJob job(int number) {
        TrackedJob job = jobs.get(number);
        if (job == null) {
            job = submit(names.get());
            jobs.put(number, job);
        }
        return job;
    }

    private TrackedJob submit(String name) {
        Instant at = now.truncatedTo(precision.of(JobField.CREATE_TIME));
        JobSnapshot created = calls.submit(name, at);
        if (created == null || created.name() == null) {
            throw transcript.failure(
                    Requirement.CREATED,
                    "creation",
                    List.empty(),
                    created == null
                            ? "no job was created, as if another one had the name " + name
                            : "expected a job with a name, was " + created);
        }
        namesAsGiven &= name.equals(created.name());
        transcript.holds(created, at);
        String change = "creation as " + created.state();
        Verdict verdict = coverage.check(null, created);
        if (!verdict.isLegal()) {
            throw transcript.failure(Requirement.CREATED, change, verdict.violations(), "the new job breaks a rule");
        }
        JobSnapshot read = calls.read(change, created);
        transcript.reads(created, read, !created.equals(read));
        if (!precision.cut(created).equals(read)) {
            throw transcript.failure(
                    Requirement.CREATED,
                    change,
                    List.empty(),
                    created.equals(read)
                            ? "times are finer than precision() says: " + Judge.difference(precision.cut(created), read)
                            : "the job that is read is not the one that was created: "
                                    + Judge.difference(created, read));
        }
        if (beginning != null && created.state() != beginning) {
            throw new Check.NotTested("a job was created as " + created.state() + ", and another one as " + beginning
                    + ": expected all in the same state");
        }
        // A system that has its own clock may be ahead. What happens next happens later.
        now = created.notBefore(now).plus(Program.PAUSE);
        return new TrackedJob(requireNonNull(read));
    }

    /**
     * Submits jobs whose names are alike, takes the others over a step each, and reads all after each step.
     *
     * @param take the step that the job of a number takes; nothing if there is none
     */
    void changeJobsOfNamesAlike(IntFunction<Option<Step>> take) {
        String name = names.get();
        Seq<String> alike = namesLike(name);
        for (int number = 0; number < alike.size(); number++) {
            jobs.put(number, submit(alike.get(number)));
        }
        requireNamesAsGiven();
        for (int number = 1; number < alike.size(); number++) {
            take.apply(number).forEach(this::perform);
        }
        requireOthersUnchanged("names that are alike", null);
    }

    /** Names of equal ends, and of equal beginnings. */
    private static Seq<String> namesLike(String name) {
        return List.of(
                        name,
                        name + "0",
                        name + "00",
                        name.replace("projects/p/", "projects/q/"),
                        name.replace("projects/p/", "projects/p-p/"),
                        name.replace("/locations/l/", "/locations/m/"),
                        name.replace("/locations/l/", "/locations/l-l/"))
                .distinct();
    }

    /** Submits many jobs, takes every other one over a step, and reads all at the end. */
    void changeEveryOther(int number, IntFunction<Option<Step>> take) {
        IntStream.range(0, number).forEach(this::job);
        readsOthers = false;
        for (int job = 0; job < number; job += 2) {
            take.apply(job).forEach(this::perform);
        }
        readsOthers = true;
        requireOthersUnchanged("many jobs", null);
    }

    /** Submits the name of a job again. */
    void submitAgain(TrackedJob job) {
        requireNamesAsGiven();
        String change = "a name that is taken";
        JobSnapshot known = job.current();
        JobSnapshot answered =
                calls.submitAgain(requireNonNull(known.name()), now.truncatedTo(precision.of(JobField.CREATE_TIME)));
        if (answered != null && !answered.equals(known)) {
            throw transcript.failure(
                    Requirement.NAME_TAKEN,
                    change,
                    List.empty(),
                    "another job was created: expected null, or the job that is there: " + known);
        }
        JobSnapshot read = calls.read(change, known);
        transcript.reads(known, read, !known.equals(read));
        if (!known.equals(read)) {
            throw transcript.failure(
                    Requirement.NAME_TAKEN,
                    change,
                    List.empty(),
                    "the job that was there changed: " + Judge.difference(known, read));
        }
    }

    /** Lets time pass for the system, and reads the jobs, which may have gone on by themselves. */
    void letPass(Duration time) {
        calls.advance("time passes", time);
        pass(time);
        jobs.values().forEach(this::observe);
    }

    private void observe(TrackedJob job) {
        JobSnapshot known = job.current();
        JobSnapshot read = calls.read(known.state() + ", by itself", known);
        String change = known.state() + " -> " + (read == null ? "gone" : read.state()) + ", by itself";
        Seq<Violation> violations = read == null
                ? List.empty()
                : observer.get()
                        .check(precision.lifted(known), precision.lifted(read))
                        .violations();
        boolean isOnAPath = read != null
                && (read.state() == known.state()
                        || JobPaths.of(lifecycle)
                                .from(started(known))
                                .to(read.state())
                                .isDefined());
        boolean isWrong = !violations.isEmpty() || !isOnAPath;
        transcript.reads(known, read, isWrong);
        if (isWrong) {
            String problem = read == null
                    ? "the job is gone"
                    : violations.isEmpty() ? "no path of the lifecycle leads there" : "the job breaks a rule";
            throw transcript.failure(Requirement.LEGAL_BY_ITSELF, change, violations, problem);
        }
        coverage.check(precision.lifted(known), precision.lifted(requireNonNull(read)));
        job.becomes(read);
    }

    /** The job as one that may have been RUNNING before, which not all kinds tell. */
    private static JobSnapshot started(JobSnapshot job) {
        return job.startTime() == null ? job.withStartTime(job.notBefore(Instant.EPOCH)) : job;
    }

    /** Lists the jobs. */
    void list() {
        String change = "a list of the jobs";
        Map<String, Seq<JobSnapshot>> listed = new HashMap<>();
        for (JobSnapshot job : calls.list(change)) {
            listed.merge(String.valueOf(job.name()), List.of(job), (one, other) -> one.appendAll(other));
        }
        for (TrackedJob job : jobs.values()) {
            String name = requireNonNull(job.current().name());
            Seq<JobSnapshot> found = listed.getOrDefault(name, List.empty());
            if (!found.equals(List.of(job.current()))) {
                throw transcript.failure(
                        Requirement.LISTED,
                        change,
                        List.empty(),
                        found.size() == 1
                                ? name + " is listed as another job than is read: "
                                        + Judge.difference(job.current(), found.head())
                                : name + ", which is " + job.current().state() + ", is listed " + found.size()
                                        + " times: expected once");
            }
        }
    }

    /** Reads a job that was never created. */
    void readUnknown() {
        requireAbsent("an unknown name", unknown());
    }

    /** Offers an update of a job that was never created. */
    void offerUnknown() {
        String change = "an update of an unknown name";
        JobSnapshot unknown = unknown();
        transcript.makes(unknown, job(0).current());
        requireRefused(change, unknown, calls.offer(change, unknown, unknown.withUpdateTime(timeFor(unknown))));
    }

    /** Fires every event at a job that was never created. */
    void fireUnknown() {
        for (JobEvent event : JobEvent.values()) {
            String change = event + " of an unknown name";
            JobSnapshot unknown = unknown();
            transcript.makes(unknown, job(0).current());
            requireRefused(change, unknown, calls.fire(change, unknown, event, timeFor(unknown), null));
        }
    }

    /** A job as there may be one, with a name that none has. */
    private JobSnapshot unknown() {
        JobSnapshot known = job(0).current();
        requireNamesAsGiven();
        return known.withName(names.get());
    }

    private void requireNamesAsGiven() {
        if (!namesAsGiven) {
            throw new Check.NotTested("the system chooses the names of its jobs: no unused name is known");
        }
    }

    private void requireRefused(String change, JobSnapshot unknown, Answer answer) {
        if (answer.isAccepted()) {
            throw transcript.failure(
                    Requirement.UNKNOWN_ABSENT,
                    change,
                    List.empty(),
                    "accepted, but " + unknown.name() + " was never created");
        }
        requireAbsent(change, unknown);
    }

    private void requireAbsent(String change, JobSnapshot unknown) {
        JobSnapshot read = calls.read(change, unknown);
        if (read != null) {
            throw transcript.failure(
                    Requirement.UNKNOWN_ABSENT,
                    change,
                    List.empty(),
                    unknown.name() + " was never created, but " + read + " is read");
        }
    }

    /** Offers an update. */
    void offer(TrackedJob job, JobSnapshot known, JobSnapshot proposed) {
        asked++;
        JobSnapshot current = job.current();
        String change = current.state() + " -> " + proposed.state();
        Answer answer = calls.offer(change, known, proposed);
        boolean isConflict = judge.isConflict(job, known);
        // A system may answer either to a writer who repeats what is stored: accepted, or refused as stale.
        if (!(isConflict && proposed.equals(current))) {
            judge.answered(
                    change,
                    answer,
                    isConflict,
                    !known.equals(current),
                    lifecycle.check(current, proposed).violations());
        }
        judge.offered(change, answer, current, proposed, calls.read(change, current));
        job.becomes(answer.isAccepted() ? proposed : current);
        if (!isConflict) {
            coverage.check(current, proposed);
        }
        requireOthersUnchanged(change, job);
    }

    /** Fires an event. */
    void fire(TrackedJob job, JobSnapshot known, JobEvent event, Instant at, @Nullable JobError error) {
        asked++;
        JobSnapshot current = job.current();
        String change = JobTransition.on(current.state(), event)
                .map(JobTransition::toString)
                .getOrElse(event + " in " + current.state());
        Instant time = judge.eventTime(current, at);
        Validation<Seq<Violation>, JobSnapshot> next = lifecycle.apply(precision.lifted(current), event, time, error);
        Answer answer = calls.fire(change, known, event, at, error);
        boolean isConflict = judge.isConflict(job, known);
        judge.answered(
                change, answer, isConflict, !known.equals(current), next.isValid() ? List.empty() : next.getError());
        JobSnapshot read = calls.read(change, current);
        judge.fired(change, current, read, answer.isAccepted() ? next.get() : null, error);
        if (answer.isAccepted()) {
            job.becomes(requireNonNull(read));
            coverage.check(precision.lifted(current), precision.lifted(job.current()));
        } else if (!isConflict) {
            coverage.apply(precision.lifted(current), event, time, error);
        }
        requireOthersUnchanged(change, job);
    }

    /** Offers several updates at the same time, of which only one can be accepted. */
    void raceOffers(TrackedJob job, Seq<JobSnapshot> proposals) {
        JobSnapshot known = job.current();
        String change = known.state() + " -> "
                + proposals.map(JobSnapshot::state).distinct().mkString(" | ");
        Seq<Integer> statements = transcript.races(proposals.map(proposed -> transcript.offer(known, proposed)));
        asked++;
        int winner = new Race(calls, threads, transcript)
                .winner(change, known, statements, proposals.map(proposed -> calls.offering(known, proposed)));
        JobSnapshot stored = proposals.get(winner);
        judge.offerWon(change, known, stored, calls.read(change, known));
        job.becomes(stored);
        requireOthersUnchanged(change, job);
    }

    /** Fires several events at the same time, of which only one can happen. */
    void raceEvents(TrackedJob job, Seq<JobEvent> events) {
        JobSnapshot known = job.current();
        Instant at = timeFor(known);
        String change = known.state() + " "
                + events.map(event -> "-" + event + "->").distinct().mkString(" | ");
        Seq<Integer> statements = transcript.races(events.map(event -> transcript.fire(known, event, at, null)));
        asked++;
        int winner = new Race(calls, threads, transcript)
                .winner(change, known, statements, events.map(event -> calls.firing(known, event, at, null)));
        JobSnapshot read = calls.read(change, known);
        judge.eventWon(change, known, events.get(winner), at, read);
        job.becomes(requireNonNull(read));
        requireOthersUnchanged(change, job);
    }

    private void requireOthersUnchanged(String change, @Nullable TrackedJob changed) {
        if (!readsOthers) {
            return;
        }
        for (TrackedJob other : jobs.values()) {
            if (other != changed) {
                judge.unchanged(change, other.current(), calls.read(change, other.current()));
            }
        }
    }
}
