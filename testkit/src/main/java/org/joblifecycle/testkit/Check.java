package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One check of a {@link JobSystem} or a {@link MirrorSystem}, named after its rule or requirement and its change of state. */
public final class Check {
    private final String group;
    private final String name;
    private final Supplier<Result> body;

    /** How a check ended. */
    public enum Outcome {
        /** The system conforms. */
        PASSED,
        /** The system does not conform. */
        FAILED,
        /** The check was not possible: the system does not declare a capability, or the setup of the check failed. */
        NOT_TESTED
    }

    /**
     * How a check ended, and why.
     *
     * @param check the check
     * @param outcome how it ended
     * @param reason what is wrong, or why it was not tested; empty if it passed
     * @param error what is wrong; null if nothing is
     */
    public record Result(
            Check check,
            Outcome outcome,
            String reason,
            @Nullable NonconformanceError error) {
        /** Checks that nothing but the error is null. */
        public Result {
            requireNonNull(check, "check");
            requireNonNull(outcome, "outcome");
            requireNonNull(reason, "reason");
        }

        /** One line, or more where it failed. */
        @Override
        public String toString() {
            return outcome + " " + check + (reason.isEmpty() ? "" : ": " + reason);
        }
    }

    /** What a check does; it returns normally if the system passes. */
    @FunctionalInterface
    interface Body {
        /**
         * Runs the check.
         *
         * @throws NonconformanceError if the system fails
         * @throws NotTested if the check is not possible
         */
        void run();
    }

    /** A check is not possible. */
    static final class NotTested extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;

        NotTested(String reason) {
            super(reason);
        }

        /** What a check needs before it begins fails; it has a check of its own. */
        static NotTested inSetup(NonconformanceError failure) {
            return new NotTested("the setup failed: "
                    + failure.getMessage().lines().findFirst().orElseThrow());
        }
    }

    Check(String group, String name, Body body) {
        this.group = group;
        this.name = name;
        this.body = () -> {
            try {
                body.run();
                return new Result(this, Outcome.PASSED, "", null);
            } catch (NonconformanceError e) {
                return new Result(this, Outcome.FAILED, e.getMessage(), e);
            } catch (NotTested e) {
                return new Result(this, Outcome.NOT_TESTED, requireNonNull(e.getMessage()), null);
            }
        };
    }

    static Check notTested(String group, String name, String reason) {
        return new Check(group, name, () -> {
            throw new NotTested(reason);
        });
    }

    /** A check that is not tested because the system does not declare a capability. */
    static Check undeclared(String group, String name, Capability capability) {
        return notTested(group, name, "the system does not declare " + capability);
    }

    /** The group, such as {@code updates: every pair of states}. */
    public String group() {
        return group;
    }

    /** The name, such as {@code transition-illegal, SUCCEEDED -> RUNNING}. */
    public String name() {
        return name;
    }

    /** Runs the check. */
    public Result run() {
        return body.get();
    }

    /** The group and the name. */
    @Override
    public String toString() {
        return group + ": " + name;
    }
}
