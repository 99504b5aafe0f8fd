package org.joblifecycle.testkit;

import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.joblifecycle.text.Escaped;

/** Updates and events for some jobs of a {@link JobSystem}, one after the other. Drawn and run by {@link Conformance}. */
final class Program {
    /** Not a whole second, so that some times have a fraction and others do not. */
    static final Duration PAUSE = Duration.ofMillis(500);

    /** More than there can be in a line. */
    private static final long LINE = 1_000_000;

    private final Instant start;
    private final Seq<Line> lines;

    /** A step and the pause before it. */
    record Line(Duration pause, Step step) {}

    private Program(Instant start, Seq<Line> lines) {
        this.start = start;
        this.lines = lines;
    }

    static Program of(Instant start, Seq<Step> steps) {
        return paced(start, steps.map(step -> new Line(PAUSE, step)));
    }

    static Program paced(Instant start, Seq<Line> lines) {
        return new Program(start, Vector.ofAll(lines));
    }

    /** When its first job begins. */
    Instant start() {
        return start;
    }

    /** Makes the calls; the session begins at {@link #start}. */
    void run(Session session) {
        for (Line line : lines) {
            session.pass(line.pause());
            line.step().perform(session);
        }
    }

    /** Programs of one job, without some of the steps, with other pauses, and with less in a step. */
    Stream<Program> simpler() {
        Stream<Seq<Line>> ofOneJob = lines.map(line -> line.step().job())
                .distinct()
                .toJavaStream()
                .map(job -> lines.filter(line -> line.step().job() == job));
        Stream<Seq<Line>> plainer = IntStream.range(0, lines.size())
                .mapToObj(at -> lines.update(at, new Line(PAUSE, lines.get(at).step())));
        Stream<Seq<Line>> less = IntStream.range(0, lines.size())
                .boxed()
                .flatMap(at -> lines.get(at)
                        .step()
                        .simpler()
                        .map(step -> lines.update(at, new Line(lines.get(at).pause(), step))));
        return Stream.concat(
                        Stream.of(ofOneJob, Shorter.of(lines), plainer, less)
                                .flatMap(each -> each)
                                .map(simpler -> new Program(start, simpler)),
                        Stream.of(new Program(Starts.ALL.head(), lines)))
                .filter(program -> program.size() < size());
    }

    /** How complex this program is; less in simpler ones. */
    long size() {
        return LINE * lines.size()
                + (start.equals(Starts.ALL.head()) ? 0 : 1)
                + lines.count(line -> !line.pause().equals(PAUSE))
                + lines.map(line -> line.step().size()).sum().longValue();
    }

    /** The steps, one line each. */
    @Override
    public String toString() {
        return lines.map(line -> Escaped.line(line.step().toString())).mkString("\n");
    }
}
