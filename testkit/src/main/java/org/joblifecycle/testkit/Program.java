package org.joblifecycle.testkit;

import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.joblifecycle.text.Escaped;

/** Updates and events for some jobs of a {@link JobSystem}, one after the other. Drawn and run by {@link Conformance}. */
public final class Program implements Simplifiable<Program> {
    /** Not a whole second, so that some times have a fraction and others do not. */
    static final Duration PAUSE = Duration.ofMillis(500);

    private final Seq<Line> lines;

    /** A step and the pause before it. */
    record Line(Duration pause, Step step) {}

    private Program(Seq<Line> lines) {
        this.lines = lines;
    }

    static Program of(Seq<Step> steps) {
        return paced(steps.map(step -> new Line(PAUSE, step)));
    }

    static Program paced(Seq<Line> lines) {
        return new Program(Vector.ofAll(lines));
    }

    void run(Session session) {
        for (Line line : lines) {
            session.pass(line.pause());
            line.step().perform(session);
        }
    }

    /** Programs without some of the steps, and with other pauses. */
    @Override
    public Stream<Program> simpler() {
        Stream<Seq<Line>> plainer = IntStream.range(0, lines.size())
                .mapToObj(at -> lines.update(at, new Line(PAUSE, lines.get(at).step())));
        return Stream.concat(Shorter.of(lines), plainer).map(Program::new).filter(program -> program.size() < size());
    }

    @Override
    public long size() {
        return 100L * lines.size() + lines.count(line -> !line.pause().equals(PAUSE));
    }

    /** The steps, one line each. */
    @Override
    public String toString() {
        return lines.map(line -> Escaped.line(line.step().toString())).mkString("\n");
    }
}
