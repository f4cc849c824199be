package dev.logintoken.contract.database;

import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.service.Postgres;
import dev.logintoken.contract.service.Service;
import dev.logintoken.contract.service.TestDatabase;
import dev.logintoken.contract.spec.LoginTokenSpec;
import dev.logintoken.kit.Exchange;
import dev.logintoken.kit.Spec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import static dev.logintoken.contract.client.Api.ACTIVE_IDENTIFIER;
import static dev.logintoken.contract.client.Api.PARTNERS_KEY;
import static dev.logintoken.contract.client.Api.codes;
import static dev.logintoken.contract.client.Api.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/** While the database fails, callers get 503 in time. Afterwards the service recovers, and no token was used twice. */
@Tag("slow")
@SuppressWarnings("NullAway.Init")
final class PostgresOutageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String UUID = "45b9313b-fa47-4786-baf1-62969dec31f2";
    private static final int POOL_SIZE = 2;
    private static final Duration CONNECTION = Duration.ofSeconds(1);
    private static final Duration STATEMENT = Duration.ofSeconds(3);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final Spec SPEC = LoginTokenSpec.load();

    @TempDir
    private static Path directory;

    private static Postgres postgres;
    private static TestDatabase database;
    private static Service service;
    private static Api api;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeAll
    static void startAll() throws Exception {
        postgres = Postgres.in(directory.resolve("data"));
        database = postgres.createDatabase();
        startService();
    }

    private static void startService() throws Exception {
        List<String> settings = new ArrayList<>(database.settings());
        settings.add("-Dlogintoken.ttl=3600");
        settings.add("-Dlogintoken.db.pool-size=" + POOL_SIZE);
        settings.add("-Dlogintoken.db.connection-timeout=" + CONNECTION.toSeconds());
        settings.add("-Dlogintoken.db.statement-timeout=" + STATEMENT.toSeconds());
        service = Service.startIn(directory, settings);
        api = new Api(service.url());
    }

    @AfterAll
    static void stopAll() throws Exception {
        service.close();
        postgres.close();
    }

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void aStartWaitsForADatabaseThatIsStillComingUp() throws Exception {
        postgres.stop();
        Process process = Service.launch(directory, database.settings());
        try (BufferedReader lines = process.inputReader()) {
            awaitLine(lines, "Waiting up to 30 s for the database: it does not answer");
            postgres.start();
            awaitLine(lines, "login-token is ready at");
        } finally {
            process.destroyForcibly();
        }
        awaitRecovery();
    }

    @Test
    void aDatabaseThatStaysAwayStopsTheStartInOneLine() throws Exception {
        Process process = Service.launch(
                directory,
                List.of("-Dlogintoken.db.url=jdbc:postgresql://127.0.0.1:1/x", "-Dlogintoken.db.start-timeout=1"));
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(output).doesNotContain("\tat ");
        assertThat(output.lines().reduce((earlier, later) -> later))
                .contains("login-token does not start: The database of logintoken.db.url cannot be used: it does not"
                        + " answer: connection refused by 127.0.0.1:1: start the database, or correct the address");
    }

    @Test
    void aStartThatWaitsCanBeEnded() throws Exception {
        Process process = Service.launch(directory, List.of("-Dlogintoken.db.url=jdbc:postgresql://127.0.0.1:1/x"));
        try (BufferedReader lines = process.inputReader()) {
            awaitLine(lines, "Waiting up to 30 s");
            process.destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whileTheDatabaseIsStoppedEveryOperationSaysWhenToComeBack() throws Exception {
        List<String> tokens = issue(2);
        Exchange login = api.login();
        assertThat(redeem(tokens.get(0)).status()).isEqualTo(200);
        postgres.stop();
        try {
            // What a node keeps it may use until it knows that it is cut off, for less than a second.
            Waiting.until(PATIENCE, () -> loginToken().status() == 503);
            List<Supplier<Exchange>> requests = List.of(
                    () -> redeem(tokens.get(0)),
                    () -> redeem(tokens.get(1)),
                    PostgresOutageIT::loginToken,
                    api::authenticate,
                    api::login,
                    () -> api.refresh(field(login, "refreshToken")),
                    () -> api.register("outage000000000000000000000000000000"),
                    () -> api.send(
                            "POST",
                            "/api/v1/user/logout",
                            "",
                            Api.with("User-Authorization", "Bearer " + field(login, "token"))),
                    () -> api.send("GET", "/api/v1/system/info", "", Api.with("X-Api-Key", PARTNERS_KEY)));
            List<Future<?>> answers = new ArrayList<>();
            for (Supplier<Exchange> request : requests) {
                answers.add(threads.submit(() -> assertUnavailable(CONNECTION, request)));
            }
            for (Future<?> answer : answers) {
                answer.get();
            }
        } finally {
            postgres.start();
        }
        awaitRecovery();
        assertThat(codes(redeem(tokens.get(0)))).containsExactly("ER712");
        assertUsableOnce(tokens.get(1));
    }

    @Test
    void aDatabaseThatAnswersNothingHoldsNobodyUp() throws Exception {
        String token = issue(1).get(0);
        postgres.freeze();
        try {
            assertUnavailable(CONNECTION.plus(STATEMENT).plus(GRACE), () -> redeem(token));
            assertUnavailable(CONNECTION.plus(STATEMENT).plus(GRACE), PostgresOutageIT::loginToken);
        } finally {
            postgres.thaw();
        }
        awaitRecovery();
        assertUsableOnce(token);
    }

    @Test
    void aStatementThatTakesTooLongIsCancelled() throws Exception {
        String token = issue(1).get(0);
        try (Connection connection = lock("redeemed_login_token")) {
            assertUnavailable(STATEMENT, () -> redeem(token));
            connection.rollback();
        }
        assertUsableOnce(token);
    }

    /** They are committed together, and so wait for each other, but not one batch after the other. */
    @Test
    void redemptionsThatComeTogetherWaitForAStatementOnce() throws Exception {
        List<String> tokens = issue(16);
        List<Future<?>> answers = new ArrayList<>();
        try (Connection connection = lock("redeemed_login_token")) {
            for (String token : tokens) {
                answers.add(threads.submit(() -> assertUnavailable(STATEMENT, () -> redeem(token))));
            }
            for (Future<?> answer : answers) {
                answer.get();
            }
            connection.rollback();
        }
        tokens.forEach(PostgresOutageIT::assertUsableOnce);
    }

    @Test
    void aPoolThatIsUsedUpIsWaitedForNoLongerThanAllowed() throws Exception {
        String token = issue(1).get(0);
        List<Future<Exchange>> slow = new ArrayList<>();
        try (Connection connection = lock("session")) {
            for (int i = 0; i < POOL_SIZE; i++) {
                slow.add(threads.submit(api::authenticate));
            }
            awaitCount(POOL_SIZE, "pg_locks where not granted and relation = 'session'::regclass");
            assertUnavailable(CONNECTION, () -> redeem(token));
            connection.rollback();
        }
        for (Future<Exchange> answer : slow) {
            assertThat(answer.get().status()).isEqualTo(200);
        }
        assertUsableOnce(token);
    }

    @Test
    void aRedemptionWhoseCommitIsNotConfirmedIsNotRepeated() throws Exception {
        String token = issue(1).get(0);
        waitForReplicas(true);
        try {
            assertUnavailable(STATEMENT.plus(GRACE), () -> redeem(token));
        } finally {
            waitForReplicas(false);
        }
        assertThat(codes(redeem(token))).containsExactly("ER712");
        assertThat(redeemed()).contains(sha256(token));
    }

    @Test
    void aServiceThatDiesBetweenCommitAndAnswerHasRedeemed() throws Exception {
        String token = issue(1).get(0);
        waitForReplicas(true);
        try {
            Future<Exchange> answer = threads.submit(() -> redeem(token));
            awaitUnconfirmed();
            service.kill();
            assertThat(answer).failsWithin(Duration.ofSeconds(5));
        } finally {
            waitForReplicas(false);
            startService();
        }
        assertThat(codes(redeem(token))).containsExactly("ER712");
        assertThat(redeemed()).contains(sha256(token));
    }

    @Test
    void whatWasAnsweredSurvivesACrashAndARestartOfTheDatabase() throws Exception {
        List<String> tokens = issue(500);
        Map<String, AtomicInteger> successes = new ConcurrentHashMap<>();
        AtomicInteger next = new AtomicInteger();
        AtomicInteger redeemed = new AtomicInteger();
        Callable<Void> racer = () -> {
            for (int i = next.getAndIncrement(); i < tokens.size(); i = next.getAndIncrement()) {
                String token = tokens.get(i);
                Exchange exchange;
                do {
                    exchange = redeem(token);
                } while (exchange.status() == 503);
                if (exchange.status() == 200) {
                    successes.computeIfAbsent(token, any -> new AtomicInteger()).incrementAndGet();
                    redeemed.incrementAndGet();
                } else {
                    // Committed, and the answer was lost.
                    assertThat(codes(exchange)).containsExactly("ER712");
                }
            }
            return null;
        };
        List<Future<Void>> races = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            races.add(threads.submit(racer));
        }
        Waiting.until(PATIENCE, () -> redeemed.get() >= tokens.size() / 3);
        postgres.crash();
        postgres.start();
        Waiting.until(PATIENCE, () -> redeemed.get() >= tokens.size() * 2 / 3);
        postgres.stop();
        postgres.start();
        for (Future<Void> race : races) {
            race.get();
        }
        assertThat(successes.values()).allSatisfy(count -> assertThat(count).hasValue(1));
        assertThat(redeemed())
                .containsAll(tokens.stream().map(PostgresOutageIT::sha256).toList());
        assertThat(tokens).allSatisfy(token -> assertThat(codes(redeem(token))).containsExactly("ER712"));
    }

    /** Nobody writes into or reads from a table until this connection rolls back. */
    private static Connection lock(String table) throws Exception {
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        connection.createStatement().execute("lock table " + table + " in access exclusive mode");
        return connection;
    }

    /** Commits that have to be safe take place, but are not confirmed: they wait for a replica that does not exist. */
    private static void waitForReplicas(boolean wait) throws Exception {
        postgres.execute("alter system set synchronous_standby_names = '" + (wait ? "*" : "") + "'");
        postgres.execute("select pg_reload_conf()");
        Waiting.until(PATIENCE, () -> {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement();
                    ResultSet shown = statement.executeQuery("show synchronous_standby_names")) {
                shown.next();
                return shown.getString(1).isEmpty() != wait;
            }
        });
    }

    private static void awaitUnconfirmed() throws Exception {
        awaitCount(1, "pg_stat_activity where wait_event = 'SyncRep'");
    }

    private static void awaitCount(int count, String from) throws Exception {
        Waiting.until(PATIENCE, () -> {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement();
                    ResultSet waiting = statement.executeQuery("select count(*) from " + from)) {
                waiting.next();
                return waiting.getInt(1) == count;
            }
        });
    }

    private static void awaitLine(BufferedReader lines, String part) throws IOException {
        StringBuilder read = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            read.append(line).append('\n');
            if (line.contains(part)) {
                return;
            }
        }
        fail("The process ended without saying '" + part + "':\n" + read);
    }

    private static void awaitRecovery() throws Exception {
        Waiting.until(PATIENCE, () -> loginToken().status() == 200);
    }

    /** The general error, as the spec has it, with 503 and when to come back, after no longer than allowed. */
    private static void assertUnavailable(Duration allowed, Supplier<Exchange> request) {
        long begin = System.nanoTime();
        Exchange exchange = request.get();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(allowed.plusSeconds(1));
        assertThat(exchange.status()).as(exchange.path()).isEqualTo(503);
        assertThat(exchange.header("Retry-After")).isPresent();
        assertThat(SPEC.faults(exchange)).isEmpty();
    }

    private static void assertUsableOnce(String token) {
        assertThat(redeem(token).status()).isEqualTo(200);
        assertThat(codes(redeem(token))).containsExactly("ER712");
    }

    /** The hashes of all tokens that the database says were used. */
    private static Set<String> redeemed() throws Exception {
        Set<String> hashes = new TreeSet<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select encode(sha256, 'hex') from redeemed_login_token")) {
            while (rows.next()) {
                hashes.add(rows.getString(1));
            }
        }
        return hashes;
    }

    private static String sha256(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(Base64.getUrlDecoder().decode(token));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> issue(int count) {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Exchange exchange = loginToken();
            assertThat(exchange.status()).isEqualTo(200);
            tokens.add(field(exchange, "token"));
        }
        return tokens;
    }

    private static Exchange loginToken() {
        return api.loginToken("X-Api-Key", PARTNERS_KEY, "User-Identifier", ACTIVE_IDENTIFIER);
    }

    private static Exchange redeem(String token) {
        return api.redeem(UUID, token);
    }
}
