package org.joblifecycle.emulator.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.rpc.Code;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** The calls of clients, the last ten thousand. Thread-safe. */
public final class Journal {
    private static final int MOST = 10_000;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long count;

    Journal() {}

    /**
     * A call.
     *
     * @param time when it came, by the emulator's clock
     * @param method such as {@code JobService.GetCustomJob}
     * @param version of the API: {@code v1} or {@code v1beta1}
     * @param request its request message as JSON
     * @param code of the answer
     */
    public record Entry(Instant time, String method, String version, ObjectNode request, Code code) {}

    synchronized void add(Entry entry) {
        if (entries.size() == MOST) {
            entries.remove();
        }
        entries.add(entry);
        count++;
    }

    /** How many calls there were, also those that it has forgotten. */
    public synchronized long count() {
        return count;
    }

    synchronized void clear() {
        entries.clear();
    }

    /** The calls, the earliest first. */
    public synchronized Seq<Entry> entries() {
        return Vector.ofAll(entries);
    }
}
