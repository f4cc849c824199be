package dev.logintoken.server.sandbox;

import dev.logintoken.server.auth.Jwts;
import dev.logintoken.server.sandbox.StateHandlers.State;

import java.time.Duration;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import static dev.logintoken.server.sandbox.Fixture.ACTIVE_USER;
import static dev.logintoken.server.sandbox.Fixture.ELSEWHERE;
import static dev.logintoken.server.sandbox.Fixture.OTHER_USER;
import static dev.logintoken.server.sandbox.Fixture.PARTNER;

/** Sets up the provider states of users: user tokens, documents and identifiers. */
final class UserStates {

    private final SandboxData data;
    private final Jwts jwts;
    private final Jwts strangersJwts;

    UserStates(SandboxData data, Jwts jwts, Jwts strangersJwts) {
        this.data = data;
        this.jwts = jwts;
        this.strangersJwts = strangersJwts;
    }

    /** Adds the states by their names. */
    void describe(Map<String, State> states) {
        describeUsers(states);
        describeIdentifiers(states);
    }

    private void describeUsers(Map<String, State> states) {
        states.put("a user token", (undo, params) -> userToken(ACTIVE_USER, data.session(undo, PARTNER, ACTIVE_USER)));
        states.put(
                "a user token of another user",
                (undo, params) -> userToken(OTHER_USER, data.session(undo, PARTNER, OTHER_USER)));
        states.put("an expired user token", (undo, params) -> {
            UUID session = data.session(undo, PARTNER, ACTIVE_USER);
            return Map.of(
                    "userToken",
                    jwts.userToken(ACTIVE_USER, PARTNER, session, data.now().minus(Duration.ofHours(1))));
        });
        states.put("a user token that expired long ago", (undo, params) -> {
            UUID session = data.session(undo, PARTNER, ACTIVE_USER);
            return Map.of("userToken", jwts.userToken(ACTIVE_USER, PARTNER, session, Fixture.LONG_AGO));
        });
        states.put("a user token that was logged out", (undo, params) -> {
            UUID session = data.session(undo, PARTNER, ACTIVE_USER);
            data.revokeSession(session);
            return userToken(ACTIVE_USER, session);
        });
        states.put("a user token issued through another partner", (undo, params) -> {
            UUID session = data.session(undo, ELSEWHERE, ACTIVE_USER);
            return Map.of("userToken", jwts.userToken(ACTIVE_USER, ELSEWHERE, session));
        });
        states.put("a user token signed with another key", (undo, params) -> {
            UUID session = data.session(undo, PARTNER, ACTIVE_USER);
            return Map.of("userToken", strangersJwts.userToken(ACTIVE_USER, PARTNER, session));
        });
        states.put("a deleted user", (undo, params) -> {
            UUID user = data.user(undo);
            Map<String, String> known = known(undo, user);
            data.deleteUser(user);
            return known;
        });
        states.put("a user without an email address", (undo, params) -> known(undo, data.userWithoutEmail(undo)));
        states.put("a user with a document under review", (undo, params) -> {
            UUID user = data.user(undo);
            data.documentUnderReview(user);
            return known(undo, user);
        });
        states.put("a user who was deleted while a document was under review", (undo, params) -> {
            UUID user = data.user(undo);
            data.documentUnderReview(user);
            Map<String, String> known = known(undo, user);
            data.deleteUser(user);
            return known;
        });
    }

    private void describeIdentifiers(Map<String, State> states) {
        states.put("a user with an identifier", (undo, params) -> known(undo, data.user(undo)));
        states.put(
                "an identifier linked to nobody",
                (undo, params) -> Map.of("userIdentifier", data.identifier(undo, PARTNER, null)));
        states.put(
                "an identifier registered by another partner",
                (undo, params) -> Map.of("userIdentifier", data.identifier(undo, ELSEWHERE, ACTIVE_USER)));
        states.put(
                "an identifier that nobody registered",
                (undo, params) -> Map.of("userIdentifier", data.freeIdentifier(undo)));
        states.put(
                "an identifier linked to another user",
                (undo, params) -> Map.of("userIdentifier", data.identifier(undo, PARTNER, OTHER_USER)));
    }

    private Map<String, String> userToken(UUID user, UUID session) {
        return Map.of("userToken", jwts.userToken(user, PARTNER, session), "uuid", user.toString());
    }

    /** Returns a user token and an identifier by which the sandbox's partner can name a user. */
    private Map<String, String> known(Deque<Runnable> undo, UUID user) {
        Map<String, String> known = new HashMap<>(userToken(user, data.session(undo, PARTNER, user)));
        known.put("userIdentifier", data.identifier(undo, PARTNER, user));
        return known;
    }
}
