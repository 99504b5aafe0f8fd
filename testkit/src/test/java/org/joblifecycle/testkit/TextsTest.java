package org.joblifecycle.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
    private static final int MANY = 1_000;

    private static Seq<String> draw(long seed) {
        Random random = new Random(seed);
        return Vector.fill(MANY, () -> Texts.draw(random));
    }

    private static boolean isUtf8(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyClassIsDrawn(long seed) {
        assertEquals(
                EnumSet.allOf(TextClass.class),
                draw(seed).flatMap(TextClass::of).toJavaSet());
    }

    @Test
    void eachCanBeEncodedAndKeptByDatabases() {
        Seq<String> texts = draw(4);

        assertEquals(List.empty(), texts.reject(TextsTest::isUtf8).toList());
        assertEquals(List.empty(), texts.filter(text -> text.indexOf('\0') >= 0).toList());
    }

    @Test
    void fewAreLong() {
        Seq<String> texts = draw(5);
        int length = texts.map(String::length).sum().intValue();

        assertTrue(texts.exists(text -> text.length() >= 20_000));
        assertTrue(length < 400 * MANY, () -> "" + length);
    }

    @Test
    void aLongTextDrawsNoMoreThanAShortOne() {
        Random random = new Random(6);
        Random other = new Random(6);
        for (int i = 0; i < MANY; i++) {
            Texts.draw(random);
            other.nextInt();
        }

        assertEquals(other.nextInt(), random.nextInt());
    }

    @Test
    void simplerTextsAreShorterAndCanBeEncoded() {
        for (String text : draw(7)) {
            Texts.simpler(text).forEach(simpler -> {
                assertTrue(simpler.length() < text.length(), simpler);
                assertTrue(isUtf8(simpler), text);
            });
        }
    }

    @Test
    void theSimplestTextComesFirst() {
        assertEquals(
                List.of("", "x", "a\ud83d\ude00", "bc", "\ud83d\ude00bc", "abc", "a\ud83d\ude00c", "a\ud83d\ude00b"),
                List.ofAll(Texts.simpler("a\ud83d\ude00bc").toList()));
        assertEquals(List.empty(), List.ofAll(Texts.simpler("").toList()));
    }

    @Test
    void aTextShrinksToWhatIsWrongWithIt() {
        assertEquals("\u2028", shrunk(each -> each.contains("\u2028")));
    }

    // Neither half has both.
    @Test
    void aTextShrinksToTheTwoPartsThatAreWrongWithIt() {
        String shrunk = shrunk(each -> each.contains("\u2028") && each.contains("\n"));

        assertTrue(List.of("\u2028\n", "\n\u2028").contains(shrunk), shrunk);
    }

    private static String shrunk(Predicate<String> isWrong) {
        String text = draw(8).find(each -> each.length() > 5_000 && isWrong.test(each))
                .get();
        for (Optional<String> next = Optional.of(text); next.isPresent(); next = simpler(text, isWrong)) {
            text = next.get();
        }
        return text;
    }

    private static Optional<String> simpler(String text, Predicate<String> isWrong) {
        return Texts.simpler(text).filter(isWrong).findFirst();
    }

    @Test
    void nullsAreNamed() {
        assertEquals(
                List.of("random", "text"),
                List.<org.junit.jupiter.api.function.Executable>of(() -> Texts.draw(null), () -> Texts.simpler(null))
                        .map(call ->
                                assertThrows(NullPointerException.class, call).getMessage()));
    }
}
