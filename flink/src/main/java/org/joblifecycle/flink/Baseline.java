package org.joblifecycle.flink;

import org.joblifecycle.job.JobSnapshot;

/**
 * What is kept of a job.
 *
 * @param job what its next snapshot is checked against, without its name, which the key tells
 * @param isForgotten whether a timer was set that will forget it
 */
record Baseline(JobSnapshot job, boolean isForgotten) {}
