package dev.logintoken.contract.behaviour;

import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.client.SandboxExtension;
import dev.logintoken.kit.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The executable WAR makes named test runs after its start, too. */
final class TestRunsIT {

    private static final String FROZEN = "2030-05-06T07:08:09Z";

    @RegisterExtension
    private static final SandboxExtension SANDBOX = new SandboxExtension();

    @Test
    void aNamedRunHasAClockOfItsOwn() {
        send("PUT", "/_sandbox/clock?frozenAt=" + FROZEN, "one");
        assertThat(send("GET", "/_sandbox/clock", "one").body()).contains(FROZEN);
        assertThat(send("GET", "/_sandbox/clock", "two").body()).doesNotContain(FROZEN);
    }

    private static Exchange send(String method, String path, String run) {
        Map<String, String> headers = Api.with("Sandbox-Run", run);
        Exchange exchange = SANDBOX.api().send(method, path, "", headers);
        assertThat(exchange.status()).as(exchange.body()).isEqualTo(200);
        return exchange;
    }
}
