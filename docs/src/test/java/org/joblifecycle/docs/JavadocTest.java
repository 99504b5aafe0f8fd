package org.joblifecycle.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packages of the Javadoc that is one for all modules: see the profile javadoc. */
class JavadocTest {
    @Test
    void whatIsNoApiIsLeftOutOfTheJavadocAsOfTheComparisonOfReleases() throws IOException {
        Set<String> notApi = values("exclude>(org\\.joblifecycle[a-z.]*)<", "");
        notApi.removeIf(name -> name.startsWith("org.joblifecycle.cli"));
        assertEquals(notApi, values("excludePackageNames>(.*?)<", ":"));
    }

    @Test
    void everyPackageOfTheApiIsInOneGroup() throws IOException {
        Set<String> groups = values("<packages>(.*?)<", ":");
        Set<String> packages = apiPackages();
        for (String name : packages) {
            assertEquals(1, groups.stream().filter(group -> isIn(name, group)).count(), name);
        }
        for (String group : groups) {
            assertTrue(packages.stream().anyMatch(name -> isIn(name, group)), group);
        }
    }

    private static boolean isIn(String name, String group) {
        return group.endsWith("*") ? name.startsWith(group.substring(0, group.length() - 1)) : name.equals(group);
    }

    @Test
    void everyPackageOfTheApiSaysWhatItIs() throws IOException {
        for (Path folder : folders().toList()) {
            Path file = folder.resolve("package-info.java");
            assertTrue(Files.exists(file) && Files.readString(file).startsWith("/**"), file.toString());
        }
    }

    private static Set<String> apiPackages() throws IOException {
        Set<String> packages = folders().map(JavadocTest::packageOf).collect(Collectors.toCollection(TreeSet::new));
        packages.removeAll(values("excludePackageNames>(.*?)<", ":"));
        return packages;
    }

    private static String packageOf(Path folder) {
        return folder.toString().replaceFirst(".*src.main.java.", "").replaceAll("[/\\\\]", ".");
    }

    /** The folders of packages with types, of all modules in the Javadoc. */
    private static Stream<Path> folders() throws IOException {
        Set<Path> folders = new TreeSet<>();
        for (String module : Modules.read().names()) {
            if (!Set.of("benchmarks", "cli", "docs").contains(module)) {
                try (Stream<Path> files = Files.walk(Repository.TOP.resolve(module + "/src/main/java"))) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.endsWith("module-info.java"))
                            .forEach(file -> folders.add(file.getParent()));
                }
            }
        }
        return folders.stream();
    }

    private static Set<String> values(String pattern, String separator) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Repository.read("pom.xml"))
                .results()
                .flatMap(match -> Arrays.stream(
                        separator.isEmpty()
                                ? new String[] {match.group(1)}
                                : match.group(1).split(separator)))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
