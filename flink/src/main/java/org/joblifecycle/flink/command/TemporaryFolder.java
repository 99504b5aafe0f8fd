package org.joblifecycle.flink.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The folder for what a cluster within this process writes: Flink leaves 20 MB of jars behind. It goes with the process. */
final class TemporaryFolder {
    private static final Path FOLDER = create();

    private TemporaryFolder() {}

    static String path() {
        return FOLDER.toString();
    }

    private static Path create() {
        try {
            Path folder = Files.createTempDirectory("job-lifecycle-flink");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to the folder for temporary files", e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(each -> each.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // somebody else deletes it
        }
    }
}
