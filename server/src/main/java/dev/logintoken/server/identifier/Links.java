package dev.logintoken.server.identifier;

import dev.logintoken.api.model.ConfirmIdentifierErrorCode;
import dev.logintoken.server.identifier.LinkConsents.State;
import dev.logintoken.server.outcome.Outcome;
import dev.logintoken.server.secret.Sha256;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

import static dev.logintoken.api.model.IdentifierErrorCode.IDENTIFIER_INVALID;
import static dev.logintoken.api.model.VerifierErrorCode.VERIFIER_EXPIRED;
import static dev.logintoken.api.model.VerifierErrorCode.VERIFIER_INVALID;

/**
 * Links identifiers to users in three steps: the partner requests, the user agrees, the partner confirms. The user's browser
 * carries a verifier from the second step to the third. So a partner can tell that the user who agreed is the one whom it
 * sent. Without it somebody could lure another user to a request (OAuth 1.0 advisory 2009-1; RFC 5849, section 2.2).
 */
public final class Links {

    /** The query parameter of the return URL. */
    private static final String VERIFIER = "verifier";

    private static final Duration VERIFIER_LIFE = Duration.ofMinutes(5);

    /** A multiple of three, so that each verifier has one spelling in base64url. */
    private static final int VERIFIER_BYTES = 24;

    private final LinkConsents consents;
    private final LinkRequests requests;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * Links in a database.
     *
     * @param consents where consents are kept
     * @param requests signs and reads requests
     * @param clock tells the time
     */
    public Links(LinkConsents consents, LinkRequests requests, Clock clock) {
        this.consents = consents;
        this.requests = requests;
        this.clock = clock;
    }

    /**
     * Returns a request for a user's consent, for the way of the user through the website.
     *
     * @param registration id of the registration to link
     * @param partner who registered it
     * @param returnUrl where the user goes afterwards
     */
    public String request(UUID registration, UUID partner, String returnUrl) {
        return requests.issue(registration, partner, returnUrl);
    }

    /** Returns what a request says if it is one of ours, expired or not. */
    public Optional<LinkRequest> read(String request) {
        return requests.read(request);
    }

    /**
     * What came of a user's consent.
     *
     * @param state whether it waits for the partner now
     * @param returnUrl where the user goes; with a verifier if the partner has to confirm
     */
    public record Consent(State state, String returnUrl) {
        @Override
        public String toString() {
            return "Consent[state=" + state + "]";
        }
    }

    /** Keeps a user's consent to a request, in place of any earlier one. */
    public Consent agree(LinkRequest asked, UUID user) {
        byte[] bytes = new byte[VERIFIER_BYTES];
        random.nextBytes(bytes);
        String verifier = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        State state = consents.agree(
                asked.registration(),
                asked.partner(),
                user,
                Sha256.of(verifier),
                clock.instant().plus(VERIFIER_LIFE));
        return new Consent(
                state,
                state == State.AGREED
                        ? ReturnUrl.withParameter(asked.returnUrl(), VERIFIER, verifier)
                        : asked.returnUrl());
    }

    /**
     * Links an identifier to the user who agreed.
     *
     * @param partner who confirms
     * @param verifier what the user's browser brought back
     */
    public Outcome<LinkConsents.Result, ConfirmIdentifierErrorCode> confirm(
            UUID partner, String identifier, String verifier) {
        LinkConsents.Result result = consents.confirm(partner, identifier, Sha256.of(verifier), clock.instant());
        return switch (result) {
            case LINKED -> Outcome.granted(result);
            case UNREGISTERED -> Outcome.denied(IDENTIFIER_INVALID);
            case INVALID -> Outcome.denied(VERIFIER_INVALID);
            case EXPIRED -> Outcome.denied(VERIFIER_EXPIRED);
        };
    }
}
