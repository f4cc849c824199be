package dev.logintoken.server.token;

import dev.logintoken.api.model.RedemptionErrorCode;
import dev.logintoken.server.directory.Directory;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.directory.Registration;
import dev.logintoken.server.directory.User;
import dev.logintoken.server.key.KeySet;
import dev.logintoken.server.redemption.Redemptions;
import dev.logintoken.server.sandbox.TestSandbox;
import dev.logintoken.server.token.LoginTokens.Redeemed;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;

import static dev.logintoken.api.model.RedemptionErrorCode.LOGIN_TOKEN_EXPIRED;
import static dev.logintoken.api.model.RedemptionErrorCode.LOGIN_TOKEN_INVALID;
import static dev.logintoken.api.model.RedemptionErrorCode.LOGIN_TOKEN_USED;
import static dev.logintoken.server.sandbox.TestSandbox.ACTIVE_USER;
import static dev.logintoken.server.sandbox.TestSandbox.OTHER_USER;
import static dev.logintoken.server.sandbox.TestSandbox.PARTNER;
import static dev.logintoken.server.sandbox.TestSandbox.WEBSITE;
import static org.assertj.core.api.Assertions.assertThat;

final class RedemptionTest {

    private static final Duration TTL = Duration.ofMinutes(5);
    private static final Duration A_MILLISECOND = Duration.ofMillis(1);

    @AutoClose
    private final TestSandbox sandbox = new TestSandbox();

    private final Redemptions redemptions = new Redemptions(sandbox.database());
    private final LoginTokens tokens = tokens(sandbox.directory(), 200, TTL);

    @Test
    void aTokenLogsItsUserInOnce() {
        String token = issue(tokens);
        assertThat(redeem(token)).isEmpty();
        assertThat(redeem(token)).containsExactly(LOGIN_TOKEN_USED);
    }

    @Test
    void aRedemptionSaysWhoIsLoggedInForWhomAndWhenInWholeSeconds() {
        sandbox.pass(Duration.ofMillis(999));
        assertThat(tokens.redeem(
                                ACTIVE_USER.toString().toUpperCase(Locale.ROOT),
                                issue(tokens),
                                sandbox.partner(WEBSITE),
                                "request")
                        .value())
                .contains(new Redeemed(ACTIVE_USER, PARTNER, sandbox.now().minusMillis(999)));
    }

    @Test
    void onlyOneOfManyAtOnceUsesAToken() throws Exception {
        String token = issue(tokens);
        Callable<Set<RedemptionErrorCode>> use = () -> redeem(token);
        ExecutorService websites = Executors.newFixedThreadPool(4);
        try {
            assertThat(websites.invokeAll(Collections.nCopies(16, use)))
                    .extracting(future -> List.copyOf(future.get()))
                    .containsOnlyOnce(List.of())
                    .containsOnly(List.of(), List.of(LOGIN_TOKEN_USED));
        } finally {
            websites.shutdown();
        }
    }

    @Test
    void whatIsNoUuidOf36CharactersGetsER710() {
        for (String uuid : new String[] {"", "1-1-1-1-1", "45b9313bfa474786baf162969dec31f2", "not a uuid"}) {
            assertThat(tokens.redeem(uuid, issue(tokens), sandbox.partner(WEBSITE), "request")
                            .errors())
                    .containsExactly(LOGIN_TOKEN_INVALID);
        }
    }

    @Test
    void whatIsNotSixtyFourCharactersOfBase64urlGetsER710() {
        String token = issue(tokens);
        assertThat(redeem("")).containsExactly(LOGIN_TOKEN_INVALID);
        assertThat(redeem(token.substring(1))).containsExactly(LOGIN_TOKEN_INVALID);
        assertThat(redeem(token + "A")).containsExactly(LOGIN_TOKEN_INVALID);
        assertThat(redeem(token.substring(1) + "+")).containsExactly(LOGIN_TOKEN_INVALID);
    }

    @Test
    void noByteOfATokenCanBeChanged() {
        byte[] token = Base64.getUrlDecoder().decode(issue(tokens));
        for (int i = 0; i < token.length; i++) {
            token[i] ^= 1;
            assertThat(redeem(Base64.getUrlEncoder().encodeToString(token)))
                    .as("byte %d", i)
                    .containsExactly(LOGIN_TOKEN_INVALID);
            token[i] ^= 1;
        }
        assertThat(redeem(Base64.getUrlEncoder().encodeToString(token))).isEmpty();
    }

    @Test
    void aTokenOfAnotherKeyGetsER710() {
        assertThat(redeem(issue(tokens(sandbox.directory(), 1, TTL)))).containsExactly(LOGIN_TOKEN_INVALID);
    }

    @Test
    void aTokenIsOfNoUseToAnotherUser() {
        String token = issue(tokens);
        assertThat(redeem(OTHER_USER, token)).containsExactly(LOGIN_TOKEN_INVALID);
        assertThat(redeem(UUID.randomUUID(), token)).containsExactly(LOGIN_TOKEN_INVALID);
        assertThat(redeem(ACTIVE_USER, token)).isEmpty();
    }

    @Test
    void aDeletedUsersTokenGetsER710EvenIfItHasExpired() {
        String token = issue(tokens);
        sandbox.deleteUser(ACTIVE_USER);
        assertThat(redeem(token)).containsExactly(LOGIN_TOKEN_INVALID);
        sandbox.pass(TTL);
        assertThat(redeem(token)).containsExactly(LOGIN_TOKEN_INVALID);
    }

    @Test
    void aDisabledPartnersTokenGetsER710() {
        String token = issue(tokens);
        sandbox.disablePartner(PARTNER);
        assertThat(redeem(token)).containsExactly(LOGIN_TOKEN_INVALID);
    }

    @Test
    void aTokenOfAnEarlierStampGetsER710() {
        String first = issue(tokens);
        sandbox.restampUser(ACTIVE_USER);
        assertThat(redeem(first)).containsExactly(LOGIN_TOKEN_INVALID);
        String second = issue(tokens);
        sandbox.restampPartner(PARTNER);
        assertThat(redeem(second)).containsExactly(LOGIN_TOKEN_INVALID);
        assertThat(redeem(issue(tokens))).isEmpty();
    }

    /** A directory that looks a user up, and then makes a change. */
    private record ChangingDirectory(Directory source, Runnable change) implements Directory {
        @Override
        public Directory uncached() {
            return this;
        }

        @Override
        public Optional<Partner> partner(UUID uuid) {
            return source.partner(uuid);
        }

        @Override
        public Optional<Partner> partnerByApiKey(byte[] sha256) {
            return source.partnerByApiKey(sha256);
        }

        @Override
        public Optional<Registration> registration(UUID partner, String identifier) {
            return source.registration(partner, identifier);
        }

        @Override
        public Optional<User> user(UUID uuid) {
            Optional<User> user = source.user(uuid);
            change.run();
            return user;
        }
    }

    static Stream<Consumer<TestSandbox>> aTokenThatIsRevokedWhileItIsCheckedGetsER710() {
        return Stream.of(
                changed -> changed.restampUser(ACTIVE_USER),
                changed -> changed.deleteUser(ACTIVE_USER),
                changed -> changed.restampPartner(PARTNER),
                changed -> changed.disablePartner(PARTNER));
    }

    /** The change follows the check that has read user and partner. Only the deciding statement can see it. */
    @ParameterizedTest
    @MethodSource
    void aTokenThatIsRevokedWhileItIsCheckedGetsER710(Consumer<TestSandbox> change) {
        Directory slow = new ChangingDirectory(sandbox.directory(), () -> change.accept(sandbox));
        String token = issue(tokens);
        Partner website = sandbox.partner(WEBSITE);
        assertThat(tokens(slow, 200, TTL)
                        .redeem(ACTIVE_USER.toString(), token, website, "request")
                        .errors())
                .containsExactly(LOGIN_TOKEN_INVALID);
        assertThat(auditedOutcomes()).containsExactly("REVOKED");
    }

    @Test
    void aTokenExpiresWithER711() {
        String early = issue(tokens);
        String late = issue(tokens);
        sandbox.pass(TTL.minus(A_MILLISECOND));
        assertThat(redeem(early)).isEmpty();
        sandbox.pass(A_MILLISECOND);
        assertThat(redeem(late)).containsExactly(LOGIN_TOKEN_EXPIRED);
    }

    @Test
    void aTokenThatWasUsedAndHasExpiredGetsER711() {
        String token = issue(tokens);
        assertThat(redeem(token)).isEmpty();
        sandbox.pass(TTL);
        assertThat(redeem(token)).containsExactly(LOGIN_TOKEN_EXPIRED);
    }

    @Test
    void aTokenThatLivesLongerThanAnyCanGetsER710() {
        Duration longest = Duration.ofHours(1).plusSeconds(60);
        String impossible = issue(tokens(sandbox.directory(), 200, longest));
        sandbox.pass(A_MILLISECOND.negated());
        assertThat(redeem(impossible)).containsExactly(LOGIN_TOKEN_INVALID);
        sandbox.pass(A_MILLISECOND);
        assertThat(redeem(impossible)).isEmpty();
    }

    @Test
    void aClockThatIsSetBackAfterThePurgeRevivesNoToken() {
        String used = issue(tokens);
        String unused = issue(tokens);
        assertThat(redeem(used)).isEmpty();
        sandbox.pass(TTL.plus(A_MILLISECOND));
        redemptions.purge(sandbox.now());
        redemptions.purge(sandbox.now());
        sandbox.pass(TTL.negated());
        assertThat(redeem(used)).containsExactly(LOGIN_TOKEN_EXPIRED);
        assertThat(redeem(unused)).containsExactly(LOGIN_TOKEN_EXPIRED);
    }

    private LoginTokens tokens(Directory directory, int keyId, Duration ttl) {
        return new LoginTokens(
                directory,
                redemptions,
                KeySet.of(Integer.toString(keyId), new byte[32], MacKey::of),
                ttl,
                sandbox.clock());
    }

    private List<String> auditedOutcomes() {
        return sandbox.database()
                .query(handle -> handle.select("select outcome from audit where action = 'redeem'")
                        .mapTo(String.class)
                        .list());
    }

    private String issue(LoginTokens issuer) {
        return issuer.issue(sandbox.partner(PARTNER), sandbox.user(ACTIVE_USER), "request")
                .text();
    }

    private Set<RedemptionErrorCode> redeem(String token) {
        return redeem(ACTIVE_USER, token);
    }

    private Set<RedemptionErrorCode> redeem(UUID user, String token) {
        return tokens.redeem(user.toString(), token, sandbox.partner(WEBSITE), "request")
                .errors();
    }
}
