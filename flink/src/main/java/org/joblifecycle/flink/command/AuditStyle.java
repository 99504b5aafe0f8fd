package org.joblifecycle.flink.command;

import org.joblifecycle.cli.command.AuditOptions;
import org.joblifecycle.flink.JobAudit;
import org.joblifecycle.transition.Mode;

/** The audit that options ask for. */
final class AuditStyle {
    private AuditStyle() {}

    /**
     * The audit by these options.
     *
     * @throws picocli.CommandLine.ParameterException if one of the rules cannot be excluded
     */
    static JobAudit audit(AuditOptions options) {
        options.lifecycles(); // says what cannot be excluded
        JobAudit audit = options.mode() == Mode.AUTHORITY ? JobAudit.authority() : JobAudit.observer();
        return audit.without(options.without()).fallback(options.fallback());
    }
}
