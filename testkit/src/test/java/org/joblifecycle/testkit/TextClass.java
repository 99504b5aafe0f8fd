package org.joblifecycle.testkit;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.lang.Character.UnicodeScript;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

// What a text may have that a system may not be prepared for.
public enum TextClass {
    EMPTY(String::isEmpty),
    SHORT(text -> !text.isEmpty() && text.length() < 50),
    LONG(text -> text.length() >= 1_000),
    ASCII(text -> !text.isEmpty() && text.chars().allMatch(c -> c >= ' ' && c <= '~')),
    LATIN_WITH_MARKS(has(c -> c > 0x7f && UnicodeScript.of(c) == UnicodeScript.LATIN)),
    CYRILLIC(UnicodeScript.CYRILLIC),
    HEBREW(UnicodeScript.HEBREW),
    ARABIC(UnicodeScript.ARABIC),
    DEVANAGARI(UnicodeScript.DEVANAGARI),
    HIRAGANA(UnicodeScript.HIRAGANA),
    HAN(UnicodeScript.HAN),
    HAN_BEYOND_THE_FIRST_PLANE(has(c -> c > 0xffff && UnicodeScript.of(c) == UnicodeScript.HAN)),
    EMOJI(has(c -> c >= 0x1f600 && c <= 0x1f64f)),
    PRIVATE_OR_UNASSIGNED(has(c -> List.of(Character.PRIVATE_USE, Character.UNASSIGNED)
            .map(Byte::intValue)
            .contains(Character.getType(c)))),
    COMBINING_MARK(has(c -> Character.getType(c) == Character.NON_SPACING_MARK)),
    LINE_END(has(c -> c == '\n')),
    CARRIAGE_RETURN(text -> text.contains("\r\n")),
    LINE_SEPARATOR(has(c -> c == 0x2028)),
    QUOTE(has(c -> c == '"')),
    BACKSLASH(has(c -> c == '\\')),
    OTHER_CONTROL(has(c -> c < ' ' && "\b\t\n\f\r".indexOf(c) < 0));

    @SuppressWarnings("ImmutableEnumChecker") // a pure function
    private final Predicate<String> is;

    TextClass(UnicodeScript script) {
        this(has(c -> UnicodeScript.of(c) == script));
    }

    TextClass(Predicate<String> is) {
        this.is = is;
    }

    private static Predicate<String> has(IntPredicate is) {
        return text -> text.codePoints().anyMatch(is);
    }

    public static Seq<TextClass> of(String text) {
        return List.of(values()).filter(each -> each.is.test(text));
    }
}
