package dev.logintoken.contract.behaviour;

import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.client.SandboxExtension;
import dev.logintoken.contract.service.TestDatabase;
import dev.logintoken.kit.Exchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import static dev.logintoken.contract.client.Api.PARTNERS_KEY;
import static dev.logintoken.contract.client.Api.codes;
import static dev.logintoken.contract.client.Api.field;
import static org.assertj.core.api.Assertions.assertThat;

/** Sessions: refresh tokens rotate, families end, guessing gets slow. */
final class SessionsIT {

    @RegisterExtension
    private static final SandboxExtension SANDBOX = new SandboxExtension(TestDatabase::lasting);

    private static final int DAY = 86_400;

    /** As many wrong passwords have no consequence. */
    private static final int MAX_GUESSES = 10;

    @Test
    void ofSixteenRefreshesAtOnceOneSucceedsAndNothingIsRevoked() throws Exception {
        String refreshToken = field(SANDBOX.api().login(), "refreshToken");
        List<Exchange> answers = atOnce(16, () -> SANDBOX.api().refresh(refreshToken));
        List<Exchange> successes =
                answers.stream().filter(answer -> answer.status() == 200).toList();
        assertThat(successes).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .allSatisfy(answer -> assertThat(codes(answer)).containsExactly("ER823"));
        assertThat(loginToken(successes.get(0)).status()).isEqualTo(200);
        assertThat(SANDBOX.api()
                        .refresh(field(successes.get(0), "refreshToken"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aRefreshTokenUsedAgainLaterRevokesItsFamily() {
        String first = field(SANDBOX.api().login(), "refreshToken");
        Exchange next = SANDBOX.api().refresh(first);
        assertThat(loginToken(next).status()).isEqualTo(200);
        SANDBOX.states().setUp("the clock is ahead", Map.of("seconds", 11));
        assertThat(codes(SANDBOX.api().refresh(first))).containsExactly("ER823");
        assertThat(codes(loginToken(next))).containsExactly("ER702");
        assertThat(codes(SANDBOX.api().refresh(field(next, "refreshToken")))).containsExactly("ER821");
    }

    @Test
    void aUsersFamilyEndsAfterThirtyDaysHoweverOftenItWasRefreshed() {
        assertFamilyEndsAfter(30, SANDBOX.api().login());
    }

    @Test
    void aPartnersFamilyEndsAfterNinetyDaysHoweverOftenItWasRefreshed() {
        assertFamilyEndsAfter(90, SANDBOX.api().authenticate());
    }

    @Test
    void loggingOutRevokesTheTokenAndItsRefreshToken() {
        Exchange tokens = SANDBOX.api().login();
        for (int i = 0; i < 2; i++) {
            assertThat(SANDBOX.api()
                            .send(
                                    "POST",
                                    "/api/v1/user/logout",
                                    "",
                                    Api.with("User-Authorization", "Bearer " + field(tokens, "token")))
                            .status())
                    .isEqualTo(204);
        }
        assertThat(codes(loginToken(tokens))).containsExactly("ER702");
        assertThat(codes(SANDBOX.api().refresh(field(tokens, "refreshToken")))).containsExactly("ER821");
    }

    @Tag("slow")
    @Test
    void guessingGetsSlowSurvivesARestartAndLocksNobodyOutForGood() throws Exception {
        String right = "pending-password";
        for (int i = 0; i < MAX_GUESSES; i++) {
            assertThat(codes(SANDBOX.api().login("pending@example.com", "wrong")))
                    .containsExactly("ER005");
        }
        assertTooMany(SANDBOX.api().login("pending@example.com", right));
        SANDBOX.restart();
        assertTooMany(SANDBOX.api().login("Pending@example.com", right));
        assertThat(SANDBOX.api().login().status()).as("another user").isEqualTo(200);
        assertThat(throughTheWebsite("pending@example.com", right).status())
                .as("the same user through another partner")
                .isEqualTo(200);
        SANDBOX.states().setUp("the clock is ahead", Map.of("seconds", 60));
        assertThat(SANDBOX.api().login("pending@example.com", right).status()).isEqualTo(200);
        for (int i = 0; i < MAX_GUESSES; i++) {
            assertThat(codes(SANDBOX.api().login("pending@example.com", "wrong")))
                    .as("a success makes a clean slate")
                    .containsExactly("ER005");
        }
        assertThat(SANDBOX.service().output()).doesNotContain(right).doesNotContain("pending@example.com");
    }

    @Test
    void countsFallWithTime() {
        String email = String.valueOf(
                SANDBOX.states().setUp("many failed logins of a user").get("emailAddress"));
        assertTooMany(SANDBOX.api().login(email, "wrong"));
        SANDBOX.states().setUp("the clock is ahead", Map.of("seconds", 60));
        assertThat(codes(SANDBOX.api().login(email, "wrong"))).containsExactly("ER005");
    }

    @Test
    void ofManyGuessesAtOnceNoMoreAreCheckedThanOneAfterTheOther() throws Exception {
        List<Exchange> answers = atOnce(40, () -> SANDBOX.api().login("nobody-yet@example.com", "wrong"));
        assertThat(answers)
                .allSatisfy(answer -> assertThat(codes(answer)).isNotEmpty().isSubsetOf("ER005", "ER006"))
                .filteredOn(answer -> answer.status() == 400)
                .hasSizeBetween(1, MAX_GUESSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"other-password\0", "other-password\0other-password", "other-password\ud800"})
    void theWholePasswordCounts(String password) {
        assertThat(codes(SANDBOX.api().login("other@example.com", password))).containsExactly("ER005");
        assertThat(SANDBOX.api().login("other@example.com", "other-password").status())
                .isEqualTo(200);
    }

    @Test
    void registeringOneIdentifierAtOnceIsRegisteringItOnce() throws Exception {
        assertThat(atOnce(16, () -> SANDBOX.api().register("raced00000000000000000000000000000000000")))
                .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
    }

    private static void assertFamilyEndsAfter(int days, Exchange tokens) {
        SANDBOX.states().setUp("the clock is ahead", Map.of("seconds", (days - 1) * DAY));
        Exchange next = SANDBOX.api().refresh(field(tokens, "refreshToken"));
        assertThat(next.status()).as(next.body()).isEqualTo(200);
        SANDBOX.states().setUp("the clock is ahead", Map.of("seconds", days * DAY + 60));
        assertThat(codes(SANDBOX.api().refresh(field(next, "refreshToken")))).containsExactly("ER822");
    }

    private static void assertTooMany(Exchange exchange) {
        assertThat(exchange.status()).isEqualTo(429);
        assertThat(codes(exchange)).containsExactly("ER006");
        assertThat(exchange.header("Retry-After"))
                .hasValueSatisfying(
                        seconds -> assertThat(Integer.parseInt(seconds)).isBetween(1, 61));
    }

    private static Exchange throughTheWebsite(String email, String password) {
        return SANDBOX.api()
                .post(
                        "/api/v1/user/login",
                        Map.of("emailAddress", email, "password", password),
                        "X-Api-Key",
                        Api.WEBSITES_KEY);
    }

    private static Exchange loginToken(Exchange tokens) {
        return SANDBOX.api()
                .loginToken("X-Api-Key", PARTNERS_KEY, "User-Authorization", "Bearer " + field(tokens, "token"));
    }

    private static List<Exchange> atOnce(int count, Supplier<Exchange> request) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        CyclicBarrier barrier = new CyclicBarrier(count);
        try {
            List<Future<Exchange>> answers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                answers.add(threads.submit(() -> {
                    barrier.await();
                    return request.get();
                }));
            }
            List<Exchange> exchanges = new ArrayList<>();
            for (Future<Exchange> answer : answers) {
                exchanges.add(answer.get());
            }
            return exchanges;
        } finally {
            threads.shutdownNow();
        }
    }
}
