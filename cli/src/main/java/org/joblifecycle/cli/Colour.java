package org.joblifecycle.cli;

/** Text for a terminal: coloured, and never with control characters that stood in the data. */
enum Colour {
    RED("\u001b[31m"),
    BOLD("\u001b[1m");

    private static final String RESET = "\u001b[0m";

    private final String code;

    Colour(String code) {
        this.code = code;
    }

    /** The text in this colour if the console has colours. */
    String on(Console console, String text) {
        return console.hasColours() ? code + text + RESET : text;
    }

    /** The text with its control characters written out, so that it is one line and steers no terminal. */
    static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> visible.append(String.format("\\u%04x", c));
                default -> visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }
}
