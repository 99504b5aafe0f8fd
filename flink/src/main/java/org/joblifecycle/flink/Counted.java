package org.joblifecycle.flink;

import org.jspecify.annotations.Nullable;

/**
 * What the numbers of lines are found from: a finding, or how many lines there are in a part of a file.
 *
 * @param place where the finding is; or the part, whose number is that of its lines
 * @param finding null if it is a number of lines
 */
record Counted(Place place, @Nullable JobFinding finding) {
    static Counted of(JobFinding finding) {
        return new Counted(finding.place(), finding);
    }

    static Counted lines(Place part) {
        return new Counted(part, null);
    }

    /** The number of the file among those that are read. */
    int file() {
        return place.partition();
    }
}
