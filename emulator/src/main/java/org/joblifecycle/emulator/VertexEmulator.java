package org.joblifecycle.emulator;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Validation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.joblifecycle.emulator.api.ApiException;
import org.joblifecycle.emulator.job.Emulation;
import org.joblifecycle.emulator.job.EmulatorClock;
import org.joblifecycle.emulator.job.Journal;
import org.joblifecycle.emulator.scenario.Fault;
import org.joblifecycle.emulator.scenario.Match;
import org.joblifecycle.emulator.scenario.Scenario;
import org.joblifecycle.emulator.scenario.ScenarioFile;
import org.joblifecycle.emulator.server.GrpcServer;
import org.joblifecycle.emulator.server.RestServer;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;

/**
 * An emulator of the job services of Vertex AI, on ports of this machine that were free. It keeps its jobs in memory, and each of
 * their changes is an event that {@link org.joblifecycle.transition.JobLifecycle} applies.
 *
 * <pre>{@code
 * try (VertexEmulator emulator = VertexEmulator.configure().manualClock(noon).start()) {
 *     Client client = ... emulator.restUrl() ...
 *     emulator.advance(Duration.ofMinutes(2));
 * }
 * }</pre>
 */
public final class VertexEmulator implements AutoCloseable {
    private final Emulation emulation;
    private final RestServer rest;
    private final GrpcServer grpc;

    private VertexEmulator(Settings settings) throws IOException {
        // Both load many classes: at the same time, it takes two thirds of the time.
        CompletableFuture<Emulation> emulating = CompletableFuture.supplyAsync(settings::emulation);
        grpc = new GrpcServer(new InetSocketAddress(settings.host, settings.grpcPort), emulating::join);
        emulation = emulating.join();
        try {
            rest = new RestServer(new InetSocketAddress(settings.host, settings.restPort), emulation);
        } catch (IOException e) {
            grpc.close();
            throw e;
        }
    }

    /** An emulator with real time. */
    public static VertexEmulator start() throws IOException {
        return configure().start();
    }

    /** What an emulator is to be like. */
    public static Settings configure() {
        return new Settings();
    }

    /** The base URL of the REST API, such as {@code http://127.0.0.1:9020}. */
    public String restUrl() {
        return "http://" + inUrl(rest.host()) + ":" + rest.port();
    }

    /** The target of gRPC clients, such as {@code 127.0.0.1:9010}; they use plaintext. */
    public String grpcTarget() {
        return inUrl(rest.host()) + ":" + grpc.port();
    }

    /** An address as URLs have it. */
    static String inUrl(String address) {
        return address.contains(":") ? "[" + address + "]" : address;
    }

    /**
     * Moves a manual clock forward. All that is due on the way happens, in order, before this returns.
     *
     * @throws IllegalArgumentException if it is negative, or time would go beyond the year 9999
     */
    public void advance(Duration duration) {
        emulation.advance(duration);
    }

    /** Lets something go wrong from now on. */
    public void add(Fault fault) {
        emulation.add(fault);
    }

    /** The calls of clients so far, the earliest first. */
    public Seq<Journal.Entry> requests() {
        return emulation.journal().entries();
    }

    /** Without jobs, operations, faults and requests again. Scenarios stay, and the clock goes on. */
    public void reset() {
        emulation.reset();
    }

    /** Without these jobs again; nothing else is changed. */
    public void reset(Match match) {
        emulation.reset(match);
    }

    /** What the clock shows. */
    public Instant time() {
        return emulation.time();
    }

    /** The names of all jobs, in the order of their creation. */
    public Seq<String> jobs() {
        return emulation.names();
    }

    /**
     * What a job was and is; the last one is the job as it is.
     *
     * @return empty if there is no such job; {@code asJava()} and {@code toJavaList()} lead back to the JDK
     */
    public Seq<JobSnapshot> history(String name) {
        return emulation.history(name).map(Emulation.Happened::snapshot);
    }

    /**
     * Lets an event happen to a job now.
     *
     * @param error why the job failed: only with FAIL; null if nothing is known
     * @return what is wrong with the event, or the job afterwards
     * @throws java.util.NoSuchElementException if there is no such job
     */
    public Validation<Seq<Violation>, JobSnapshot> fire(String name, JobEvent event, @Nullable JobError error) {
        return emulation.fire(name, event, error);
    }

    /**
     * Takes jobs from JSON Lines, such as those of {@link #dump}. Nothing happens to them by itself.
     *
     * @throws IllegalArgumentException if a line is no job; says which, and why
     */
    public void load(String lines) {
        try {
            emulation.load(lines);
        } catch (ApiException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** The histories of all jobs, as JSON Lines that {@code job-lifecycle check} reads. */
    public String dump() {
        return emulation.dump();
    }

    /** Stops it at once. Its jobs are gone. */
    @Override
    public void close() {
        rest.close();
        grpc.close();
    }

    /** What an emulator is to be like. Each method answers this. */
    public static final class Settings {
        private InetAddress host = InetAddress.getLoopbackAddress();
        private int restPort;
        private int grpcPort;
        private Supplier<EmulatorClock> clock = EmulatorClock::real;
        private long seed;
        private Seq<Scenario> scenarios = Vector.empty();
        private Seq<Fault> faults = Vector.empty();

        private Settings() {}

        /** Where it listens: on loopback unless this says otherwise. */
        public Settings host(InetAddress host) {
            this.host = requireNonNull(host, "host");
            return this;
        }

        /** The ports of REST and gRPC; 0, the default, for any that is free. */
        public Settings ports(int restPort, int grpcPort) {
            this.restPort = restPort;
            this.grpcPort = grpcPort;
            return this;
        }

        /** Time stands still until {@link VertexEmulator#advance}. */
        public Settings manualClock(Instant start) {
            requireNonNull(start, "start");
            clock = () -> EmulatorClock.manual(start);
            return this;
        }

        /**
         * Time runs so many times as fast.
         *
         * @throws IllegalArgumentException if it is less than 1 or more than a million
         */
        public Settings scaledClock(long scale) {
            EmulatorClock.scaled(scale); // checks it
            clock = () -> EmulatorClock.scaled(scale);
            return this;
        }

        /** What is drawn by chance depends on this and nothing else; 0 by default. */
        public Settings seed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * What happens to jobs: the first scenario that is for a job counts.
         *
         * @throws IllegalArgumentException if a scenario cannot happen; says all that is wrong
         */
        public Settings scenarios(Scenario... scenarios) {
            Vector<Scenario> all = Vector.of(scenarios);
            Seq<String> faults = all.flatMap(Scenario::faults);
            if (!faults.isEmpty()) {
                throw new IllegalArgumentException(faults.mkString("\n"));
            }
            this.scenarios = all;
            return this;
        }

        /**
         * The scenarios and faults of a file: see {@link ScenarioFile}.
         *
         * @param text the file, as YAML or JSON
         * @throws IllegalArgumentException if it cannot be read, or a scenario cannot happen; says all that is wrong
         */
        public Settings scenarioFile(String text) {
            ScenarioFile file = ScenarioFile.read(text)
                    .toEither()
                    .getOrElseThrow(faults -> new IllegalArgumentException(faults.mkString("\n")));
            scenarios = file.scenarios();
            faults = file.faults();
            return this;
        }

        private Emulation emulation() {
            Emulation emulation = new Emulation(clock.get(), seed, scenarios);
            faults.forEach(emulation::add);
            return emulation;
        }

        /**
         * Starts it.
         *
         * @throws IOException if a port is not free
         */
        public VertexEmulator start() throws IOException {
            return new VertexEmulator(this);
        }
    }
}
