package org.joblifecycle.cli.command;

/** How text is highlighted on a terminal. */
public enum Style {
    /** Red. */
    RED("\u001b[31m"),

    /** Bold. */
    BOLD("\u001b[1m");

    private static final String RESET = "\u001b[0m";

    private final String code;

    Style(String code) {
        this.code = code;
    }

    /** The text in this colour if the console has colours. */
    public String on(Console console, String text) {
        return console.hasColours() ? code + text + RESET : text;
    }
}
