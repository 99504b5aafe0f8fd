/**
 * The fast reader of lines, not exported: it reads jobs straight from the bytes of JSON Lines, on several threads, as long
 * as the lines are what the REST API prints. It says nothing of any other line, which a reader that its caller names reads
 * from the start.
 *
 * <p>{@link org.joblifecycle.json.fast.FastLines} is the entry point. Nothing in here knows the package
 * {@code org.joblifecycle.json}.
 */
@NullMarked
package org.joblifecycle.json.fast;

import org.jspecify.annotations.NullMarked;
