package org.joblifecycle.emulator.server;

import com.google.rpc.Code;
import com.sun.net.httpserver.HttpExchange;
import java.util.regex.Pattern;
import org.joblifecycle.emulator.api.ApiException;

/**
 * Who calls the emulator itself. A web page of somebody else's that is open on this machine must not: not from its own origin, and
 * not by a name of its own that leads here.
 */
final class Sender {
    /** An address, or a name that nobody can have in the Internet. */
    private static final Pattern OWN_HOST = Pattern.compile(
            "([0-9]+(\\.[0-9]+){3}|\\[[0-9a-fA-F:.]+]|[A-Za-z0-9_-]+|host\\.docker\\.internal)(:[0-9]+)?");

    private Sender() {}

    /**
     * Checks it.
     *
     * @throws ApiException PERMISSION_DENIED if the request is for a foreign host or from a foreign origin
     */
    static void check(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        if (host == null || !OWN_HOST.matcher(host).matches()) {
            throw ApiException.of(
                    Code.PERMISSION_DENIED,
                    "The host is not this machine: expected localhost, an address, or a name without dots.");
        }
        if (origin != null && !origin.equals("http://" + host)) {
            throw ApiException.of(Code.PERMISSION_DENIED, "The request comes from a page of another origin.");
        }
    }
}
