package org.joblifecycle.cli;

/** Where an audit tells what it finds. */
interface Report {

    /** Tells a finding; they come in the order of the input. */
    void finding(ReportEntry finding);

    /** Tells what all the findings come to, at the end. */
    void summary(Totals totals);
}
