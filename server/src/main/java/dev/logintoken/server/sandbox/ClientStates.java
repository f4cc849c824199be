package dev.logintoken.server.sandbox;

import dev.logintoken.server.auth.Jwts;
import dev.logintoken.server.sandbox.StateHandlers.State;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;

import static dev.logintoken.server.sandbox.Fixture.ACTIVE_USER;
import static dev.logintoken.server.sandbox.Fixture.ELSEWHERE;
import static dev.logintoken.server.sandbox.Fixture.PARTNER;

/** Sets up the provider states of clients: partner tokens, API keys and refresh tokens. */
final class ClientStates {

    private final SandboxData data;
    private final Jwts jwts;
    private final Jwts strangersJwts;

    ClientStates(SandboxData data, Jwts jwts, Jwts strangersJwts) {
        this.data = data;
        this.jwts = jwts;
        this.strangersJwts = strangersJwts;
    }

    /** Adds the states by their names. */
    void describe(Map<String, State> states) {
        describeCredentials(states);
        describeRefreshTokens(states);
    }

    private void describeCredentials(Map<String, State> states) {
        states.put(
                "a partner token",
                (undo, params) -> partnerToken(jwts.partnerToken(PARTNER, data.session(undo, PARTNER, null))));
        states.put(
                "an expired partner token",
                (undo, params) ->
                        partnerToken(jwts.partnerToken(PARTNER, data.session(undo, PARTNER, null), anHourAgo())));
        states.put("a revoked partner token", (undo, params) -> {
            UUID session = data.session(undo, PARTNER, null);
            data.revokeSession(session);
            return partnerToken(jwts.partnerToken(PARTNER, session));
        });
        states.put("an expired and revoked partner token", (undo, params) -> {
            UUID session = data.session(undo, PARTNER, null);
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
            UUID partner = data.partner(undo);
            String token = jwts.partnerToken(partner, data.session(undo, partner, null));
            data.disablePartner(partner);
            return partnerToken(token);
        });
        states.put(
                "a partner token signed with another key",
                (undo, params) -> partnerToken(strangersJwts.partnerToken(PARTNER, data.session(undo, PARTNER, null))));
        states.put("an API key", (undo, params) -> Map.of("apiKey", data.apiKey(undo, PARTNER)));
        states.put("a revoked API key", (undo, params) -> {
            String key = data.apiKey(undo, PARTNER);
            data.revokeApiKey(key);
            return Map.of("apiKey", key);
        });
        states.put("an API key of a disabled partner", (undo, params) -> {
            UUID partner = data.partner(undo);
            String key = data.apiKey(undo, partner);
            data.disablePartner(partner);
            return Map.of("apiKey", key);
        });
    }

    private void describeRefreshTokens(Map<String, State> states) {
        Instant never = data.now().plus(Duration.ofDays(3650));
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
            UUID partner = data.partner(undo);
            Map<String, String> token = refreshToken(undo, partner, null, never, null);
            data.disablePartner(partner);
            return token;
        });
        states.put("an expired refresh token", (undo, params) -> refreshToken(undo, PARTNER, null, data.now(), null));
        states.put(
                "a refresh token that was used a moment ago",
                (undo, params) -> refreshToken(undo, PARTNER, null, never, data.now()));
        states.put(
                "a refresh token that was used a minute ago",
                (undo, params) ->
                        refreshToken(undo, PARTNER, null, never, data.now().minusSeconds(60)));
        states.put("a revoked refresh token", (undo, params) -> {
            Map<String, String> token = refreshToken(undo, PARTNER, null, never, null);
            data.revokeSession(UUID.fromString(token.get("sid")));
            return token;
        });
    }

    private Map<String, String> refreshToken(
            Deque<Runnable> undo, UUID partner, @Nullable UUID user, Instant endsAt, @Nullable Instant usedAt) {
        UUID session = data.session(undo, partner, user, endsAt);
        String token = "refresh-" + UUID.randomUUID();
        data.refreshToken(token, session, usedAt);
        return Map.of("refreshToken", token, "sid", session.toString());
    }

    private static Map<String, String> partnerToken(String token) {
        return Map.of("partnerToken", token);
    }

    private Instant anHourAgo() {
        return data.now().minus(Duration.ofHours(1));
    }
}
