/**
 * The wire form of jobs: {@link org.joblifecycle.json.JobJson} reads and writes one snapshot as the REST API prints it,
 * {@link org.joblifecycle.json.JobLines} reads many, line by line or from an array.
 * {@link org.joblifecycle.json.TuningJobJson} reads and writes whole tuning jobs, without a loss.
 *
 * <p>What cannot be read is a value too: an {@link org.joblifecycle.json.Unreadable} says what is wrong and where.
 */
@NullMarked
package org.joblifecycle.json;

import org.jspecify.annotations.NullMarked;
