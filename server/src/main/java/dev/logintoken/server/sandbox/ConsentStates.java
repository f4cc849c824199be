package dev.logintoken.server.sandbox;

import dev.logintoken.server.directory.Directory;
import dev.logintoken.server.identifier.LinkConsents;
import dev.logintoken.server.sandbox.StateHandlers.State;
import dev.logintoken.server.secret.Sha256;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import static dev.logintoken.server.sandbox.Fixture.ACTIVE_USER;
import static dev.logintoken.server.sandbox.Fixture.ELSEWHERE;
import static dev.logintoken.server.sandbox.Fixture.OTHER_USER;
import static dev.logintoken.server.sandbox.Fixture.PARTNER;

/** Sets up the provider states of consents to a link. Each state has its own identifier. */
final class ConsentStates {

    private static final Duration LIFE = Duration.ofMinutes(5);

    private final SandboxData data;
    private final Directory directory;
    private final LinkConsents consents;

    ConsentStates(SandboxData data, Directory directory, LinkConsents consents) {
        this.data = data;
        this.directory = directory;
        this.consents = consents;
    }

    private record Consent(String identifier, String verifier, UUID user) {
        Map<String, String> values() {
            return values(identifier);
        }

        Map<String, String> values(String presentedFor) {
            return Map.of("userIdentifier", presentedFor, "verifier", verifier, "uuid", user.toString());
        }
    }

    /** Adds the states by their names. */
    void describe(Map<String, State> states) {
        states.put(
                "a consent to a link",
                (undo, params) -> agree(data.identifier(undo, PARTNER, null), PARTNER, ACTIVE_USER, inTime())
                        .values());
        states.put(
                "an expired consent to a link",
                (undo, params) -> agree(data.identifier(undo, PARTNER, null), PARTNER, ACTIVE_USER, data.now())
                        .values());
        states.put(
                "a consent to a link with another partner",
                (undo, params) -> agree(data.identifier(undo, ELSEWHERE, null), ELSEWHERE, ACTIVE_USER, inTime())
                        .values());
        states.put(
                "a consent to a link of another identifier",
                (undo, params) -> agree(data.identifier(undo, PARTNER, null), PARTNER, ACTIVE_USER, inTime())
                        .values(data.identifier(undo, PARTNER, null)));
        states.put("a consent to a link that was confirmed", (undo, params) -> {
            Consent consent = agree(data.identifier(undo, PARTNER, null), PARTNER, ACTIVE_USER, inTime());
            consents.confirm(
                    PARTNER, consent.identifier(), Sha256.of(consent.verifier()), data.now(), StateHandlers.REQUEST);
            return consent.values();
        });
        states.put("a consent to a link that another user's replaced", (undo, params) -> {
            Consent consent = agree(data.identifier(undo, PARTNER, null), PARTNER, ACTIVE_USER, inTime());
            agree(consent.identifier(), PARTNER, OTHER_USER, inTime());
            return consent.values();
        });
        states.put("a consent to a link of a user who was deleted since", (undo, params) -> {
            UUID user = data.user(undo);
            Consent consent = agree(data.identifier(undo, PARTNER, null), PARTNER, user, inTime());
            data.deleteUser(user);
            return consent.values();
        });
    }

    private Consent agree(String identifier, UUID partner, UUID user, Instant expiry) {
        String verifier = UUID.randomUUID().toString().replace("-", "");
        UUID registration =
                directory.registration(partner, identifier).orElseThrow().uuid();
        consents.agree(registration, partner, user, Sha256.of(verifier), expiry, StateHandlers.REQUEST);
        return new Consent(identifier, verifier, user);
    }

    private Instant inTime() {
        return data.now().plus(LIFE);
    }
}
