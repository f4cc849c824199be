package dev.logintoken.contract.container;

import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.service.Postgres;
import dev.logintoken.contract.service.TestDatabase;
import dev.logintoken.kit.Exchange;
import dev.logintoken.kit.Spec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The WAR in a container as its operator knows it: the container's own ways to configure it, and to be rid of it. */
final class ContainerHostingIT {

    private static final int REDEPLOYMENTS = 10;
    private static final int CALLERS = 4;

    /** What our libraries call their threads. */
    private static final String OURS = "(?i).*(login-token|hikari|h2 |mvstore|postgresql|flyway).*";

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("dev.logintoken.contract.container.Containers#servletContainers")
    void withoutConfigurationOneLineOfTheLogSaysWhatIsMissing(Container container) throws Exception {
        String line = "login-token does not start: No database: bind the data source jdbc/loginToken or set"
                + " logintoken.db.url, or ask for the sandbox by logintoken.sandbox=true.";
        try (Hosted hosted = Hosted.launch(container, Setup.NONE, "login-token")) {
            hosted.await("the line", () -> hosted.output().contains(line));
            assertThat(hosted.isReady("login-token")).isFalse();
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("dev.logintoken.contract.container.Containers#fullyConfigured")
    void aMisspeltSettingIsOneLineOfTheLog(Container container) throws Exception {
        Setup setup = Setup.SANDBOX.withVariable("LOGINTOKEN_DB_PASWORD", "hunter2");
        try (Hosted hosted = Hosted.launch(container, setup, "login-token")) {
            hosted.await(
                    "the reason",
                    () -> hosted.output()
                            .lines()
                            .anyMatch(line -> line.contains("does not start:")
                                    && line.endsWith("Unknown setting: environment variable LOGINTOKEN_DB_PASWORD."
                                            + " The nearest known one is LOGINTOKEN_DB_PASSWORD.")));
            assertThat(hosted.output()).doesNotContain("hunter2");
        }
    }

    /** The WAR answers even so: by a JAX-RS that is half the container's. That must not go unnoticed. */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("dev.logintoken.contract.container.Containers#withDescriptor")
    void withoutItsDescriptorTheContainersJaxRsIsNoticed(Container container) throws Exception {
        try (Hosted hosted = Hosted.launch(container, Setup.SANDBOX)) {
            hosted.deployWithout(container.descriptor().orElseThrow(), "login-token");
            assertThatThrownBy(hosted::assertJaxRs)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("JAX-RS in " + container);
        }
    }

    /**
     * Two copies on the container's data source, a PostgreSQL, under paths of their own, with settings from everywhere,
     * and quiet because the container's logging says so.
     */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("dev.logintoken.contract.container.Containers#fullyConfigured")
    void twoCopiesAreConfiguredByTheContainersOwnMeans(Container container) throws Exception {
        TestDatabase database = Postgres.shared().createDatabase();
        Setup setup = Setup.SANDBOX
                .withVariable("LOGINTOKEN_TTL", "1800")
                .withDataSource(database.url())
                .withoutExchanges();
        try (Hosted hosted = Hosted.launch(container, setup, "first", "second")) {
            for (String name : List.of("first", "second")) {
                hosted.awaitReady(name);
                assertThat(lifeOfALoginToken(hosted, name)).isBetween(Duration.ofMinutes(29), Duration.ofMinutes(30));
            }
            try (Connection connection = database.connect();
                    ResultSet mode = connection.createStatement().executeQuery("select mode from installation")) {
                assertThat(mode.next()).isTrue();
                assertThat(mode.getString(1)).isEqualTo("SANDBOX");
            }
            assertThat(hosted.output())
                    .contains("login-token runs in mode SANDBOX on the data source jdbc/loginToken")
                    .doesNotContain(Setup.EXCHANGES);
            hosted.undeploy("second");
            assertThat(lifeOfALoginToken(hosted, "first")).isPositive();
            assertThat(hosted.output()).doesNotContain("failed to unregister");
        }
    }

    /** Whatever its pool hands out: connections that commit nothing by themselves, cannot be written to, or see too little. */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("dev.logintoken.contract.container.Containers#withAwkwardPools")
    void aLoginTokenIsUsedOnceOnAnyPoolOfTheContainers(Container container) throws Exception {
        for (String pool : container.awkwardPools()) {
            TestDatabase database = Postgres.shared().createDatabase();
            Setup setup = Setup.SANDBOX.withDataSource(database.url()).withPool(pool);
            try (Hosted hosted = Hosted.launch(container, setup, "login-token")) {
                hosted.awaitReady("login-token");
                Api api = new Api(hosted.url("login-token"));
                Exchange issued =
                        api.loginToken("X-Api-Key", Api.PARTNERS_KEY, "User-Identifier", Api.ACTIVE_IDENTIFIER);
                String uuid = Api.field(issued, "uuid");
                String token = Api.field(issued, "token");
                assertThat(api.redeem(uuid, token).status()).as(pool).isEqualTo(200);
                for (int i = 0; i < 5; i++) {
                    assertThat(Api.codes(api.redeem(uuid, token))).as(pool).containsExactly("ER712");
                }
                assertThat(redeemed(database)).as(pool).isOne();
            }
        }
    }

    /** A pool that gives each connection the search path of another application, whose tables have the names of ours. */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("dev.logintoken.contract.container.Containers#tomcats")
    void theTablesOfTheStartAreUsedWhateverSearchPathAConnectionHas(Container container) throws Exception {
        TestDatabase database = Postgres.shared().createDatabase();
        for (String schema : List.of("theirs", "ours")) {
            try (Connection connection = database.connect()) {
                connection.createStatement().execute("create schema " + schema);
                connection.createStatement().execute("drop table if exists public.path");
                connection.createStatement().execute("create table public.path as select '" + schema + "' as name");
            }
            Setup setup = Setup.SANDBOX
                    .withDataSource(database.url())
                    .withPool("validationQuery=\"select set_config('search_path', name, false) from public.path\"");
            try (Hosted hosted = Hosted.start(container, setup)) {
                Api api = new Api(hosted.url());
                Exchange issued =
                        api.loginToken("X-Api-Key", Api.PARTNERS_KEY, "User-Identifier", Api.ACTIVE_IDENTIFIER);
                String uuid = Api.field(issued, "uuid");
                String token = Api.field(issued, "token");
                try (Connection connection = database.connect()) {
                    connection.createStatement().execute("update public.path set name = 'theirs'");
                }
                assertThat(api.redeem(uuid, token).status()).as(schema).isEqualTo(200);
                assertThat(Api.codes(api.redeem(uuid, token))).as(schema).containsExactly("ER712");
            }
        }
        assertThat(redeemed(database, "ours.")).isOne();
        assertThat(redeemed(database, "theirs.")).isOne();
    }

    private static int redeemed(TestDatabase database) throws SQLException {
        return redeemed(database, "");
    }

    private static int redeemed(TestDatabase database, String schema) throws SQLException {
        try (Connection connection = database.connect();
                ResultSet count = connection
                        .createStatement()
                        .executeQuery("select count(*) from " + schema + "redeemed_login_token")) {
            count.next();
            return count.getInt(1);
        }
    }

    /**
     * By turns on the embedded H2 and on PostgreSQL, each with a pool and drivers of the WAR's own, and each in use when it
     * is taken away.
     */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("dev.logintoken.contract.container.Containers#fullyConfigured")
    void nothingIsLeftOfTenDeployments(Container container) throws Exception {
        TestDatabase database = Postgres.shared().createDatabase();
        // What is only softly reachable is no leak: the JVM drops it when it needs the room, and here at once.
        Setup setup = Setup.SANDBOX.withVariable("JAVA_TOOL_OPTIONS", "-XX:SoftRefLRUPolicyMSPerMB=0");
        try (Hosted hosted = Hosted.launch(container, setup, "other")) {
            hosted.awaitReady("other");
            hosted.undeploy("other");
            for (int i = 0; i < REDEPLOYMENTS; i++) {
                hosted.writeSettings(i % 2 == 0 ? "" : "logintoken.db.url = " + database.url() + "\n");
                hosted.deploy("login-token");
                assertThat(lifeOfALoginToken(hosted, "login-token")).isPositive();
                // Ten of the pool, one that hears of changes, and the test's own.
                int open = i % 2 == 0 ? 1 : 12;
                hosted.await(open + " connections", () -> connections(database) == open);
                undeployInUse(hosted);
            }
            hosted.awaitUnloading();
            assertThat(hosted.jvm().threads()).noneMatch(thread -> thread.matches(OURS));
            assertThat(connections(database)).isEqualTo(1);
            assertThat(hosted.output().lines())
                    .noneMatch(line -> line.contains("failed to stop it"))
                    .noneMatch(line -> line.contains("failed to unregister"))
                    .noneMatch(line -> line.contains("but failed to remove it"));
        }
    }

    /** What becomes of the requests is the container's affair; they must only leave nothing behind. */
    private static void undeployInUse(Hosted hosted) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = request(hosted, "login-token");
        AtomicBoolean gone = new AtomicBoolean();
        Runnable asking = () -> {
            while (!gone.get()) {
                client.sendAsync(request, BodyHandlers.discarding())
                        .exceptionally(failure -> null)
                        .join();
            }
        };
        List<CompletableFuture<Void>> callers = Stream.generate(
                        () -> CompletableFuture.runAsync(asking, task -> new Thread(task).start()))
                .limit(CALLERS)
                .toList();
        try {
            hosted.undeploy("login-token");
        } finally {
            gone.set(true);
        }
        callers.forEach(CompletableFuture::join);
    }

    private static int connections(TestDatabase database) {
        try (Connection connection = database.connect();
                ResultSet count = connection.createStatement().executeQuery("""
                    select count(*) from pg_stat_activity where datname = current_database()\
                    """)) {
            count.next();
            return count.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Duration lifeOfALoginToken(Hosted hosted, String name) throws Exception {
        String body = HttpClient.newHttpClient()
                .send(request(hosted, name), BodyHandlers.ofString())
                .body();
        return Duration.between(
                Instant.now(), Instant.parse(Spec.read(body).path("expiryDate").asText()));
    }

    private static HttpRequest request(Hosted hosted, String name) {
        return HttpRequest.newBuilder(URI.create(hosted.url(name) + "/api/v1/user/login-token"))
                .header("X-Api-Key", "sandbox-api-key")
                .header("User-Identifier", "activeuser000000000000000000000000000000")
                .timeout(Duration.ofSeconds(30))
                .build();
    }
}
