package org.joblifecycle.emulator.api;

/** Texts in which {@code *} stands for any characters, also none. */
public final class Wildcard {
    private Wildcard() {}

    /** Whether all of a text is like a pattern. It takes no longer for many stars. */
    public static boolean matches(String pattern, String text) {
        String[] parts = pattern.split("\\*", -1);
        int last = parts.length - 1;
        if (last == 0) {
            return text.equals(pattern);
        }
        int at = parts[0].length();
        int end = text.length() - parts[last].length();
        if (at > end || !text.startsWith(parts[0]) || !text.endsWith(parts[last])) {
            return false;
        }
        for (int i = 1; i < last; i++) {
            int found = text.indexOf(parts[i], at);
            if (found < 0 || found + parts[i].length() > end) {
                return false;
            }
            at = found + parts[i].length();
        }
        return true;
    }
}
