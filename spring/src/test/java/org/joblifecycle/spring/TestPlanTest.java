package org.joblifecycle.spring;

import static org.joblifecycle.spring.Machines.FACTORY;
import static org.joblifecycle.spring.Machines.OWNER;

import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.testkit.JobPath;
import org.joblifecycle.testkit.JobPaths;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobTransition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.statemachine.StateMachine;
import org.springframework.statemachine.test.StateMachineTestPlanBuilder;

/** Plans of spring-statemachine-test, run against the machines. */
class TestPlanTest {
    static Iterable<JobPath> paths() {
        return JobPaths.of(OWNER).toEdges();
    }

    @ParameterizedTest
    @MethodSource("paths")
    void aPlanTakesEveryEdge(JobPath path) throws Exception {
        StateMachineTestPlanBuilder<JobState, JobEvent>.StateMachineTestPlanStepBuilder step =
                StateMachineTestPlanBuilder.<JobState, JobEvent>builder()
                        .defaultAwaitTime(2)
                        .stateMachine(FACTORY.getStateMachine("tuningJobs/7"))
                        .step()
                        .expectState(path.source());
        for (JobTransition edge : path.edges()) {
            step = step.and()
                    .step()
                    .sendEvent(edge.event())
                    .expectState(edge.target())
                    .expectStateChanged(1)
                    .expectTransition(1)
                    .expectEventNotAccepted(0)
                    .expectVariable(JobStateMachine.JOB);
        }
        step.and().build().test();
    }

    @Test
    void aPlanSeesARefusal() throws Exception {
        StateMachine<JobState, JobEvent> machine =
                JobStateMachine.at(FACTORY, Machines.job(JobState.RUNNING)).machine();
        JobSnapshot job = Machines.job(JobState.RUNNING);
        StateMachineTestPlanBuilder.<JobState, JobEvent>builder()
                .defaultAwaitTime(2)
                .stateMachine(machine)
                .step()
                .expectState(JobState.RUNNING)
                .expectVariable(JobStateMachine.JOB, job)
                .and()
                .step()
                .sendEvent(JobEvent.RESUME)
                .expectState(JobState.RUNNING)
                .expectEventNotAccepted(1)
                .expectVariable(JobStateMachine.JOB, job)
                .and()
                .step()
                .sendEvent(JobMessage.of(JobEvent.PAUSE, job.updateTime().minusNanos(1)))
                .expectState(JobState.RUNNING)
                .expectStateChanged(0)
                .expectVariable(JobStateMachine.REFUSAL)
                .and()
                .build()
                .test();
    }
}
