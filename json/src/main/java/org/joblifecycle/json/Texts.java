package org.joblifecycle.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A few texts in ASCII and what they stand for, found by their bytes without making a String of them. */
final class Texts<T> {
    private static final class Entry<T> {
        final byte[] text;
        final T meaning;

        Entry(String text, T meaning) {
            this.text = text.getBytes(US_ASCII);
            this.meaning = meaning;
        }
    }

    /** By length, of which hardly two are equal. */
    private final Entry<T>[][] entries;

    private Texts(Entry<T>[][] entries) {
        this.entries = entries;
    }

    /** These meanings, each with its text. */
    @SuppressWarnings({"unchecked", "rawtypes"
    }) // the entries of an array have the type argument that they are made with
    static <T> Texts<T> of(Collection<T> meanings, Function<T, String> text) {
        int longest = meanings.stream()
                .mapToInt(meaning -> text.apply(meaning).length())
                .max()
                .orElse(0);
        Entry<T>[][] entries = new Entry[longest + 1][];
        for (int length = 0; length <= longest; length++) {
            int wanted = length;
            entries[length] = meanings.stream()
                    .map(meaning -> new Entry<>(text.apply(meaning), meaning))
                    .filter(entry -> entry.text.length == wanted)
                    .toArray(Entry[]::new);
        }
        return new Texts<>(entries);
    }

    /** What the bytes from one index to before another stand for; null if they are none of the texts. */
    @Nullable
    T get(byte[] bytes, int from, int to) {
        if (to - from < entries.length) {
            for (Entry<T> entry : entries[to - from]) {
                if (Arrays.equals(bytes, from, to, entry.text, 0, entry.text.length)) {
                    return entry.meaning;
                }
            }
        }
        return null;
    }
}
