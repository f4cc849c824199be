package dev.logintoken.server.sandbox;

import dev.logintoken.server.auth.Jwts;
import dev.logintoken.server.directory.Database;
import dev.logintoken.server.directory.Database.Mode;
import dev.logintoken.server.directory.Directory;
import dev.logintoken.server.token.LoginTokens;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

/** A service to try things out on: published credentials and keys, a fixture, provider states. */
public final class Sandbox {

    private final Directory directory;
    private final Jwts jwts;
    private final Clock clock;
    private final List<Object> resources = new ArrayList<>();

    private Sandbox(Directory directory, Jwts jwts, Clock clock) {
        this.directory = directory;
        this.jwts = jwts;
        this.clock = clock;
    }

    /**
     * Opens a sandbox on a database and completes its fixture.
     *
     * @param dataSource a database of its own
     * @param remote whether to serve requests from other than loopback addresses
     */
    public static Sandbox open(DataSource dataSource, boolean remote) {
        Clock clock = Clock.systemUTC();
        FaultyDataSource faulty = new FaultyDataSource(dataSource);
        Database database = Database.open(faulty.dataSource(), Mode.SANDBOX);
        SandboxData data = new SandboxData(database, clock);
        Fixture.complete(data);
        Jwts jwts = new Jwts("sandbox", key("jwt"), clock);
        Jwts strangersJwts = new Jwts("sandbox", key("another jwt"), clock);
        Sandbox sandbox = new Sandbox(new FailingDirectory(database), jwts, clock);
        sandbox.resources.add(new ProviderStatesResource(new ProviderStates(data, faulty, jwts, strangersJwts, clock)));
        if (!remote) {
            sandbox.resources.add(new LoopbackOnly());
        }
        return sandbox;
    }

    /** Who lives in the sandbox. */
    public Directory directory() {
        return directory;
    }

    /** The sandbox's partner and user tokens. */
    public Jwts jwts() {
        return jwts;
    }

    /** The sandbox's time. */
    public Clock clock() {
        return clock;
    }

    /** The published key of the sandbox's login tokens. */
    public LoginTokens.Key loginTokenKey() {
        return new LoginTokens.Key(0, key("login-token"));
    }

    /** What only the sandbox serves. */
    public List<Object> resources() {
        return resources;
    }

    /**
     * What a person who starts the sandbox sees first.
     *
     * @param url where it answers, without a slash at the end
     */
    public String banner(String url) {
        return """

                login-token sandbox: published credentials and keys, nothing here is secret or safe.

                A login token for the active user:
                  curl -i -H 'X-Api-Key: %2$s' -H 'User-Identifier: %3$s' %1$s/api/v1/user/login-token

                Two refusals:
                  curl -i %1$s/api/v1/user/login-token
                  curl -i -H 'X-Api-Key: %2$s' -H 'User-Identifier: %4$s' %1$s/api/v1/user/login-token

                An expired partner token:
                  %5$s
                An expired user token:
                  %6$s

                Provider states for contract tests: %1$s/_pact/provider-states
                Stop with Ctrl-C.

                """.formatted(
                        url,
                        Fixture.API_KEY,
                        Fixture.ACTIVE_IDENTIFIER,
                        Fixture.UNLINKED_IDENTIFIER,
                        jwts.partnerToken(Fixture.PARTNER, Fixture.ENDED_SESSION, Fixture.LONG_AGO),
                        jwts.userToken(Fixture.ACTIVE_USER, Fixture.PARTNER, Fixture.ENDED_SESSION, Fixture.LONG_AGO));
    }

    /** A published key of 32 bytes, readable so that nobody takes it for a secret. */
    private static byte[] key(String name) {
        return "%-32s".formatted("sandbox key: " + name).getBytes(StandardCharsets.US_ASCII);
    }
}
