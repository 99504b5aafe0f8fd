package org.joblifecycle.cli.command;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import java.util.HashMap;
import org.joblifecycle.json.Unreadable.Reason;
import org.joblifecycle.transition.Rule;

/** The counts of an audit, over all its files. */
public final class Totals {
    private static final List<String> RULES = List.of(Rule.values()).map(Rule::id);
    private static final List<String> FAULTS = List.of(Reason.values()).map(Reason::id);

    private long snapshots;
    private long jobs;
    private long assumedKinds;
    private long failures;
    private final HashMap<String, Long> findings = new HashMap<>();

    /** Counts snapshots, readable or not. */
    public void addSnapshots(long number) {
        snapshots += number;
    }

    /** Counts jobs that have at least one snapshot that could be read. */
    public void addJobs(long number) {
        jobs += number;
    }

    /** Counts jobs whose kind neither their name nor the caller told. */
    public void addAssumedKinds(long number) {
        assumedKinds += number;
    }

    /** Counts an input that could not be read, or not to its end. */
    public void addFailure() {
        failures++;
    }

    /**
     * Counts a finding.
     *
     * @param rule the id of the violated rule or of the fault
     */
    public void add(String rule) {
        findings.merge(rule, 1L, Long::sum);
    }

    /** How many jobs were read, and how much that is unreadable in place of one. */
    public long snapshots() {
        return snapshots;
    }

    /** How many jobs have at least one snapshot that could be read. */
    public long jobs() {
        return jobs;
    }

    /** How many of the jobs were taken for tuning jobs, because neither their name nor the caller told a kind. */
    public long assumedKinds() {
        return assumedKinds;
    }

    /** How many inputs could not be read, or not to their end. */
    public long failures() {
        return failures;
    }

    /** How many violations were found. */
    public long violations() {
        return counts(RULES).values().sum().longValue();
    }

    /** How many snapshots cannot be read, and how many inputs break. */
    public long unreadable() {
        return counts(FAULTS).values().sum().longValue();
    }

    /** Whether there is any finding. */
    public boolean foundSomething() {
        return !findings.isEmpty();
    }

    /** How many findings there are of each rule or fault that has any: rules first, in their order. */
    public Map<String, Long> byRule() {
        return counts(RULES.appendAll(FAULTS));
    }

    private Map<String, Long> counts(List<String> ids) {
        LinkedHashMap<String, Long> counts = LinkedHashMap.empty();
        for (String id : ids) {
            Long count = findings.get(id);
            counts = count == null ? counts : counts.put(id, count);
        }
        return counts;
    }
}
