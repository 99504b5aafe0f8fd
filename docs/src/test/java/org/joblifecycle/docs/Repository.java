package org.joblifecycle.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/** The generated files of the repository: compared with the code, or with {@code -Dupdate.docs} rewritten. */
final class Repository {
    /** The top folder, from any working folder below it. */
    static final Path TOP = top(Path.of("").toAbsolutePath());

    private static final String UPDATE = "./mvnw test -pl docs -am -Dupdate.docs";
    private static final String BEGIN = "<!-- generated: do not edit, run " + UPDATE + " -->\n";
    private static final String END = "<!-- end -->\n";

    private Repository() {}

    private static Path top(Path folder) {
        return Files.exists(folder.resolve("mvnw")) ? folder : top(folder.getParent());
    }

    static String read(String file) throws IOException {
        return Files.readString(TOP.resolve(file));
    }

    /** Compares a whole file with the generated text. */
    static void assertHolds(String file, String text) throws IOException {
        if (Boolean.getBoolean("update.docs")) {
            Files.writeString(TOP.resolve(file), text);
        }
        Iterator<String> expected = text.lines().iterator();
        Iterator<String> actual = read(file).lines().iterator();
        for (int line = 1; expected.hasNext() || actual.hasNext(); line++) {
            assertEquals(
                    expected.hasNext() ? expected.next() : "the end of the file",
                    actual.hasNext() ? actual.next() : "the end of the file",
                    file + " is not what the code says, from line " + line + " on. To rewrite it: " + UPDATE);
        }
    }

    /** Compares the part of a page between its markers with the generated text. */
    static void assertHoldsBetweenMarkers(String page, String text) throws IOException {
        String whole = read(page);
        int begin = whole.indexOf(BEGIN);
        int end = whole.indexOf(END);
        assertTrue(0 <= begin && begin < end, page + " lacks the markers\n" + BEGIN + END);
        assertHolds(page, whole.substring(0, begin + BEGIN.length()) + "\n" + text + "\n" + whole.substring(end));
    }
}
