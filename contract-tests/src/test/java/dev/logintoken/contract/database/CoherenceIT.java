package dev.logintoken.contract.database;

import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.pact.ProviderStatesClient;
import dev.logintoken.contract.service.Postgres;
import dev.logintoken.contract.service.Service;
import dev.logintoken.contract.service.TestDatabase;
import dev.logintoken.kit.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import static dev.logintoken.contract.client.Api.ACTIVE_IDENTIFIER;
import static dev.logintoken.contract.client.Api.OTHER_IDENTIFIER;
import static dev.logintoken.contract.client.Api.PARTNERS_KEY;
import static dev.logintoken.contract.client.Api.codes;
import static dev.logintoken.contract.client.Api.field;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes on one PostgreSQL, both busy: what is revoked on one, or by SQL, is revoked on the other within a second, also
 * while nobody tells it.
 */
@SuppressWarnings("NullAway.Init")
final class CoherenceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration PROMISE = Duration.ofSeconds(1);
    private static final String KEPT = "Rows are cached until they change";

    @TempDir
    private static Path directory;

    private static TestDatabase database;
    private static Service first;
    private static Service second;
    private static Api one;
    private static Api other;
    private static ProviderStatesClient states;

    private static final AtomicBoolean BUSY = new AtomicBoolean(true);
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();
    private static final List<Future<?>> LOAD = new ArrayList<>();

    private final AtomicBoolean cut = new AtomicBoolean();
    private Future<?> cutting = CompletableFuture.completedFuture(null);
    private String user = "";
    private String identifier = "";
    private String userToken = "";
    private String key = "";

    @BeforeAll
    static void startAll() throws Exception {
        database = Postgres.shared().createDatabase();
        first = Service.startIn(directory, database.settings());
        second = Service.startIn(directory, database.settings());
        one = new Api(first.url());
        other = new Api(second.url());
        states = new ProviderStatesClient(first.url());
        for (Api node : List.of(one, other)) {
            for (String somebody : List.of(ACTIVE_IDENTIFIER, OTHER_IDENTIFIER)) {
                LOAD.add(THREADS.submit(() -> {
                    while (BUSY.get()) {
                        assertThat(node.loginToken("X-Api-Key", PARTNERS_KEY, "User-Identifier", somebody)
                                        .status())
                                .isEqualTo(200);
                    }
                }));
            }
        }
    }

    @AfterAll
    static void stopAll() throws Exception {
        BUSY.set(false);
        for (Future<?> load : LOAD) {
            load.get();
        }
        THREADS.shutdownNow();
        first.close();
        second.close();
    }

    @BeforeEach
    void makeSomebodyWhomTheOtherNodeKnows() throws Exception {
        Map<String, Object> values = states.setUp("a user with an identifier");
        user = String.valueOf(values.get("uuid"));
        identifier = String.valueOf(values.get("userIdentifier"));
        userToken = String.valueOf(values.get("userToken"));
        key = "key-" + UUID.randomUUID();
        insertKey();
        for (int i = 0; i < 3; i++) {
            assertThat(byIdentifier().status()).isEqualTo(200);
            assertThat(byToken().status()).isEqualTo(200);
        }
    }

    @AfterEach
    void takeStatesBack() throws Exception {
        cut.set(false);
        cutting.get();
        states.tearDown();
    }

    /** Else the tests below would prove nothing. */
    @Test
    void aChangeThatNobodyTellsIsNotNoticed() throws Exception {
        Waiting.until(PATIENCE, () -> second.output().contains(KEPT));
        Waiting.until(PATIENCE, () -> byIdentifier().status() == 200 && unnoticed());
    }

    /** By a session whose triggers are off, as a replication's are. */
    private boolean unnoticed() {
        try {
            execute("set session_replication_role = replica; update api_key set revoked_at = now() where sha256 ="
                    + " sha256('"
                    + key + "')");
            boolean unnoticed = byIdentifier().status() == 200;
            // Told, so that a node that had noticed forgets the miss.
            execute("update api_key set revoked_at = null where sha256 = sha256('" + key + "')");
            return unnoticed;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLogoutOnOneNodeCountsOnTheOther(boolean told) throws Exception {
        hush(told);
        assertThat(one.send("POST", "/api/v1/user/logout", "", Api.with("User-Authorization", "Bearer " + userToken))
                        .status())
                .isEqualTo(204);
        assertSoonRefused(this::byToken, "ER702");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aUserWhoIsDeletedBySqlGetsNoMoreTokens(boolean told) throws Exception {
        hush(told);
        execute("update account set deleted_at = now() where uuid = '" + user + "'");
        assertSoonRefused(this::byIdentifier, "ER709");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anApiKeyThatIsRevokedBySqlOpensNothing(boolean told) throws Exception {
        hush(told);
        execute("update api_key set revoked_at = now() where sha256 = sha256('" + key + "')");
        assertSoonRefused(this::byIdentifier, "ER805");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anApiKeyThatIsInsertedBySqlOpensWhereItWasRefusedBefore(boolean told) throws Exception {
        key = "key-" + UUID.randomUUID();
        for (int i = 0; i < 3; i++) {
            assertThat(codes(byIdentifier())).containsExactly("ER805");
        }
        hush(told);
        insertKey();
        long changed = System.nanoTime();
        Exchange answer;
        long asked;
        do {
            asked = System.nanoTime();
            answer = byIdentifier();
        } while (answer.status() != 200 && asked - changed < PROMISE.toNanos());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(byIdentifier().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDocumentThatIsPutInBySqlHoldsItsUserUp(boolean told) throws Exception {
        hush(told);
        execute("insert into document (uuid, account, side) values (gen_random_uuid(), '" + user + "', 'FRONT')");
        assertSoonRefused(this::byIdentifier, "ER708");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStampThatIsReplacedBySqlIsTakenUp(boolean told) throws Exception {
        hush(told);
        execute("update account set stamp = sha256(stamp) where uuid = '" + user + "'");
        long changed = System.nanoTime();
        Exchange redeemed;
        long asked;
        do {
            asked = System.nanoTime();
            redeemed = one.redeem(user, field(byIdentifier(), "token"));
        } while (redeemed.status() != 200 && asked - changed < PROMISE.toNanos());
        assertThat(redeemed.status()).isEqualTo(200);
    }

    @Test
    void manyChangesAtOnceAreTold() throws Exception {
        execute("insert into account (uuid, stamp) select gen_random_uuid(), sha256('') from generate_series(1, 2000)");
        execute("update account set deleted_at = now() where email is null or uuid = '" + user + "'");
        assertSoonRefused(this::byIdentifier, "ER709");
    }

    private void insertKey() throws Exception {
        execute("insert into api_key (sha256, partner) select sha256('" + key + "'), uuid from partner"
                + " where username = 'sandbox'");
    }

    /** If they are not to be told, the nodes' channels are cut, and cut again as soon as they are back. */
    private void hush(boolean told) throws Exception {
        if (!told) {
            cut.set(true);
            terminate();
            cutting = THREADS.submit(() -> {
                while (cut.get()) {
                    terminate();
                }
                return null;
            });
        }
    }

    private static void terminate() throws Exception {
        execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name ="
                + " 'login-token-changes'");
    }

    private Exchange byIdentifier() {
        return other.loginToken("X-Api-Key", key, "User-Identifier", identifier);
    }

    private Exchange byToken() {
        return other.loginToken("X-Api-Key", key, "User-Authorization", "Bearer " + userToken);
    }

    /** A request that is sent a second after the change is refused, and so is every one after the first refusal. */
    private static void assertSoonRefused(Supplier<Exchange> request, String code) {
        long changed = System.nanoTime();
        Exchange answer;
        long asked;
        do {
            asked = System.nanoTime();
            answer = request.get();
        } while (answer.status() == 200 && asked - changed < PROMISE.toNanos());
        assertThat(codes(answer)).containsExactly(code);
        assertThat(codes(request.get())).containsExactly(code);
    }

    private static void execute(String sql) throws Exception {
        try (Connection connection = database.connect()) {
            connection.createStatement().execute(sql);
        }
    }
}
