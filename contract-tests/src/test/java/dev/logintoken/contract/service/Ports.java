package dev.logintoken.contract.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hands out ports that a process can keep while it is down. The operating system gives ports of the ephemeral range to
 * outgoing connections; such a connection can take the port of a process that is about to be restarted.
 */
public final class Ports {

    static final int LOWEST = 10_000;
    static final Path EPHEMERAL_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    static final int DEFAULT_EPHEMERAL = 32_768;

    private static final Ports SHARED = new Ports(LOWEST, firstEphemeral(EPHEMERAL_RANGE));

    private final int first;
    private final int count;
    private final AtomicInteger next;

    /**
     * Takes ports from a range.
     *
     * @param end the port after the last
     */
    Ports(int first, int end) {
        this.first = first;
        this.count = end - first;
        next = new AtomicInteger(ThreadLocalRandom.current().nextInt(count));
    }

    /** Returns a port below the ephemeral range that is free on the loopback address, another one each time. */
    public static int free() {
        return SHARED.take();
    }

    /** Returns the next free port of the range. */
    int take() {
        for (int attempt = 0; attempt < count; attempt++) {
            int port = first + Math.floorMod(next.getAndIncrement(), count);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("All ports from " + first + " to " + (first + count - 1) + " are in use.");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns where the ephemeral range begins; the default where it is unknown or leaves no ports below it. */
    static int firstEphemeral(Path range) {
        if (!Files.exists(range)) {
            return DEFAULT_EPHEMERAL;
        }
        try {
            int begin = Integer.parseInt(Files.readString(range).strip().split("\\s+")[0]);
            return begin > LOWEST ? begin : DEFAULT_EPHEMERAL;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
