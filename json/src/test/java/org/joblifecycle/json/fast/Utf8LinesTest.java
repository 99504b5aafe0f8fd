package org.joblifecycle.json.fast;

import static org.joblifecycle.json.Inputs.in;
import static org.joblifecycle.json.Inputs.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class Utf8LinesTest {

    @Test
    void charactersAreReadToWhereTheyAreAskedFor() throws IOException {
        char[] target = new char[6];
        Utf8Lines text = new Utf8Lines(in(utf8("a😀é\nb")), 2);
        assertEquals(1, text.read(target, 2, 1));
        assertEquals(1, text.read(target, 1, 1));
        assertEquals(3, text.read(target, 3, 3));
        assertEquals(1, text.read(target, 0, 6));
        assertEquals("é  a😀", new String(target));
        assertEquals(-1, text.read(target, 0, 6));
        assertTrue(text.nextLine());
        assertEquals(1, text.read(target, 5, 1));
        assertEquals('b', target[5]);
        assertFalse(text.nextLine());
    }
}
