package dev.logintoken.server.sandbox;

import dev.logintoken.server.auth.Jwts;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import static dev.logintoken.server.sandbox.Fixture.PARTNER;

/** Makes the rows of a provider state, each with a step that removes it again. */
final class StateRows {

    private final SandboxData data;
    private final Jwts jwts;
    private final Clock clock;

    StateRows(SandboxData data, Jwts jwts, Clock clock) {
        this.data = data;
        this.jwts = jwts;
        this.clock = clock;
    }

    /** Returns the data, without steps to remove it. */
    SandboxData data() {
        return data;
    }

    /** Returns the sandbox's clock. */
    Clock clock() {
        return clock;
    }

    UUID partner(Deque<Runnable> undo) {
        UUID partner = UUID.randomUUID();
        data.partner(partner, "partner-" + partner, null, "APP");
        undo.push(() -> data.removePartner(partner));
        return partner;
    }

    UUID user(Deque<Runnable> undo) {
        UUID user = UUID.randomUUID();
        data.user(user, user + "@example.com", null);
        undo.push(() -> data.removeUser(user));
        return user;
    }

    UUID session(Deque<Runnable> undo, UUID partner) {
        UUID session = data.session(partner, null);
        undo.push(() -> data.removeSession(session));
        return session;
    }

    UUID session(Deque<Runnable> undo, UUID partner, UUID user) {
        UUID session = data.session(partner, user);
        undo.push(() -> data.removeSession(session));
        return session;
    }

    Map<String, String> userToken(UUID user, UUID session) {
        return Map.of("userToken", jwts.userToken(user, PARTNER, session), "uuid", user.toString());
    }

    /** Returns a user token and an identifier by which the sandbox's partner can name a user. */
    Map<String, String> known(UUID user) {
        String identifier = identifier();
        data.identifier(identifier, PARTNER, user);
        Map<String, String> known = new HashMap<>(userToken(user, data.session(PARTNER, user)));
        known.put("userIdentifier", identifier);
        return known;
    }

    /** Registers an identifier for a partner, and links it unless the user is null. */
    String identifier(Deque<Runnable> undo, UUID partner, @Nullable UUID user) {
        String identifier = identifier();
        data.identifier(identifier, partner, user);
        undo.push(() -> data.removeIdentifier(identifier));
        return identifier;
    }

    /** Returns an identifier that nobody has registered. */
    static String identifier() {
        return (UUID.randomUUID() + "user0000").replace("-", "");
    }

    Instant anHourAgo() {
        return clock.instant().minus(Duration.ofHours(1));
    }
}
