/**
 * The words that the lifecycle is told in: the twelve states, the eight kinds of job, a job at one instant, its error. And
 * the whole {@link org.joblifecycle.job.TuningJob} with its parts, each a {@link org.joblifecycle.job.Message}.
 *
 * <p>Names are those of the Vertex AI API. Nothing here knows an edge or a rule of the lifecycle.
 */
@NullMarked
package org.joblifecycle.job;

import org.jspecify.annotations.NullMarked;
