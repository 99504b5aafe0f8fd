package org.joblifecycle.store;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Seq;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.IllegalUpdateException;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;

/** What came of a change that was offered to a {@link JobStore}. The four are final: switch over them exhaustively. */
public sealed interface StoreOutcome {
    /**
     * The job as it is stored now, for whoever wants an exception if the change was not.
     *
     * @throws IllegalUpdateException if it was {@link Refused}; carries the violations
     * @throws OvertakenException if it was {@link Overtaken}; carries what is stored now
     * @throws NoSuchJobException if the job is {@link Missing}
     */
    StoredJob orElseThrow();

    /**
     * The job is stored as it was offered.
     *
     * @param before what was stored before; null if the job was created by this
     * @param after what is stored now
     * @param change what kind of change it was
     */
    record Done(@Nullable StoredJob before, StoredJob after, Change change) implements StoreOutcome {
        /** Checks that nothing is null that is not marked so. */
        public Done {
            requireNonNull(after, "after");
            requireNonNull(change, "change");
        }

        /**
         * Whether this call has written it. If not, the job was stored in this form already: by an earlier call whose answer was
         * lost, or by another writer with the same intent.
         */
        public boolean isWritten() {
            return before == null || before.version() != after.version();
        }

        @Override
        public StoredJob orElseThrow() {
            return after;
        }
    }

    /**
     * The lifecycle does not allow it. Nothing was written.
     *
     * @param current what is stored; null if the job was to be created
     * @param violations every broken rule, at least one; {@code asJava()} and {@code toJavaList()} lead back to the JDK
     */
    record Refused(@Nullable StoredJob current, Seq<Violation> violations) implements StoreOutcome {
        /** Checks that nothing is null that is not marked so. */
        public Refused {
            requireNonNull(violations, "violations");
        }

        @Override
        public StoredJob orElseThrow() {
            throw new IllegalUpdateException(violations);
        }
    }

    /**
     * Something else is stored than the change was decided on, or there is a job of this name already. Nothing was written:
     * decide again on what is stored now.
     *
     * @param current what is stored now
     */
    record Overtaken(StoredJob current) implements StoreOutcome {
        /** Checks that nothing is null. */
        public Overtaken {
            requireNonNull(current, "current");
        }

        @Override
        public StoredJob orElseThrow() {
            throw new OvertakenException(current);
        }
    }

    /**
     * There is no job of this name. Nothing was written: an update creates no job.
     *
     * @param name the name
     */
    record Missing(String name) implements StoreOutcome {
        /** Checks that nothing is null. */
        public Missing {
            requireNonNull(name, "name");
        }

        @Override
        public StoredJob orElseThrow() {
            throw new NoSuchJobException(name);
        }
    }
}
