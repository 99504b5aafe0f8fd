package org.joblifecycle.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.runtime.state.memory.ByteStreamStateHandle;

class LinesOfRangeProperties {
    private static LinesOfRange range(byte[] file, long from, long end) throws IOException {
        return LinesOfRange.of(new ByteStreamStateHandle("file", file).openInputStream(), from, end);
    }

    private static String text(LinesOfRange lines, int buffer) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] bytes = new byte[buffer];
        for (int read = lines.read(bytes, 0, buffer); read >= 0; read = lines.read(bytes, 0, buffer)) {
            text.append(new String(bytes, 0, read, UTF_8));
        }
        return text.toString();
    }

    @Property
    void howeverAFileIsCutEachLineIsInOneRange(
            @ForAll("files") String file,
            @ForAll @IntRange(min = 1, max = 12) int size,
            @ForAll @IntRange(min = 1, max = 9) int buffer)
            throws IOException {
        byte[] bytes = file.getBytes(UTF_8);
        StringBuilder all = new StringBuilder();
        long lines = 0;
        for (int from = 0; from < bytes.length; from += size) {
            LinesOfRange range = range(bytes, from, Math.min(bytes.length, from + size));
            String text = text(range, buffer);
            if (!text.isEmpty()) {
                assertEquals(all.length(), range.from());
                assertTrue(all.isEmpty() || all.charAt(all.length() - 1) == '\n');
                assertTrue(range.from() >= from && range.from() < from + size);
            }
            assertEquals(text.chars().filter(c -> c == '\n').count(), range.lines());
            all.append(text);
            lines += range.lines();
        }
        assertEquals(file, all.toString());
        assertEquals(file.chars().filter(c -> c == '\n').count(), lines);
    }

    @Provide
    Arbitrary<String> files() {
        return Arbitraries.strings().withChars("a\r\n").ofMaxLength(40);
    }

    @Example
    void aByteOrderMarkIsNoPartOfTheFirstLine() throws IOException {
        byte[] bytes = "\uFEFFa\nb\n".getBytes(UTF_8);
        assertEquals("a\n", text(range(bytes, 0, 4), 10));
        assertEquals("b\n", text(range(bytes, 4, 7), 10));
        assertEquals("", text(range(bytes, 0, 3), 10));
        assertEquals("a\nb\n", text(range(bytes, 0, 7), 10));
    }
}
