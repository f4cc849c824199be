package dev.logintoken.contract.behaviour;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.client.SandboxExtension;
import dev.logintoken.kit.Exchange;
import dev.logintoken.kit.Spec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The executable WAR keeps test runs apart. */
final class SandboxRunsIT {

    private static final String FROZEN = "2030-05-06T07:08:09Z";
    private static final String HEADER = "Sandbox-Run";
    private static final int RUNS = 100;
    private static final int THREADS = 8;

    @RegisterExtension
    private static final SandboxExtension SANDBOX = SandboxExtension.shared();

    @Test
    void aNamedRunHasAClockOfItsOwn() {
        new Run(1).control("PUT", "/clock?frozenAt=" + FROZEN);
        assertThat(new Run(1).control("GET", "/clock").body()).contains(FROZEN);
        assertThat(new Run(2).control("GET", "/clock").body()).doesNotContain(FROZEN);
    }

    /** All runs take a step before any takes the next one, so a run that sees another's state fails. */
    @Tag("slow")
    @Test
    void aHundredParallelRunsDoNotDisturbEachOther() throws Exception {
        SANDBOX.api().send("DELETE", "/_sandbox/journal", "", Map.of()); // Of the classes that share the sandbox.
        List<Run> runs = IntStream.range(100, 100 + RUNS).mapToObj(Run::new).toList();
        List<Consumer<Run>> steps = List.of(
                Run::setsItsClock,
                Run::hasItsTrouble,
                Run::asksForALoginToken,
                Run::isThrottledForAMinute,
                Run::redeemsOnce,
                Run::losesItsSessionAfterAnHour,
                Run::hasItsOwnRequestsInItsJournal,
                Run::isDeleted);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (Consumer<Run> step : steps) {
                List<Future<?>> taken = runs.stream()
                        .<Future<?>>map(run -> threads.submit(() -> step.accept(run)))
                        .toList();
                for (Future<?> one : taken) {
                    one.get();
                }
            }
        } finally {
            threads.shutdownNow();
        }
        Exchange byDefault = SANDBOX.api().send("GET", "/_sandbox/journal", "", Map.of());
        assertThat(byDefault.body()).isEqualTo("{\"requests\":[]}");
    }

    /** A run whose time and trouble depend on its number. */
    private static final class Run {

        private final int number;
        private final Instant now;
        private Map<String, String> loginToken = Map.of();
        private int sent;

        Run(int number) {
            this.number = number;
            this.now = Instant.parse("2031-01-01T00:00:00Z").plus(Duration.ofDays(number));
        }

        void setsItsClock() {
            control("PUT", "/clock?frozenAt=" + now);
        }

        void hasItsTrouble() {
            switch (number % 4) {
                case 0 -> {
                    control("PUT", "/trouble?failure=database");
                    assertThat(getLoginToken().status()).isEqualTo(503);
                }
                case 1 -> {
                    control("PUT", "/trouble?failure=service");
                    assertThat(getLoginToken().status()).isEqualTo(500);
                }
                case 2 -> {
                    control("PUT", "/trouble?cut=within");
                    assertThatThrownBy(this::getLoginToken).isInstanceOf(UncheckedIOException.class);
                }
                default -> assertThat(getLoginToken().status()).isEqualTo(200);
            }
            control("DELETE", "/trouble");
        }

        void asksForALoginToken() {
            Exchange answer = getLoginToken();
            loginToken = Map.of("uuid", Api.field(answer, "uuid"), "token", Api.field(answer, "token"));
            assertThat(Api.field(answer, "expiryDate"))
                    .isEqualTo(now.plusSeconds(300).toString());
        }

        void isThrottledForAMinute() {
            Exchange state = SANDBOX.api()
                    .post("/_pact/provider-states", Map.of("state", "many failed logins of a user"), HEADER, name());
            String email = Api.field(state, "emailAddress");
            assertThat(login(email, "any").status()).isEqualTo(429);
            control("POST", "/clock/step?seconds=61");
            assertThat(login(email, "any").status()).isEqualTo(400);
        }

        void redeemsOnce() {
            assertThat(post(Api.LOGIN_TOKEN + "/redeem", loginToken, Api.WEBSITES_KEY)
                            .status())
                    .isEqualTo(200);
            assertThat(Api.codes(post(Api.LOGIN_TOKEN + "/redeem", loginToken, Api.WEBSITES_KEY)))
                    .containsExactly("ER712");
        }

        void losesItsSessionAfterAnHour() {
            String token = Api.field(login("active@example.com", "active-password"), "token");
            control("POST", "/clock/step?seconds=3700");
            assertThat(Api.codes(get("User-Authorization", "Bearer " + token))).containsExactly("ER701");
        }

        void hasItsOwnRequestsInItsJournal() {
            JsonNode requests = json(control("GET", "/journal")).get("requests");
            assertThat(requests)
                    .hasSize(sent)
                    .allSatisfy(request -> assertThat(
                                    request.get("headers").get(HEADER).asText())
                            .isEqualTo(name()));
        }

        void isDeleted() {
            assertThat(SANDBOX.api()
                            .send("DELETE", "/_sandbox/run", "", Api.with(HEADER, name()))
                            .status())
                    .isEqualTo(204);
        }

        private String name() {
            return "run-" + number;
        }

        private Exchange getLoginToken() {
            return get("User-Identifier", Api.ACTIVE_IDENTIFIER);
        }

        private Exchange get(String header, String value) {
            sent++;
            return SANDBOX.api().loginToken(HEADER, name(), "X-Api-Key", Api.PARTNERS_KEY, header, value);
        }

        private Exchange login(String email, String password) {
            return post("/api/v1/user/login", Map.of("emailAddress", email, "password", password), Api.PARTNERS_KEY);
        }

        private Exchange post(String path, Map<String, String> body, String key) {
            sent++;
            return SANDBOX.api().post(path, body, HEADER, name(), "X-Api-Key", key);
        }

        private Exchange control(String method, String path) {
            Exchange exchange = SANDBOX.api().send(method, "/_sandbox" + path, "", Api.with(HEADER, name()));
            assertThat(exchange.status()).as(exchange.body()).isEqualTo(200);
            return exchange;
        }

        private static JsonNode json(Exchange exchange) {
            try {
                return Spec.JSON.readTree(exchange.body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
