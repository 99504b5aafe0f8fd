package org.joblifecycle.docs.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The examples: what stands between a line {@code // guide: name} and {@code // end} in the sources of this package, in the
 * tests of protobuf, which have Google's client, and in those of store, metrics, spring-boot, emulator and flink. Imports are
 * omitted, except those of a type of vavr whose name a reader would take for one of {@code java.util}.
 */
final class Regions {
    static final Path SOURCES = Path.of("src/test/java/org/joblifecycle/docs/guide");

    private static final List<Path> ELSEWHERE = List.of(
            Page.ROOT.resolve("protobuf/src/test/java/org/joblifecycle/protobuf"),
            Page.ROOT.resolve("store/src/test/java/org/joblifecycle/store"),
            Page.ROOT.resolve("metrics/src/test/java/org/joblifecycle/metrics"),
            Page.ROOT.resolve("spring-boot/src/test/java/org/joblifecycle/boot"),
            Page.ROOT.resolve("spring-boot/src/test/boot3/org/joblifecycle/boot"),
            Page.ROOT.resolve("emulator/src/test/java/org/joblifecycle/emulator"),
            Page.ROOT.resolve("flink/src/test/java/org/joblifecycle/flink"));

    private static final Pattern REGION = Pattern.compile("(?ms)^ *// guide: ([a-z0-9-]+)$\n(.*?\n) *// end$");

    private static final Pattern VAVR = Pattern.compile("(?m)^import io\\.vavr\\.(?:\\w+\\.)*(\\w+);$\n");

    private final Map<String, String> texts = new TreeMap<>();

    private Regions() {}

    static Regions read() {
        Regions regions = new Regions();
        Stream.concat(Stream.of(SOURCES), ELSEWHERE.stream()).forEach(regions::addAll);
        return regions;
    }

    private void addAll(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(Files::isRegularFile).sorted().forEach(this::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(Path file) {
        try {
            String source = Files.readString(file);
            Matcher region = REGION.matcher(source);
            while (region.find()) {
                String text = region.group(2).stripTrailing().stripIndent() + "\n";
                if (texts.put(region.group(1), imports(source, text) + text) != null) {
                    throw new AssertionError("two examples are called " + region.group(1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String imports(String source, String text) {
        String imports = VAVR.matcher(source)
                .results()
                .filter(type -> isInJavaUtil(type.group(1)))
                .filter(type -> Pattern.compile("\\b" + type.group(1) + "\\b")
                        .matcher(text)
                        .find())
                .map(MatchResult::group)
                .collect(Collectors.joining());
        return imports.isEmpty() ? "" : imports + "\n";
    }

    private static boolean isInJavaUtil(String name) {
        try {
            Class.forName("java.util." + name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    Set<String> names() {
        return texts.keySet();
    }

    /** The example without the indentation of its place. */
    String text(String name) {
        String text = texts.get(name);
        if (text == null) {
            throw new AssertionError("no source has an example called " + name);
        }
        return text;
    }
}
