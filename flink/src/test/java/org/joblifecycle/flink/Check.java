package org.joblifecycle.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.joblifecycle.cli.Main;
import org.joblifecycle.cli.command.Console;

// The command that the audit on Flink is compared with.
public final class Check {
    private Check() {}

    public record Result(int exit, String out, String err) {}

    public static Result run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Main.run(new Console(InputStream.nullInputStream(), out, err, false, false, false), args);
        return new Result(exit, out.toString(UTF_8), err.toString(UTF_8));
    }

    // What the command finds in these files: lines of JSON, in its order.
    public static List<String> findings(List<Path> files, String... options) {
        List<String> args = new ArrayList<>(List.of("check", "--format", "json"));
        args.addAll(List.of(options));
        files.forEach(file -> args.add(file.toString()));
        List<String> lines = run(args.toArray(String[]::new)).out().lines().toList();
        return lines.subList(0, lines.size() - 1);
    }

    // The same findings in no order, since streams have none.
    public static List<String> sorted(List<String> findings) {
        return findings.stream().sorted().toList();
    }

    // A file of jobs of which many are faulty, of about 6.6 kB a job.
    public static Path generate(Path file, int jobs, int seed) {
        try (OutputStream out = Files.newOutputStream(file)) {
            Console console = new Console(
                    InputStream.nullInputStream(), out, OutputStream.nullOutputStream(), false, false, false);
            Main.run(console, "generate", "--jobs", "" + jobs, "--seed", "" + seed, "--faults", "0.01");
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // The lines in another order: each up to so many places further on.
    public static Path shuffle(Path from, Path to, int distance) throws IOException {
        Random random = new Random(7);
        List<String> lines = Files.readAllLines(from);
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            places.add(i + random.nextInt(distance));
        }
        List<Integer> order = IntStream.range(0, lines.size())
                .boxed()
                .sorted(Comparator.comparing(places::get))
                .toList();
        return write(to, order.stream().map(i -> lines.get(i) + "\n").collect(Collectors.joining()));
    }

    public static Path zip(Path from, Path to) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(to))) {
            Files.copy(from, out);
        }
        return to;
    }

    public static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
