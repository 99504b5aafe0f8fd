package org.joblifecycle.spring;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.jspecify.annotations.Nullable;
import org.springframework.statemachine.StateMachineException;
import org.springframework.statemachine.config.EnumStateMachineConfigurerAdapter;
import org.springframework.statemachine.config.StateMachineFactory;
import org.springframework.statemachine.config.builders.StateMachineConfigBuilder;
import org.springframework.statemachine.config.builders.StateMachineStateConfigurer;
import org.springframework.statemachine.config.builders.StateMachineTransitionConfigurer;
import org.springframework.statemachine.config.configurers.StateConfigurer;

/**
 * Configures the machines of the jobs of one lifecycle: the states, the transitions that are not excluded, and the guard and
 * the actions that ask the lifecycle. Everything else is configured by {@code configure(StateMachineConfigurationConfigurer)},
 * as for any other machine.
 *
 * <pre>{@code
 * @Configuration
 * @EnableStateMachineFactory
 * class CustomJobMachines extends JobStateMachineConfigurerAdapter {
 *     CustomJobMachines() {
 *         super(JobLifecycle.authority(JobKind.CUSTOM_JOB));
 *     }
 * }
 * }</pre>
 *
 * <p>A context then has a {@code StateMachineFactory<JobState, JobEvent>}; without a context, {@link #createFactory} makes
 * one. {@link JobStateMachine#at} makes a machine with it.
 */
public class JobStateMachineConfigurerAdapter extends EnumStateMachineConfigurerAdapter<JobState, JobEvent> {
    private final JobLifecycle lifecycle;
    private final LifecycleSteps steps;
    private @Nullable StateMachineFactory<JobState, JobEvent> factory;

    /**
     * The machines of the jobs of this lifecycle. Whether it is that of an authority or of an observer makes no difference,
     * since machines are moved by events.
     */
    public JobStateMachineConfigurerAdapter(JobLifecycle lifecycle) {
        this.lifecycle = requireNonNull(lifecycle, "lifecycle");
        this.steps = new LifecycleSteps(lifecycle);
    }

    /**
     * The states: machines begin in the one that no edge enters, and the terminal ones are their ends. What should happen in
     * a state is for listeners.
     */
    @Override
    public final void configure(StateMachineStateConfigurer<JobState, JobEvent> states) throws Exception {
        Seq<JobState> all = Array.of(JobState.values());
        Seq<JobState> targets = Array.of(JobTransition.values()).map(JobTransition::target);
        StateConfigurer<JobState, JobEvent> configurer =
                states.withStates().initial(all.removeAll(targets).single(), steps::begin);
        for (JobState state : all) {
            if (state.isTerminal()) {
                configurer.end(state);
            } else {
                configurer.stateExit(state, steps::settle);
            }
        }
    }

    /** The transitions: the edges of the lifecycle, each by its name. */
    @Override
    public final void configure(StateMachineTransitionConfigurer<JobState, JobEvent> transitions) throws Exception {
        for (JobTransition edge : lifecycle.transitions()) {
            configure(transitions, edge, steps);
        }
    }

    /** One transition; tests override it to configure it wrongly. */
    void configure(
            StateMachineTransitionConfigurer<JobState, JobEvent> transitions, JobTransition edge, LifecycleSteps steps)
            throws Exception {
        transitions
                .withExternal()
                .name(edge.name())
                .source(edge.source())
                .event(edge.event())
                .target(edge.target())
                .guard(steps::permits)
                .actionFunction(steps);
    }

    /**
     * The factory of the machines, without a context: the same one each time. An adapter that is a bean has its factory in the
     * context instead.
     *
     * @throws StateMachineException if the configuration is wrong
     */
    public final synchronized StateMachineFactory<JobState, JobEvent> createFactory() {
        if (factory == null) {
            try {
                StateMachineConfigBuilder<JobState, JobEvent> builder = new StateMachineConfigBuilder<>();
                builder.apply(this);
                builder.build();
                factory = StateMachineFactory.create(builder);
            } catch (Exception e) {
                throw new StateMachineException("cannot make a factory of machines for the " + lifecycle, e);
            }
        }
        return factory;
    }
}
