package org.joblifecycle.testkit;

import static org.joblifecycle.job.JobState.CANCELLED;
import static org.joblifecycle.job.JobState.CANCELLING;
import static org.joblifecycle.job.JobState.FAILED;
import static org.joblifecycle.job.JobState.PAUSED;
import static org.joblifecycle.job.JobState.PENDING;
import static org.joblifecycle.job.JobState.QUEUED;
import static org.joblifecycle.job.JobState.RUNNING;
import static org.joblifecycle.job.JobState.SUCCEEDED;
import static org.joblifecycle.job.JobState.UNSPECIFIED;
import static org.joblifecycle.testkit.BrokenSystems.AUTHORITY;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.Seq;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Violation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

// Faults that show in one place only. A check of the group that is about that place has to find each.
class SubtleFaultsTest {
    private static final JobLifecycle OBSERVER = JobLifecycle.observer(JobKind.TUNING_JOB);

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aCheckInTheGroupOfTheFaultFails(
            String fault, JobLifecycle lifecycle, Supplier<JobSystem> system, String group) {
        Seq<Check.Result> results = Conformance.of(lifecycle, system)
                .checks()
                .filter(check -> check.group().equals(group))
                .map(Check::run);

        assertFalse(results.isEmpty());
        assertTrue(results.exists(result -> result.outcome() == Check.Outcome.FAILED), () -> results.mkString("\n"));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                accepts(
                        "another startTime when a job that was restarted runs",
                        "updates: every rule",
                        (before, after) -> breaks(before, after, Rule.START_TIME_CHANGED)
                                && before.state() == PENDING
                                && after.state() == RUNNING),
                accepts(
                        "a cancelled job without the startTime that it had",
                        "updates: every rule",
                        (before, after) ->
                                breaks(before, after, Rule.START_TIME_CHANGED) && after.state() == CANCELLED),
                accepts(
                        "a cancelled job that ended before it started",
                        "updates: every rule",
                        (before, after) -> breaks(before, after, Rule.END_TIME_ORDER)
                                && after.state() == CANCELLED
                                && after.startTime() != null),
                accepts(
                        "another createTime on leaving the queue that a job came to again",
                        "updates: every rule",
                        (before, after) -> breaks(before, after, Rule.CREATE_TIME_CHANGED)
                                && before.state() == QUEUED
                                && before.startTime() != null),
                accepts(
                        "an endTime of a job that does not exist yet",
                        "updates: every rule",
                        (before, after) -> breaks(before, after, Rule.END_TIME_PREMATURE)
                                && before.state() == UNSPECIFIED
                                && after.state() == UNSPECIFIED),
                accepts(
                        "OK as the late error",
                        "updates: every rule",
                        (before, after) -> breaks(before, after, Rule.ERROR_CODE_INVALID)
                                && before.state() == FAILED
                                && before.error() == null
                                && after.error().code() == 0),
                accepts(
                        "any code as the late error of a cancelled job",
                        "updates: every rule",
                        (before, after) -> breaks(before, after, Rule.ERROR_CODE_INVALID)
                                && before.state() == CANCELLED
                                && before.error() == null),
                accepts(
                        "an update that is a year late",
                        "updates: every rule",
                        (before, after) -> breaks(before, after, Rule.UPDATE_TIME_REGRESSED)
                                && after.updateTime().plusSeconds(3600).isBefore(before.updateTime())),
                accepts(
                        "a status of OK as the error of what succeeded",
                        "updates: several rules at once",
                        (before, after) -> breaks(before, after, Rule.ERROR_UNEXPECTED, Rule.ERROR_CODE_INVALID)
                                && after.state() == SUCCEEDED),
                accepts(
                        "a failure after a success, with its error",
                        "updates: every pair of states",
                        (before, after) ->
                                before.state() == SUCCEEDED && after.state() == FAILED && after.error() != null),
                accepts(
                        "the success of a job that never ran, with a startTime made up",
                        "updates: every pair of states",
                        (before, after) -> before.state() == CANCELLING
                                && before.startTime() == null
                                && after.state() == SUCCEEDED
                                && after.startTime() != null),
                refuses(
                        "the late error of a cancelled job",
                        "updates: unusual, but legal",
                        AUTHORITY,
                        (before, after) ->
                                before.state() == CANCELLED && before.error() == null && after.error() != null),
                refuses(
                        "a provisional startTime in the queue that changes",
                        "updates: unusual, but legal",
                        OBSERVER,
                        (before, after) -> before.state() == QUEUED
                                && before.startTime() != null
                                && !before.startTime().equals(after.startTime())),
                refuses(
                        "a job that was cancelled in the queue and says when it started",
                        "updates: every pair of states",
                        OBSERVER,
                        (before, after) -> before.state() == QUEUED
                                && before.startTime() == null
                                && after.state() == CANCELLED
                                && after.startTime() != null),
                refuses("what is sent twice", "updates: sent twice", AUTHORITY, JobSnapshot::equals),
                refuses(
                        "a late error",
                        "updates: late errors",
                        AUTHORITY,
                        (before, after) -> before.state() == FAILED && before.error() == null && after.error() != null),
                fault("throws at a retry by a writer that got no answer", "updates: sent twice", () -> new Broken() {
                    @Override
                    public Answer offer(JobSnapshot known, JobSnapshot proposed) {
                        if (!known.equals(proposed) && proposed.equals(jobs.get(known.name()))) {
                            throw new IllegalStateException("done already");
                        }
                        return super.offer(known, proposed);
                    }
                }),
                accepts(
                        "another error after the one that came late",
                        "updates: late errors",
                        (before, after) -> breaks(before, after, Rule.ERROR_CHANGED)
                                && before.error().code() == 13),
                accepts(
                        "another case of a message",
                        "updates: every rule",
                        (before, after) -> breaks(before, after, Rule.ERROR_CHANGED)
                                && after.error() != null
                                && before.error()
                                        .message()
                                        .equalsIgnoreCase(after.error().message())),
                fault("removes a job before it puts it back", "updates: races", () -> new Broken() {
                    private final BrokenSystems.Gap gap = new BrokenSystems.Gap();

                    @Override
                    protected synchronized boolean store(JobSnapshot known, JobSnapshot next) {
                        if (!isRace()) {
                            return super.store(known, next);
                        }
                        boolean isTaken = jobs.remove(known.name(), known);
                        if (isTaken) {
                            gap.hold();
                            jobs.put(known.name(), next);
                        }
                        return isTaken;
                    }
                }),
                fault("asks whether it is the same object", "updates: every pair of states", () -> new Broken() {
                    @Override
                    @SuppressWarnings("ReferenceEquality") // the fault
                    protected boolean store(JobSnapshot known, JobSnapshot next) {
                        return jobs.get(known.name()) == known && super.store(known, next);
                    }
                }),
                fault("compares times in milliseconds", "updates: stale writers", () -> new Broken() {
                    @Override
                    public Answer offer(JobSnapshot known, JobSnapshot proposed) {
                        JobSnapshot job = jobs.get(known.name());
                        return super.offer(
                                job.truncatedTo(ChronoUnit.MILLIS).equals(known.truncatedTo(ChronoUnit.MILLIS))
                                        ? job
                                        : known,
                                proposed);
                    }
                }),
                fault("compares the state only", "events: stale writers", () -> new Broken() {
                    @Override
                    public Answer fire(JobSnapshot known, JobEvent event, Instant now, JobError error) {
                        JobSnapshot job = jobs.get(known.name());
                        return super.fire(job.state() == known.state() ? job : known, event, now, error);
                    }
                }),
                fault("loses the jobs of others under a race", "updates: races", LosesTheJobsOfOthers::new),
                fault("lets the loser of a race write the time", "events: races", () -> new Broken() {
                    @Override
                    public Answer fire(JobSnapshot known, JobEvent event, Instant now, JobError error) {
                        Answer answer = super.fire(known, event, now, error);
                        if (!answer.isAccepted() && answer.rules().isEmpty()) {
                            jobs.computeIfPresent(
                                    known.name(),
                                    (name, job) -> job.withUpdateTime(
                                            job.notBefore(now).plusNanos(1)));
                        }
                        return answer;
                    }
                }),
                fault("stores another job than that of the winner", "updates: races", () -> new Broken() {
                    @Override
                    protected boolean store(JobSnapshot known, JobSnapshot next) {
                        boolean isOdd = isRace() && !next.state().isTerminal() && next.updateTime() != null;
                        return super.store(
                                known,
                                isOdd ? next.withUpdateTime(next.updateTime().plusNanos(7)) : next);
                    }
                }),
                fault("stores another job than that of the winning event", "events: races", () -> new Broken() {
                    @Override
                    protected boolean store(JobSnapshot known, JobSnapshot next) {
                        return super.store(known, isRace() && next.state() == RUNNING ? next.withState(PAUSED) : next);
                    }
                }),
                fault("refuses the third restart", "updates: repeated cycles", RefusesTheThirdRestart::new),
                fault("refuses the third restart", "events: repeated cycles", RefusesTheThirdRestart::new),
                fires("changes another job", "events: several jobs", system -> (known, event, now, error) -> {
                    Answer answer = system.reallyFire(known, event, now, error);
                    system.jobs.replaceAll(
                            (name, job) -> !answer.isAccepted() || name.equals(known.name()) || job.updateTime() == null
                                    ? job
                                    : job.withUpdateTime(job.updateTime().plusNanos(1)));
                    return answer;
                }),
                fires(
                        "changes what it refuses",
                        "events: every event in every state",
                        system -> (known, event, now, error) -> {
                            Answer answer = system.reallyFire(known, event, now, error);
                            if (!answer.isAccepted()) {
                                system.jobs.computeIfPresent(
                                        known.name(), (name, job) -> job.withUpdateTime(job.notBefore(now)));
                            }
                            return answer;
                        }),
                fires(
                        "takes an error with any event",
                        "events: every rule",
                        system -> (known, event, now, error) ->
                                system.reallyFire(known, event, now, event == JobEvent.FAIL ? error : null)),
                fires(
                        "takes any code",
                        "events: every rule",
                        system -> (known, event, now, error) -> system.reallyFire(
                                known, event, now, error != null && error.code() > 16 ? JobError.of(2) : error)),
                fires(
                        "takes the code of a cancellation with it",
                        "events: every rule",
                        system -> (known, event, now, error) -> system.reallyFire(
                                known,
                                event,
                                now,
                                event == JobEvent.CONFIRM_CANCEL
                                                && JobError.of(1).equals(error)
                                        ? null
                                        : error)),
                fires(
                        "lets events happen in the past",
                        "events: every rule",
                        system -> (known, event, now, error) ->
                                system.reallyFire(known, event, known.notBefore(now), error)),
                fires(
                        "lets events happen a moment later than is said",
                        "events: every event in every state",
                        system -> (known, event, now, error) -> system.reallyFire(
                                known,
                                event,
                                now.isBefore(known.notBefore(Instant.MIN)) ? now : now.plusNanos(1),
                                error)),
                fires(
                        "takes two events at one instant for one",
                        "events: at the same instant",
                        system -> (known, event, now, error) -> now.equals(known.updateTime())
                                ? Answer.refused()
                                : system.reallyFire(known, event, now, error)),
                fires(
                        "goes over another edge",
                        "events: every event in every state",
                        system -> (known, event, now, error) -> system.reallyFire(
                                known,
                                known.state() == RUNNING && event == JobEvent.EXPIRE ? JobEvent.SUCCEED : event,
                                now,
                                error)),
                fires("forgets the job", "events: every event in every state", system -> (known, event, now, error) -> {
                    Answer answer = system.reallyFire(known, event, now, error);
                    system.jobs.remove(answer.isAccepted() && event == JobEvent.SUCCEED ? known.name() : "");
                    return answer;
                }),
                fault(
                        "ends, by its own clock, when it was created",
                        "events: every event in every state",
                        () -> new Broken() {
                            @Override
                            public Set<Capability> capabilities() {
                                return EnumSet.of(Capability.EVENT_DRIVEN);
                            }

                            @Override
                            protected boolean store(JobSnapshot known, JobSnapshot next) {
                                boolean isOdd = next.endTime() != null && next.startTime() == null;
                                return super.store(known, isOdd ? next.withEndTime(next.createTime()) : next);
                            }
                        }),
                fault("answers another job than is read", "creation", () -> new Broken() {
                    @Override
                    public JobSnapshot submit(String name, Instant now) {
                        return super.submit(name, now).withCreateTime(now);
                    }
                }),
                fault("creates nothing", "creation", () -> new Broken() {
                    @Override
                    public JobSnapshot submit(String name, Instant now) {
                        return null;
                    }
                }),
                fault("creates jobs without a name", "creation", () -> new Broken() {
                    @Override
                    public JobSnapshot submit(String name, Instant now) {
                        return super.submit(name, now).withName(null);
                    }
                }),
                fault("answers nothing", "updates: every pair of states", () -> new Broken() {
                    @Override
                    public Answer offer(JobSnapshot known, JobSnapshot proposed) {
                        return proposed.state() == PAUSED ? null : super.offer(known, proposed);
                    }
                }),
                fault("answers nothing in a race", "updates: races", () -> new Broken() {
                    @Override
                    public Answer offer(JobSnapshot known, JobSnapshot proposed) {
                        return isRace() ? null : super.offer(known, proposed);
                    }
                }),
                fault("fails an assertion", "updates: every pair of states", () -> new Broken() {
                    @Override
                    public Answer offer(JobSnapshot known, JobSnapshot proposed) {
                        if (proposed.state() == PAUSED) {
                            throw new AssertionError("not yet");
                        }
                        return super.offer(known, proposed);
                    }
                }),
                fault("runs out of stack", "updates: every pair of states", () -> new Broken() {
                    @Override
                    public Answer offer(JobSnapshot known, JobSnapshot proposed) {
                        return proposed.state() == PAUSED ? offer(known, proposed) : super.offer(known, proposed);
                    }
                }),
                fault("lacks a class", "updates: every pair of states", () -> new Broken() {
                    @Override
                    public JobSnapshot read(String name) {
                        JobSnapshot job = super.read(name);
                        if (job != null && job.state() == PAUSED) {
                            throw new NoClassDefFoundError("Pause");
                        }
                        return job;
                    }
                }),
                fault("cannot be closed", "updates: several jobs", () -> new Broken() {
                    @Override
                    public void close() {
                        if (jobs.size() > 1) {
                            throw new IllegalStateException("connection lost");
                        }
                    }
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsOfLongPrograms")
    void aProgramFails(String fault, Supplier<JobSystem> system) {
        Conformance conformance = Conformance.of(AUTHORITY, system);
        Check.Result programs = conformance.programs(2_000, 3).run();

        assertTrue(programs.outcome() == Check.Outcome.FAILED, programs::toString);
    }

    static Stream<Arguments> faultsOfLongPrograms() {
        return Stream.of(
                Arguments.of("refuses what comes after a refusal", (Supplier<JobSystem>) () -> new Broken() {
                    private final Set<String> angry = new HashSet<>();

                    @Override
                    public Answer offer(JobSnapshot known, JobSnapshot proposed) {
                        if (angry.remove(known.name())) {
                            return Answer.refused(Rule.TRANSITION_ILLEGAL);
                        }
                        Answer answer = super.offer(known, proposed);
                        if (!answer.isAccepted()) {
                            angry.add(known.name());
                        }
                        return answer;
                    }
                }),
                Arguments.of("does not tell its events of updates", (Supplier<JobSystem>) () -> new Broken() {
                    private final Map<String, JobSnapshot> fired = new HashMap<>();

                    @Override
                    public Answer fire(JobSnapshot known, JobEvent event, Instant now, JobError error) {
                        JobSnapshot last = fired.get(known.name());
                        if (last != null && last.state() != known.state()) {
                            return Answer.refused(Rule.TRANSITION_ILLEGAL);
                        }
                        Answer answer = super.fire(known, event, now, error);
                        fired.put(known.name(), jobs.get(known.name()));
                        return answer;
                    }
                }),
                Arguments.of("cuts long messages", (Supplier<JobSystem>) () -> new Broken() {
                    @Override
                    protected boolean store(JobSnapshot known, JobSnapshot next) {
                        JobError error = next.error();
                        boolean isLong = error != null && error.message().length() > 255;
                        return super.store(
                                known,
                                isLong
                                        ? next.withError(new JobError(
                                                error.code(), error.message().substring(0, 255)))
                                        : next);
                    }
                }));
    }

    // A system whose methods a fault can call.
    static class Broken extends ReferenceSystem {
        Broken() {
            this(AUTHORITY);
        }

        Broken(JobLifecycle lifecycle) {
            super(lifecycle);
        }

        static boolean isRace() {
            return Thread.currentThread().getName().startsWith("pool");
        }

        final Answer reallyFire(JobSnapshot known, JobEvent event, Instant now, JobError error) {
            return super.fire(known, event, now, error);
        }
    }

    // Writes a copy of all jobs back.
    private static class LosesTheJobsOfOthers extends Broken {
        private final BrokenSystems.Gap gap = new BrokenSystems.Gap();

        @Override
        protected boolean store(JobSnapshot known, JobSnapshot next) {
            if (!isRace()) {
                return super.store(known, next);
            }
            Map<String, JobSnapshot> copy = new HashMap<>(jobs);
            gap.hold();
            boolean isStored = known.equals(copy.replace(known.name(), next));
            copy.forEach((name, job) -> jobs.put(name, job));
            return isStored;
        }
    }

    private static class RefusesTheThirdRestart extends Broken {
        private final Map<String, Integer> restarts = new HashMap<>();

        @Override
        protected boolean store(JobSnapshot known, JobSnapshot next) {
            boolean isRestart = known.state() == RUNNING && next.state() == PENDING;
            return !(isRestart && restarts.merge(known.name(), 1, Integer::sum) > 2) && super.store(known, next);
        }
    }

    private interface Fire {
        Answer fire(JobSnapshot known, JobEvent event, Instant now, JobError error);
    }

    private static boolean breaks(JobSnapshot before, JobSnapshot after, Rule... rules) {
        return AUTHORITY
                .check(before, after)
                .violations()
                .map(Violation::rule)
                .toJavaList()
                .equals(java.util.List.of(rules));
    }

    private static Arguments fault(String fault, String group, Supplier<JobSystem> system) {
        return Arguments.of(fault, AUTHORITY, system, group);
    }

    private static Arguments accepts(String what, String group, BiPredicate<JobSnapshot, JobSnapshot> accepts) {
        return fault("accepts " + what, group, () -> new Broken() {
            @Override
            public Answer offer(JobSnapshot known, JobSnapshot proposed) {
                return accepts.test(known, proposed) && store(known, proposed)
                        ? Answer.accepted()
                        : super.offer(known, proposed);
            }
        });
    }

    private static Arguments refuses(
            String what, String group, JobLifecycle lifecycle, BiPredicate<JobSnapshot, JobSnapshot> refuses) {
        return Arguments.of(
                "refuses " + what,
                lifecycle,
                (Supplier<JobSystem>) () -> new Broken(lifecycle) {
                    @Override
                    public Answer offer(JobSnapshot known, JobSnapshot proposed) {
                        boolean isStored = Objects.equals(known, jobs.get(known.name()));
                        return isStored && refuses.test(known, proposed)
                                ? Answer.refused(Rule.TRANSITION_ILLEGAL)
                                : super.offer(known, proposed);
                    }
                },
                group);
    }

    private static Arguments fires(String how, String group, Function<Broken, Fire> fire) {
        return fault(how, group, () -> new Broken() {
            @Override
            public Answer fire(JobSnapshot known, JobEvent event, Instant now, JobError error) {
                return fire.apply(this).fire(known, event, now, error);
            }
        });
    }
}
