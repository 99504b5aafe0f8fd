package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.Lazy;
import io.vavr.Tuple2;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Either;
import io.vavr.control.Option;
import io.vavr.control.Validation;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Some jobs of a system, and what they should be: does things to them and holds what the system makes of it against the
 * lifecycle. The first difference is thrown as a {@link NonconformanceError}.
 */
final class Session implements AutoCloseable {
    /** Seconds to wait for the answers to calls that are made at the same time. */
    private static final int PATIENCE = 30;

    private static final int SPINS = 2_000;

    /** Nanoseconds between two looks at a job that others race for, so that they are not held up. */
    private static final int READING_PAUSE = 10_000;

    private final JobLifecycle lifecycle;
    private final JobSystem system;
    private final Set<Capability> capabilities;
    private final ChronoUnit precision;
    private final @Nullable JobState beginning;
    private final Supplier<String> names;
    private final Coverage coverage;
    private final Map<Integer, Tracked> jobs = new LinkedHashMap<>();
    private Transcript transcript = new Transcript();
    private final Lazy<ExecutorService> threads = Lazy.of(Session::daemons);
    private int asked;
    private boolean namesAsGiven = true;
    private Instant now = History.BEGINNING;

    /** A job as it has to be, and as it was before. */
    static final class Tracked {
        private List<JobSnapshot> looks;

        private Tracked(JobSnapshot created) {
            this.looks = List.of(created);
        }

        JobSnapshot current() {
            return looks.head();
        }

        /**
         * What a writer who comes late knows: the last look in the same state, else the last in another one. It differs in
         * its state or its updateTime, because no system need compare more. Nothing if there is none.
         */
        Option<JobSnapshot> outdated() {
            Seq<JobSnapshot> others = looks.tail()
                    .filter(look -> look.state() != current().state()
                            || !Objects.equals(look.updateTime(), current().updateTime()));
            return others.find(look -> look.state() == current().state()).orElse(others.headOption());
        }

        private void becomes(JobSnapshot next) {
            if (!next.equals(current())) {
                looks = looks.prepend(next);
            }
        }
    }

    /** Another session with the same system, with jobs of its own. */
    Session another() {
        return new Session(lifecycle, system, capabilities, precision, beginning, names, coverage);
    }

    /** Threads that keep no program from ending, if the system never answers. */
    static ExecutorService daemons() {
        return Executors.newCachedThreadPool(task -> {
            Thread thread = Executors.defaultThreadFactory().newThread(task);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * A session with a system.
     *
     * @param beginning the state in which its jobs are created; null if that is not known yet
     */
    Session(
            JobLifecycle lifecycle,
            JobSystem system,
            Set<Capability> capabilities,
            ChronoUnit precision,
            @Nullable JobState beginning,
            Supplier<String> names,
            Coverage coverage) {
        this.lifecycle = lifecycle;
        this.system = system;
        this.capabilities = capabilities;
        this.precision = precision;
        this.beginning = beginning;
        this.names = names;
        this.coverage = coverage;
    }

    JobLifecycle lifecycle() {
        return lifecycle;
    }

    ChronoUnit precision() {
        return precision;
    }

    @Override
    public void close() {
        if (threads.isEvaluated()) {
            threads.get().shutdownNow();
        }
    }

    /** Has nothing to do with the jobs so far any more: what follows is told without them. */
    void forget() {
        jobs.clear();
        transcript = new Transcript();
    }

    /** Something that is to be known of what follows. */
    void remark(String remark) {
        transcript.remarks(remark);
    }

    /** How much was asked of the system for now. */
    int asked() {
        return asked;
    }

    void pass(Duration pause) {
        now = now.plus(pause);
    }

    /** A time for what happens next to a job in this state of knowledge: later than its last update. */
    Instant timeFor(JobSnapshot known) {
        Instant time = known.notBefore(now.truncatedTo(precision));
        return time.equals(known.updateTime()) ? time.plus(1, precision) : time;
    }

    /** The job of this number; submitted first if it is not there yet. */
    Tracked job(int number) {
        Tracked job = jobs.get(number);
        if (job == null) {
            job = submit();
            jobs.put(number, job);
        }
        return job;
    }

    private Tracked submit() {
        String name = names.get();
        Instant at = now.truncatedTo(precision);
        transcript.submits(name, at);
        JobSnapshot created = call("creation", null, () -> system.submit(name, at));
        transcript.answers(String.valueOf(created));
        if (created == null || created.name() == null) {
            throw failure(
                    Requirement.CREATED,
                    "creation",
                    List.empty(),
                    "what was answered is no job with a name: " + created);
        }
        namesAsGiven &= name.equals(created.name());
        transcript.holds(created, at);
        String change = "creation as " + created.state();
        Verdict verdict = coverage.check(null, created);
        if (!verdict.isLegal()) {
            throw failure(Requirement.CREATED, change, verdict.violations(), "the new job breaks a rule");
        }
        JobSnapshot read = read(change, created);
        transcript.reads(created, read, !created.equals(read));
        if (!created.truncatedTo(precision).equals(read)) {
            throw failure(
                    Requirement.CREATED,
                    change,
                    List.empty(),
                    "the new job is not what is read: " + difference(created, read));
        }
        if (beginning != null && created.state() != beginning) {
            throw new Check.NotTested("a job was created as " + created.state() + ", and another one as " + beginning
                    + ": expected all in the same state");
        }
        // A system that has a clock of its own may be ahead. What happens next happens later.
        now = created.notBefore(now).plus(Program.PAUSE);
        return new Tracked(requireNonNull(read));
    }

    private @Nullable JobSnapshot read(String change, JobSnapshot job) {
        return call(change, transcript.read(job), () -> system.read(requireNonNull(job.name())));
    }

    /**
     * Calls the system.
     *
     * @param statement the call, for the transcript, if it fails; null if it is there already
     */
    private <T extends @Nullable Object> T call(String change, @Nullable String statement, Callable<T> call) {
        try {
            return call.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the system was called", e);
        } catch (Exception | AssertionError | LinkageError | StackOverflowError e) {
            if (statement != null) {
                transcript.says(statement);
            }
            transcript.answers("threw " + e);
            throw threw(change, e);
        }
    }

    private NonconformanceError threw(String change, Throwable e) {
        return new NonconformanceError(
                Requirement.ANSWERED, change, List.empty(), "the system threw " + e, transcript.toString(), e);
    }

    /** The same job, and another object: what a system is handed need not be what it handed out. */
    private static JobSnapshot copy(JobSnapshot job) {
        String name = job.name();
        return name == null ? job.withState(job.state()) : job.withName(String.valueOf(name.toCharArray()));
    }

    /** Asks for a job that was never created. */
    void readUnknown() {
        JobSnapshot known = job(0).current();
        String change = "a name that no job has";
        if (!namesAsGiven) {
            throw new Check.NotTested("the system gives names of its own: none is known that no job has");
        }
        JobSnapshot unknown = known.withName(names.get());
        JobSnapshot read = read(change, unknown);
        if (read != null) {
            throw failure(
                    Requirement.UNKNOWN_ABSENT,
                    change,
                    List.empty(),
                    unknown.name() + " was never created, but " + read + " is read");
        }
    }

    /** The mistakes on going over an edge, or, if there is none, in the same state. */
    Seq<Mutants.Fault> faults(JobSnapshot known, @Nullable JobTransition edge) {
        return Mutants.faults(lifecycle, known, edge == null ? known : after(known, edge, null), precision);
    }

    /** The mistakes that break several rules on going over an edge, or, if there is none, in the same state. */
    Seq<JobSnapshot> spoilt(JobSnapshot known, @Nullable JobTransition edge, String change) {
        return Mutants.spoilt(lifecycle, known, edge == null ? known : after(known, edge, null), precision)
                .map(Tuple2::_2)
                .filter(neighbour -> neighbour.change().equals(change))
                .map(Mutants.Neighbour::job);
    }

    /** What is unusual and legal on going over an edge, or, if there is none, in the same state. */
    Seq<Mutants.Neighbour> legal(JobSnapshot known, @Nullable JobTransition edge) {
        return Mutants.legal(lifecycle, known, edge == null ? known : after(known, edge, null), precision);
    }

    /** Offers an update. */
    void offer(Tracked job, JobSnapshot known, JobSnapshot proposed) {
        asked++;
        JobSnapshot current = job.current();
        String change = current.state() + " -> " + proposed.state();
        transcript.offers(known, proposed);
        Answer answer = answer(change, () -> system.offer(copy(known), copy(proposed)));
        boolean isConflict = isConflict(job, known);
        boolean isDone = proposed.equals(current);
        // Whoever says again what is stored already may be told that it is, or that somebody was first.
        if (!(isConflict && isDone)) {
            judge(
                    change,
                    answer,
                    isConflict,
                    !known.equals(current),
                    lifecycle.check(current, proposed).violations());
        }
        JobSnapshot read = read(change, current);
        JobSnapshot expected = answer.isAccepted() ? proposed : current;
        transcript.reads(current, read, !expected.equals(read));
        if (!expected.equals(read)) {
            throw answer.isAccepted()
                    ? notStored(change, current, read, difference(proposed, read))
                    : changed(change, current, read);
        }
        job.becomes(expected);
        if (!isConflict) {
            coverage.check(current, proposed);
        }
        requireOthersUnchanged(change, job);
    }

    /** Lets an event happen. */
    void fire(Tracked job, JobSnapshot known, JobEvent event, Instant at, @Nullable JobError error) {
        asked++;
        JobSnapshot current = job.current();
        String change = JobTransition.on(current.state(), event)
                .map(JobTransition::toString)
                .getOrElse(event + " in " + current.state());
        transcript.fires(known, event, at, error);
        boolean isGivenTime = capabilities.contains(Capability.GIVEN_TIME);
        Validation<Seq<Violation>, JobSnapshot> next =
                lifecycle.apply(current, event, isGivenTime ? at : current.notBefore(at), error);
        Answer answer = answer(change, () -> system.fire(copy(known), event, at, error));
        boolean isConflict = isConflict(job, known);
        judge(change, answer, isConflict, !known.equals(current), next.isValid() ? List.empty() : next.getError());
        JobSnapshot read = read(change, current);
        transcript.reads(current, read, answer.isAccepted() == current.equals(read));
        if (answer.isAccepted()) {
            requireStep(change, current, read, next.get(), isGivenTime, error);
            job.becomes(requireNonNull(read));
            coverage.check(current, read);
        } else if (!current.equals(read)) {
            throw changed(change, current, read);
        } else if (!isConflict) {
            coverage.apply(current, event, isGivenTime ? at : current.notBefore(at), error);
        }
        requireOthersUnchanged(change, job);
    }

    /** Offers several updates at once, of which only one can be accepted. */
    void raceOffers(Tracked job, Seq<JobSnapshot> proposals) {
        JobSnapshot known = job.current();
        String change = known.state() + " -> "
                + proposals.map(JobSnapshot::state).distinct().mkString(" | ");
        Seq<Integer> statements = transcript.races(proposals.map(proposed -> transcript.offer(known, proposed)));
        int winner = winner(
                change, known, statements, proposals.map(proposed -> () -> system.offer(copy(known), copy(proposed))));
        JobSnapshot expected = proposals.get(winner);
        JobSnapshot read = read(change, known);
        transcript.reads(known, read, !expected.equals(read));
        if (!expected.equals(read)) {
            throw failure(
                    Requirement.ONE_WINNER,
                    change,
                    List.empty(),
                    "the winner is not what is read: " + difference(expected, read));
        }
        job.becomes(expected);
        requireOthersUnchanged(change, job);
    }

    /** Fires several events at once, of which only one can happen. */
    void raceEvents(Tracked job, Seq<JobEvent> events) {
        JobSnapshot known = job.current();
        Instant at = timeFor(known);
        String change = known.state() + " "
                + events.map(event -> "-" + event + "->").distinct().mkString(" | ");
        Seq<Integer> statements = transcript.races(events.map(event -> transcript.fire(known, event, at, null)));
        int winner =
                winner(change, known, statements, events.map(event -> () -> system.fire(copy(known), event, at, null)));
        JobSnapshot read = read(change, known);
        JobState target =
                JobTransition.on(known.state(), events.get(winner)).get().target();
        Seq<Violation> violations =
                read == null ? List.empty() : lifecycle.check(known, read).violations();
        boolean isWrong = read == null || read.state() != target || !violations.isEmpty();
        if (!isWrong && capabilities.contains(Capability.GIVEN_TIME)) {
            JobSnapshot model = lifecycle.apply(known, events.get(winner), at).get();
            isWrong = !model.withError(requireNonNull(read).error()).equals(read);
        }
        transcript.reads(known, read, isWrong);
        if (isWrong) {
            throw failure(
                    Requirement.ONE_WINNER,
                    change,
                    violations,
                    events.get(winner) + " won, but what is read is " + read);
        }
        job.becomes(requireNonNull(read));
        requireOthersUnchanged(change, job);
    }

    private int winner(String change, JobSnapshot job, Seq<Integer> statements, Seq<Callable<Answer>> calls) {
        asked++;
        AtomicBoolean isOver = new AtomicBoolean();
        Future<Boolean> isAlwaysThere = threads.get().submit(() -> {
            boolean isThere;
            do {
                isThere = system.read(requireNonNull(job.name())) != null;
                LockSupport.parkNanos(READING_PAUSE);
            } while (isThere && !isOver.get());
            return isThere;
        });
        Seq<Either<Throwable, Option<Answer>>> said = call(change, null, () -> atOnce(calls));
        isOver.set(true);
        statements
                .zip(said)
                .forEach(line -> transcript.answers(
                        line._1(), line._2().fold(e -> "threw " + e, answer -> String.valueOf(answer.getOrNull()))));
        said.filter(Either::isLeft).map(Either::getLeft).headOption().forEach(e -> {
            throw threw(change, e);
        });
        Seq<Answer> answers = said.flatMap(Either::get);
        if (answers.size() < said.size()) {
            throw failure(Requirement.ANSWERED, change, List.empty(), "the system answered null");
        }
        Seq<Integer> winners = Vector.range(0, answers.size())
                .filter(index -> answers.get(index).isAccepted());
        if (winners.size() != 1) {
            throw failure(
                    Requirement.ONE_WINNER,
                    change,
                    List.empty(),
                    winners.size() + " of " + answers.size()
                            + " that came at the same time were accepted, where only one can be: "
                            + answers.mkString("; "));
        }
        if (!call(change, transcript.read(job), () -> isAlwaysThere.get(PATIENCE, TimeUnit.SECONDS))) {
            throw failure(Requirement.CREATED, change, List.empty(), "whoever read the job meanwhile did not find it");
        }
        return winners.head();
    }

    /** What each of these calls answers or throws, made at the same time. */
    private <T> Seq<Either<Throwable, Option<T>>> atOnce(Seq<Callable<T>> calls) throws Exception {
        try {
            CountDownLatch start = new CountDownLatch(calls.size());
            Seq<Future<Either<Throwable, Option<T>>>> futures =
                    calls.map(call -> threads.get().submit(() -> {
                        start.countDown();
                        for (int spins = 0; spins < SPINS && start.getCount() > 0; spins++) {
                            Thread.onSpinWait(); // whoever sleeps comes late
                        }
                        start.await(PATIENCE, TimeUnit.SECONDS);
                        try {
                            return Either.<Throwable, Option<T>>right(Option.of(call.call()));
                        } catch (Exception | AssertionError | LinkageError | StackOverflowError e) {
                            return Either.<Throwable, Option<T>>left(e);
                        }
                    }));
            Vector<Either<Throwable, Option<T>>> answers = Vector.empty();
            for (Future<Either<Throwable, Option<T>>> future : futures) {
                answers = answers.append(future.get(PATIENCE, TimeUnit.SECONDS));
            }
            return answers;
        } catch (TimeoutException e) {
            throw new TimeoutException("no answer within " + PATIENCE + " s");
        }
    }

    private Answer answer(String change, Callable<Answer> call) {
        Answer answer = call(change, null, call);
        transcript.answers(String.valueOf(answer));
        if (answer == null) {
            throw failure(Requirement.ANSWERED, change, List.empty(), "the system answered null");
        }
        return answer;
    }

    private boolean isConflict(Tracked job, JobSnapshot known) {
        return capabilities.contains(Capability.COMPARE_AND_SET) && !known.equals(job.current());
    }

    private void judge(String change, Answer answer, boolean isConflict, boolean isLate, Seq<Violation> violations) {
        if (answer.isAccepted() && isConflict) {
            throw failure(
                    Requirement.COMPARE_AND_SET,
                    change,
                    violations,
                    "accepted from a writer who knows the job as it was before, and not as it is");
        }
        if (answer.isAccepted() && !violations.isEmpty()) {
            throw failure(Requirement.ILLEGAL_REFUSED, change, violations, "accepted, though a rule is broken");
        }
        if (!answer.isAccepted() && !isConflict && violations.isEmpty()) {
            String hint = "; the writer knows the job as it was before: a system that refuses that declares "
                    + Capability.COMPARE_AND_SET;
            throw failure(
                    Requirement.LEGAL_ACCEPTED,
                    change,
                    List.empty(),
                    answer + ", though no rule is broken" + (isLate ? hint : ""));
        }
        if (!answer.isAccepted() && !isConflict && capabilities.contains(Capability.NAMES_BROKEN_RULE)) {
            Seq<Rule> broken = violations.map(Violation::rule);
            if (answer.rules().isEmpty()) {
                throw failure(Requirement.RULE_NAMED, change, violations, "refused, without naming a broken rule");
            }
            if (!broken.containsAll(answer.rules())) {
                throw failure(
                        Requirement.RULE_NAMED, change, violations, answer + ", where the broken rule is another one");
            }
        }
    }

    private void requireStep(
            String change,
            JobSnapshot current,
            @Nullable JobSnapshot read,
            JobSnapshot model,
            boolean isGivenTime,
            @Nullable JobError error) {
        if (read == null) {
            throw notStored(change, current, null, "there is no such job any more");
        }
        Verdict verdict = lifecycle.check(current, read);
        if (!verdict.isLegal()
                || !(verdict.change() instanceof Change.Stepped stepped)
                || stepped.transition().target() != model.state()) {
            throw notStored(change, current, read, difference(model, read));
        }
        Instant latest = current.notBefore(Instant.MIN);
        for (JobField field : List.of(JobField.START_TIME, JobField.END_TIME)) {
            Instant time = (Instant) field.of(read);
            if (!isGivenTime && time != null && field.differs(current, read) && time.isBefore(latest)) {
                throw notStored(change, current, read, field + ": expected not before " + latest + ", was " + time);
            }
        }
        JobSnapshot same = isGivenTime ? model.withError(read.error()).withName(read.name()) : read;
        if (!same.equals(read)) {
            throw notStored(change, current, read, difference(same, read));
        }
        if (error != null && !error.equals(read.error())) {
            throw notStored(change, current, read, difference(read.withError(error), read));
        }
    }

    private NonconformanceError notStored(
            String change, JobSnapshot current, @Nullable JobSnapshot read, String difference) {
        Seq<Violation> violations = read == null || read.equals(current)
                ? List.empty()
                : lifecycle.check(current, read).violations();
        String problem = current.equals(read)
                ? "accepted, but what is read is the job as it was before"
                : "accepted, but what is read is not the job that is expected: " + difference;
        return failure(Requirement.ACCEPTED_STORED, change, violations, problem);
    }

    private NonconformanceError changed(String change, JobSnapshot current, @Nullable JobSnapshot read) {
        return failure(
                Requirement.REFUSED_UNCHANGED,
                change,
                read == null ? List.empty() : lifecycle.check(current, read).violations(),
                "refused, but the job changed: " + difference(current, read));
    }

    private void requireOthersUnchanged(String change, Tracked changed) {
        for (Tracked other : jobs.values()) {
            if (other != changed) {
                JobSnapshot read = read(change, other.current());
                transcript.reads(other.current(), read, !other.current().equals(read));
                if (!other.current().equals(read)) {
                    throw failure(
                            Requirement.OTHERS_UNCHANGED,
                            change,
                            List.empty(),
                            "another job, " + other.current().name() + ", changed too: "
                                    + difference(other.current(), read));
                }
            }
        }
    }

    private NonconformanceError failure(
            Requirement requirement, String change, Seq<Violation> violations, String problem) {
        return new NonconformanceError(
                requirement,
                change,
                violations.map(Violation::rule),
                problem + violations.mkString(violations.isEmpty() ? "" : "\n  ", "\n  ", ""),
                transcript.toString(),
                null);
    }

    static String difference(JobSnapshot expected, @Nullable JobSnapshot actual) {
        if (actual == null) {
            return "expected " + expected + ", but there is no such job";
        }
        return List.of(JobField.values())
                .filter(field -> field.differs(expected, actual))
                .map(field -> field + ": expected " + Objects.requireNonNullElse(field.of(expected), "none") + ", was "
                        + Objects.requireNonNullElse(field.of(actual), "none"))
                .mkString("; ");
    }

    /** The job in another state, with as few rules broken as can be. */
    JobSnapshot moved(JobSnapshot known, JobState state) {
        return moved(lifecycle, known, state, timeFor(known));
    }

    /** What somebody may say of the job who takes it to be in another state now, right or wrong. */
    Seq<JobSnapshot> guesses(JobSnapshot known, JobState state) {
        return guesses(lifecycle, known, state, timeFor(known));
    }

    static JobSnapshot moved(JobLifecycle lifecycle, JobSnapshot known, JobState state, Instant at) {
        return bare(known, state, at)
                .minBy(job -> lifecycle.check(known, job).violations().size())
                .get();
    }

    /** With the least that is needed, and as an event into that state leaves a job. */
    static Seq<JobSnapshot> guesses(JobLifecycle lifecycle, JobSnapshot known, JobState state, Instant at) {
        JobKind kind = lifecycle.kind();
        JobSnapshot job = bare(known, state, at).head();
        JobSnapshot timed = job.withEndTime(state.isTerminal() && kind.hasEndTime() ? at : null);
        JobError error = state == JobState.FAILED
                ? JobError.of(JobError.UNKNOWN)
                : state == JobState.CANCELLED ? new JobError(JobError.CANCELLED, "CANCELED") : null;
        return bare(known, state, at)
                .append(timed)
                .append(timed.withError(error))
                .append(job.withError(error))
                .distinct();
    }

    private static Seq<JobSnapshot> bare(JobSnapshot known, JobState state, Instant at) {
        JobSnapshot bare = known.withState(state).withUpdateTime(at);
        JobSnapshot created = bare.createTime() == null ? bare.withCreateTime(at) : bare;
        JobSnapshot ended = created.endTime() == null ? created.withEndTime(at) : created;
        Seq<JobSnapshot> candidates = List.of(created, ended);
        if (created.startTime() == null) {
            candidates = candidates.appendAll(candidates.map(job -> job.withStartTime(at)));
        }
        return candidates.distinct();
    }

    /** The job after an edge, as an event makes it; in the target state all the same if that is not possible. */
    JobSnapshot after(JobSnapshot known, JobTransition edge, @Nullable JobError error) {
        return known.state() == edge.source()
                ? lifecycle
                        .apply(known, edge.event(), timeFor(known), error)
                        .getOrElse(() -> moved(known, edge.target()))
                : moved(known, edge.target());
    }
}
