package dev.logintoken.server.outcome;

import dev.logintoken.api.model.AttemptsErrorCode;
import dev.logintoken.api.model.ClientErrorCode;
import dev.logintoken.api.model.LoginUserErrorCode;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import static dev.logintoken.api.model.AttemptsErrorCode.TOO_MANY_ATTEMPTS;
import static dev.logintoken.api.model.ClientErrorCode.API_KEY_MISSING;
import static dev.logintoken.api.model.ClientErrorCode.CLIENT_TOKEN_MISSING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

final class OutcomeTest {

    @Test
    void whatWasFoundOutIsHandedOn() throws Exception {
        Outcome<String, ClientErrorCode> granted = Outcome.granted("found");
        assertThat(granted.orThrow(LoginUserErrorCode.Refused::new)).isEqualTo("found");
        assertThat(granted.errors()).isEmpty();
    }

    @Test
    void allErrorsOfAStepAreRefused() {
        Outcome<String, ClientErrorCode> denied = Outcome.denied(Set.of(API_KEY_MISSING, CLIENT_TOKEN_MISSING));
        LoginUserErrorCode.Refused refused = refused(denied);
        assertThat(refused.errors()).containsExactly(CLIENT_TOKEN_MISSING, API_KEY_MISSING);
        assertThat(refused.retryAfter()).isEmpty();
    }

    @Test
    void aRefusalSaysHowLongToWait() {
        Outcome<String, AttemptsErrorCode> denied =
                new Outcome.Denied<>(Set.of(TOO_MANY_ATTEMPTS), Optional.of(Duration.ofSeconds(32)));
        assertThat(refused(denied).retryAfter()).contains(Duration.ofSeconds(32));
    }

    @Test
    void theNextStepIsTakenOnlyAfterSuccess() {
        Outcome<String, ClientErrorCode> granted = Outcome.granted("found");
        Outcome<String, ClientErrorCode> denied = Outcome.denied(API_KEY_MISSING);
        assertThat(granted.flatMap(found -> Outcome.<Integer, ClientErrorCode>granted(found.length()))
                        .value())
                .contains(5);
        assertThat(denied.flatMap(found -> Outcome.<Integer, ClientErrorCode>granted(found.length()))
                        .errors())
                .containsExactly(API_KEY_MISSING);
    }

    private static LoginUserErrorCode.Refused refused(Outcome<String, ? extends LoginUserErrorCode> denied) {
        return catchThrowableOfType(
                LoginUserErrorCode.Refused.class, () -> denied.orThrow(LoginUserErrorCode.Refused::new));
    }
}
