/**
 * The rules of the job lifecycle.
 *
 * <p>The graph is {@link org.joblifecycle.transition.JobTransition}, the rules are {@link
 * org.joblifecycle.transition.Rule}, and {@link org.joblifecycle.transition.JobLifecycle} checks an update, applies an event
 * and audits a history by them. {@link org.joblifecycle.transition.JobAuditor} audits many jobs, and with {@link
 * org.joblifecycle.transition.SimulatedJob} histories are made. The fields of a tuning job
 * are checked in {@link org.joblifecycle.tuning.rule}. Nothing here reads a clock or does input or output, and only the
 * auditor keeps state.
 */
@NullMarked
package org.joblifecycle.transition;

import org.jspecify.annotations.NullMarked;
