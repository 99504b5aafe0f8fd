package org.joblifecycle.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EscapedTest {
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "customJobs/1", "\"", "\\", "é", "e\u0301", "中", "😀", "$1"})
    void whatCanBeReadStaysAsItIs(String text) {
        assertEquals(text, Escaped.line(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0000", "0009", "000a", "000d", "001b", "007f", "0085", "00a0", "00ad", "0378", "200b", "2028", "2029", "202e",
        "3000", "d800", "dfff", "e000", "feff"
    })
    void whatIsHiddenIsWrittenOut(String number) {
        String hidden = Character.toString(Integer.parseInt(number, 16));
        assertEquals("a\\u" + number + "b", Escaped.line("a" + hidden + "b"));
    }

    @Test
    void aHiddenCharacterBeyondTheFirstPlaneIsWrittenAsItsTwoHalves() {
        assertEquals("\\udb40\\udc01", Escaped.line(Character.toString(0xe0001)));
    }

    @Test
    void theNumbersAreTheSameInEveryLanguage() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertEquals("\\u0009", Escaped.line("\t"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void everyTextIsOneLine() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String line = Escaped.line("a" + Character.toString(c) + "b");
            if (line.lines().count() != 1 || line.chars().anyMatch(Character::isISOControl)) {
                throw new AssertionError(Integer.toHexString(c));
            }
        }
    }

    @Test
    void aQuotedTextHasItsQuotesAndBackslashesEscaped() {
        assertEquals("\"\"", Escaped.quoted(""));
        assertEquals("\"a \\\"b\\\" \\\\ c\\u000a\"", Escaped.quoted("a \"b\" \\ c\n"));
        assertEquals("\"\\\\u000a\"", Escaped.quoted("\\u000a"));
    }

    @Test
    void ofALongQuotedTextTheFirstTwoHundredCharactersAreShown() {
        assertEquals("\"" + "😀".repeat(200) + "\"", Escaped.quoted("😀".repeat(200)));
        assertEquals("\"" + "😀".repeat(200) + "\"...", Escaped.quoted("😀".repeat(201)));
        assertEquals("\"" + "\\\"".repeat(200) + "\"...", Escaped.quoted("\"".repeat(201)));
    }
}
