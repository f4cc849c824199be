package dev.logintoken.contract.behaviour;

import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.service.Service;
import dev.logintoken.contract.service.TestDatabase;
import dev.logintoken.kit.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;

/** What the service does for its partners while others flood it. The figures are printed; no test depends on them. */
final class FloodIT {

    private static final Duration LENGTH = Duration.ofSeconds(30);
    private static final int SLOW_CONNECTIONS = 500;
    private static final int BAD_CREDENTIALS = 60_000;
    private static final int CALLERS = 8;

    private static final String PARTNER = "sandbox";
    private static final String HOME = "192.0.2.1";
    private static final String STRANGER = "198.51.100.1";

    @TempDir
    private Path directory;

    @Test
    void aPartnerAtAKnownNetworkIsServedThroughAFlood() throws Exception {
        try (Service service = start(List.of())) {
            Api partner = new Api(service.url());
            assertThat(authenticate(partner).status()).isEqualTo(200);
            measure("without the flood", partner, Duration.ofSeconds(10));
            Map<String, Integer> answers;
            try (Flood flood = new Flood(service.url(), PARTNER, SLOW_CONNECTIONS)) {
                assertThat(authenticate(partner).status())
                        .as("at the first try")
                        .isEqualTo(200);
                answers = measure("during the flood", partner, LENGTH);
                System.out.println("[INFO] The flood was answered " + flood.answers());
                assertThat(flood.answers().keySet()).isNotEmpty().allMatch(answer -> answer.matches(".* (400|429)"));
            }
            assertThat(answers).containsOnlyKeys("login token 200", "live 200");
        }
    }

    /** API keys, tokens and partners' names, each another one, with little memory to keep them in. */
    @Test
    void badCredentialsTakeUpNoRoom() throws Exception {
        TestDatabase database = TestDatabase.open(directory);
        try (Service service = start(database, List.of("-Xmx128m"))) {
            ConcurrentMap<String, AtomicInteger> answers = new ConcurrentHashMap<>();
            AtomicInteger next = new AtomicInteger();
            List<CompletableFuture<Void>> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                Api api = new Api(service.url());
                callers.add(CompletableFuture.runAsync(
                        () -> {
                            for (int n = next.getAndIncrement(); n < BAD_CREDENTIALS; n = next.getAndIncrement()) {
                                count(answers, String.valueOf(present(api, n).status()));
                            }
                        },
                        work -> new Thread(work, "stranger").start()));
            }
            callers.forEach(CompletableFuture::join);
            System.out.println("[INFO] Bad credentials were answered " + answers);
            assertThat(answers).containsOnlyKeys("400", "429");
            try (Connection connection = database.connect();
                    ResultSet rows = connection.createStatement().executeQuery("select count(*) from attempt_bucket")) {
                rows.next();
                // Of one network some 200 attempts are looked at, and one more every 10 seconds.
                assertThat(rows.getInt(1)).isBetween(1, 2_000);
            }
            assertThat(authenticate(new Api(service.url())).status()).isEqualTo(200);
        }
    }

    private static Exchange present(Api api, int number) {
        return switch (number % 3) {
            case 0 -> api.loginToken("X-Api-Key", "key" + number, "X-Forwarded-For", STRANGER);
            case 1 -> api.loginToken("Authorization", "Bearer a.b." + number, "X-Forwarded-For", STRANGER);
            default -> authenticate(api, "stranger" + number, STRANGER);
        };
    }

    /** Asks for login tokens and for the service's health, and tells how long that took. */
    private static Map<String, Integer> measure(String when, Api partner, Duration length) {
        Map<String, Integer> answers = new ConcurrentHashMap<>();
        long end = System.nanoTime() + length.toNanos();
        CompletableFuture<Void> health = CompletableFuture.runAsync(
                () -> repeat(when, "live", 200, end, answers, () -> partner.send("GET", "/health/live", "", Map.of())));
        repeat(
                when,
                "login token",
                20,
                end,
                answers,
                () -> partner.loginToken(
                        "X-Api-Key",
                        Api.PARTNERS_KEY,
                        "User-Identifier",
                        Api.ACTIVE_IDENTIFIER,
                        "X-Forwarded-For",
                        HOME));
        health.join();
        return answers;
    }

    private static void repeat(
            String when,
            String what,
            int pauseMillis,
            long end,
            Map<String, Integer> answers,
            Supplier<Exchange> request) {
        List<Long> micros = new ArrayList<>();
        while (System.nanoTime() < end) {
            long begin = System.nanoTime();
            answers.merge(what + " " + request.get().status(), 1, Integer::sum);
            micros.add((System.nanoTime() - begin) / 1_000);
            try {
                Thread.sleep(pauseMillis);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        Collections.sort(micros);
        System.out.printf(
                "[INFO] %s %s: %d requests, p50 %.1f ms, p99 %.1f ms%n",
                what,
                when,
                micros.size(),
                micros.get(micros.size() / 2) / 1e3,
                micros.get(micros.size() * 99 / 100) / 1e3);
    }

    private static void count(ConcurrentMap<String, AtomicInteger> answers, String answer) {
        answers.computeIfAbsent(answer, any -> new AtomicInteger()).incrementAndGet();
    }

    private static Exchange authenticate(Api partner) {
        return partner.post(
                "/api/v1/authenticate",
                Map.of("username", PARTNER, "password", "sandbox-password"),
                "X-Forwarded-For",
                HOME);
    }

    private static Exchange authenticate(Api api, String name, String address) {
        return api.post(
                "/api/v1/authenticate", Map.of("username", name, "password", "wrong"), "X-Forwarded-For", address);
    }

    private Service start(List<String> more) throws Exception {
        return start(TestDatabase.passing(), more);
    }

    /** Behind a proxy that tells where callers are. */
    private Service start(TestDatabase database, List<String> more) throws Exception {
        List<String> settings =
                new ArrayList<>(List.of("-Dlogintoken.http.forwarded=true", "-Dlogintoken.sandbox.remote=true"));
        settings.addAll(more);
        return Service.startOn(database, directory, settings);
    }
}
