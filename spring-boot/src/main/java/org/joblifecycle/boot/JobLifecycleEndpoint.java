package org.joblifecycle.boot;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** What an application enforces: its lifecycles, and all states, transitions and rules with their evidence. */
@Endpoint(id = "joblifecycle")
public class JobLifecycleEndpoint {
    private final List<JobLifecycle> lifecycles;

    /**
     * The endpoint.
     *
     * @param lifecycles those that the application has, and those of its store
     */
    public JobLifecycleEndpoint(List<JobLifecycle> lifecycles) {
        this.lifecycles = List.copyOf(lifecycles);
    }

    /** All of it, made of strings, lists and maps: the mapper of the actuator has no module of ours. */
    @ReadOperation
    public Map<String, @Nullable Object> describe() {
        return Wire.members(
                "lifecycles",
                lifecycles.stream().map(JobLifecycle::toString).toList(),
                "states",
                Arrays.stream(JobState.values())
                        .map(state -> Wire.members(
                                "name",
                                state.wireName(),
                                "terminal",
                                state.isTerminal(),
                                "description",
                                state.description()))
                        .toList(),
                "transitions",
                Arrays.stream(JobTransition.values())
                        .map(edge -> Wire.members(
                                "from",
                                edge.source().wireName(),
                                "event",
                                edge.event().name(),
                                "to",
                                edge.target().wireName(),
                                "evidence",
                                Wire.evidence(edge.evidence())))
                        .toList(),
                "rules",
                Arrays.stream(Rule.values())
                        .map(rule -> Wire.members(
                                "id",
                                rule.id(),
                                "field",
                                rule.field().wireName(),
                                "statement",
                                rule.statement(),
                                "evidence",
                                Wire.evidence(rule.evidence())))
                        .toList());
    }
}
