package org.joblifecycle.spring;

import static org.joblifecycle.spring.Machines.OWNER;

import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobTransition;
import org.springframework.statemachine.config.StateMachineFactory;
import org.springframework.statemachine.config.builders.StateMachineTransitionConfigurer;
import org.springframework.statemachine.config.configurers.ExternalTransitionConfigurer;

/** How one edge is configured wrongly. */
interface Wiring {
    Object configure(
            StateMachineTransitionConfigurer<JobState, JobEvent> transitions, JobTransition edge, LifecycleSteps steps)
            throws Exception;

    /** The edge without its guard and action. */
    static ExternalTransitionConfigurer<JobState, JobEvent> edge(
            StateMachineTransitionConfigurer<JobState, JobEvent> transitions, JobTransition edge) throws Exception {
        return transitions
                .withExternal()
                .source(edge.source())
                .event(edge.event())
                .target(edge.target());
    }

    /** A factory of machines with one edge configured wrongly. */
    static StateMachineFactory<JobState, JobEvent> wired(JobTransition wrong, Wiring wiring) {
        return new JobStateMachineConfigurerAdapter(OWNER) {
            @Override
            void configure(
                    StateMachineTransitionConfigurer<JobState, JobEvent> transitions,
                    JobTransition edge,
                    LifecycleSteps steps)
                    throws Exception {
                if (edge == wrong) {
                    wiring.configure(transitions, edge, steps);
                } else {
                    super.configure(transitions, edge, steps);
                }
            }
        }.createFactory();
    }
}
