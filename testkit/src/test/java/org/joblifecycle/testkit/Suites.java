package org.joblifecycle.testkit;

// The suite without races, which take half of its time and are the same for most systems.
final class Suites {
    private Suites() {}

    static ConformanceReport withoutRaces(Conformance conformance) {
        return new ConformanceReport(conformance
                .checks()
                .filter(check -> !conformance.can(Capability.CONCURRENT)
                        || !check.group().endsWith("races"))
                .map(Check::run));
    }
}
