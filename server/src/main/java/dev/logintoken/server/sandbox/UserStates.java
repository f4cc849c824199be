package dev.logintoken.server.sandbox;

import dev.logintoken.server.auth.Jwts;
import dev.logintoken.server.sandbox.ProviderStates.State;

import java.util.Map;
import java.util.UUID;

import static dev.logintoken.server.sandbox.Fixture.ACTIVE_USER;
import static dev.logintoken.server.sandbox.Fixture.ELSEWHERE;
import static dev.logintoken.server.sandbox.Fixture.OTHER_USER;
import static dev.logintoken.server.sandbox.Fixture.PARTNER;

/** Sets up the provider states of users: user tokens, documents and identifiers. */
final class UserStates {

    private final StateRows rows;
    private final Jwts jwts;
    private final Jwts strangersJwts;

    UserStates(StateRows rows, Jwts jwts, Jwts strangersJwts) {
        this.rows = rows;
        this.jwts = jwts;
        this.strangersJwts = strangersJwts;
    }

    /** Adds the states by their names. */
    void describe(Map<String, State> states) {
        describeUsers(states);
        describeIdentifiers(states);
    }

    private void describeUsers(Map<String, State> states) {
        states.put(
                "a user token",
                (undo, params) -> rows.userToken(ACTIVE_USER, rows.session(undo, PARTNER, ACTIVE_USER)));
        states.put(
                "a user token of another user",
                (undo, params) -> rows.userToken(OTHER_USER, rows.session(undo, PARTNER, OTHER_USER)));
        states.put("an expired user token", (undo, params) -> {
            UUID session = rows.session(undo, PARTNER, ACTIVE_USER);
            return Map.of("userToken", jwts.userToken(ACTIVE_USER, PARTNER, session, rows.anHourAgo()));
        });
        states.put("a user token that expired long ago", (undo, params) -> {
            UUID session = rows.session(undo, PARTNER, ACTIVE_USER);
            return Map.of("userToken", jwts.userToken(ACTIVE_USER, PARTNER, session, Fixture.LONG_AGO));
        });
        states.put("a user token that was logged out", (undo, params) -> {
            UUID session = rows.session(undo, PARTNER, ACTIVE_USER);
            rows.data().revokeSession(session);
            return rows.userToken(ACTIVE_USER, session);
        });
        states.put("a user token issued through another partner", (undo, params) -> {
            UUID session = rows.session(undo, ELSEWHERE, ACTIVE_USER);
            return Map.of("userToken", jwts.userToken(ACTIVE_USER, ELSEWHERE, session));
        });
        states.put("a user token signed with another key", (undo, params) -> {
            UUID session = rows.session(undo, PARTNER, ACTIVE_USER);
            return Map.of("userToken", strangersJwts.userToken(ACTIVE_USER, PARTNER, session));
        });
        states.put("a deleted user", (undo, params) -> {
            UUID user = rows.user(undo);
            Map<String, String> known = rows.known(user);
            rows.data().deleteUser(user);
            return known;
        });
        states.put("a user without an email address", (undo, params) -> {
            UUID user = UUID.randomUUID();
            rows.data().user(user, null, null);
            undo.push(() -> rows.data().removeUser(user));
            return rows.known(user);
        });
        states.put("a user with a document under review", (undo, params) -> {
            UUID user = rows.user(undo);
            rows.data().documentUnderReview(user);
            return rows.known(user);
        });
        states.put("a user who was deleted while a document was under review", (undo, params) -> {
            UUID user = rows.user(undo);
            rows.data().documentUnderReview(user);
            Map<String, String> known = rows.known(user);
            rows.data().deleteUser(user);
            return known;
        });
    }

    private void describeIdentifiers(Map<String, State> states) {
        states.put("a user with an identifier", (undo, params) -> rows.known(rows.user(undo)));
        states.put(
                "an identifier linked to nobody",
                (undo, params) -> Map.of("userIdentifier", rows.identifier(undo, PARTNER, null)));
        states.put(
                "an identifier registered by another partner",
                (undo, params) -> Map.of("userIdentifier", rows.identifier(undo, ELSEWHERE, ACTIVE_USER)));
        states.put("an identifier that nobody registered", (undo, params) -> {
            String identifier = StateRows.identifier();
            undo.push(() -> rows.data().removeIdentifier(identifier));
            return Map.of("userIdentifier", identifier);
        });
        states.put(
                "an identifier linked to another user",
                (undo, params) -> Map.of("userIdentifier", rows.identifier(undo, PARTNER, OTHER_USER)));
    }
}
