package org.joblifecycle.cli.command;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Mode;
import org.joblifecycle.transition.Rule;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options by which jobs are audited. */
public final class AuditOptions {
    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "observer",
            description =
                    "Who recorded the snapshots: an observer, who may miss steps between two polls, or the authority, who"
                            + " sets the states and knows every step. Default: ${DEFAULT-VALUE}.")
    private Mode mode = Mode.OBSERVER;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            defaultValue = "auto",
            description =
                    "The kind of jobs whose name tells none, such as custom-job; where the name tells a kind, that"
                            + " one counts. Default: ${DEFAULT-VALUE}, which takes them for tuning jobs and says how many"
                            + " they are.")
    private @Nullable JobKind kind;

    @Option(
            names = "--without",
            paramLabel = "RULE",
            split = ",",
            description = "Exclude a rule; may be given several times. See: job-lifecycle rules.")
    private List<Rule> without = new ArrayList<>();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** Who recorded the snapshots. */
    public Mode mode() {
        return mode;
    }

    /** The kind of jobs whose name tells none; null if nobody named one, so that they are taken for tuning jobs and counted. */
    public @Nullable JobKind namedKind() {
        return kind;
    }

    /** The kind of jobs whose name tells none, whether somebody named it or not. */
    public JobKind fallback() {
        return kind == null ? JobKind.TUNING_JOB : kind;
    }

    /** The rules that are excluded. */
    public Rule[] without() {
        return without.toArray(new Rule[0]);
    }

    /**
     * The lifecycle of each kind.
     *
     * @throws ParameterException if one of the rules cannot be excluded
     */
    public Map<JobKind, JobLifecycle> lifecycles() {
        try {
            Map<JobKind, JobLifecycle> lifecycles = new EnumMap<>(JobKind.class);
            for (JobKind each : JobKind.values()) {
                lifecycles.put(each, JobLifecycle.of(mode, each).without(without()));
            }
            return lifecycles;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
