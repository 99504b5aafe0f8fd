package org.joblifecycle.flink.command;

import java.util.List;
import org.joblifecycle.cli.command.AuditOptions;
import org.joblifecycle.cli.command.HistoryOptions;
import org.joblifecycle.flink.FileAudit;
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

    /**
     * The audit of files by these options.
     *
     * @throws picocli.CommandLine.ParameterException if one of the rules cannot be excluded
     */
    static FileAudit ofFiles(AuditOptions options, HistoryOptions history, List<String> files) {
        JobAudit audit = audit(options);
        FileAudit alone = FileAudit.of(history.sort() ? audit.inOrderOfUpdateTime() : audit, files);
        return history.together() ? alone.together() : alone;
    }
}
