package dev.logintoken.server.directory;

import dev.logintoken.server.sandbox.TestSandbox;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static dev.logintoken.server.directory.KnownNetworks.MAX_AGE;
import static dev.logintoken.server.directory.KnownNetworks.MAX_OF_A_NAME;
import static org.assertj.core.api.Assertions.assertThat;

final class KnownNetworksTest {

    private static final byte[] NAME = {1};
    private static final byte[] ANOTHER_NAME = {2};

    @AutoClose
    private final TestSandbox sandbox = new TestSandbox();

    private final KnownNetworks networks = new KnownNetworks(sandbox.database());

    @Test
    void aNetworkIsKnownAfterASuccess() {
        assertThat(isKnown(0)).isFalse();
        add(0, NAME);
        assertThat(isKnown(0)).isTrue();
        assertThat(isKnown(1)).isFalse();
    }

    @Test
    void itIsForgottenNinetyDaysAfterTheLastSuccess() {
        add(0, NAME);
        sandbox.pass(MAX_AGE.minusDays(1));
        add(0, NAME);
        sandbox.pass(MAX_AGE.minusDays(1));
        networks.purge(sandbox.now());
        assertThat(isKnown(0)).isTrue();
        sandbox.pass(Duration.ofDays(1).plusSeconds(1));
        assertThat(isKnown(0)).isFalse();
        networks.purge(sandbox.now());
        sandbox.pass(Duration.ofDays(-2));
        assertThat(isKnown(0)).isFalse();
    }

    @Test
    void ofTooManyNetworksOfANameTheOldestIsForgotten() {
        add(100, ANOTHER_NAME);
        for (int i = 0; i <= MAX_OF_A_NAME; i++) {
            sandbox.pass(Duration.ofSeconds(1));
            add(i, NAME);
        }
        assertThat(isKnown(0)).isFalse();
        assertThat(isKnown(1)).isTrue();
        assertThat(isKnown(MAX_OF_A_NAME)).isTrue();
        assertThat(isKnown(100)).isTrue();
    }

    private void add(int network, byte[] name) {
        networks.add(new byte[] {(byte) network}, name, sandbox.now());
    }

    private boolean isKnown(int network) {
        return networks.contains(new byte[] {(byte) network}, sandbox.now());
    }
}
