package dev.logintoken.contract.pact;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Pact files from a Pact Broker: the credentials, and the one line that says why there are none. */
@SuppressWarnings("NullAway.Init")
final class BrokerTest {

    private static final String INFO = "/api/v1/system/info";
    private static final String CHECK = "The Pact Broker gives no pacts, check -Dpactbroker.url and the selectors: ";

    private final Properties properties = System.getProperties();

    private BrokerStub broker;

    @BeforeEach
    void startBroker() throws IOException {
        System.setProperties((Properties) properties.clone());
        broker = new BrokerStub("Bearer a-token");
        System.setProperty("pactbroker.url", broker.url());
        System.setProperty("pactbroker.auth.token", "a-token");
    }

    @AfterEach
    void stopBroker() {
        broker.close();
        System.setProperties(properties);
    }

    @Test
    void aTokenWillDo() {
        broker.with("content", BrokerStub.interaction("a request", INFO, 200));
        assertThat(failure()).isNull();
    }

    @Test
    void aUserNameAndAPasswordWillDo() throws IOException {
        try (BrokerStub basic = new BrokerStub("Basic YS11c2VyOmEtcGFzc3dvcmQ=")) {
            basic.with("content", BrokerStub.interaction("a request", INFO, 200));
            System.setProperty("pactbroker.url", basic.url());
            System.setProperty("pactbroker.auth.username", "a-user");
            System.setProperty("pactbroker.auth.password", "a-password");
            assertThat(failure()).isNull();
        }
    }

    @Test
    void aWrongTokenIsAFailure() {
        System.setProperty("pactbroker.auth.token", "another-token");
        assertThat(failure())
                .hasMessage("The Pact Broker refuses the credentials: set either PACT_BROKER_TOKEN or"
                        + " -Dpactbroker.auth.token.");
    }

    @Test
    void aBrokerThatDoesNotAnswerIsAFailure() {
        broker.close();
        assertThat(failure())
                .hasMessageStartingWith(CHECK + "Connect to " + broker.url())
                .hasMessageEndingWith("Connection refused");
    }

    @Test
    void aUrlOfSomethingElseIsAFailure() {
        System.setProperty("pactbroker.url", broker.url() + "/elsewhere");
        assertThat(failure()).hasMessageStartingWith(CHECK);
    }

    @Test
    void anEmptyUrlIsAFailure() {
        System.setProperty("pactbroker.url", "");
        assertThat(failure()).hasMessageStartingWith(CHECK);
    }

    @Test
    void selectorsThatAreNotJsonAreAFailure() {
        System.setProperty("pactbroker.consumerversionselectors.rawjson", "main");
        assertThat(failure()).hasMessageStartingWith(CHECK + "Invalid JSON");
    }

    @Test
    void noSelectedPactIsAFailure() {
        assertThat(failure())
                .hasMessage("The Pact Broker has no pact with the provider 'login-token' that is selected:"
                        + " publish one, or correct -Dpactbroker.consumerversionselectors.rawjson.");
    }

    @Test
    void aProviderThatTheBrokerDoesNotKnowIsAFailure() {
        assertThat(failure("login-tokens"))
                .hasMessageStartingWith("The Pact Broker has no pact with the provider 'login-tokens'");
    }

    @Test
    void publishingWithoutAVersionIsAFailure() {
        broker.with("content", BrokerStub.interaction("a request", INFO, 200));
        System.setProperty("pact.verifier.publishResults", "true");
        assertThat(failure())
                .hasMessage("Results are published for a version of the service: set -Dpact.provider.version.");
    }

    @Test
    void publishingResultsThatCannotBeToldApartIsAFailure() {
        broker.with(
                "content",
                BrokerStub.interaction("a request", INFO, 404),
                BrokerStub.interaction("a request", INFO, 200));
        assertThat(failure()).isNull();
        System.setProperty("pact.verifier.publishResults", "true");
        System.setProperty("pact.provider.version", "1.2.3");
        assertThat(failure())
                .hasMessageStartingWith("The pact of 'content' has two interactions of one description and state");
    }

    @Test
    void aFolderAndABrokerAtOnceAreAFailure() {
        System.setProperty("pacts", "pacts");
        assertThat(failure()).hasMessageContaining("set either -Dpacts or -Dpactbroker.url");
    }

    private static Throwable failure() {
        return failure("login-token");
    }

    private static Throwable failure(String provider) {
        return catchThrowable(
                () -> assertThat(new ConsumersPacts().load(provider)).hasSize(1));
    }
}
