package org.joblifecycle.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.joblifecycle.json.Inputs.in;
import static org.joblifecycle.json.Inputs.job;
import static org.joblifecycle.json.Inputs.outcomes;
import static org.joblifecycle.json.Inputs.trickle;
import static org.joblifecycle.json.Inputs.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JobLinesProperties {
    private static final byte[] GOOD = utf8(job("good"));

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aBrokenLineIsOneFindingAndHarmsNoOther(@ForAll("lines") List<byte[]> lines, @ForAll boolean terminated) {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.writeBytes(GOOD); // or garbage might make it an array
        List<String> expected = new ArrayList<>(List.of("1 good"));
        for (byte[] line : lines) {
            input.write('\n');
            input.writeBytes(line);
            if (line == GOOD) {
                expected.add((expected.size() + 1) + " good");
            } else {
                expected.add(isBlank(line) ? "blank" : (expected.size() + 1) + " bad");
            }
        }
        if (terminated) {
            input.write('\n');
        }
        expected.removeIf("blank"::equals);
        assertEquals(expected, told(outcomes(input.toByteArray())));
        assertEquals(expected, told(outcomes(trickle(in(input.toByteArray())))));
    }

    private static List<String> told(List<String> outcomes) {
        return outcomes.stream()
                .map(outcome -> outcome.replaceFirst("(?<= )(malformed-json|name-missing)", "bad"))
                .toList();
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    @Provide
    static Arbitrary<List<byte[]>> lines() {
        Arbitrary<byte[]> bytes = garbage(Arbitraries.bytes().filter(b -> b != '\n'));
        Arbitrary<Byte> shreds =
                Arbitraries.chars().with("{}[]\",:\\/-1.ex \t\r\0").map(c -> (byte) c.charValue());
        Arbitrary<Byte> blanks = Arbitraries.of((byte) ' ', (byte) '\t', (byte) '\r');
        Arbitrary<byte[]> cut =
                Arbitraries.integers().between(1, GOOD.length - 1).map(length -> Arrays.copyOf(GOOD, length));
        return Arbitraries.oneOf(Arbitraries.just(GOOD), bytes, garbage(shreds), garbage(blanks), cut)
                .list()
                .ofMaxSize(12);
    }

    // An array is as many findings as it has elements, and an empty object none: see LayoutProperties.
    private static Arbitrary<byte[]> garbage(Arbitrary<Byte> alphabet) {
        return alphabet.array(byte[].class)
                .ofMaxSize(30)
                .filter(line -> !new String(line, ISO_8859_1).matches("(?s)\\s*(\\[.*\\]|\\{\\s*\\})\\s*"));
    }
}
