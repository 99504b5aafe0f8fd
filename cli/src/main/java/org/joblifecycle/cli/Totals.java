package org.joblifecycle.cli;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import java.util.EnumMap;
import org.joblifecycle.json.Unreadable.Reason;
import org.joblifecycle.transition.Rule;

/** The counts of an audit, over all its files. */
final class Totals {
    private long snapshots;
    private long jobs;
    private long assumedKinds;
    private long failures;
    private final EnumMap<Rule, Long> violations = new EnumMap<>(Rule.class);
    private final EnumMap<Reason, Long> unreadable = new EnumMap<>(Reason.class);

    void addSnapshot() {
        snapshots++;
    }

    void addJobs(int number) {
        jobs += number;
    }

    void addAssumedKind() {
        assumedKinds++;
    }

    void addFailure() {
        failures++;
    }

    void add(Rule rule) {
        violations.merge(rule, 1L, Long::sum);
    }

    void add(Reason reason) {
        unreadable.merge(reason, 1L, Long::sum);
    }

    /** How many jobs were read, and how much that is unreadable in place of one. */
    long snapshots() {
        return snapshots;
    }

    /** How many jobs have at least one snapshot that could be read. */
    long jobs() {
        return jobs;
    }

    /** How many of the jobs were taken for tuning jobs, because neither their name nor the caller told a kind. */
    long assumedKinds() {
        return assumedKinds;
    }

    /** How many inputs could not be read, or not to their end. */
    long failures() {
        return failures;
    }

    /** How many violations were found. */
    long violations() {
        return sum(violations);
    }

    /** How many snapshots cannot be read, and how many inputs break. */
    long unreadable() {
        return sum(unreadable);
    }

    boolean foundSomething() {
        return !violations.isEmpty() || !unreadable.isEmpty();
    }

    /** How many findings there are of each rule or fault that has any: rules first, in their order. */
    Map<String, Long> byRule() {
        LinkedHashMap<String, Long> byRule = LinkedHashMap.empty();
        for (var entry : violations.entrySet()) {
            byRule = byRule.put(entry.getKey().id(), entry.getValue());
        }
        for (var entry : unreadable.entrySet()) {
            byRule = byRule.put(entry.getKey().id(), entry.getValue());
        }
        return byRule;
    }

    private static long sum(java.util.Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
