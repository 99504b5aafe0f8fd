/**
 * The rules of the job lifecycle.
 *
 * <p>The graph is {@link org.joblifecycle.transition.JobTransition}, the guards are
 * {@link org.joblifecycle.transition.Rule}, and {@link org.joblifecycle.transition.JobLifecycle} checks an update,
 * applies an event and audits a history by them. {@link org.joblifecycle.transition.FieldRules} checks what stands in the
 * fields of a tuning job. Nothing here reads a clock, does input or output, or keeps state.
 */
@NullMarked
package org.joblifecycle.transition;

import org.jspecify.annotations.NullMarked;
