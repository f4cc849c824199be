package dev.logintoken.server.token;

import dev.logintoken.api.model.RedemptionErrorCode;
import dev.logintoken.server.audit.Audit;
import dev.logintoken.server.directory.Directory;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.directory.User;
import dev.logintoken.server.key.KeySet;
import dev.logintoken.server.log.EventLog;
import dev.logintoken.server.outcome.Outcome;
import dev.logintoken.server.redemption.Redemptions;
import dev.logintoken.server.secret.Sha256;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

import static dev.logintoken.api.model.RedemptionErrorCode.LOGIN_TOKEN_EXPIRED;
import static dev.logintoken.api.model.RedemptionErrorCode.LOGIN_TOKEN_INVALID;
import static dev.logintoken.api.model.RedemptionErrorCode.LOGIN_TOKEN_USED;

/**
 * Issues and redeems login tokens. Issuing writes nothing to the database. A token's tag covers its own bytes, its
 * user, and the stamps of user and partner. So neither a leaked key nor a leaked database is enough to forge one.
 * Redeeming writes one row.
 */
public final class LoginTokens {

    /** Logs the issued tokens, because issuing writes nothing to the database. */
    private static final EventLog AUDIT = new EventLog("audit");

    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** The longest lifetime of a genuine token: the longest that can be set, and 60 seconds of clock skew. */
    private static final Duration MAX_LIFE = Duration.ofHours(1).plusSeconds(60);

    private final Directory directory;
    private final Redemptions redemptions;
    private final KeySet<MacKey> keys;
    private final Duration ttl;
    private final Clock clock;
    private final LoginTokenCodec codec = new LoginTokenCodec();

    /**
     * A new token.
     *
     * @param text 64 characters that are safe in a URL
     * @param expiry the first moment at which it is refused, in whole seconds
     */
    public record Issued(String text, Instant expiry) {
        @Override
        public String toString() {
            return "Issued[until " + expiry + "]";
        }
    }

    /**
     * A redeemed token.
     *
     * @param user the user to log in
     * @param partner the partner that requested the token
     * @param at when it was redeemed, in whole seconds
     */
    public record Redeemed(UUID user, UUID partner, Instant at) {}

    public LoginTokens(Directory directory, Redemptions redemptions, KeySet<MacKey> keys, Duration ttl, Clock clock) {
        this.directory = directory;
        this.redemptions = redemptions;
        this.keys = keys;
        this.ttl = ttl;
        this.clock = clock;
    }

    /**
     * Issues a token. Only the log has a line about it.
     *
     * @param partner the partner that requests it
     * @param user the user whom it will log in, once
     * @param request the request id, for the log
     */
    public Issued issue(Partner partner, User user, String request) {
        MacKey key = keys.signing();
        Instant expiry = clock.instant().plus(ttl).truncatedTo(ChronoUnit.SECONDS);
        byte[] token = codec.encode(key, expiry, partner, user);
        if (AUDIT.isOn()) {
            AUDIT.write("issued request=" + request
                    + " partner=" + partner.uuid()
                    + " user=" + user.uuid()
                    + " token=" + HexFormat.of().formatHex(Audit.head(Sha256.of(token)))
                    + " expiry=" + expiry);
        }
        return new Issued(LoginTokenCodec.text(token), expiry);
    }

    /**
     * Returns the user whom a token would log in now. The token stays valid. So a page can say whom it is about to log
     * in, or why it cannot.
     *
     * @param uuid the user for whom the token is said to be
     * @param text the token
     */
    public Outcome<User, RedemptionErrorCode> look(String uuid, String text) {
        return verify(directory.uncached(), uuid, text)
                .flatMap(token -> redemptions.used(token.sha256())
                        ? Outcome.denied(LOGIN_TOKEN_USED)
                        : Outcome.granted(token.user()));
    }

    /**
     * Redeems a token, once. The current state of user and partner counts, not their state when the token was issued.
     *
     * @param uuid the user for whom the token is said to be
     * @param text the token
     * @param website the website that logs the user in
     * @param request the request id, for the audit
     */
    public Outcome<Redeemed, RedemptionErrorCode> redeem(String uuid, String text, Partner website, String request) {
        Outcome<Genuine, RedemptionErrorCode> verified = verify(directory, uuid, text);
        return (verified.value().isPresent() ? verified : verify(directory.uncached(), uuid, text))
                .flatMap(token -> redeem(token, website, request));
    }

    private Outcome<Redeemed, RedemptionErrorCode> redeem(Genuine token, Partner website, String request) {
        Instant now = token.now();
        Redeemed redeemed =
                new Redeemed(token.user().uuid(), token.partner().uuid(), now.truncatedTo(ChronoUnit.SECONDS));
        return switch (redemptions.redeem(
                token.sha256(), token.user(), token.partner(), website, token.expiry(), now, request)) {
            case REDEEMED -> Outcome.granted(redeemed);
            case USED -> Outcome.denied(LOGIN_TOKEN_USED);
            case EXPIRED -> Outcome.denied(LOGIN_TOKEN_EXPIRED);
            case REVOKED -> Outcome.denied(LOGIN_TOKEN_INVALID);
        };
    }

    /** A genuine token that has not expired. */
    private record Genuine(User user, Partner partner, Instant expiry, Instant now, byte[] sha256) {}

    /** Verifies a token. The directory's rows may be cached, so a redemption checks them again. */
    private Outcome<Genuine, RedemptionErrorCode> verify(Directory directory, String uuid, String text) {
        Optional<LoginTokenCodec.Decoded> decoded = LoginTokenCodec.decode(text);
        if (decoded.isEmpty() || !UUID_TEXT.matcher(uuid).matches()) {
            return Outcome.denied(LOGIN_TOKEN_INVALID);
        }
        LoginTokenCodec.Decoded token = decoded.get();
        Optional<MacKey> key = keys.verifying(token.keyId());
        if (key.isEmpty()) {
            return Outcome.denied(LOGIN_TOKEN_INVALID);
        }
        Optional<Partner> partner = directory.partner(token.partner()).filter(Partner::enabled);
        Optional<User> user = directory.user(UUID.fromString(uuid));
        if (partner.isEmpty() || user.isEmpty() || !token.isGenuine(key.get(), partner.get(), user.get())) {
            return Outcome.denied(LOGIN_TOKEN_INVALID);
        }
        Instant expiry = token.expiry();
        Instant now = clock.instant();
        if (!now.isBefore(expiry)) {
            return Outcome.denied(LOGIN_TOKEN_EXPIRED);
        }
        if (expiry.isAfter(now.plus(MAX_LIFE))) {
            return Outcome.denied(LOGIN_TOKEN_INVALID);
        }
        return Outcome.granted(new Genuine(user.get(), partner.get(), expiry, now, Sha256.of(token.bytes())));
    }
}
