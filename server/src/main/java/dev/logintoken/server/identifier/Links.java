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
 * Links identifiers to users in three steps: the partner requests, the user agrees, the partner confirms. The user's
 * browser carries a verifier from the second step to the third. The verifier proves to the partner that the user who
 * agreed is the one it sent. Without it, an attacker could lure another user to a link request (OAuth 1.0 advisory
 * 2009-1; RFC 5849, section 2.2).
 */
public final class Links {

    /** The query parameter that the return URL gets. */
    private static final String VERIFIER = "verifier";

    private static final Duration VERIFIER_LIFE = Duration.ofMinutes(5);

    /** The length of a verifier. A multiple of three gives each verifier one spelling in base64url. */
    private static final int VERIFIER_BYTES = 24;

    private final LinkConsents consents;
    private final LinkRequests requests;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public Links(LinkConsents consents, LinkRequests requests, Clock clock) {
        this.consents = consents;
        this.requests = requests;
        this.clock = clock;
    }

    /**
     * Issues a request for a user's consent, which the user's browser carries to the website.
     *
     * @param registration id of the registration to link
     * @param partner the partner that registered it
     * @param returnUrl the URL to which the user returns
     */
    public String request(UUID registration, UUID partner, String returnUrl) {
        return requests.issue(registration, partner, returnUrl);
    }

    /** Returns the content of a link request that we signed, expired or not. */
    public Optional<LinkRequest> read(String request) {
        return requests.read(request);
    }

    /**
     * The result of a user's consent.
     *
     * @param state whether the consent waits for the partner
     * @param returnUrl the URL to which the user returns, with a verifier if the partner has to confirm
     */
    public record Consent(State state, String returnUrl) {
        @Override
        public String toString() {
            return "Consent[state=" + state + "]";
        }
    }

    /**
     * Stores a user's consent to a link request, in place of any earlier one.
     *
     * @param requestId the request id, for the audit
     */
    public Consent agree(LinkRequest asked, UUID user, String requestId) {
        byte[] bytes = new byte[VERIFIER_BYTES];
        random.nextBytes(bytes);
        String verifier = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        State state = consents.agree(
                asked.registration(),
                asked.partner(),
                user,
                Sha256.of(verifier),
                clock.instant().plus(VERIFIER_LIFE),
                requestId);
        return new Consent(
                state,
                state == State.AGREED
                        ? ReturnUrl.withParameter(asked.returnUrl(), VERIFIER, verifier)
                        : asked.returnUrl());
    }

    /**
     * Links an identifier to the user who agreed.
     *
     * @param partner the partner that confirms
     * @param verifier the verifier that the user's browser brought back
     * @param requestId the request id, for the audit
     */
    public Outcome<LinkConsents.Result, ConfirmIdentifierErrorCode> confirm(
            UUID partner, String identifier, String verifier, String requestId) {
        LinkConsents.Result result =
                consents.confirm(partner, identifier, Sha256.of(verifier), clock.instant(), requestId);
        return switch (result) {
            case LINKED -> Outcome.granted(result);
            case UNREGISTERED -> Outcome.denied(IDENTIFIER_INVALID);
            case INVALID -> Outcome.denied(VERIFIER_INVALID);
            case EXPIRED -> Outcome.denied(VERIFIER_EXPIRED);
        };
    }
}
