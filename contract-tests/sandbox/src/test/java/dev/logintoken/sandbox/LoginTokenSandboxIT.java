package dev.logintoken.sandbox;

import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** The extension of JUnit, used as a consumer uses it. */
@TestMethodOrder(OrderAnnotation.class)
final class LoginTokenSandboxIT {

    private static final String IDENTIFIER = "an0identifier0that0nobody0registered0yet";

    @RegisterExtension
    static final LoginTokenSandbox sandbox = LoginTokenSandbox.builder().build();

    /** Another with the same options is the same process. */
    @RegisterExtension
    static final LoginTokenSandbox same = LoginTokenSandbox.builder().build();

    @Test
    @Order(1)
    void factsAreMadeTrue() throws Exception {
        ProviderState deleted = sandbox.given("a deleted user");
        assertThat(Calls.loginToken(sandbox.url(), deleted.userIdentifier())).contains("ER709");
        assertThat(sandbox.log()).contains("ER709");
        assertThat(sandbox.states().names()).contains("a deleted user", "the clock is ahead");
    }

    @Test
    @Order(2)
    void theClockMovesOnFromWhereItIs() throws Exception {
        assertThat(expiry()).isBefore(Instant.now().plus(Duration.ofMinutes(6)));
        sandbox.clock().advance(Duration.ofMinutes(6));
        sandbox.clock().advance(Duration.ofHours(1));
        assertThat(sandbox.clock().ahead()).isEqualTo(Duration.ofMinutes(66));
        assertThat(expiry()).isAfter(Instant.now().plus(Duration.ofMinutes(70)));
        Calls.register(sandbox.url(), IDENTIFIER);
        assertThat(Calls.loginToken(sandbox.url(), IDENTIFIER)).contains("ER705");
    }

    @Test
    @Order(3)
    void whatATestHasChangedIsUndoneAfterIt() throws Exception {
        assertThat(sandbox.clock().ahead()).isZero();
        assertThat(expiry()).isBefore(Instant.now().plus(Duration.ofMinutes(6)));
        assertThat(Calls.loginToken(sandbox.url(), IDENTIFIER)).contains("ER706");
    }

    @Test
    void extensionsWithTheSameOptionsShareAProcess() {
        assertThat(same.sandbox()).isSameAs(sandbox.sandbox());
    }

    @Test
    void whatTheSandboxDoesNotKnowIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sandbox.given("a deletd user"))
                .withMessage("There is no provider state 'a deletd user'. The nearest is 'a deleted user'.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sandbox.given("the clock is ahead", Map.of("second", 1)))
                .withMessageContaining("The provider state needs the parameter 'seconds'.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sandbox.given("an API key").userIdentifier())
                .withMessage("The provider state 'an API key' has no 'userIdentifier'. It has [apiKey].");
    }

    private static Instant expiry() throws Exception {
        String answer = Calls.loginToken(sandbox.url(), "activeuser000000000000000000000000000000");
        return Instant.parse(FlatJson.members(answer).getOrDefault("expiryDate", answer));
    }
}
