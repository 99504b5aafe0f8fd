package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One check of a {@link JobSystem}, named by the rule or the requirement and the change that it is about. */
public final class Check {
    private final String group;
    private final String name;
    private final Supplier<Result> body;

    /** How a check ended. */
    public enum Outcome {
        /** The system does what it has to. */
        PASSED,
        /** It does not. */
        FAILED,
        /** It was not tested: the system does not declare a capability, or cannot be brought to where the check begins. */
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

    /** What a check does: it returns normally if the system passes. */
    @FunctionalInterface
    interface Body {
        /**
         * Does it.
         *
         * @throws NonconformanceError if the system fails
         * @throws NotTested if it cannot be told
         */
        void run();
    }

    /** A check cannot be done. */
    static final class NotTested extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;

        NotTested(String reason) {
            super(reason);
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

    /** A check of what the system does not declare that it can do. */
    static Check undeclared(String group, String name, Capability capability) {
        return notTested(group, name, "the system does not declare " + capability);
    }

    /** What it belongs to, such as {@code updates: every pair of states}. */
    public String group() {
        return group;
    }

    /** What it is about, such as {@code transition-illegal, SUCCEEDED -> RUNNING}. */
    public String name() {
        return name;
    }

    /** Does it. */
    public Result run() {
        return body.get();
    }

    /** The group and the name. */
    @Override
    public String toString() {
        return group + ": " + name;
    }
}
