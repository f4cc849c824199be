package dev.logintoken.server.auth;

import dev.logintoken.api.model.GetLoginTokenErrorCode;
import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.contract.SpecConstraints;
import dev.logintoken.server.directory.Sessions;
import dev.logintoken.server.directory.User;
import dev.logintoken.server.key.KeySet;
import dev.logintoken.server.outcome.Outcome;
import dev.logintoken.server.sandbox.TestSandbox;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;

import static dev.logintoken.api.model.IdentifierErrorCode.IDENTIFIER_INVALID;
import static dev.logintoken.api.model.IdentifierErrorCode.IDENTIFIER_MALFORMED;
import static dev.logintoken.api.model.LinkErrorCode.IDENTIFIER_MISSING;
import static dev.logintoken.api.model.LinkErrorCode.IDENTIFIER_OF_ANOTHER_USER;
import static dev.logintoken.api.model.LinkErrorCode.IDENTIFIER_UNLINKED;
import static dev.logintoken.api.model.UserStateErrorCode.DOCUMENT_PENDING;
import static dev.logintoken.api.model.UserStateErrorCode.USER_NOT_FOUND;
import static dev.logintoken.api.model.UserTokenErrorCode.USER_TOKEN_EXPIRED;
import static dev.logintoken.api.model.UserTokenErrorCode.USER_TOKEN_INVALID;
import static dev.logintoken.api.model.UserTokenErrorCode.USER_TOKEN_MISSING;
import static dev.logintoken.server.sandbox.TestSandbox.ACTIVE_IDENTIFIER;
import static dev.logintoken.server.sandbox.TestSandbox.ACTIVE_USER;
import static dev.logintoken.server.sandbox.TestSandbox.DELETED_IDENTIFIER;
import static dev.logintoken.server.sandbox.TestSandbox.DELETED_USER;
import static dev.logintoken.server.sandbox.TestSandbox.ELSEWHERE;
import static dev.logintoken.server.sandbox.TestSandbox.ELSEWHERE_IDENTIFIER;
import static dev.logintoken.server.sandbox.TestSandbox.OTHER_USER;
import static dev.logintoken.server.sandbox.TestSandbox.PARTNER;
import static dev.logintoken.server.sandbox.TestSandbox.PENDING_USER;
import static dev.logintoken.server.sandbox.TestSandbox.UNLINKED_IDENTIFIER;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the rows of the table of user errors, in their order, and then the effects of the user's state and of a logout.
 */
final class UserAuthenticatorTest {

    private static final SpecConstraints SPEC = new SpecConstraints();
    private static final Duration AN_HOUR = Duration.ofHours(1);

    @AutoClose
    private final TestSandbox sandbox = new TestSandbox();

    private final Sessions sessions = new Sessions(sandbox.database(), RowCache.off());
    private final Jwts jwts = new Jwts(KeySet.of("1", new byte[32], HmacKey::of), sandbox.clock());
    private final SessionTokens tokens = new SessionTokens(sessions, sandbox.directory(), jwts, sandbox.clock());
    private final UserAuthenticator users =
            new UserAuthenticator(sandbox.directory(), sessions, jwts, SPEC::allowsUserIdentifier);

    @Test
    void noHeaderGetsER700AndER704() {
        assertThat(errors(null, null)).containsExactlyInAnyOrder(USER_TOKEN_MISSING, IDENTIFIER_MISSING);
    }

    @Test
    void anAuthorizationWithoutABearerTokenGetsER700() {
        for (String value : new String[] {"", "Bearer", "Bearer  ", "Basic eDp5"}) {
            assertThat(errors(value, null)).containsExactly(USER_TOKEN_MISSING);
        }
    }

    @Test
    void aTokenThatIsNotGenuineGetsER702() {
        assertThat(errors("Bearer nonsense", null)).containsExactly(USER_TOKEN_INVALID);
        assertThat(errors("Bearer " + tokens.start(PARTNER).access(), null)).containsExactly(USER_TOKEN_INVALID);
    }

    @Test
    void aRepeatedTokenGetsER702() {
        String header = token(ACTIVE_USER);
        assertThat(errors(header + ", " + header, null)).containsExactly(USER_TOKEN_INVALID);
    }

    @Test
    void aTokenIssuedThroughAnotherPartnerGetsER702EvenIfItHasExpired() {
        String header = "Bearer " + tokens.start(ELSEWHERE, ACTIVE_USER).access();
        assertThat(errors(header, null)).containsExactly(USER_TOKEN_INVALID);
        sandbox.pass(AN_HOUR.plusDays(1));
        assertThat(errors(header, null)).containsExactly(USER_TOKEN_INVALID);
    }

    @Test
    void aTokenThatHasExpiredGetsER701AfterThirtySecondsOfSkew() {
        String header = token(ACTIVE_USER);
        sandbox.pass(AN_HOUR.plusSeconds(30).minusMillis(1));
        assertThat(errors(header, null)).isEmpty();
        sandbox.pass(Duration.ofMillis(1));
        assertThat(errors(header, null)).containsExactly(USER_TOKEN_EXPIRED);
    }

    @Test
    void aTokenThatWasLoggedOutGetsER702AndER701OnceItHasExpired() {
        String header = token(ACTIVE_USER);
        tokens.revoke(session(header), "request");
        assertThat(errors(header, null)).containsExactly(USER_TOKEN_INVALID);
        sandbox.pass(AN_HOUR.plusSeconds(30));
        assertThat(errors(header, null)).containsExactly(USER_TOKEN_EXPIRED);
    }

    @Test
    void aTokenWithASessionOfAnotherUserGetsER702() {
        UUID others = session(token(OTHER_USER));
        assertThat(errors("Bearer " + jwts.userToken(ACTIVE_USER, PARTNER, others), null))
                .containsExactly(USER_TOKEN_INVALID);
    }

    @Test
    void anEmptyIdentifierGetsER704() {
        for (String value : new String[] {"", " ", "\t"}) {
            assertThat(errors(null, value)).containsExactly(IDENTIFIER_MISSING);
        }
    }

    @Test
    void anIdentifierThatIsNot36To255LettersAndDigitsGetsER707() {
        assertThat(errors(null, "a".repeat(35))).containsExactly(IDENTIFIER_MALFORMED);
        assertThat(errors(null, "a".repeat(36))).containsExactly(IDENTIFIER_INVALID);
        assertThat(errors(null, "a".repeat(255))).containsExactly(IDENTIFIER_INVALID);
        assertThat(errors(null, "a".repeat(256))).containsExactly(IDENTIFIER_MALFORMED);
        assertThat(errors(null, "é".repeat(36))).containsExactly(IDENTIFIER_MALFORMED);
    }

    @Test
    void aRepeatedIdentifierGetsER707() {
        assertThat(errors(null, ACTIVE_IDENTIFIER + ", " + ACTIVE_IDENTIFIER)).containsExactly(IDENTIFIER_MALFORMED);
    }

    @Test
    void anIdentifierThatIsNotRegisteredByThisPartnerGetsER706() {
        assertThat(errors(null, "nobodys0000000000000000000000000000000000")).containsExactly(IDENTIFIER_INVALID);
        assertThat(errors(null, ELSEWHERE_IDENTIFIER)).containsExactly(IDENTIFIER_INVALID);
        assertThat(errors(null, "Activeuser000000000000000000000000000000")).containsExactly(IDENTIFIER_INVALID);
    }

    @Test
    void anIdentifierLinkedToNobodyGetsER705() {
        assertThat(errors(null, UNLINKED_IDENTIFIER)).containsExactly(IDENTIFIER_UNLINKED);
    }

    @Test
    void aTokenAndAnIdentifierOfDifferentUsersGetER703() {
        assertThat(errors(token(OTHER_USER), ACTIVE_IDENTIFIER)).containsExactly(IDENTIFIER_OF_ANOTHER_USER);
    }

    @Test
    void aWrongHeaderIsToldEvenIfTheOtherIsRight() {
        assertThat(errors("Bearer nonsense", ACTIVE_IDENTIFIER)).containsExactly(USER_TOKEN_INVALID);
        assertThat(errors(token(ACTIVE_USER), "")).containsExactly(IDENTIFIER_MISSING);
    }

    @Test
    void twoWrongHeadersAreBothTold() {
        assertThat(errors("", UNLINKED_IDENTIFIER)).containsExactlyInAnyOrder(USER_TOKEN_MISSING, IDENTIFIER_UNLINKED);
    }

    @Test
    void aTokenAnIdentifierOrBothNameTheUser() {
        assertThat(named(token(OTHER_USER), null).value()).contains(OTHER_USER);
        assertThat(named(null, " " + ACTIVE_IDENTIFIER + "\t").value()).contains(ACTIVE_USER);
        assertThat(named(token(ACTIVE_USER), ACTIVE_IDENTIFIER).value()).contains(ACTIVE_USER);
    }

    @Test
    void aDeletedUserIsStillNamed() {
        assertThat(named(token(DELETED_USER), DELETED_IDENTIFIER).value()).contains(DELETED_USER);
    }

    @Test
    void aUserWhoDoesNotExistOrWasDeletedGetsER709() {
        assertThat(users.admit(UUID.randomUUID()).errors()).containsExactly(USER_NOT_FOUND);
        assertThat(users.admit(DELETED_USER).errors()).containsExactly(USER_NOT_FOUND);
    }

    @Test
    void aUserWhoWasDeletedWithADocumentUnderReviewGetsER709Alone() {
        sandbox.deleteUser(PENDING_USER);
        assertThat(users.admit(PENDING_USER).errors()).containsExactly(USER_NOT_FOUND);
    }

    @Test
    void aUserWithADocumentUnderReviewGetsER708() {
        assertThat(users.admit(PENDING_USER).errors()).containsExactly(DOCUMENT_PENDING);
    }

    @Test
    void aUserInGoodStandingIsAdmitted() {
        assertThat(users.admit(ACTIVE_USER).value().map(User::uuid)).contains(ACTIVE_USER);
    }

    @Test
    void aLogoutWithoutATokenGetsER700() {
        assertThat(users.session(null).errors()).containsExactly(USER_TOKEN_MISSING);
        assertThat(users.session("Bearer").errors()).containsExactly(USER_TOKEN_MISSING);
    }

    @Test
    void aLogoutByATokenThatIsNotGenuineGetsER702() {
        assertThat(users.session("Bearer nonsense").errors()).containsExactly(USER_TOKEN_INVALID);
    }

    @Test
    void aLogoutMayBeRepeated() {
        String header = token(ACTIVE_USER);
        tokens.revoke(session(header), "request");
        assertThat(users.session(header).value()).contains(session(header));
    }

    @Test
    void aLogoutTakesAnExpiredTokenUntilItsSessionHasEnded() {
        String header = token(ACTIVE_USER);
        sandbox.pass(Duration.ofDays(30));
        assertThat(users.session(header).value()).contains(session(header));
        sandbox.pass(Duration.ofSeconds(1));
        assertThat(users.session(header).errors()).containsExactly(USER_TOKEN_EXPIRED);
    }

    private String token(UUID user) {
        return "Bearer " + tokens.start(PARTNER, user).access();
    }

    private UUID session(String header) {
        return jwts.userClaims(header.substring("Bearer ".length()))
                .orElseThrow()
                .session();
    }

    private Set<GetLoginTokenErrorCode> errors(@Nullable String authorization, @Nullable String identifier) {
        return named(authorization, identifier).errors();
    }

    private Outcome<UUID, GetLoginTokenErrorCode> named(@Nullable String authorization, @Nullable String identifier) {
        return users.identify(sandbox.partner(PARTNER), authorization, identifier);
    }
}
