package org.joblifecycle.boot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.joblifecycle.store.StoreOutcome;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What a store has written within a transaction. Ends of jobs are published as the transaction ends, still within it, and listeners are
 * told when it is committed. So nobody hears of what was rolled back to a savepoint.
 */
final class WrittenChanges implements TransactionSynchronization {
    private final SpringJobStore store;
    private final Consumer<JobEndedEvent> events;
    private final List<StoreListener> listeners;
    private final List<StoreOutcome.Done> changes = new ArrayList<>();

    /** How many changes there were at each savepoint. */
    private final IdentityHashMap<Object, Integer> savepoints = new IdentityHashMap<>();

    private int published;
    private boolean isEnding;
    private boolean isCommitted;

    private WrittenChanges(SpringJobStore store, Consumer<JobEndedEvent> events, List<StoreListener> listeners) {
        this.store = store;
        this.events = events;
        this.listeners = listeners;
    }

    /** Whether the transaction of this thread is committed: Spring still has it while it tells of the commit. */
    static boolean isCommitted(SpringJobStore store) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            return TransactionSynchronizationManager.isActualTransactionActive();
        }
        WrittenChanges written = find(store);
        return written != null && written.isCommitted;
    }

    /** The changes of this store in the transaction of this thread. */
    static WrittenChanges of(SpringJobStore store, Consumer<JobEndedEvent> events, List<StoreListener> listeners) {
        WrittenChanges written = find(store);
        if (written == null) {
            written = new WrittenChanges(store, events, listeners);
            TransactionSynchronizationManager.registerSynchronization(written);
        }
        return written;
    }

    private static @Nullable WrittenChanges find(SpringJobStore store) {
        for (TransactionSynchronization each : TransactionSynchronizationManager.getSynchronizations()) {
            if (each instanceof WrittenChanges written && written.store == store) {
                return written;
            }
        }
        return null;
    }

    void add(StoreOutcome.Done change) {
        changes.add(change);
        if (isEnding) {
            publish();
        }
    }

    private void publish() {
        while (published < changes.size()) {
            StoreOutcome.Done change = changes.get(published++);
            if (change.change().entersTerminal()) {
                Set<TransactionSynchronization> told = Collections.newSetFromMap(new IdentityHashMap<>());
                told.addAll(TransactionSynchronizationManager.getSynchronizations());
                events.accept(new JobEndedEvent(change.before(), change.after()));
                // Spring asks only those that were there when the transaction began to end.
                TransactionSynchronizationManager.getSynchronizations().stream()
                        .filter(told::add)
                        .forEach(listening -> listening.beforeCommit(false));
            }
        }
    }

    /** First of all, so that whatever others do while the transaction ends is known to be of its end. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void savepoint(Object savepoint) {
        savepoints.put(savepoint, changes.size());
    }

    /** One that is unknown was there before the first change. */
    @Override
    public void savepointRollback(Object savepoint) {
        changes.subList(savepoints.getOrDefault(savepoint, 0), changes.size()).clear();
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        isEnding = true;
        publish();
    }

    @Override
    public void afterCommit() {
        isCommitted = true;
    }

    @Override
    public void afterCompletion(int status) {
        if (status == STATUS_COMMITTED) {
            changes.forEach(change -> listeners.forEach(listener -> listener.done(change)));
        }
    }
}
