package dev.logintoken.server.operator;

import dev.logintoken.settings.KnownSettings;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Checks that a node could listen.
 *
 * @param host the host to listen on
 * @param port the port, 0 for any free one
 */
record ListenCheck(String host, int port) {

    /**
     * Reports why a node could not listen. It is a warning if only another process is in the way: that may be the node
     * which a new release replaces.
     */
    void look(Consumer<String> problem, Consumer<String> warning) {
        if (new InetSocketAddress(host, port).isUnresolved()) {
            problem.accept(line("no such host. Correct " + KnownSettings.HTTP_HOST + "."));
            return;
        }
        Optional<String> unusable = failure(0);
        if (unusable.isPresent()) {
            problem.accept(
                    line(unusable.get() + ". Set " + KnownSettings.HTTP_HOST + " to an address of this machine."));
            return;
        }
        failure(port).ifPresent(reason -> {
            if (reason.startsWith("Permission denied")) {
                problem.accept(line(reason + ". Set another " + KnownSettings.HTTP_PORT + "."));
            } else {
                warning.accept(line(reason + ". Stop the process that listens there before a start, or set another "
                        + KnownSettings.HTTP_PORT + "."));
            }
        });
    }

    private Optional<String> failure(int freeOrPort) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, freeOrPort));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private String line(String reason) {
        return "A node cannot listen on host " + host + ", port " + port + ": " + reason;
    }
}
