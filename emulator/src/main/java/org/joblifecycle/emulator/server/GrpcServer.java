package org.joblifecycle.emulator.server;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.joblifecycle.emulator.job.Emulation;

/**
 * The same calls over gRPC: a request message becomes the JSON of a call, and the JSON of its answer the response message. What a
 * message has no field for is lost on this way.
 */
public final class GrpcServer implements AutoCloseable {
    private final Server server;

    /**
     * Starts it.
     *
     * @param address port 0 for any that is free
     * @param emulation asked for when the first call comes
     * @throws IOException if it cannot listen there
     */
    public GrpcServer(InetSocketAddress address, Supplier<Emulation> emulation) throws IOException {
        try {
            server = NettyServerBuilder.forAddress(address)
                    .fallbackHandlerRegistry(new Services(emulation))
                    .build()
                    .start();
        } catch (IOException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new IOException("cannot listen on port " + address.getPort() + " for gRPC: " + why.getMessage(), e);
        }
    }

    /** The port on which it listens. */
    public int port() {
        return server.getPort();
    }

    /** Stops it at once. */
    @Override
    public void close() {
        server.shutdownNow();
    }
}
