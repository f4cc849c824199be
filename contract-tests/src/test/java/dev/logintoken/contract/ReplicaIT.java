package dev.logintoken.contract;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;

import static dev.logintoken.contract.Api.PARTNERS_KEY;
import static dev.logintoken.contract.Api.codes;
import static dev.logintoken.contract.Api.field;
import static org.assertj.core.api.Assertions.assertThat;

/** Login tokens are issued from a streaming replica while it is up to date, and nothing gets worse by that. */
@SuppressWarnings("NullAway.Init")
final class ReplicaIT {

    private static final String FROM_REPLICA = "Login tokens are issued from the replica";
    private static final String FROM_PRIMARY = "Login tokens are issued from the primary";
    private static final int TRIES = 20;

    @TempDir
    private static Path directory;

    private static Postgres primary;
    private static Postgres replica;
    private static TestDatabase database;
    private static Service service;
    private static Api api;
    private static ProviderStates states;

    private String user = "";
    private String identifier = "";

    @BeforeAll
    static void startAll() throws Exception {
        primary = Postgres.in(directory.resolve("primary"));
        database = primary.createDatabase();
        replica = primary.replica(directory.resolve("replica"));
        List<String> settings = new ArrayList<>(database.settings());
        settings.add("-Dlogintoken.db.replica-url=" + replica.url(database));
        service = Service.startIn(directory, settings);
        api = new Api(service.url());
        states = new ProviderStates(service.url());
    }

    @AfterAll
    static void stopAll() throws Exception {
        service.close();
        replica.close();
        primary.close();
    }

    @BeforeEach
    void waitForTheReplica() throws Exception {
        Map<String, Object> values = states.setUp("a user with an identifier");
        user = String.valueOf(values.get("uuid"));
        identifier = String.valueOf(values.get("userIdentifier"));
        awaitLast(FROM_REPLICA);
    }

    @AfterEach
    void takeStatesBack() {
        states.tearDown();
    }

    /** That it can be stale at all shows where it comes from. */
    @Test
    void aTokenThatIsIssuedForARevokedStampIsRefused() throws Exception {
        int refused = 0;
        for (int i = 0; i < TRIES && refused == 0; i++) {
            pause();
            execute("update account set stamp = sha256(stamp) where uuid = '" + user + "'");
            Exchange issued = loginToken(identifier);
            assertThat(issued.status()).isEqualTo(200);
            Exchange redeemed = api.redeem(user, field(issued, "token"));
            if (redeemed.status() != 200) {
                assertThat(codes(redeemed)).containsExactly("ER710");
                refused++;
            }
            resume();
            awaitLast(FROM_REPLICA);
        }
        assertThat(refused).as("tokens issued from the replica").isPositive();
    }

    @Test
    void aReplicaThatIsASecondBehindIsLeftAlone() throws Exception {
        pause();
        try {
            execute("update account set deleted_at = now() where uuid = '" + user + "'");
            Thread.sleep(1000);
            assertThat(codes(loginToken(identifier))).containsExactly("ER709");
            awaitLast(FROM_PRIMARY);
        } finally {
            resume();
        }
    }

    @Test
    void whatTheReplicaDoesNotKnowYetIsAskedOfThePrimary() throws Exception {
        pause();
        try {
            String token = field(api.login(), "token");
            String fresh = (UUID.randomUUID() + "replica0").replace("-", "");
            assertThat(api.register(fresh, "User-Authorization", "Bearer " + token)
                            .status())
                    .isEqualTo(200);
            assertThat(loginToken(fresh).status()).isEqualTo(200);
        } finally {
            resume();
        }
    }

    @Test
    void aLogoutCountsAtOnce() throws Exception {
        String token = "Bearer " + field(api.login(), "token");
        pause();
        try {
            api.send("POST", "/api/v1/user/logout", "", Api.with("User-Authorization", token));
            assertThat(codes(api.loginToken("X-Api-Key", PARTNERS_KEY, "User-Authorization", token)))
                    .containsExactly("ER702");
        } finally {
            resume();
        }
    }

    @Test
    void aReplicaThatIsGoneIsNotMissedAndTakenAgainWhenItIsBack() throws Exception {
        replica.stop();
        try {
            for (int i = 0; i < TRIES; i++) {
                assertThat(loginToken(identifier).status()).isEqualTo(200);
            }
            awaitLast(FROM_PRIMARY);
        } finally {
            replica.start();
        }
        awaitLast(FROM_REPLICA);
    }

    private static Exchange loginToken(String identifier) {
        return api.loginToken("X-Api-Key", PARTNERS_KEY, "User-Identifier", identifier);
    }

    /** The replica goes on receiving, and shows nothing of it. */
    private static void pause() throws Exception {
        replica.execute("select pg_wal_replay_pause()");
    }

    private static void resume() throws Exception {
        replica.execute("select pg_wal_replay_resume()");
    }

    private static void execute(String sql) throws Exception {
        try (Connection connection = database.connect()) {
            connection.createStatement().execute(sql);
        }
    }

    /** Waits until the service has said where it issues tokens from, and has not said otherwise since. */
    private static void awaitLast(String line) throws Exception {
        Callable<Boolean> said =
                () -> service.output().lastIndexOf(line) > service.output().lastIndexOf(other(line));
        long begin = System.nanoTime();
        while (!said.call()) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
            Thread.sleep(50);
        }
    }

    private static String other(String line) {
        return line.equals(FROM_REPLICA) ? FROM_PRIMARY : FROM_REPLICA;
    }
}
