package org.joblifecycle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.joblifecycle.cli.Jobs.lines;
import static org.joblifecycle.cli.Jobs.pending;
import static org.joblifecycle.cli.Jobs.running;
import static org.joblifecycle.cli.Jobs.succeeded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class BrokenInputProperties {
    private static final String LINES = lines(pending("7"), running("7"), succeeded("7"));
    private static final String ARRAY = "[" + LINES.strip().replace("\n", ",\n") + "]";

    @Property(tries = 200)
    void noiseInTheInputIsAFindingAtMost(@ForAll Random random, @ForAll boolean array) {
        byte[] input = (array ? ARRAY : LINES).getBytes(UTF_8);
        for (int i = random.nextInt(8); i >= 0; i--) {
            input[random.nextInt(input.length)] =
                    random.nextBoolean() ? (byte) random.nextInt(256) : (byte) "{}[]\",:\n\\".charAt(random.nextInt(9));
        }
        Cli.Result result = new Cli().in(new ByteArrayInputStream(input)).with("check", "--sort", "--mode=authority");
        assertEquals("", result.err());
        assertTrue(result.exit() == 0 || result.exit() == 1);
        assertEquals(result.exit() == 0, result.lines().stream().anyMatch(line -> line.endsWith(": nothing found")));
    }
}
