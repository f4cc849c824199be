package dev.logintoken.server.sandbox;

import dev.logintoken.server.auth.Jwts;
import dev.logintoken.server.sandbox.ProviderStates.State;
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

    private final StateRows rows;
    private final Jwts jwts;
    private final Jwts strangersJwts;

    ClientStates(StateRows rows, Jwts jwts, Jwts strangersJwts) {
        this.rows = rows;
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
                (undo, params) -> partnerToken(jwts.partnerToken(PARTNER, rows.session(undo, PARTNER))));
        states.put(
                "an expired partner token",
                (undo, params) ->
                        partnerToken(jwts.partnerToken(PARTNER, rows.session(undo, PARTNER), rows.anHourAgo())));
        states.put("a revoked partner token", (undo, params) -> {
            UUID session = rows.session(undo, PARTNER);
            rows.data().revokeSession(session);
            return partnerToken(jwts.partnerToken(PARTNER, session));
        });
        states.put("an expired and revoked partner token", (undo, params) -> {
            UUID session = rows.session(undo, PARTNER);
            rows.data().revokeSession(session);
            return partnerToken(jwts.partnerToken(PARTNER, session, rows.anHourAgo()));
        });
        states.put(
                "a partner token of an unknown partner",
                (undo, params) -> partnerToken(jwts.partnerToken(UUID.randomUUID(), UUID.randomUUID())));
        states.put(
                "an expired partner token of an unknown partner",
                (undo, params) ->
                        partnerToken(jwts.partnerToken(UUID.randomUUID(), UUID.randomUUID(), rows.anHourAgo())));
        states.put("a partner token of a disabled partner", (undo, params) -> {
            UUID partner = rows.partner(undo);
            String token = jwts.partnerToken(partner, rows.data().session(partner, null));
            rows.data().disablePartner(partner);
            return partnerToken(token);
        });
        states.put(
                "a partner token signed with another key",
                (undo, params) -> partnerToken(strangersJwts.partnerToken(PARTNER, rows.session(undo, PARTNER))));
        states.put("an API key", (undo, params) -> Map.of("apiKey", apiKey(undo, PARTNER)));
        states.put("a revoked API key", (undo, params) -> {
            String key = apiKey(undo, PARTNER);
            rows.data().revokeApiKey(key);
            return Map.of("apiKey", key);
        });
        states.put("an API key of a disabled partner", (undo, params) -> {
            UUID partner = rows.partner(undo);
            String key = apiKey(undo, partner);
            rows.data().disablePartner(partner);
            return Map.of("apiKey", key);
        });
    }

    private void describeRefreshTokens(Map<String, State> states) {
        Instant never = rows.clock().instant().plus(Duration.ofDays(3650));
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
            UUID partner = rows.partner(undo);
            Map<String, String> token = refreshToken(undo, partner, null, never, null);
            rows.data().disablePartner(partner);
            return token;
        });
        states.put(
                "an expired refresh token",
                (undo, params) -> refreshToken(undo, PARTNER, null, rows.clock().instant(), null));
        states.put(
                "a refresh token that was used a moment ago",
                (undo, params) ->
                        refreshToken(undo, PARTNER, null, never, rows.clock().instant()));
        states.put(
                "a refresh token that was used a minute ago",
                (undo, params) -> refreshToken(
                        undo, PARTNER, null, never, rows.clock().instant().minusSeconds(60)));
        states.put("a revoked refresh token", (undo, params) -> {
            Map<String, String> token = refreshToken(undo, PARTNER, null, never, null);
            rows.data().revokeSession(UUID.fromString(token.get("sid")));
            return token;
        });
    }

    private Map<String, String> refreshToken(
            Deque<Runnable> undo, UUID partner, @Nullable UUID user, Instant endsAt, @Nullable Instant usedAt) {
        UUID session = rows.data().session(partner, user, endsAt);
        undo.push(() -> rows.data().removeSession(session));
        String token = "refresh-" + UUID.randomUUID();
        rows.data().refreshToken(token, session, usedAt);
        return Map.of("refreshToken", token, "sid", session.toString());
    }

    private static Map<String, String> partnerToken(String token) {
        return Map.of("partnerToken", token);
    }

    private String apiKey(Deque<Runnable> undo, UUID partner) {
        String key = "key-" + UUID.randomUUID();
        rows.data().apiKey(key, partner);
        undo.push(() -> rows.data().removeApiKey(key));
        return key;
    }
}
