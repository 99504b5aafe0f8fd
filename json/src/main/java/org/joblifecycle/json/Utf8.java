package org.joblifecycle.json;

/** How many characters of Java there are in text in UTF-8. */
final class Utf8 {
    private Utf8() {}

    /** How many characters begin with a byte: a sequence of four bytes is two, and what continues a sequence is none. */
    static int characters(int unsignedByte) {
        return unsignedByte >= 0xF0 ? 2 : unsignedByte < 0x80 || unsignedByte >= 0xC0 ? 1 : 0;
    }
}
