package dev.logintoken.contract;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import static dev.logintoken.contract.Api.PARTNERS_KEY;
import static dev.logintoken.contract.Api.codes;
import static dev.logintoken.contract.Api.field;
import static org.assertj.core.api.Assertions.assertThat;

/** Sessions: refresh tokens rotate, families end, guessing gets slow. */
final class SessionsIT {

    @RegisterExtension
    private static final Sandbox SANDBOX = new Sandbox(TestDatabase::lasting);

    private static final int DAY = 86_400;

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

    @Test
    void guessingGetsSlowSurvivesARestartAndLocksNobodyOutForGood() throws Exception {
        for (int i = 0; i < 10; i++) {
            // Who waits a minute may always try again; each further failure makes the next wait longer.
            SANDBOX.states().setUp("the clock is ahead", Map.of("seconds", 60 * i));
            assertThat(codes(SANDBOX.api().login("pending@example.com", "wrong")))
                    .containsExactly("ER005");
        }
        assertTooMany(SANDBOX.api().login("pending@example.com", "pending-password"));
        SANDBOX.restart();
        SANDBOX.states().setUp("the clock is ahead", Map.of("seconds", 60 * 9));
        assertTooMany(SANDBOX.api().login("Pending@example.com", "pending-password"));
        assertThat(SANDBOX.api().login().status()).as("another user").isEqualTo(200);
        SANDBOX.states().setUp("the clock is ahead", Map.of("seconds", 60 * 10));
        assertThat(SANDBOX.api()
                        .login("pending@example.com", "pending-password")
                        .status())
                .isEqualTo(200);
        assertThat(codes(SANDBOX.api().login("pending@example.com", "wrong")))
                .as("a success makes a clean slate")
                .containsExactly("ER005");
        assertThat(SANDBOX.service().output())
                .doesNotContain("pending-password")
                .doesNotContain("pending@example.com");
    }

    @Test
    void anHourOfQuietMakesACleanSlate() {
        String email = String.valueOf(
                SANDBOX.states().setUp("many failed logins of a user").get("emailAddress"));
        assertTooMany(SANDBOX.api().login(email, "wrong"));
        SANDBOX.states().setUp("the clock is ahead", Map.of("seconds", 3601));
        for (int i = 0; i < 5; i++) {
            assertThat(codes(SANDBOX.api().login(email, "wrong"))).containsExactly("ER005");
        }
    }

    @Test
    void guessesAtOnceAreAllAnswered() throws Exception {
        assertThat(atOnce(16, () -> SANDBOX.api().login("nobody-yet@example.com", "wrong")))
                .allSatisfy(answer -> assertThat(codes(answer)).isSubsetOf("ER005", "ER006"));
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
