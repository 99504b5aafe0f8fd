package org.joblifecycle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

// Runs the command in a process of its own, with what a test has on its class path.
final class Jvm {
    private static final int MOST_SECONDS = 120;

    private final List<String> options = new ArrayList<>(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    private final ProcessBuilder builder = new ProcessBuilder();

    // What writes the input of the command, which may stop reading it.
    interface Input {
        void writeTo(OutputStream out) throws IOException;
    }

    Jvm option(String option) {
        options.add(option);
        return this;
    }

    Jvm environment(String name, String value) {
        builder.environment().put(name, value);
        return this;
    }

    Jvm out(Path file) {
        builder.redirectOutput(file.toFile());
        return this;
    }

    Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(args));
        return builder.command(command).start();
    }

    Cli.Result run(Input input, String... args) throws Exception {
        Process process = start(args);
        try {
            CompletableFuture<String> out = read(process.getInputStream());
            CompletableFuture<String> err = read(process.getErrorStream());
            try (OutputStream in = process.getOutputStream()) {
                input.writeTo(in);
            } catch (IOException e) {
                // The command has ended without reading all of it.
            }
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the command hangs");
            }
            return new Cli.Result(process.exitValue(), out.get(), err.get());
        } finally {
            process.destroyForcibly();
        }
    }

    // On a thread of its own, because the common pool may have only one and each of these tasks waits for another.
    static <T> CompletableFuture<T> async(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, run -> new Thread(run).start());
    }

    static CompletableFuture<String> read(InputStream in) {
        return async(() -> {
            try {
                return new String(in.readAllBytes(), UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    static boolean hasFullDisk() {
        return Files.exists(Path.of("/dev/full"));
    }
}
