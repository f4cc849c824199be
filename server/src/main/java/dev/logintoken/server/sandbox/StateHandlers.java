package dev.logintoken.server.sandbox;

import dev.logintoken.server.auth.Jwts;
import dev.logintoken.server.auth.Throttle;
import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.directory.StoredDirectory;
import dev.logintoken.server.identifier.LinkConsents;
import dev.logintoken.server.key.KeySet;
import dev.logintoken.server.redemption.Redemptions;
import dev.logintoken.server.token.LoginTokens;
import dev.logintoken.server.token.MacKey;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;

import static dev.logintoken.server.sandbox.Fixture.PARTNER;

/**
 * Sets up the provider states that a contract test can ask for: what Pact calls state handlers. Each state makes its
 * own rows and returns the values for an interaction. It removes its rows again, so tests disturb neither each other
 * nor the fixture.
 */
public final class StateHandlers {

    private static final Duration LIFE = Duration.ofMinutes(5);

    private static final long MAX_SECONDS_AHEAD = AdjustableClock.MAX_SHIFT.toSeconds();

    /** The request id in the audit for what a provider state does. */
    static final String REQUEST = "provider-state";

    private final SandboxData data;
    private final StoredDirectory directory;
    private final Redemptions redemptions;
    private final Throttle throttle;
    private final LoginTokens loginTokens;
    private final LoginTokens agedLoginTokens;
    private final AdjustableClock clock;
    private final Map<String, State> states = new TreeMap<>();
    private final Map<String, Deque<Runnable>> undo = new HashMap<>();

    /** A step that makes a fact true. */
    @FunctionalInterface
    interface State {
        Map<String, String> set(Deque<Runnable> undo, Map<String, Object> params);
    }

    StateHandlers(
            Database database,
            RowCache cache,
            FaultyDataSource faulty,
            Throttle throttle,
            Jwts jwts,
            KeySet<MacKey> keys,
            AdjustableClock clock) {
        this.directory = new StoredDirectory(database, cache);
        this.redemptions = new Redemptions(database);
        this.throttle = throttle;
        this.data = new SandboxData(database, cache, clock);
        this.loginTokens = new LoginTokens(directory, redemptions, keys, LIFE, clock);
        this.agedLoginTokens = new LoginTokens(directory, redemptions, keys, LIFE, Clock.offset(clock, LIFE.negated()));
        this.clock = clock;
        Jwts strangersJwts = new Jwts(SandboxAssembly.jwtKeys("another jwt"), clock);
        new ClientStates(data, jwts, strangersJwts).describe(states);
        new UserStates(data, jwts, strangersJwts).describe(states);
        new ConsentStates(data, directory, new LinkConsents(database, cache)).describe(states);
        describeLoginTokens();
        describeCircumstances();
        states.put("the service fails", failure(faulty::broken, cache));
        states.put("the database does not answer", failure(faulty::away, cache));
    }

    private static State failure(Consumer<Boolean> failing, RowCache cache) {
        return (undo, params) -> {
            undo.push(() -> failing.accept(false));
            failing.accept(true);
            cache.invalidateAll();
            return Map.of();
        };
    }

    SortedSet<String> names() {
        return new TreeSet<>(states.keySet());
    }

    /** Undoes all states, deletes what requests have changed, and restores the fixture. */
    synchronized void restoreFixture() {
        undo.values().forEach(StateHandlers::undo);
        data.clear();
        Fixture.complete(data);
    }

    /** Sets up a provider state, and returns its values; empty if the state is unknown. */
    synchronized Optional<Map<String, String>> setUp(String name, Map<String, Object> params) {
        return Optional.ofNullable(states.get(name))
                .map(state -> state.set(undo.computeIfAbsent(name, any -> new ArrayDeque<>()), params));
    }

    /** Removes what was made for a provider state; empty if the state is unknown. */
    synchronized Optional<Map<String, String>> tearDown(String name) {
        if (!states.containsKey(name)) {
            return Optional.empty();
        }
        undo(undo.getOrDefault(name, new ArrayDeque<>()));
        return Optional.of(Map.of());
    }

    private static void undo(Deque<Runnable> steps) {
        while (!steps.isEmpty()) {
            steps.pop().run();
        }
    }

    private void describeLoginTokens() {
        states.put("a login token", (undo, params) -> loginToken(loginTokens, Fixture.ACTIVE_USER));
        states.put("an expired login token", (undo, params) -> loginToken(agedLoginTokens, data.user(undo)));
        states.put("a login token that was used", (undo, params) -> {
            UUID user = data.user(undo);
            Map<String, String> token = loginToken(loginTokens, user);
            Partner website = directory.partner(Fixture.WEBSITE).orElseThrow();
            loginTokens.redeem(user.toString(), token.getOrDefault("loginToken", ""), website, REQUEST);
            return token;
        });
        states.put("a login token of a deleted user", (undo, params) -> {
            UUID user = data.user(undo);
            Map<String, String> token = loginToken(loginTokens, user);
            data.deleteUser(user);
            return token;
        });
        states.put("a login token of a user whose stamp was replaced", (undo, params) -> {
            UUID user = data.user(undo);
            Map<String, String> token = loginToken(loginTokens, user);
            data.replaceStampOfUser(user);
            return token;
        });
        states.put("a login token of a partner whose stamp was replaced", (undo, params) -> {
            UUID partner = data.partner(undo);
            Map<String, String> token = loginToken(loginTokens, partner, data.user(undo));
            data.replaceStampOfPartner(partner);
            return token;
        });
        states.put("the purge has run", (undo, params) -> {
            redemptions.purge(data.now());
            redemptions.purge(data.now());
            return Map.of();
        });
    }

    private void describeCircumstances() {
        states.put("many failed logins of a user", (undo, params) -> {
            UUID user = data.user(undo);
            undo.push(throttle::reset);
            String email = user + "@example.com";
            throttle.exhaust(directory.users().kind(), email);
            return Map.of("emailAddress", email);
        });
        states.put("many failed authentications of a partner", (undo, params) -> {
            UUID partner = data.partner(undo);
            undo.push(throttle::reset);
            String username = "partner-" + partner;
            throttle.exhaust(directory.partners().kind(), username);
            return Map.of("username", username);
        });
        states.put("nothing but the fixture", (none, params) -> {
            restoreFixture();
            return Map.of();
        });
        states.put("the documents of a user are reviewed", (undo, params) -> {
            data.documentsReviewed(new Parameters(params).uuid("uuid"));
            return Map.of();
        });
        states.put("the clock is ahead", (undo, params) -> {
            undo.push(clock::reset);
            clock.shift(Duration.ofSeconds(
                    new Parameters(params).number("seconds", -MAX_SECONDS_AHEAD, MAX_SECONDS_AHEAD)));
            return Map.of();
        });
    }

    private Map<String, String> loginToken(LoginTokens issuer, UUID user) {
        return loginToken(issuer, PARTNER, user);
    }

    private Map<String, String> loginToken(LoginTokens issuer, UUID partner, UUID user) {
        String token = issuer.issue(
                        directory.partner(partner).orElseThrow(),
                        directory.user(user).orElseThrow(),
                        REQUEST)
                .text();
        return Map.of("uuid", user.toString(), "loginToken", token);
    }
}
