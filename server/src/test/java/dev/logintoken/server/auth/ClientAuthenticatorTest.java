package dev.logintoken.server.auth;

import dev.logintoken.api.model.ClientErrorCode;
import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.directory.Sessions;
import dev.logintoken.server.key.KeySet;
import dev.logintoken.server.outcome.Outcome;
import dev.logintoken.server.sandbox.TestSandbox;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import static dev.logintoken.api.model.ClientErrorCode.API_KEY_INVALID;
import static dev.logintoken.api.model.ClientErrorCode.API_KEY_MISSING;
import static dev.logintoken.api.model.ClientErrorCode.CLIENT_TOKEN_EXPIRED;
import static dev.logintoken.api.model.ClientErrorCode.CLIENT_TOKEN_INVALID;
import static dev.logintoken.api.model.ClientErrorCode.CLIENT_TOKEN_MISSING;
import static dev.logintoken.api.model.ClientErrorCode.MULTIPLE_METHODS;
import static dev.logintoken.server.sandbox.TestSandbox.ACTIVE_USER;
import static dev.logintoken.server.sandbox.TestSandbox.API_KEY;
import static dev.logintoken.server.sandbox.TestSandbox.ELSEWHERE;
import static dev.logintoken.server.sandbox.TestSandbox.PARTNER;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests the rows of the table of client errors, in their order. Only the first that matches is reported. */
final class ClientAuthenticatorTest {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    @AutoClose
    private final TestSandbox sandbox = new TestSandbox();

    private final Sessions sessions = new Sessions(sandbox.database(), RowCache.off());
    private final Jwts jwts = new Jwts(KeySet.of("1", new byte[32], HmacKey::of), sandbox.clock());
    private final SessionTokens tokens = new SessionTokens(sessions, sandbox.directory(), jwts, sandbox.clock());
    private final ClientAuthenticator clients = new ClientAuthenticator(sandbox.directory(), sessions, jwts);

    @Test
    void bothHeadersWhateverTheyHoldGetER803() {
        for (String value : new String[] {"", "nonsense", "Bearer nonsense"}) {
            assertThat(errors("Authorization", value, "X-Api-Key", value)).containsExactly(MULTIPLE_METHODS);
            assertThat(errors("Authorization", value, "X-Api-Key", API_KEY)).containsExactly(MULTIPLE_METHODS);
            assertThat(errors("Authorization", "Bearer " + token(), "X-Api-Key", value))
                    .containsExactly(MULTIPLE_METHODS);
        }
    }

    @Test
    void aRepeatedHeaderGetsER803() {
        String bearer = "Bearer " + token();
        assertThat(errors("Authorization", bearer, "Authorization", bearer)).containsExactly(MULTIPLE_METHODS);
        assertThat(errors("X-Api-Key", API_KEY, "X-Api-Key", API_KEY)).containsExactly(MULTIPLE_METHODS);
        assertThat(errors("X-Api-Key", API_KEY + ", " + API_KEY)).containsExactly(MULTIPLE_METHODS);
        assertThat(errors("X-Api-Key", ",")).containsExactly(MULTIPLE_METHODS);
    }

    @Test
    void noHeaderGetsER802AndER806() {
        assertThat(errors()).containsExactlyInAnyOrder(CLIENT_TOKEN_MISSING, API_KEY_MISSING);
    }

    @Test
    void anAuthorizationWithoutABearerTokenGetsER802() {
        for (String value : new String[] {"", "Bearer", "Bearer  ", "Basic eDp5"}) {
            assertThat(errors("Authorization", value)).containsExactly(CLIENT_TOKEN_MISSING);
        }
    }

    @Test
    void anEmptyApiKeyGetsER806() {
        for (String value : new String[] {"", " ", "\t"}) {
            assertThat(errors("X-Api-Key", value)).containsExactly(API_KEY_MISSING);
        }
    }

    @Test
    void aTokenThatIsNotGenuineGetsER800() {
        assertThat(byToken("nonsense")).containsExactly(CLIENT_TOKEN_INVALID);
        assertThat(byToken(tokens.start(PARTNER, ACTIVE_USER).access())).containsExactly(CLIENT_TOKEN_INVALID);
    }

    @Test
    void aTokenOfAnUnknownPartnerGetsER800EvenIfItHasExpired() {
        String token = jwts.partnerToken(UUID.randomUUID(), UUID.randomUUID());
        assertThat(byToken(token)).containsExactly(CLIENT_TOKEN_INVALID);
        sandbox.pass(AN_HOUR.plusDays(1));
        assertThat(byToken(token)).containsExactly(CLIENT_TOKEN_INVALID);
    }

    @Test
    void aTokenThatHasExpiredGetsER801AfterThirtySecondsOfSkew() {
        String token = token();
        sandbox.pass(AN_HOUR.plusSeconds(30).minusMillis(1));
        assertThat(byToken(token)).isEmpty();
        sandbox.pass(Duration.ofMillis(1));
        assertThat(byToken(token)).containsExactly(CLIENT_TOKEN_EXPIRED);
    }

    @Test
    void aTokenThatHasExpiredGetsER801EvenIfItWasRevokedAndItsPartnerDisabled() {
        String token = token();
        revoke(token);
        sandbox.disablePartner(PARTNER);
        sandbox.pass(AN_HOUR.plusSeconds(30));
        assertThat(byToken(token)).containsExactly(CLIENT_TOKEN_EXPIRED);
    }

    @Test
    void aRevokedTokenGetsER800() {
        String token = token();
        revoke(token);
        assertThat(byToken(token)).containsExactly(CLIENT_TOKEN_INVALID);
    }

    @Test
    void aTokenWithASessionOfSomebodyElseGetsER800() {
        UUID elsewheres = session(tokens.start(ELSEWHERE).access());
        UUID users = jwts.userClaims(tokens.start(PARTNER, ACTIVE_USER).access())
                .orElseThrow()
                .session();
        assertThat(byToken(jwts.partnerToken(PARTNER, elsewheres))).containsExactly(CLIENT_TOKEN_INVALID);
        assertThat(byToken(jwts.partnerToken(PARTNER, users))).containsExactly(CLIENT_TOKEN_INVALID);
    }

    @Test
    void aTokenOfADisabledPartnerGetsER800() {
        String token = token();
        sandbox.disablePartner(PARTNER);
        assertThat(byToken(token)).containsExactly(CLIENT_TOKEN_INVALID);
    }

    @Test
    void anUnknownApiKeyGetsER805() {
        assertThat(errors("X-Api-Key", "nobodys-api-key")).containsExactly(API_KEY_INVALID);
    }

    @Test
    void aRevokedApiKeyGetsER805() {
        sandbox.revokeApiKey(API_KEY);
        assertThat(errors("X-Api-Key", API_KEY)).containsExactly(API_KEY_INVALID);
    }

    @Test
    void anApiKeyOfADisabledPartnerGetsER805() {
        sandbox.disablePartner(PARTNER);
        assertThat(errors("X-Api-Key", API_KEY)).containsExactly(API_KEY_INVALID);
    }

    @Test
    void aTokenTellsWhichPartnerCalls() {
        assertThat(caller("Authorization", "bearer \t" + token() + " ")).contains(PARTNER);
        assertThat(caller("Authorization", "Bearer " + tokens.start(ELSEWHERE).access()))
                .contains(ELSEWHERE);
    }

    @Test
    void anApiKeyTellsWhichPartnerCalls() {
        assertThat(caller("X-Api-Key", " " + API_KEY + "\t")).contains(PARTNER);
    }

    private String token() {
        return tokens.start(PARTNER).access();
    }

    private UUID session(String token) {
        return jwts.partnerClaims(token).orElseThrow().session();
    }

    private void revoke(String token) {
        tokens.revoke(session(token), "request");
    }

    private Set<ClientErrorCode> byToken(String token) {
        return errors("Authorization", "Bearer " + token);
    }

    private Set<ClientErrorCode> errors(String... headers) {
        return by(headers).errors();
    }

    private Optional<UUID> caller(String... headers) {
        return by(headers).value().map(Partner::uuid);
    }

    private Outcome<Partner, ClientErrorCode> by(String... headers) {
        return clients.authenticate(value("X-Api-Key", headers), value("Authorization", headers));
    }

    /** Joins the lines of a header, as the resources receive them. */
    private static @Nullable String value(String name, String... headers) {
        String value = null;
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equals(name)) {
                value = value == null ? headers[i + 1] : value + ", " + headers[i + 1];
            }
        }
        return value;
    }
}
