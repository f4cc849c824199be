package dev.logintoken.server.sandbox;

import dev.logintoken.server.auth.Jwts;
import dev.logintoken.server.auth.Throttle;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.directory.Directory;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.directory.Redemptions;
import dev.logintoken.server.key.KeySet;
import dev.logintoken.server.token.LoginTokens;
import dev.logintoken.server.token.LoginTokens.MacKey;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

import static dev.logintoken.server.sandbox.Fixture.ACTIVE_USER;
import static dev.logintoken.server.sandbox.Fixture.ELSEWHERE;
import static dev.logintoken.server.sandbox.Fixture.OTHER_USER;
import static dev.logintoken.server.sandbox.Fixture.PARTNER;

/**
 * Facts that a contract test can ask for. Each makes rows of its own, returns the values that an interaction needs, and
 * takes its rows away again, so that tests disturb neither each other nor the fixture.
 */
public final class ProviderStates {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LIFE = Duration.ofMinutes(5);

    /** Some 32 years, which all times that are stored or signed can hold. */
    private static final long MAX_SECONDS_AHEAD = 1_000_000_000;

    private final SandboxData data;
    private final Directory directory;
    private final Redemptions redemptions;
    private final Throttle throttle;
    private final Jwts jwts;
    private final Jwts strangersJwts;
    private final LoginTokens loginTokens;
    private final LoginTokens agedLoginTokens;
    private final SandboxClock clock;
    private final Map<String, State> states = new TreeMap<>();
    private final Map<String, Deque<Runnable>> undo = new HashMap<>();

    /** Makes a fact true. */
    @FunctionalInterface
    interface State {
        Map<String, String> set(Deque<Runnable> undo, Map<String, Object> params);
    }

    ProviderStates(
            Database database,
            FaultyDataSource faulty,
            Throttle throttle,
            Jwts jwts,
            KeySet<MacKey> keys,
            SandboxClock clock) {
        this.data = new SandboxData(database, clock);
        this.directory = new Directory(database);
        this.redemptions = new Redemptions(database);
        this.throttle = throttle;
        this.jwts = jwts;
        this.strangersJwts = new Jwts(Sandbox.jwtKeys("another jwt"), clock);
        this.loginTokens = new LoginTokens(directory, redemptions, keys, LIFE, clock);
        this.agedLoginTokens = new LoginTokens(directory, redemptions, keys, LIFE, Clock.offset(clock, LIFE.negated()));
        this.clock = clock;
        describeClients();
        describeUsers();
        describeIdentifiers();
        new ConsentStates(database, data, clock).describe(states);
        describeRefreshTokens();
        describeLoginTokens();
        describeCircumstances();
        states.put("the service fails", (undo, params) -> {
            undo.push(() -> faulty.broken(false));
            faulty.broken(true);
            database.changed();
            return Map.of();
        });
        states.put("the database does not answer", (undo, params) -> {
            undo.push(() -> faulty.away(false));
            faulty.away(true);
            database.changed();
            return Map.of();
        });
    }

    SortedSet<String> names() {
        return new TreeSet<>(states.keySet());
    }

    /** Makes a fact true; empty if no such fact is known. */
    synchronized Optional<Map<String, String>> setUp(String name, Map<String, Object> params) {
        return Optional.ofNullable(states.get(name))
                .map(state -> state.set(undo.computeIfAbsent(name, any -> new ArrayDeque<>()), params));
    }

    /** Takes back what was made for a fact; empty if no such fact is known. */
    synchronized Optional<Map<String, String>> tearDown(String name) {
        if (!states.containsKey(name)) {
            return Optional.empty();
        }
        Deque<Runnable> steps = undo.getOrDefault(name, new ArrayDeque<>());
        while (!steps.isEmpty()) {
            steps.pop().run();
        }
        return Optional.of(Map.of());
    }

    private void describeClients() {
        states.put(
                "a partner token", (undo, params) -> partnerToken(jwts.partnerToken(PARTNER, session(undo, PARTNER))));
        states.put(
                "an expired partner token",
                (undo, params) -> partnerToken(jwts.partnerToken(PARTNER, session(undo, PARTNER), anHourAgo())));
        states.put("a revoked partner token", (undo, params) -> {
            UUID session = session(undo, PARTNER);
            data.revokeSession(session);
            return partnerToken(jwts.partnerToken(PARTNER, session));
        });
        states.put("an expired and revoked partner token", (undo, params) -> {
            UUID session = session(undo, PARTNER);
            data.revokeSession(session);
            return partnerToken(jwts.partnerToken(PARTNER, session, anHourAgo()));
        });
        states.put(
                "a partner token of an unknown partner",
                (undo, params) -> partnerToken(jwts.partnerToken(UUID.randomUUID(), UUID.randomUUID())));
        states.put(
                "an expired partner token of an unknown partner",
                (undo, params) -> partnerToken(jwts.partnerToken(UUID.randomUUID(), UUID.randomUUID(), anHourAgo())));
        states.put("a partner token of a disabled partner", (undo, params) -> {
            UUID partner = partner(undo);
            String token = jwts.partnerToken(partner, data.session(partner, null));
            data.disablePartner(partner);
            return partnerToken(token);
        });
        states.put(
                "a partner token signed with another key",
                (undo, params) -> partnerToken(strangersJwts.partnerToken(PARTNER, session(undo, PARTNER))));
        states.put("an API key", (undo, params) -> Map.of("apiKey", apiKey(undo, PARTNER)));
        states.put("a revoked API key", (undo, params) -> {
            String key = apiKey(undo, PARTNER);
            data.revokeApiKey(key);
            return Map.of("apiKey", key);
        });
        states.put("an API key of a disabled partner", (undo, params) -> {
            UUID partner = partner(undo);
            String key = apiKey(undo, partner);
            data.disablePartner(partner);
            return Map.of("apiKey", key);
        });
    }

    private void describeUsers() {
        states.put("a user token", (undo, params) -> userToken(ACTIVE_USER, session(undo, PARTNER, ACTIVE_USER)));
        states.put(
                "a user token of another user",
                (undo, params) -> userToken(OTHER_USER, session(undo, PARTNER, OTHER_USER)));
        states.put("an expired user token", (undo, params) -> {
            UUID session = session(undo, PARTNER, ACTIVE_USER);
            return Map.of("userToken", jwts.userToken(ACTIVE_USER, PARTNER, session, anHourAgo()));
        });
        states.put("a user token that expired long ago", (undo, params) -> {
            UUID session = session(undo, PARTNER, ACTIVE_USER);
            return Map.of("userToken", jwts.userToken(ACTIVE_USER, PARTNER, session, Fixture.LONG_AGO));
        });
        states.put("a user token that was logged out", (undo, params) -> {
            UUID session = session(undo, PARTNER, ACTIVE_USER);
            data.revokeSession(session);
            return userToken(ACTIVE_USER, session);
        });
        states.put("a user token issued through another partner", (undo, params) -> {
            UUID session = session(undo, ELSEWHERE, ACTIVE_USER);
            return Map.of("userToken", jwts.userToken(ACTIVE_USER, ELSEWHERE, session));
        });
        states.put("a user token signed with another key", (undo, params) -> {
            UUID session = session(undo, PARTNER, ACTIVE_USER);
            return Map.of("userToken", strangersJwts.userToken(ACTIVE_USER, PARTNER, session));
        });
        states.put("a deleted user", (undo, params) -> {
            UUID user = user(undo);
            Map<String, String> known = known(user);
            data.deleteUser(user);
            return known;
        });
        states.put("a user without an email address", (undo, params) -> {
            UUID user = UUID.randomUUID();
            data.user(user, null, null);
            undo.push(() -> data.removeUser(user));
            return known(user);
        });
        states.put("a user with a document under review", (undo, params) -> {
            UUID user = user(undo);
            data.documentUnderReview(user);
            return known(user);
        });
        states.put("a user who was deleted while a document was under review", (undo, params) -> {
            UUID user = user(undo);
            data.documentUnderReview(user);
            Map<String, String> known = known(user);
            data.deleteUser(user);
            return known;
        });
    }

    private void describeIdentifiers() {
        states.put("a user with an identifier", (undo, params) -> known(user(undo)));
        states.put("an identifier linked to nobody", (undo, params) -> {
            String identifier = identifier();
            data.identifier(identifier, PARTNER, null);
            undo.push(() -> data.removeIdentifier(identifier));
            return Map.of("userIdentifier", identifier);
        });
        states.put("an identifier registered by another partner", (undo, params) -> {
            String identifier = identifier();
            data.identifier(identifier, ELSEWHERE, ACTIVE_USER);
            undo.push(() -> data.removeIdentifier(identifier));
            return Map.of("userIdentifier", identifier);
        });
        states.put("an identifier that nobody registered", (undo, params) -> {
            String identifier = identifier();
            undo.push(() -> data.removeIdentifier(identifier));
            return Map.of("userIdentifier", identifier);
        });
        states.put("an identifier linked to another user", (undo, params) -> {
            String identifier = identifier();
            data.identifier(identifier, PARTNER, OTHER_USER);
            undo.push(() -> data.removeIdentifier(identifier));
            return Map.of("userIdentifier", identifier);
        });
    }

    private void describeRefreshTokens() {
        Instant never = clock.instant().plus(Duration.ofDays(3650));
        states.put("a refresh token", (undo, params) -> refreshToken(undo, PARTNER, null, never, null));
        states.put(
                "a refresh token of a user", (undo, params) -> refreshToken(undo, PARTNER, ACTIVE_USER, never, null));
        states.put(
                "a refresh token of a user of another partner",
                (undo, params) -> refreshToken(undo, ELSEWHERE, ACTIVE_USER, never, null));
        states.put(
                "a refresh token of a deleted user",
                (undo, params) -> refreshToken(undo, PARTNER, Fixture.DELETED_USER, never, null));
        states.put("a refresh token of a disabled partner", (undo, params) -> {
            UUID partner = partner(undo);
            Map<String, String> token = refreshToken(undo, partner, null, never, null);
            data.disablePartner(partner);
            return token;
        });
        states.put(
                "an expired refresh token", (undo, params) -> refreshToken(undo, PARTNER, null, clock.instant(), null));
        states.put(
                "a refresh token that was used a moment ago",
                (undo, params) -> refreshToken(undo, PARTNER, null, never, clock.instant()));
        states.put(
                "a refresh token that was used a minute ago",
                (undo, params) ->
                        refreshToken(undo, PARTNER, null, never, clock.instant().minusSeconds(60)));
        states.put("a revoked refresh token", (undo, params) -> {
            Map<String, String> token = refreshToken(undo, PARTNER, null, never, null);
            data.revokeSession(UUID.fromString(token.get("sid")));
            return token;
        });
    }

    private void describeLoginTokens() {
        states.put("a login token", (undo, params) -> loginToken(loginTokens, Fixture.ACTIVE_USER));
        states.put("an expired login token", (undo, params) -> loginToken(agedLoginTokens, user(undo)));
        states.put("a login token that was used", (undo, params) -> {
            UUID user = user(undo);
            Map<String, String> token = loginToken(loginTokens, user);
            Partner website = directory.partner(Fixture.WEBSITE).orElseThrow();
            loginTokens.redeem(user.toString(), token.getOrDefault("loginToken", ""), website);
            return token;
        });
        states.put("a login token of a deleted user", (undo, params) -> {
            UUID user = user(undo);
            Map<String, String> token = loginToken(loginTokens, user);
            data.deleteUser(user);
            return token;
        });
        states.put("a login token of a user whose stamp was replaced", (undo, params) -> {
            UUID user = user(undo);
            Map<String, String> token = loginToken(loginTokens, user);
            data.restampUser(user);
            return token;
        });
        states.put("a login token of a partner whose stamp was replaced", (undo, params) -> {
            UUID partner = partner(undo);
            Map<String, String> token = loginToken(loginTokens, partner, user(undo));
            data.restampPartner(partner);
            return token;
        });
        states.put("the purge has run", (undo, params) -> {
            redemptions.purge(clock.instant());
            redemptions.purge(clock.instant());
            return Map.of();
        });
    }

    private void describeCircumstances() {
        states.put("many failed logins of a user", (undo, params) -> {
            UUID user = user(undo);
            undo.push(data::forgetAttempts);
            String email = user + "@example.com";
            throttle.exhaust(directory.userAccounts().kind(), email);
            return Map.of("emailAddress", email);
        });
        states.put("many failed authentications of a partner", (undo, params) -> {
            UUID partner = partner(undo);
            undo.push(data::forgetAttempts);
            String username = "partner-" + partner;
            throttle.exhaust(directory.partnerAccounts().kind(), username);
            return Map.of("username", username);
        });
        states.put("the documents of a user are reviewed", (undo, params) -> {
            data.documentsReviewed(new Parameters(params).uuid("uuid"));
            return Map.of();
        });
        states.put("the clock is ahead", (undo, params) -> {
            undo.push(() -> clock.ahead(Duration.ZERO));
            clock.ahead(Duration.ofSeconds(
                    new Parameters(params).number("seconds", -MAX_SECONDS_AHEAD, MAX_SECONDS_AHEAD)));
            return Map.of();
        });
    }

    private Map<String, String> refreshToken(
            Deque<Runnable> undo, UUID partner, @Nullable UUID user, Instant endsAt, @Nullable Instant usedAt) {
        UUID session = data.session(partner, user, endsAt);
        undo.push(() -> data.removeSession(session));
        String token = "refresh-" + UUID.randomUUID();
        data.refreshToken(token, session, usedAt);
        return Map.of("refreshToken", token, "sid", session.toString());
    }

    private Map<String, String> loginToken(LoginTokens issuer, UUID user) {
        return loginToken(issuer, PARTNER, user);
    }

    private Map<String, String> loginToken(LoginTokens issuer, UUID partner, UUID user) {
        String token = issuer.issue(
                        directory.partner(partner).orElseThrow(),
                        directory.user(user).orElseThrow())
                .text();
        return Map.of("uuid", user.toString(), "loginToken", token);
    }

    private static Map<String, String> partnerToken(String token) {
        return Map.of("partnerToken", token);
    }

    private Map<String, String> userToken(UUID user, UUID session) {
        return Map.of("userToken", jwts.userToken(user, PARTNER, session), "uuid", user.toString());
    }

    /** All by which the sandbox's partner can name a user of a test's own. */
    private Map<String, String> known(UUID user) {
        String identifier = identifier();
        data.identifier(identifier, PARTNER, user);
        Map<String, String> known = new HashMap<>(userToken(user, data.session(PARTNER, user)));
        known.put("userIdentifier", identifier);
        return known;
    }

    private UUID partner(Deque<Runnable> undo) {
        UUID partner = UUID.randomUUID();
        data.partner(partner, "partner-" + partner, null, "APP");
        undo.push(() -> data.removePartner(partner));
        return partner;
    }

    private UUID user(Deque<Runnable> undo) {
        UUID user = UUID.randomUUID();
        data.user(user, user + "@example.com", null);
        undo.push(() -> data.removeUser(user));
        return user;
    }

    private UUID session(Deque<Runnable> undo, UUID partner) {
        UUID session = data.session(partner, null);
        undo.push(() -> data.removeSession(session));
        return session;
    }

    private UUID session(Deque<Runnable> undo, UUID partner, UUID user) {
        UUID session = data.session(partner, user);
        undo.push(() -> data.removeSession(session));
        return session;
    }

    private String apiKey(Deque<Runnable> undo, UUID partner) {
        String key = "key-" + UUID.randomUUID();
        data.apiKey(key, partner);
        undo.push(() -> data.removeApiKey(key));
        return key;
    }

    /** An identifier that nobody has. */
    static String identifier() {
        return (UUID.randomUUID() + "user0000").replace("-", "");
    }

    private Instant anHourAgo() {
        return clock.instant().minus(HOUR);
    }
}
