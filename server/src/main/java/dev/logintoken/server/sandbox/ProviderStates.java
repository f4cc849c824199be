package dev.logintoken.server.sandbox;

import dev.logintoken.server.auth.Jwts;

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
final class ProviderStates {

    private static final Duration HOUR = Duration.ofHours(1);

    private final SandboxData data;
    private final Jwts jwts;
    private final Jwts strangersJwts;
    private final Clock clock;
    private final Map<String, State> states = new TreeMap<>();
    private final Map<String, Deque<Runnable>> undo = new HashMap<>();

    /** Makes a fact true. */
    @FunctionalInterface
    private interface State {
        Map<String, String> set(Deque<Runnable> undo);
    }

    /**
     * @param data where the facts are made
     * @param database can be made to disappear
     * @param jwts signs genuine tokens
     * @param strangersJwts signs tokens with a key that is not the service's
     */
    ProviderStates(SandboxData data, FaultyDataSource database, Jwts jwts, Jwts strangersJwts, Clock clock) {
        this.data = data;
        this.jwts = jwts;
        this.strangersJwts = strangersJwts;
        this.clock = clock;
        describeClients();
        describeUsers();
        describeIdentifiers();
        states.put("the database does not answer", undo -> {
            undo.push(() -> database.away(false));
            database.away(true);
            return Map.of();
        });
    }

    SortedSet<String> names() {
        return new TreeSet<>(states.keySet());
    }

    /** Makes a fact true; empty if no such fact is known. */
    synchronized Optional<Map<String, String>> setUp(String name) {
        return Optional.ofNullable(states.get(name))
                .map(state -> state.set(undo.computeIfAbsent(name, any -> new ArrayDeque<>())));
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
        states.put("a partner token", undo -> partnerToken(jwts.partnerToken(PARTNER, session(undo, PARTNER))));
        states.put(
                "an expired partner token",
                undo -> partnerToken(jwts.partnerToken(PARTNER, session(undo, PARTNER), anHourAgo())));
        states.put("a revoked partner token", undo -> {
            UUID session = session(undo, PARTNER);
            data.revokeSession(session);
            return partnerToken(jwts.partnerToken(PARTNER, session));
        });
        states.put("an expired and revoked partner token", undo -> {
            UUID session = session(undo, PARTNER);
            data.revokeSession(session);
            return partnerToken(jwts.partnerToken(PARTNER, session, anHourAgo()));
        });
        states.put(
                "a partner token of an unknown partner",
                undo -> partnerToken(jwts.partnerToken(UUID.randomUUID(), UUID.randomUUID())));
        states.put(
                "an expired partner token of an unknown partner",
                undo -> partnerToken(jwts.partnerToken(UUID.randomUUID(), UUID.randomUUID(), anHourAgo())));
        states.put("a partner token of a disabled partner", undo -> {
            UUID partner = partner(undo);
            String token = jwts.partnerToken(partner, data.session(partner, null));
            data.disablePartner(partner);
            return partnerToken(token);
        });
        states.put(
                "a partner token signed with another key",
                undo -> partnerToken(strangersJwts.partnerToken(PARTNER, session(undo, PARTNER))));
        states.put("an API key", undo -> Map.of("apiKey", apiKey(undo, PARTNER)));
        states.put("a revoked API key", undo -> {
            String key = apiKey(undo, PARTNER);
            data.revokeApiKey(key);
            return Map.of("apiKey", key);
        });
        states.put("an API key of a disabled partner", undo -> {
            UUID partner = partner(undo);
            String key = apiKey(undo, partner);
            data.disablePartner(partner);
            return Map.of("apiKey", key);
        });
    }

    private void describeUsers() {
        states.put("a user token", undo -> userToken(ACTIVE_USER, session(undo, PARTNER, ACTIVE_USER)));
        states.put("a user token of another user", undo -> userToken(OTHER_USER, session(undo, PARTNER, OTHER_USER)));
        states.put("an expired user token", undo -> {
            UUID session = session(undo, PARTNER, ACTIVE_USER);
            return Map.of("userToken", jwts.userToken(ACTIVE_USER, PARTNER, session, anHourAgo()));
        });
        states.put("a user token that was logged out", undo -> {
            UUID session = session(undo, PARTNER, ACTIVE_USER);
            data.revokeSession(session);
            return userToken(ACTIVE_USER, session);
        });
        states.put("a user token issued through another partner", undo -> {
            UUID session = session(undo, ELSEWHERE, ACTIVE_USER);
            return Map.of("userToken", jwts.userToken(ACTIVE_USER, ELSEWHERE, session));
        });
        states.put("a user token signed with another key", undo -> {
            UUID session = session(undo, PARTNER, ACTIVE_USER);
            return Map.of("userToken", strangersJwts.userToken(ACTIVE_USER, PARTNER, session));
        });
        states.put("a deleted user", undo -> {
            UUID user = user(undo);
            Map<String, String> known = known(user);
            data.deleteUser(user);
            return known;
        });
        states.put("a user with a document under review", undo -> {
            UUID user = user(undo);
            data.documentUnderReview(user);
            return known(user);
        });
        states.put("a user who was deleted while a document was under review", undo -> {
            UUID user = user(undo);
            data.documentUnderReview(user);
            Map<String, String> known = known(user);
            data.deleteUser(user);
            return known;
        });
    }

    private void describeIdentifiers() {
        states.put("a user with an identifier", undo -> known(user(undo)));
        states.put("an identifier linked to nobody", undo -> {
            String identifier = identifier();
            data.identifier(identifier, PARTNER, null);
            undo.push(() -> data.removeIdentifier(identifier));
            return Map.of("userIdentifier", identifier);
        });
        states.put("an identifier registered by another partner", undo -> {
            String identifier = identifier();
            data.identifier(identifier, ELSEWHERE, ACTIVE_USER);
            undo.push(() -> data.removeIdentifier(identifier));
            return Map.of("userIdentifier", identifier);
        });
        states.put("an identifier that nobody registered", undo -> Map.of("userIdentifier", identifier()));
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
        data.partner(partner, "partner-" + partner, "APP");
        undo.push(() -> data.removePartner(partner));
        return partner;
    }

    private UUID user(Deque<Runnable> undo) {
        UUID user = UUID.randomUUID();
        data.user(user, user + "@example.com");
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

    private static String identifier() {
        return (UUID.randomUUID() + "user0000").replace("-", "");
    }

    private Instant anHourAgo() {
        return clock.instant().minus(HOUR);
    }
}
