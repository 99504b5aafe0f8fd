package org.joblifecycle.flink;

import org.jspecify.annotations.Nullable;

/**
 * What the numbers of lines are found from: a finding, or how many lines there are in a part of a file.
 *
 * @param file the number of the file among those that are read
 * @param from the first byte of the part
 * @param lines how many lines the part has; 0 with a finding
 * @param finding null if it is a number of lines
 */
record Counted(int file, long from, long lines, @Nullable JobFinding finding) {}
