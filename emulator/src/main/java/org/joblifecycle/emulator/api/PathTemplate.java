package org.joblifecycle.emulator.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The path of a method as {@code google.api.http} has it, such as {@code /v1/{name=...}:cancel}: text, and a variable that is a
 * pattern, in which each star is one segment.
 */
final class PathTemplate {
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z_.]+)=([^}]*)}");

    private final Pattern pattern;
    private final String variable;

    private PathTemplate(Pattern pattern, String variable) {
        this.pattern = pattern;
        this.variable = variable;
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if it has not just one variable
     */
    static PathTemplate of(String template) {
        Matcher found = VARIABLE.matcher(template);
        if (!found.find()) {
            throw new IllegalArgumentException("path " + template + ": expected a variable");
        }
        String before = template.substring(0, found.start());
        String after = template.substring(found.end());
        if (after.contains("{")) {
            throw new IllegalArgumentException("path " + template + ": expected one variable");
        }
        String value = found.group(2).replace("*", "[^/:]+");
        return new PathTemplate(
                Pattern.compile(Pattern.quote(before) + "(" + value + ")" + Pattern.quote(after)), found.group(1));
    }

    /** The field of the request that the path has the value of, such as {@code name}. */
    String variable() {
        return variable;
    }

    /** The value of the variable in this path; null if the path is another one. */
    @Nullable
    String match(String path) {
        Matcher matcher = pattern.matcher(path);
        return matcher.matches() ? matcher.group(1) : null;
    }
}
