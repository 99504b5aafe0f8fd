/**
 * Spring Statemachine, configured by the lifecycle of jobs: no state, edge or rule is written here.
 *
 * <p>{@link org.joblifecycle.spring.JobStateMachineConfigurerAdapter} makes a {@code StateMachineFactory<JobState,
 * JobEvent>} of a lifecycle. {@link org.joblifecycle.spring.JobStateMachine} holds the machine of one job and answers what
 * {@link org.joblifecycle.transition.JobLifecycle#apply} answers.
 * {@link org.joblifecycle.spring.JobStateMachinePersist} stores what a machine holds: the snapshot of its job.
 */
@NullMarked
package org.joblifecycle.spring;

import org.jspecify.annotations.NullMarked;
