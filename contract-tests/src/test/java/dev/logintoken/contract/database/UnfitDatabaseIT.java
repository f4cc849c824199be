package dev.logintoken.contract.database;

import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.service.Postgres;
import dev.logintoken.contract.service.Service;
import dev.logintoken.contract.service.TestDatabase;
import dev.logintoken.contract.spec.LoginTokenSpec;
import dev.logintoken.kit.Exchange;
import dev.logintoken.kit.Spec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static dev.logintoken.contract.client.Api.ACTIVE_IDENTIFIER;
import static dev.logintoken.contract.client.Api.PARTNERS_KEY;
import static dev.logintoken.contract.client.Api.codes;
import static dev.logintoken.contract.client.Api.field;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A PostgreSQL that answers but cannot be used, as after a failover or with the settings of another application. Callers
 * get 503, readiness is red, and the service recovers with the database.
 */
@Tag("slow")
@SuppressWarnings("NullAway.Init")
final class UnfitDatabaseIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Spec SPEC = LoginTokenSpec.load();

    @TempDir
    private Path directory;

    private TestDatabase database;
    private String name = "";

    @BeforeEach
    void create() throws Exception {
        database = Postgres.shared().createDatabase();
        name = database.url().replaceFirst(".*/(\\w+)\\?.*", "$1");
    }

    @AfterEach
    void reset() throws Exception {
        change("reset all");
    }

    /** The sessions that a pool keeps stay read-only: those that fail have to go. */
    @Test
    void aDatabaseThatTurnsReadOnlyIsLeftAndTakenAgain() throws Exception {
        try (Service service = start()) {
            Api api = new Api(service.url());
            String token = field(issue(api), "token");
            String uuid = field(issue(api), "uuid");
            change("set default_transaction_read_only = on");
            endSessions();
            Waiting.until(PATIENCE, () -> ready(api) == 503);
            for (int i = 0; i < 3; i++) {
                assertUnavailable(api.redeem(uuid, token));
                assertUnavailable(api.login());
                assertUnavailable(api.authenticate());
            }
            change("reset default_transaction_read_only");
            Waiting.until(PATIENCE, () -> ready(api) == 200);
            Waiting.until(PATIENCE, () -> api.login().status() == 200);
            assertThat(api.redeem(uuid, token).status()).isEqualTo(200);
            assertThat(codes(api.redeem(uuid, token))).containsExactly("ER712");
        }
    }

    @Test
    void aLockThatIsNotHadInTimeIsWaitedForByTheCaller() throws Exception {
        change("set lock_timeout = '300ms'");
        try (Service service = start()) {
            Api api = new Api(service.url());
            Exchange issued = issue(api);
            try (Connection connection = database.connect()) {
                connection.setAutoCommit(false);
                connection.createStatement().execute("lock table redeemed_login_token in access exclusive mode");
                assertUnavailable(api.redeem(field(issued, "uuid"), field(issued, "token")));
                assertThat(ready(api)).isEqualTo(503);
                connection.rollback();
            }
            assertThat(api.redeem(field(issued, "uuid"), field(issued, "token")).status())
                    .isEqualTo(200);
            assertThat(ready(api)).isEqualTo(200);
        }
    }

    /** As while a backup is restored. */
    @Test
    void aTableThatIsGoneForAWhileIsWaitedForByTheCaller() throws Exception {
        try (Service service = start();
                Connection connection = database.connect()) {
            Api api = new Api(service.url());
            connection.createStatement().execute("alter table session rename to elsewhere");
            assertUnavailable(api.authenticate());
            connection.createStatement().execute("alter table elsewhere rename to session");
            assertThat(api.authenticate().status()).isEqualTo(200);
        }
    }

    @Test
    void aReadOnlyDatabaseStopsTheStartInOneLine() throws Exception {
        start().close();
        change("set default_transaction_read_only = on");
        Process process = Service.launch(directory, database.settings());
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(output).doesNotContain("\tat ");
        assertThat(output.lines().reduce((earlier, later) -> later))
                .contains(
                        "login-token does not start: The database of logintoken.db.url cannot be used: it is read-only:"
                                + " connect to the primary, or set default_transaction_read_only to off");
    }

    /** Settings that another application needs do no harm: neither the role's, the database's nor the URL's. */
    @Test
    void aTokenIsUsedOnceWhateverTheDefaultsOfSessions() throws Exception {
        change("set default_transaction_isolation = serializable");
        List<String> settings = new ArrayList<>(database.settings());
        settings.removeIf(setting -> setting.startsWith("-Dlogintoken.db.url"));
        settings.add("-Dlogintoken.db.url=" + database.url() + "&readOnly=true&readOnlyMode=always");
        try (Service service = Service.startIn(directory, settings)) {
            Api api = new Api(service.url());
            Exchange issued = issue(api);
            assertThat(api.redeem(field(issued, "uuid"), field(issued, "token")).status())
                    .isEqualTo(200);
            assertThat(codes(api.redeem(field(issued, "uuid"), field(issued, "token"))))
                    .containsExactly("ER712");
            assertThat(redeemed("")).isOne();
        }
    }

    /** Two services have a schema each, and an administrator makes the other one the default of new sessions. */
    @Test
    void theTablesOfTheStartAreUsedWhateverTheSearchPathBecomes() throws Exception {
        try (Connection connection = database.connect()) {
            connection.createStatement().execute("create schema ours");
            connection.createStatement().execute("create schema theirs");
        }
        change("set search_path = theirs");
        start().close();
        change("set search_path = ours");
        try (Service service = start()) {
            Api api = new Api(service.url());
            Exchange issued = issue(api);
            change("set search_path = theirs");
            endSessions();
            Waiting.until(PATIENCE, () -> ready(api) == 200);
            assertThat(api.redeem(field(issued, "uuid"), field(issued, "token")).status())
                    .isEqualTo(200);
            assertThat(codes(api.redeem(field(issued, "uuid"), field(issued, "token"))))
                    .containsExactly("ER712");
            assertThat(redeemed("ours.")).isOne();
            assertThat(redeemed("theirs.")).isZero();
        }
    }

    private Service start() throws Exception {
        return Service.startIn(directory, database.settings());
    }

    private void change(String setting) throws Exception {
        Postgres.shared().execute("alter database " + name + " " + setting);
    }

    private int redeemed(String schema) throws Exception {
        try (Connection connection = database.connect();
                var rows = connection
                        .createStatement()
                        .executeQuery("select count(*) from " + schema + "redeemed_login_token")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private void endSessions() throws Exception {
        Postgres.shared()
                .execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
    }

    private static Exchange issue(Api api) {
        return api.loginToken("X-Api-Key", PARTNERS_KEY, "User-Identifier", ACTIVE_IDENTIFIER);
    }

    private static int ready(Api api) {
        return api.send("GET", "/health/ready", "", Api.with()).status();
    }

    /** The general error, as the spec has it, with 503 and when to come back. */
    private static void assertUnavailable(Exchange exchange) {
        assertThat(exchange.status()).as(exchange.path()).isEqualTo(503);
        assertThat(exchange.header("Retry-After")).isPresent();
        assertThat(SPEC.faults(exchange)).isEmpty();
    }
}
