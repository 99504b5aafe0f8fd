package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.transition.Violation;
import org.joblifecycle.tuning.TuningJob;
import org.jspecify.annotations.Nullable;

/**
 * Some jobs of a system and what they have to be: makes calls for them and has a {@link Judge} compare what comes of them. The
 * first difference is thrown as a {@link NonconformanceError}.
 */
final class Session implements AutoCloseable {
    private final JobLifecycle lifecycle;
    private final JobSystem system;
    private final Set<Capability> capabilities;
    private final Precision precision;
    private final @Nullable JobState beginning;
    private final Instant start;
    private final Supplier<String> names;
    private final Coverage coverage;
    private final Candidates candidates;
    private final Neighbours neighbours;
    private final Map<Integer, TrackedJob> jobs = new LinkedHashMap<>();
    private final Transcript transcript = new Transcript();
    private final ConcurrentCalls threads = new ConcurrentCalls();
    private final SystemCalls calls;
    private final Judge judge;
    private final SystemClock clock = new SystemClock(this);
    private final WholeJobs wholeJobs = new WholeJobs(this);
    private Instant now;
    private int asked;
    private boolean namesAsGiven = true;
    private boolean readsOthers = true;
    private boolean isAtStart;

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

    /** Another session with the same system, with jobs of its own. */
    Session another() {
        Session another = new Session(lifecycle, system, capabilities, precision, beginning, start, names, coverage);
        another.isAtStart = true; // the clock is moved once
        return another;
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

    SystemCalls calls() {
        return calls;
    }

    Transcript transcript() {
        return transcript;
    }

    /** The jobs so far. */
    Iterable<TrackedJob> jobs() {
        return jobs.values();
    }

    boolean can(Capability capability) {
        return capabilities.contains(capability);
    }

    /** The same session, to move the clock of its system. */
    SystemClock clock() {
        return clock;
    }

    /** The same session, for names and lists. */
    JobNames names() {
        return new JobNames(this);
    }

    /** The same session, for jobs that were never created. */
    UnknownJobs unknown() {
        return new UnknownJobs(this);
    }

    /** A name that no job has. */
    String newName() {
        return names.get();
    }

    /** The same of a system that chooses names: of the form of those that it chose. */
    String unusedName() {
        String known = requireNonNull(job(0).current().name());
        return namesAsGiven ? newName() : JobNames.another(known);
    }

    /** The time at which a job is submitted. */
    Instant creationTime() {
        return now.truncatedTo(precision.of(JobField.CREATE_TIME));
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
            throw Check.NotTested.inSetup(e);
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
        return job == null ? submit(number, newName()) : job;
    }

    /** Submits the job of this number, as which it is known from now on. */
    TrackedJob submit(int number, String name) {
        moveClockToStart();
        TrackedJob job = submit(name);
        jobs.put(number, job);
        return job;
    }

    private void moveClockToStart() {
        if (!isAtStart && beginning != null && SystemClock.MOVABLE.exists(this::can)) {
            isAtStart = true;
            if (clock.moveTo(start, submit(newName()).current())) {
                now = start;
            }
        }
    }

    /** Submits a whole tuning job as the job of this number. */
    void submit(int number, Request request) {
        moveClockToStart();
        String name = newName();
        TuningJob whole = calls.submit(name, request, creationTime());
        if (whole != null && whole.snapshot().isInvalid()) {
            throw transcript.failure(
                    Requirement.CREATED, "creation", List.empty(), "expected a job in one of the states, was " + whole);
        }
        TrackedJob job = created(name, whole == null ? null : whole.snapshot().get());
        jobs.put(number, job);
        wholeJobs.created(job, request);
    }

    private TrackedJob submit(String name) {
        return created(name, calls.submit(name, creationTime()));
    }

    /** The job that was created by a submission of this name, once it was read. */
    private TrackedJob created(String name, @Nullable JobSnapshot created) {
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
        transcript.holds(created, creationTime());
        String change = "creation as " + created.state();
        Verdict verdict = coverage.check(null, created);
        if (!verdict.isLegal()) {
            throw transcript.failure(
                    Requirement.CREATED,
                    change,
                    verdict.violations(),
                    "the new job breaks " + Judge.rules(verdict.violations()));
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
        wholeJobs.unchanged(change, job);
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
            covers(current, job.current());
        } else if (!isConflict) {
            coverage.apply(precision.lifted(current), event, time, error);
        }
        wholeJobs.unchanged(change, job);
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

    /** Counts as covered that a job changed like this by itself, or by an event. */
    void covers(JobSnapshot before, JobSnapshot after) {
        coverage.check(precision.lifted(before), precision.lifted(after));
    }

    void requireNamesAsGiven() {
        if (!namesAsGiven) {
            throw new Check.NotTested("the system chooses the names of its jobs");
        }
    }

    /** Does something without reading the jobs in between that it does not change. */
    void withoutReadingOthers(Runnable use) {
        readsOthers = false;
        use.run();
        readsOthers = true;
    }

    /** Reads all jobs but one, or all if that is null: they are as they were. */
    void requireOthersUnchanged(String change, @Nullable TrackedJob changed) {
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
