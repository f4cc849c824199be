package dev.logintoken.contract.service;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** A port that a process keeps is out of the way of outgoing connections. */
final class PortsTest {

    @TempDir
    private Path directory;

    @Test
    void aPortIsBelowTheEphemeralRangeAndFree() throws IOException {
        int port = Ports.free();
        assertThat(port).isBetween(Ports.LOWEST, Ports.firstEphemeral(Ports.EPHEMERAL_RANGE) - 1);
        try (ServerSocket socket = listen(port)) {
            assertThat(socket.getLocalPort()).isEqualTo(port);
        }
    }

    @Test
    void noPortIsHandedOutTwice() {
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            assertThat(ports.add(Ports.free())).isTrue();
        }
    }

    @Test
    void aPortInUseIsPassedOver() throws IOException {
        try (ServerSocket taken = listen(Ports.free())) {
            Ports one = new Ports(taken.getLocalPort(), taken.getLocalPort() + 1);
            assertThatIllegalStateException().isThrownBy(one::take).withMessageContaining("are in use");
        }
    }

    @Test
    void theSystemSaysWhereTheEphemeralRangeBegins() throws IOException {
        assertThat(Ports.firstEphemeral(range("20000\t60999\n"))).isEqualTo(20_000);
    }

    @Test
    void anUnknownOrWholeRangeCountsAsTheDefault() throws IOException {
        assertThat(Ports.firstEphemeral(directory.resolve("missing"))).isEqualTo(Ports.DEFAULT_EPHEMERAL);
        assertThat(Ports.firstEphemeral(range("1024\t65535\n"))).isEqualTo(Ports.DEFAULT_EPHEMERAL);
    }

    private Path range(String text) throws IOException {
        return Files.writeString(directory.resolve("range"), text);
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }
}
