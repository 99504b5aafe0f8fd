package org.joblifecycle.emulator.command;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.joblifecycle.emulator.VertexEmulator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs an emulator until it is stopped. */
@Command(
        name = "job-lifecycle emulator",
        mixinStandardHelpOptions = true,
        description = "Emulates the job services of Vertex AI on this machine, until it is stopped.")
public final class EmulatorCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--port",
            defaultValue = "9020",
            paramLabel = "PORT",
            description = "REST (default ${DEFAULT-VALUE}; 0 for any)")
    private int port;

    @Option(
            names = "--grpc-port",
            defaultValue = "9010",
            paramLabel = "PORT",
            description = "gRPC (default ${DEFAULT-VALUE}; 0 for any)")
    private int grpcPort;

    @Option(names = "--host", paramLabel = "HOST", description = "where to listen (default loopback)")
    private @Nullable String host;

    @Option(names = "--scenarios", paramLabel = "FILE", description = "what happens to jobs, as YAML")
    private @Nullable Path scenarios;

    @Option(names = "--load", paramLabel = "FILE", description = "jobs to begin with, as JSON Lines")
    private @Nullable Path load;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "N",
            description = "what is drawn by chance depends on it")
    private long seed;

    @Option(
            names = "--clock",
            defaultValue = "real",
            paramLabel = "CLOCK",
            description = "real, manual, or a multiple such as 60x (default ${DEFAULT-VALUE})")
    private String clock = "real";

    private EmulatorCommand() {}

    /** Ends with status 2 if an option is at fault or a port is not free. */
    public static void main(String... arguments) {
        CommandLine command = new CommandLine(new EmulatorCommand());
        command.setExecutionExceptionHandler((e, line, result) -> {
            line.getErr().println("job-lifecycle emulator: " + e.getMessage());
            return ExitCode.USAGE;
        });
        System.exit(command.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        VertexEmulator.Settings settings =
                VertexEmulator.configure().ports(port, grpcPort).seed(seed);
        if (host != null) {
            settings.host(InetAddress.getByName(host));
        }
        if (scenarios != null) {
            try {
                settings.scenarioFile(read(scenarios));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(scenarios + ":\n" + e.getMessage(), e);
            }
        }
        setClock(settings);
        try (VertexEmulator emulator = settings.start()) {
            if (load != null) {
                load(emulator, load);
            }
            System.out.println(Greeting.of(emulator));
            Thread.currentThread().join();
        }
        return ExitCode.OK;
    }

    private static void load(VertexEmulator emulator, Path file) throws IOException {
        try {
            emulator.load(read(file));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": there is no such file", e);
        } catch (CharacterCodingException e) {
            throw new IOException(file + ": not UTF-8", e);
        }
    }

    private void setClock(VertexEmulator.Settings settings) {
        if (clock.equals("manual")) {
            settings.manualClock(Instant.now());
        } else if (clock.matches("[1-9][0-9]{0,8}x")) {
            settings.scaledClock(Long.parseLong(clock.substring(0, clock.length() - 1)));
        } else if (!clock.equals("real")) {
            throw new ParameterException(
                    requireNonNull(spec).commandLine(),
                    "--clock " + clock + ": expected real, manual, or a multiple such as 60x");
        }
    }
}
