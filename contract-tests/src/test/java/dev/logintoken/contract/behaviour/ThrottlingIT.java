package dev.logintoken.contract.behaviour;

import dev.logintoken.contract.client.Nodes;
import dev.logintoken.contract.service.Postgres;
import dev.logintoken.kit.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static dev.logintoken.contract.client.Api.codes;
import static org.assertj.core.api.Assertions.assertThat;

/** Guessing passwords at two production nodes on one PostgreSQL, behind a proxy that tells the callers' addresses. */
@SuppressWarnings("NullAway.Init") // Filled before the first test.
final class ThrottlingIT {

    private static final int MAX_GUESSES = 10;
    private static final String PARTNER = "app";
    private static final String PASSWORD = "sandbox-password";

    /** The password by bcrypt, as the first release kept it. */
    private static final String OLD_HASH = "$2a$10$mPj4rFQ5RJDLBZV7Zn.a1Oy5qvoSqlNsdYU/v/IhH1HHPXc2jfsI6";

    private static final String HOME = "192.0.2.1";
    private static final String STRANGERS = "198.51.100.1";
    private static final String NEW_OFFICE = "2001:db8:1:2::3";

    @TempDir
    private static Path directory;

    private static Nodes nodes;

    @BeforeAll
    static void start() throws Exception {
        String url = Postgres.shared().createDatabase().url();
        nodes = new Nodes(directory, url, 2, 1, "-Dlogintoken.http.forwarded=true");
        try (Connection connection = nodes.connect()) {
            connection
                    .createStatement()
                    .execute("update partner set password_hash = '" + OLD_HASH + "' where username = 'app'");
        }
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @Test
    void aPartnerAtAKnownNetworkGetsInAtTheFirstTryWhileStrangersGuess() throws Exception {
        assertThat(authenticate(0, PARTNER, PASSWORD, HOME).status()).isEqualTo(200);
        assertThat(hash()).as("made anew by the success").startsWith("{argon2}");
        int checked = 0;
        for (Exchange guess : guessesAtOnce(60, PARTNER)) {
            assertThat(codes(guess)).containsAnyOf("ER811", "ER006").hasSize(1);
            checked += guess.status() == 400 ? 1 : 0;
        }
        for (int i = checked; i < MAX_GUESSES; i++) {
            assertThat(codes(authenticate(i % 2, PARTNER, "wrong", STRANGERS))).containsExactly("ER811");
        }
        assertThat(checked).isBetween(1, MAX_GUESSES);
        for (int node = 0; node < nodes.count(); node++) {
            Exchange strangers = authenticate(node, PARTNER, PASSWORD, STRANGERS);
            assertThat(codes(strangers)).as("the right password does not show").containsExactly("ER006");
            assertThat(strangers.header("Retry-After")).isPresent();
            assertThat(authenticate(node, PARTNER, PASSWORD, HOME).status()).isEqualTo(200);
        }
        assertThat(authenticate(1, PARTNER, PASSWORD, NEW_OFFICE).status()).isEqualTo(200);
    }

    @Test
    void aNameThatTheDatabaseCannotHoldIsThrottledAsAny() {
        for (int i = 0; i < MAX_GUESSES; i++) {
            assertThat(codes(authenticate(i % 2, "a\0b", "wrong", HOME))).containsExactly("ER811");
        }
        assertThat(codes(authenticate(0, "a\0b", "wrong", HOME))).containsExactly("ER006");
    }

    private static String hash() throws Exception {
        try (Connection connection = nodes.connect();
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("select password_hash from partner where username = 'app'")) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    private static List<Exchange> guessesAtOnce(int count, String username) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Callable<Exchange>> guesses = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int node = i % nodes.count();
                guesses.add(() -> authenticate(node, username, "wrong", STRANGERS));
            }
            List<Exchange> answers = new ArrayList<>();
            for (Future<Exchange> answer : threads.invokeAll(guesses)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Exchange authenticate(int node, String username, String password, String address) {
        return nodes.api(node)
                .post(
                        "/api/v1/authenticate",
                        Map.of("username", username, "password", password),
                        "X-Forwarded-For",
                        address);
    }
}
