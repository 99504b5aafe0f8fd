package com.example.audit;

import org.joblifecycle.flink.JobFinding;

/** What somebody has to look at. */
final class Alert {
    private Alert() {}

    /** One line, such as {@code end-time-required: projects/p/.../7 at jobs-0@17: endTime is missing}. */
    static String of(JobFinding finding) {
        String job = finding.job() == null ? "a job" : finding.job();
        return finding.rule() + ": " + job + " at " + finding.place() + ": " + finding.message();
    }
}
