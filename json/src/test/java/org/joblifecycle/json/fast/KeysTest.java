package org.joblifecycle.json.fast;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.joblifecycle.json.Inputs.join;
import static org.joblifecycle.json.Inputs.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeysTest {
    private static final int LONGEST = 64;
    private static final String BEFORE = "{ \"other\" : 1, ";
    private static final String BEHIND = ":\"a value\", \"x\": 1 }";

    private final Keys keys = new Keys(Map.of("name", 0, "state", 1, "job_state", 1));

    private static byte[] line(String key, String behind) {
        return utf8(BEFORE + "\"" + key + "\"" + behind);
    }

    private Keys.Key get(String key, String behind) {
        return keys.get(line(key, behind), BEFORE.length(), BEFORE.length() + key.length() + 2);
    }

    private static String letters(int number) {
        return "abcdefghij".repeat(7).substring(0, number);
    }

    @Test
    void aKeyIsFoundWhateverIsAroundIt() {
        for (int length = 0; length + 2 <= LONGEST; length++) {
            String text = letters(length);
            Keys.Key key = get(text, BEHIND);
            assertEquals(length + 2, key.length);
            assertTrue(key.isAt(line(text, BEHIND), BEFORE.length()), text);
            assertTrue(key.isAt(line(text, ":nullnull"), BEFORE.length()), text);
            assertTrue(key.isAt(join(utf8("{"), line(text, BEHIND)), BEFORE.length() + 1), text);
        }
    }

    @Test
    void aKeyIsNotWhereAnyByteDiffers() {
        for (int length = 0; length + 2 <= LONGEST; length++) {
            Keys.Key key = get(letters(length), BEHIND);
            for (int at = 0; at < key.length; at++) {
                for (int bit = 1; bit <= 128; bit *= 2) {
                    byte[] changed = line(letters(length), BEHIND);
                    changed[BEFORE.length() + at] ^= (byte) bit;
                    assertFalse(key.isAt(changed, BEFORE.length()), () -> new String(changed, ISO_8859_1));
                }
            }
        }
    }

    @Test
    void aKeyIsRememberedAndNotMadeAgain() {
        for (int length = 0; length + 2 <= LONGEST; length++) {
            assertSame(get(letters(length), BEHIND), get(letters(length), ":1234567890"));
        }
    }

    @Test
    void keysAreTooManyAfterSomeThousands() {
        for (int i = 0; i < 4096; i++) {
            get("label-%04d".formatted(i), BEHIND);
            get("label-%04d".formatted(i), BEHIND);
            assertFalse(keys.areTooMany());
        }
        get("one more", BEHIND);
        assertTrue(keys.areTooMany());
    }

    @Test
    void someKeysAreWanted() {
        assertEquals(0, get("name", BEHIND).slot);
        assertEquals(1, get("state", BEHIND).slot);
        assertEquals(1, get("job_state", BEHIND).slot);
        assertEquals(Keys.UNWANTED, get("names", BEHIND).slot);
        assertEquals(Keys.UNWANTED, get("nam", BEHIND).slot);
        assertEquals(Keys.UNWANTED, get("", BEHIND).slot);
    }

    @Test
    void aKeyThatIsTooLongIsNotRemembered() {
        String text = letters(LONGEST - 1);
        Keys.Key key = get(text, BEHIND);
        assertSame(keys.first(), key);
        assertEquals(Keys.UNWANTED, key.slot);
        assertFalse(key.isAt(line(text, BEHIND), BEFORE.length()));
        assertFalse(key.isAt(line("", BEHIND), BEFORE.length()));
    }

    @Test
    void moreKeysThanAreRememberedAreStillFound() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 2_000; i++) {
                String text = "label-" + i;
                assertTrue(get(text, BEHIND).isAt(line(text, BEHIND), BEFORE.length()), text);
            }
        }
    }

    @Test
    void differentLongsHaveDifferentIndexes() {
        List<Integer> indexes = IntStream.range(0, 256)
                .mapToObj(i -> EightBytes.index(EightBytes.of("count-%02x".formatted(i)), 256))
                .toList();
        assertTrue(indexes.stream().allMatch(index -> index >= 0 && index < 256), indexes::toString);
        assertTrue(indexes.stream().distinct().count() > 128, indexes::toString);
    }
}
