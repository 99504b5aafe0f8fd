/**
 * What a scheduler needs to talk about jobs: the twelve states, the eight kinds of job, a snapshot of a job, its fields and
 * its error. Names are those of the Vertex AI API. Nothing here knows an edge or a rule of the lifecycle.
 */
@NullMarked
package org.joblifecycle.job;

import org.jspecify.annotations.NullMarked;
