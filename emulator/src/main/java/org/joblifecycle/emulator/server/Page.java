package org.joblifecycle.emulator.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of the page that shows the emulator, in the folder {@code page} beside this class. */
final class Page {
    private static final String INDEX = "index.html";
    private static final Map<String, Answer> FILES = Map.of(
            "/", read(INDEX, "text/html"),
            "/page.css", read("page.css", "text/css"),
            "/page.js", read("page.js", "text/javascript"),
            "/graph.js", read("graph.js", "text/javascript"),
            "/icon.svg", read("icon.svg", "image/svg+xml"));

    private Page() {}

    /** The file at this path; null if there is none. */
    static @Nullable Answer file(String path) {
        return FILES.get(path);
    }

    private static Answer read(String name, String type) {
        try (InputStream file = Page.class.getResourceAsStream("page/" + name)) {
            if (file == null) {
                throw new IllegalStateException("the page has no " + name);
            }
            return new Answer(type + "; charset=UTF-8", file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
