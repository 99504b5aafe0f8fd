/**
 * The fast readers, not exported: they read jobs straight from bytes, as long as the jobs are what the REST API prints: of
 * JSON Lines on several threads, or one from a buffer. They say nothing of any other, which a reader that their caller names
 * reads from the start.
 *
 * <p>{@link org.joblifecycle.json.fast.FastLines} and {@link org.joblifecycle.json.fast.FastObjects} are the entry points.
 * Nothing in here knows the package {@code org.joblifecycle.json}.
 */
@NullMarked
package org.joblifecycle.json.fast;

import org.jspecify.annotations.NullMarked;
