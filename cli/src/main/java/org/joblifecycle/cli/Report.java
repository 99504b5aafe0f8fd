package org.joblifecycle.cli;

/** Reports the findings of an audit. */
interface Report {

    /** Reports a finding; they come in the order of the input. */
    void finding(ReportEntry finding);

    /** Reports the totals, at the end. */
    void summary(Totals totals);
}
