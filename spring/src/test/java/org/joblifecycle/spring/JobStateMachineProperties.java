package org.joblifecycle.spring;

import static org.joblifecycle.spring.Machines.FACTORY;
import static org.joblifecycle.spring.Machines.OWNER;
import static org.joblifecycle.spring.Machines.after;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.testkit.jqwik.JobArbitraries;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;

/** Whatever happens to a machine, it agrees with the plain lifecycle. */
class JobStateMachineProperties {
    private static final JobArbitraries ARBITRARIES = JobArbitraries.of(OWNER);

    /** The machine and the job as the lifecycle has it. */
    private record Both(JobStateMachine machine, JobSnapshot model) {
        static Both at(JobSnapshot job) {
            return new Both(JobStateMachine.at(FACTORY, job), job);
        }

        Both fire(JobEvent event, Instant now, @Nullable JobError error) {
            Validation<Seq<Violation>, JobSnapshot> expected = OWNER.apply(model, event, now, error);

            assertEquals(expected, machine.fire(event, now, error));

            JobSnapshot next = expected.getOrElse(model);
            assertEquals(next, machine.snapshot());
            assertEquals(next.state(), machine.machine().getState().getId());
            if (expected.isValid()) {
                Statistics.label("edges")
                        .collect(JobTransition.on(model.state(), event).get());
            }
            Statistics.label("answers").collect(expected.isValid() ? "happened" : "refused");
            return new Both(machine, next);
        }

        @Override
        public String toString() {
            return model.toString();
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(label = "edges", value = StatisticsReport.StatisticsReportMode.OFF)
    @StatisticsReport(label = "answers", value = StatisticsReport.StatisticsReportMode.OFF)
    void machineAndLifecycleAgreeOnRandomEvents(@ForAll("chains") ActionChain<Both> chain) {
        chain.run();

        Statistics.label("edges").coverage(coverage -> {
            for (JobTransition edge : JobTransition.values()) {
                coverage.check(edge).count(count -> count > 0);
            }
        });
        Statistics.label("answers").coverage(coverage -> {
            coverage.check("happened").percentage(percentage -> percentage > 20);
            coverage.check("refused").percentage(percentage -> percentage > 20);
        });
    }

    @Provide
    Arbitrary<ActionChain<Both>> chains() {
        return ActionChain.startWith(() -> Both.at(JobSnapshot.of("tuningJobs/1", JobState.UNSPECIFIED)))
                .withAction(3, new NextEvent())
                .withAction(1, new AnotherJob())
                .withAction(1, new EventsOfAJob())
                .withMaxTransformations(20);
    }

    /** Any event: in time or too early, with an error or without. */
    private static final class NextEvent implements Action.Dependent<Both> {
        @Override
        public Arbitrary<Transformer<Both>> transformer(Both both) {
            Arbitrary<JobEvent> any = Arbitraries.of(JobEvent.class);
            Arbitrary<JobEvent> events = OWNER.permittedEvents(both.model()).isEmpty()
                    ? any
                    : Arbitraries.oneOf(Arbitraries.of(OWNER.permittedEvents(both.model())), any);
            return Combinators.combine(
                            events,
                            Arbitraries.longs().between(-1, Duration.ofDays(1).toNanos()),
                            JobArbitraries.errors().injectNull(0.8))
                    .as((event, nanos, error) -> Transformer.transform(
                            event + " with " + error,
                            before -> before.fire(
                                    event,
                                    before.model().notBefore(Instant.EPOCH).plusNanos(nanos),
                                    error)));
        }
    }

    /** A machine at another job, in any state. */
    private static final class AnotherJob implements Action.Independent<Both> {
        @Override
        public Arbitrary<Transformer<Both>> transformer() {
            return ARBITRARIES.jobs().map(job -> Transformer.transform("at " + job, before -> Both.at(job)));
        }
    }

    /** A job that begins, and the events of a legal path with others among them. */
    private static final class EventsOfAJob implements Action.Independent<Both> {
        @Override
        public Arbitrary<Transformer<Both>> transformer() {
            return ARBITRARIES
                    .events()
                    .map(events -> Transformer.transform(
                            "a job, and " + events.mkString(", "),
                            before -> events.foldLeft(
                                    Both.at(JobSnapshot.of("tuningJobs/2", JobState.UNSPECIFIED)),
                                    (both, event) -> both.fire(event, after(both.model()), null))));
        }
    }
}
