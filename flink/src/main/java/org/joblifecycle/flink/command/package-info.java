/** The ready jobs: their command lines, on an embedded cluster or submitted to one. */
@NullMarked
package org.joblifecycle.flink.command;

import org.jspecify.annotations.NullMarked;
