package org.joblifecycle.emulator.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Server-sent events: what happened to jobs, as it happens, and once a second what the clock shows. It asks for changes instead of
 * being told, so that a slow reader holds up nobody.
 */
final class EventStream {
    private static final long PAUSE_MILLIS = 100;
    private static final int SILENT_PAUSES = 10;
    private static final int MOST_JOBS = 200;

    private final AdminJson json;

    EventStream(AdminJson json) {
        this.json = json;
    }

    /** Writes to a client until it is gone, or the thread is interrupted. */
    void write(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        ObjectNode sent = json.since(0, 0);
        send(out, sent);
        try {
            for (int silent = 0; !Thread.interrupted(); silent++) {
                Thread.sleep(PAUSE_MILLIS);
                ObjectNode next = json.since(sent.path("change").asLong(), MOST_JOBS);
                boolean isNew = !next.path("change").equals(sent.path("change"))
                        || !next.path("requests").equals(sent.path("requests"));
                if (isNew || silent >= SILENT_PAUSES) {
                    send(out, next);
                    sent = next;
                    silent = 0;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server is stopped
        }
    }

    private static void send(OutputStream out, ObjectNode message) throws IOException {
        out.write(("data: " + message + "\n\n").getBytes(UTF_8));
        out.flush();
    }
}
