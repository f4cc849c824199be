package dev.logintoken.contract.database;

import dev.logintoken.contract.client.CommandLine;
import dev.logintoken.contract.service.Command;
import dev.logintoken.contract.service.Postgres;
import dev.logintoken.contract.service.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the command check on real PostgreSQLs that each have one fault. */
@SuppressWarnings("NullAway.Init") // Filled before the first test.
final class CheckIT {

    private static final String KEY = "HwJ-J3zezptI_xF6ql0IoyM8cRdMV09yhMeZ-1NTrgo";
    private static final int REFUSED = 3;

    @TempDir
    private static Path war;

    private static CommandLine commands;

    @TempDir
    private Path directory;

    private TestDatabase database;
    private String role = "";

    @BeforeAll
    static void open() throws Exception {
        commands = CommandLine.open(war);
    }

    @AfterAll
    static void close() throws Exception {
        commands.close();
    }

    /** A role of the service's own, which owns its database and is no superuser. */
    @BeforeEach
    void create() throws Exception {
        database = createDatabase("");
    }

    private TestDatabase createDatabase(String options) throws Exception {
        role = "check" + System.nanoTime();
        Postgres.shared().execute("create role " + role + " login");
        TestDatabase made = Postgres.shared().createDatabase("owner " + role + " " + options);
        return TestDatabase.sandboxOn(made.url().replace("user=postgres", "user=" + role));
    }

    @Test
    void aDatabaseThatIsFitGetsNoLine() throws Exception {
        migrate();
        Command check = check();
        assertThat(check.output()).contains("PostgreSQL 1", "PRODUCTION").doesNotContain("PROBLEM", "WARNING", KEY);
        assertThat(check.status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LATIN1", "SQL_ASCII"})
    void anotherEncodingIsAWarning(String encoding) throws Exception {
        database = createDatabase("template template0 locale 'C' encoding '" + encoding + "'");
        migrate();
        assertWarning("The database's encoding is " + encoding + ": .* Create the database with encoding 'UTF8'\\.");
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"session", "transaction"})
    void aPoolerIsAWarning(String mode) throws Exception {
        migrate();
        try (PgBouncer bouncer = PgBouncer.start(directory, database, mode, 10)) {
            database = bouncer.database();
            assertWarning(
                    "A pooler such as PgBouncer stands in front of the database: .* Connect to PostgreSQL directly if you can\\.");
        }
    }

    @Test
    void aReadOnlyDatabaseIsAProblem() throws Exception {
        migrate();
        alterDatabase("set default_transaction_read_only = on");
        assertReadOnly();
    }

    @Test
    void aReadOnlyRoleIsAProblem() throws Exception {
        migrate();
        Postgres.shared().execute("alter role " + role + " set default_transaction_read_only = on");
        assertReadOnly();
    }

    private void assertReadOnly() throws Exception {
        assertProblem("The database is read-only: connect to the primary, or set default_transaction_read_only"
                + " to off\\.");
    }

    /** As after an upgrade whose new table nobody granted. */
    @ParameterizedTest
    @CsvSource({
        "redeemed_login_token, insert",
        "attempt_bucket, insert",
        "session, update",
        "link_consent, delete",
        "account, select"
    })
    void aTableThatTheRoleMayNotUseIsAProblem(String table, String right) throws Exception {
        migrate();
        execute("revoke " + right + " on " + table + " from " + role);
        assertProblem("The role " + role + " has no right to " + right + " on " + table
                + ": as the owner of the table, grant " + right + " on " + table + " to " + role + "\\.");
    }

    @Test
    void aRoleWithoutRightsIsOneProblem() throws Exception {
        migrate();
        execute("revoke all on all tables in schema public from " + role);
        assertProblem("The role " + role + " lacks rights on \\d+ tables, such as account: as the owner of the tables,"
                + " grant select, insert, update, delete on all tables in schema public to " + role + "\\.");
    }

    /** As PostgreSQL gives since 15 to a role that does not own the database. */
    @Test
    void aRoleThatMayNotCreateTablesIsAProblem() throws Exception {
        execute("revoke create on schema public from pg_database_owner");
        assertProblem(
                "The database cannot be used: the role " + role + " may not create tables in schema public: make .*");
    }

    @Test
    void aViewOfAnotherApplicationIsAProblem() throws Exception {
        execute("create view theirs as select 1");
        assertProblem("The database cannot be used: its schema has tables or views of another application\\. Give .*");
    }

    @Tag("slow")
    @Test
    void aPoolerThatAllowsNoTransactionsIsAProblem() throws Exception {
        migrate();
        try (PgBouncer bouncer = PgBouncer.start(directory, database, "statement", 10)) {
            database = bouncer.database();
            assertProblem("The database cannot be used: PgBouncer's pool_mode=statement does not work: set .*\\.");
        }
    }

    /** The rights that the README's operator leaves the service. */
    @Test
    void theLeastRightsAreEnough() throws Exception {
        migrate();
        execute("revoke update, truncate on audit from " + role);
        execute("revoke insert, update, delete on flyway_schema_history from " + role);
        assertThat(check().output()).doesNotContain("PROBLEM");
        execute("revoke delete on audit from " + role);
        assertProblem("The role " + role + " has no right to delete on audit: .*");
        assertThat(check("-Dlogintoken.audit.retention=0").output()).doesNotContain("PROBLEM");
    }

    @Test
    void aDatabaseOfTheOtherModeIsAProblem() throws Exception {
        commands.run(database.settings(), "", List.of("migrate"));
        assertProblem("The database was made in mode SANDBOX, and this node runs in mode PRODUCTION: .*");
    }

    @Test
    void anEmptyDatabaseIsAProblem() throws Exception {
        assertProblem("The schema of the database is not up to date: run the command migrate, .*");
    }

    @Test
    void aRoleThatDoesNotExistIsAProblem() throws Exception {
        database = TestDatabase.sandboxOn(database.url().replace(role, "nobody_of_that_name"));
        assertProblem("The database of logintoken\\.db\\.url cannot be used: FATAL: role .nobody_of_that_name. does not"
                + " exist: correct logintoken.db.user or logintoken.db.password");
    }

    @Test
    void aDatabaseThatDoesNotExistIsAProblem() throws Exception {
        database = TestDatabase.sandboxOn(database.url().replaceFirst("/contract\\d+", "/none_of_that_name"));
        assertProblem("The database of logintoken\\.db\\.url cannot be used: FATAL: database .none_of_that_name. does"
                + " not exist: create the database, or correct its name in the URL");
    }

    @Tag("slow")
    @Test
    void aServerThatDoesNotAnswerIsAProblem() throws Exception {
        database = TestDatabase.sandboxOn("jdbc:postgresql://127.0.0.1:1/x");
        assertProblem("The database of logintoken\\.db\\.url cannot be used: it does not answer: connection"
                + " refused by 127\\.0\\.0\\.1:1: start the database, or correct the address");
    }

    @Test
    void aSchemaThatDoesNotExistIsAProblem() throws Exception {
        migrate();
        database = TestDatabase.sandboxOn(database.url() + "&currentSchema=nowhere");
        assertProblem(
                "The database cannot be used: the role " + role + " may use no schema of the search path nowhere: .*");
    }

    private void assertProblem(String pattern) throws Exception {
        Command check = check();
        assertThat(lines("PROBLEM: ", check)).singleElement().asString().matches(pattern);
        assertThat(check.status()).isEqualTo(REFUSED);
        assertThat(check.complaint()).isEmpty();
    }

    private void assertWarning(String pattern) throws Exception {
        Command check = check();
        assertThat(check.output()).doesNotContain("PROBLEM");
        assertThat(lines("WARNING: ", check)).singleElement().asString().matches(pattern);
        assertThat(check.status()).isZero();
    }

    private static List<String> lines(String kind, Command check) {
        return check.output()
                .lines()
                .filter(line -> line.startsWith(kind))
                .map(line -> line.substring(kind.length()))
                .toList();
    }

    private void migrate() throws Exception {
        assertThat(commands.run(production(), "", List.of("migrate")).status()).isZero();
    }

    private Command check(String... more) throws Exception {
        List<String> settings = production();
        settings.addAll(List.of(more));
        return commands.run(settings, "", List.of("check"));
    }

    private List<String> production() {
        return new ArrayList<>(List.of(
                "-Dlogintoken.db.url=" + database.url(),
                "-Dlogintoken.keys.master=" + KEY,
                "-Dlogintoken.website.base-url=https://www.example.com",
                "-Dlogintoken.http.port=0"));
    }

    private void alterDatabase(String change) throws Exception {
        String name = database.url().replaceFirst(".*/(\\w+)\\?.*", "$1");
        Postgres.shared().execute("alter database " + name + " " + change);
    }

    /** As the owner, who may take rights away from himself. */
    private void execute(String sql) throws Exception {
        try (var connection = database.connect()) {
            connection.createStatement().execute(sql);
        }
    }
}
