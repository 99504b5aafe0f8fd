package org.joblifecycle.cli.command;

/** Reports the findings of an audit. */
public interface Report {

    /** Reports a finding; they come in the order of the input. */
    void finding(ReportEntry finding);

    /** Reports the totals, at the end. */
    void summary(Totals totals);
}
