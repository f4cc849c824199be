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
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import static dev.logintoken.contract.client.Api.ACTIVE_IDENTIFIER;
import static dev.logintoken.contract.client.Api.PARTNERS_KEY;
import static dev.logintoken.contract.client.Api.field;
import static org.assertj.core.api.Assertions.assertThat;

/** A PostgreSQL that a test stops or disturbs, and a service on it with short time limits. */
@Tag("slow")
@SuppressWarnings("NullAway.Init")
abstract class FailingPostgres {

    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final String UUID = "45b9313b-fa47-4786-baf1-62969dec31f2";
    static final int POOL_SIZE = 2;

    static final Duration CONNECTION = Duration.ofSeconds(1);
    static final Duration STATEMENT = Duration.ofSeconds(3);
    static final Duration GRACE = Duration.ofSeconds(2);
    private static final Spec SPEC = LoginTokenSpec.load();

    @TempDir
    static Path directory;

    static Postgres postgres;
    static TestDatabase database;
    static Service service;
    static Api api;
    final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeAll
    static void startAll() throws Exception {
        postgres = Postgres.in(directory.resolve("data"));
        database = postgres.createDatabase();
        startService();
    }

    static void startService() throws Exception {
        service = startNode();
        api = new Api(service.url());
    }

    static Service startNode() throws Exception {
        List<String> settings = new ArrayList<>(database.settings());
        settings.add("-Dlogintoken.ttl=3600");
        settings.add("-Dlogintoken.db.pool-size=" + POOL_SIZE);
        settings.add("-Dlogintoken.db.connection-timeout=" + CONNECTION.toSeconds());
        settings.add("-Dlogintoken.db.statement-timeout=" + STATEMENT.toSeconds());
        return Service.startIn(directory, settings);
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

    static void awaitCount(int count, String from) throws Exception {
        Waiting.until(PATIENCE, () -> {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement();
                    ResultSet waiting = statement.executeQuery("select count(*) from " + from)) {
                waiting.next();
                return waiting.getInt(1) == count;
            }
        });
    }

    static void awaitRecovery() throws Exception {
        Waiting.until(PATIENCE, () -> loginToken().status() == 200);
    }

    /** The general error, as the spec has it, with 503 and when to come back, after no longer than allowed. */
    static void assertUnavailable(Duration allowed, Supplier<Exchange> request) {
        long begin = System.nanoTime();
        Exchange exchange = request.get();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(allowed.plusSeconds(1));
        assertThat(exchange.status()).as(exchange.path()).isEqualTo(503);
        assertThat(exchange.header("Retry-After")).isPresent();
        assertThat(SPEC.faults(exchange)).isEmpty();
    }

    static List<String> issue(int count) {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Exchange exchange = loginToken();
            assertThat(exchange.status()).isEqualTo(200);
            tokens.add(field(exchange, "token"));
        }
        return tokens;
    }

    static Exchange loginToken() {
        return api.loginToken("X-Api-Key", PARTNERS_KEY, "User-Identifier", ACTIVE_IDENTIFIER);
    }

    static Exchange redeem(String token) {
        return api.redeem(UUID, token);
    }
}
