package org.joblifecycle.emulator.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.rpc.Code;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.joblifecycle.emulator.api.ApiException;
import org.joblifecycle.emulator.api.ApiMethods;
import org.joblifecycle.emulator.api.DroppedException;
import org.joblifecycle.emulator.job.Emulation;

/** The REST API over HTTP, the calls of tests, and the page. */
public final class RestServer implements AutoCloseable {
    private static final String ADMIN = "/_emulator/";
    private static final int MOST_BYTES = 10 << 20;
    private static final Pattern OPERATION = Pattern.compile(
            "/(?:v1|v1beta1)/(projects/[^/]+/locations/[^/]+)(?:/operations|(/operations/[^/:]+)(:cancel|:wait)?)");
    /** Reads numbers exactly: fields that the emulator does not know are kept as they are. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final int NO_BODY = -1;
    private static final int BACKLOG = 1000;

    /** More calls at once are closed without an answer. */
    private static final int MOST_THREADS = 1000;

    private static final long KEPT_SECONDS = 5;

    static {
        // The JDK's server sends headers and body apart. Without this a client waits 40 ms for each answer.
        setUnlessSet("sun.net.httpserver.nodelay", "true");
        // So many seconds a client has to send a request.
        setUnlessSet("sun.net.httpserver.maxReqTime", "30");
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads =
            new ThreadPoolExecutor(0, MOST_THREADS, KEPT_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>());
    private final Emulation emulation;
    private final AdminApi admin;
    private final EventStream events;

    /**
     * Starts it.
     *
     * @param address port 0 for any that is free
     * @throws IOException if it cannot listen there
     */
    public RestServer(InetSocketAddress address, Emulation emulation) throws IOException {
        this.emulation = emulation;
        AdminJson json = new AdminJson(emulation);
        this.admin = new AdminApi(emulation, json);
        this.events = new EventStream(json);
        try {
            server = HttpServer.create(address, BACKLOG);
        } catch (BindException e) {
            throw new IOException("cannot listen on port " + address.getPort() + " for REST: " + e.getMessage(), e);
        }
        server.setExecutor(threads);
        serve("/", this::pageOrApi);
        serve(ADMIN, this::admin);
        serve(ADMIN + "events", this::events);
        server.start();
    }

    /** The port on which it listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** The address on which it listens. */
    public String host() {
        return server.getAddress().getAddress().getHostAddress();
    }

    private void serve(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                try {
                    handler.handle(exchange);
                } catch (ApiException e) {
                    send(exchange, e.httpStatus(), Answer.json(e.json()));
                } catch (DroppedException e) {
                    return; // closes the connection
                } catch (RuntimeException e) {
                    ApiException error = ApiException.of(Code.INTERNAL, "A fault of the emulator's own: " + e);
                    send(exchange, error.httpStatus(), Answer.json(error.json()));
                }
            }
        });
    }

    private static void send(HttpExchange exchange, int status, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, NO_BODY);
            return;
        }
        exchange.sendResponseHeaders(status, answer.bytes().length);
        exchange.getResponseBody().write(answer.bytes());
    }

    private void events(HttpExchange exchange) throws IOException {
        Sender.check(exchange);
        events.write(exchange);
    }

    private void admin(HttpExchange exchange) throws IOException {
        Sender.check(exchange);
        String path = exchange.getRequestURI().getPath().substring(ADMIN.length());
        send(
                exchange,
                200,
                admin.answer(
                        exchange.getRequestMethod(),
                        path,
                        query(exchange.getRequestURI().getRawQuery()),
                        bytes(exchange)));
    }

    private void pageOrApi(HttpExchange exchange) throws IOException {
        Answer file = Page.file(exchange.getRequestURI().getPath());
        if (file == null) {
            send(exchange, 200, Answer.json(api(exchange)));
        } else {
            Headers headers = exchange.getResponseHeaders();
            headers.set("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; base-uri 'none'");
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Cache-Control", "no-cache");
            send(exchange, 200, file);
        }
    }

    private JsonNode api(HttpExchange exchange) throws IOException {
        String verb = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        Matcher operation = OPERATION.matcher(path);
        if (operation.matches()) {
            return operation(verb, operation);
        }
        return ApiMethods.ofRest(verb, path, query(exchange.getRequestURI().getRawQuery()), body(exchange))
                .map(emulation::answer)
                .orElseThrow(() -> unknown(verb, path));
    }

    private static ApiException unknown(String verb, String path) {
        return ApiMethods.verbs(path).isEmpty()
                ? ApiException.of(Code.NOT_FOUND, path + " is not emulated.")
                : ApiException.of(
                        Code.UNIMPLEMENTED,
                        verb + " of " + path + ": expected " + String.join(" or ", ApiMethods.verbs(path)));
    }

    private ObjectNode operation(String verb, Matcher path) {
        String id = path.group(2);
        if (id == null) {
            return emulation.operations().answer("ListOperations", path.group(1));
        }
        String method = verb.equals("DELETE")
                ? "DeleteOperation"
                : ":cancel".equals(path.group(3)) ? "CancelOperation" : "GetOperation";
        return emulation.operations().answer(method, path.group(1) + id);
    }

    private static Map<String, String> query(String rawQuery) {
        Map<String, String> query = new TreeMap<>();
        if (rawQuery != null) {
            for (String parameter : rawQuery.split("&", -1)) {
                String[] parts = parameter.split("=", 2);
                query.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("query", "\"" + text + "\" is not percent-encoded");
        }
    }

    private static byte[] bytes(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream()); // so that the answer is read
            throw ApiException.of(Code.INVALID_ARGUMENT, "The body has more than " + MOST_BYTES + " bytes.");
        }
        return bytes;
    }

    private static ObjectNode body(HttpExchange exchange) throws IOException {
        byte[] bytes = bytes(exchange);
        if (bytes.length == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            JsonNode body = JSON.readTree(bytes);
            if (body instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw ApiException.of(
                    Code.INVALID_ARGUMENT,
                    "The body is no JSON: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        throw ApiException.of(Code.INVALID_ARGUMENT, "The body is no JSON object.");
    }

    /** Stops it at once. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
