package org.joblifecycle.spring;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.testkit.History;
import org.joblifecycle.testkit.JobPaths;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.statemachine.StateMachine;
import org.springframework.statemachine.StateMachineEventResult.ResultType;
import org.springframework.statemachine.config.StateMachineFactory;
import reactor.core.publisher.Mono;

/**
 * Compares machines with the lifecycle: jobs in every state, each also with each fault, meet every event, in time and too
 * early, with errors that are right and wrong. The differences are collected.
 */
final class Equivalence {
    static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final JobError DISK = new JobError(8, "no space left on device");
    private static final JobError OK = JobError.of(0);

    private final JobLifecycle lifecycle;
    private final StateMachineFactory<JobState, JobEvent> factory;
    final Set<JobTransition> edges = EnumSet.noneOf(JobTransition.class);
    final Set<Rule> rules = EnumSet.noneOf(Rule.class);
    final java.util.List<String> differences = new java.util.ArrayList<>();

    Equivalence(JobLifecycle lifecycle, StateMachineFactory<JobState, JobEvent> factory) {
        this.lifecycle = lifecycle;
        this.factory = factory;
    }

    /** Jobs of every state that break no rule; where a job need not have started, one that has and one that has not. */
    static Seq<JobSnapshot> jobs(JobLifecycle lifecycle) {
        return JobPaths.of(lifecycle)
                .toStatesStartedOrNot()
                .map(path -> History.along(lifecycle, path).last());
    }

    /** The faults that a job may have; each breaks a rule, or would in another state. */
    private static Seq<UnaryOperator<JobSnapshot>> faults() {
        return List.of(
                job -> job,
                job -> job.withCreateTime(null),
                job -> job.withStartTime(null),
                job -> job.withStartTime(T0),
                job -> job.withStartTime(before(job.createTime())),
                job -> job.withEndTime(T0),
                job -> job.withEndTime(before(job.createTime())),
                job -> job.withUpdateTime(null),
                job -> job.withUpdateTime(before(job.createTime())),
                job -> job.withError(DISK),
                job -> job.withError(OK),
                job -> job.withName(null));
    }

    private static Instant before(@Nullable Instant time) {
        return time == null ? T0 : time.minusSeconds(3600);
    }

    /** Every job, with every fault, meets every event, in time and too early, with and without errors. */
    Equivalence run() {
        for (JobSnapshot job : jobs(lifecycle)
                .flatMap(job -> faults().map(fault -> fault.apply(job)))
                .distinct()) {
            for (JobEvent event : JobEvent.values()) {
                Instant now = job.notBefore(T0).plusSeconds(1);
                compare(job, event, now, null);
                compare(job, event, now, DISK);
                compare(job, event, now, OK);
                compare(job, event, job.notBefore(T0), null);
                compare(job, event, tooEarly(job), null);
            }
        }
        return this;
    }

    /** Every job without a fault meets every event, in time, too early, and with an error. */
    Equivalence runBriefly() {
        return runBriefly(jobs(lifecycle));
    }

    Equivalence runBriefly(Seq<JobSnapshot> jobs) {
        for (JobSnapshot job : jobs) {
            for (JobEvent event : JobEvent.values()) {
                Instant now = job.notBefore(T0).plusSeconds(1);
                compare(job, event, now, null);
                compare(job, event, now, DISK);
                compare(job, event, tooEarly(job), null);
            }
        }
        return this;
    }

    private static Instant tooEarly(JobSnapshot job) {
        return job.notBefore(T0).minusNanos(1);
    }

    private void compare(JobSnapshot job, JobEvent event, Instant now, @Nullable JobError error) {
        Validation<Seq<Violation>, JobSnapshot> expected = lifecycle.apply(job, event, now, error);
        if (expected.isValid()) {
            edges.add(JobTransition.on(job.state(), event).get());
        } else {
            expected.getError().forEach(violation -> rules.add(violation.rule()));
        }
        String what = event + " at " + now + " with " + error + " on " + job;
        try {
            compareHandle(what, job, JobMessage.of(event, now, error), expected);
        } catch (RuntimeException e) {
            differences.add("handle: " + what + ": " + e);
        }
        try {
            compareMachine(what, job, JobMessage.of(event, now, error), expected);
        } catch (RuntimeException e) {
            differences.add("machine: " + what + ": " + e);
        }
    }

    private void compareHandle(
            String what, JobSnapshot job, Message<JobEvent> message, Validation<Seq<Violation>, JobSnapshot> expected) {
        JobStateMachine machine = JobStateMachine.at(factory, job);
        requireSame("handle before: " + what, job, machine.snapshot());
        Validation<Seq<Violation>, JobSnapshot> answer =
                machine.fire(message.getPayload(), JobMessage.now(message, job), JobMessage.error(message));
        requireSame("handle: " + what, expected, answer);
        requireSame("handle after: " + what, expected.getOrElse(job), machine.snapshot());
        requireSame(
                "handle, its machine: " + what,
                expected.getOrElse(job).state(),
                machine.machine().getState().getId());
        requireSame(
                "handle, its refusal: " + what,
                expected.isInvalid() ? expected.getError() : null,
                violations(machine.machine()));
    }

    private void compareMachine(
            String what, JobSnapshot job, Message<JobEvent> message, Validation<Seq<Violation>, JobSnapshot> expected) {
        StateMachine<JobState, JobEvent> machine =
                JobStateMachine.at(factory, job).machine();
        ResultType result = requireNonNull(machine.sendEvent(Mono.just(message)).blockLast())
                .getResultType();
        requireSame(
                "machine: " + what,
                expected.getOrElse(job).state(),
                machine.getState().getId());
        requireSame(
                "machine, its job: " + what,
                expected.getOrElse(job),
                machine.getExtendedState().getVariables().get(JobStateMachine.JOB));
        boolean hasEdge = lifecycle
                .transitions()
                .exists(edge -> edge.source() == job.state() && edge.event() == message.getPayload());
        requireSame("machine, what Spring says: " + what, hasEdge ? ResultType.ACCEPTED : ResultType.DENIED, result);
        requireSame(
                "machine, its refusal: " + what,
                expected.isInvalid() && hasEdge ? expected.getError() : null,
                violations(machine));
    }

    private static @Nullable Seq<Violation> violations(StateMachine<JobState, JobEvent> machine) {
        Refusal refusal = machine.getExtendedState().get(JobStateMachine.REFUSAL, Refusal.class);
        return refusal == null ? null : refusal.violations();
    }

    private void requireSame(String what, @Nullable Object expected, @Nullable Object actual) {
        if (!java.util.Objects.equals(expected, actual)) {
            differences.add(what + ": expected " + expected + ", was " + actual);
        }
    }
}
