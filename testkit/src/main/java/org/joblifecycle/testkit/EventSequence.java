package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.util.Random;
import java.util.stream.Stream;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;

/**
 * Events as an emulator may receive them: those of a legal path, with others among them that may be illegal.
 *
 * @param events the events; maybe empty
 */
public record EventSequence(Seq<JobEvent> events) implements Simplifiable<EventSequence> {
    /** Checks that it is not null. */
    public EventSequence {
        requireNonNull(events, "events");
    }

    /** Draws a sequence. */
    public static EventSequence draw(JobLifecycle lifecycle, Random random) {
        Vector<JobEvent> events = Vector.empty();
        Random mixed = History.mixed(random);
        for (JobEvent event : History.draw(lifecycle, mixed).path().events()) {
            while (mixed.nextInt(5) == 0) {
                events = events.append(History.pick(List.of(JobEvent.values()), mixed));
            }
            events = events.append(event);
        }
        return new EventSequence(events);
    }

    /** Sequences without some of the events. */
    @Override
    public Stream<EventSequence> simpler() {
        return Shorter.of(events).map(EventSequence::new);
    }

    @Override
    public long size() {
        return events.size();
    }
}
