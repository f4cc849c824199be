package dev.logintoken.server.auth;

import dev.logintoken.api.model.GetLoginTokenErrorCode;
import dev.logintoken.api.model.UserStateErrorCode;
import dev.logintoken.api.model.UserTokenErrorCode;
import dev.logintoken.server.directory.Directory;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.directory.Registration;
import dev.logintoken.server.directory.Sessions;
import dev.logintoken.server.directory.User;
import dev.logintoken.server.outcome.Outcome;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

import static dev.logintoken.api.model.IdentifierErrorCode.IDENTIFIER_INVALID;
import static dev.logintoken.api.model.IdentifierErrorCode.IDENTIFIER_MALFORMED;
import static dev.logintoken.api.model.LinkErrorCode.IDENTIFIER_MISSING;
import static dev.logintoken.api.model.LinkErrorCode.IDENTIFIER_OF_ANOTHER_USER;
import static dev.logintoken.api.model.LinkErrorCode.IDENTIFIER_UNLINKED;
import static dev.logintoken.api.model.UserStateErrorCode.DOCUMENT_PENDING;
import static dev.logintoken.api.model.UserStateErrorCode.USER_NOT_FOUND;
import static dev.logintoken.api.model.UserTokenErrorCode.USER_TOKEN_EXPIRED;
import static dev.logintoken.api.model.UserTokenErrorCode.USER_TOKEN_INVALID;
import static dev.logintoken.api.model.UserTokenErrorCode.USER_TOKEN_MISSING;

/** Finds the user for whom a partner calls. */
public final class UserAuthenticator {

    private final Directory directory;
    private final Sessions sessions;
    private final Jwts jwts;
    private final Predicate<String> wellFormed;

    public UserAuthenticator(Directory directory, Sessions sessions, Jwts jwts, Predicate<String> wellFormed) {
        this.directory = directory;
        this.sessions = sessions;
        this.jwts = jwts;
        this.wellFormed = wellFormed;
    }

    /**
     * Returns the user named by a token, an identifier or both. A wrong header is never ignored because the other one
     * is right. Each header gives at most one error, and the result has the errors of both.
     *
     * @param partner the calling partner
     * @param authorization the value of {@code User-Authorization}, null if absent
     * @param identifier the value of {@code User-Identifier}, null if absent
     */
    public Outcome<UUID, GetLoginTokenErrorCode> identify(
            Partner partner, @Nullable String authorization, @Nullable String identifier) {
        if (authorization == null && identifier == null) {
            return Outcome.denied(Set.of(USER_TOKEN_MISSING, IDENTIFIER_MISSING));
        }
        Set<GetLoginTokenErrorCode> errors = new LinkedHashSet<>();
        Set<UUID> users = new LinkedHashSet<>();
        if (authorization != null) {
            gather(byToken(partner, authorization), users, errors);
        }
        if (identifier != null) {
            gather(byIdentifier(partner, BearerToken.trim(identifier)), users, errors);
        }
        if (errors.isEmpty() && users.size() > 1) {
            errors.add(IDENTIFIER_OF_ANOTHER_USER);
        }
        return errors.isEmpty() ? Outcome.granted(users.iterator().next()) : Outcome.denied(errors);
    }

    /** Returns the user with this id, if the user's state allows a login token. */
    public Outcome<User, UserStateErrorCode> admit(UUID uuid) {
        Optional<User> user = directory.user(uuid);
        if (user.isEmpty()) {
            return Outcome.denied(USER_NOT_FOUND);
        }
        return user.get().documentPending() ? Outcome.denied(DOCUMENT_PENDING) : Outcome.granted(user.get());
    }

    private static void gather(
            Outcome<UUID, ? extends GetLoginTokenErrorCode> step, Set<UUID> users, Set<GetLoginTokenErrorCode> errors) {
        step.value().ifPresent(users::add);
        errors.addAll(step.errors());
    }

    /**
     * Returns the user that a token names.
     *
     * @param partner the calling partner
     * @param authorization the value of {@code User-Authorization}
     */
    public Outcome<UUID, UserTokenErrorCode> byToken(Partner partner, String authorization) {
        return claims(authorization).flatMap(claims -> {
            if (!claims.partner().equals(partner.uuid())) {
                return Outcome.denied(USER_TOKEN_INVALID);
            }
            if (jwts.expired(claims)) {
                return Outcome.denied(USER_TOKEN_EXPIRED);
            }
            return sessions.lives(claims.session(), partner.uuid(), Optional.of(claims.subject()))
                    ? Outcome.granted(claims.subject())
                    : Outcome.denied(USER_TOKEN_INVALID);
        });
    }

    /**
     * Returns the session that a token belongs to, ended or not. An expired token is accepted while its session could
     * still be refreshed.
     *
     * @param authorization the value of {@code User-Authorization}, null if absent
     */
    public Outcome<UUID, UserTokenErrorCode> session(@Nullable String authorization) {
        return claims(authorization == null ? "" : authorization)
                .flatMap(claims -> jwts.outlived(claims, SessionTokens.USERS_LIFE)
                        ? Outcome.denied(USER_TOKEN_EXPIRED)
                        : Outcome.granted(claims.session()));
    }

    private Outcome<Claims, UserTokenErrorCode> claims(String authorization) {
        return BearerToken.in(authorization)
                .map(token -> jwts.userClaims(token)
                        .map(Outcome::<Claims, UserTokenErrorCode>granted)
                        .orElseGet(() -> Outcome.denied(USER_TOKEN_INVALID)))
                .orElseGet(() -> Outcome.denied(USER_TOKEN_MISSING));
    }

    private Outcome<UUID, GetLoginTokenErrorCode> byIdentifier(Partner partner, String identifier) {
        if (identifier.isEmpty()) {
            return Outcome.denied(IDENTIFIER_MISSING);
        }
        if (!wellFormed.test(identifier)) {
            return Outcome.denied(IDENTIFIER_MALFORMED);
        }
        Optional<Registration> registration = directory.registration(partner.uuid(), identifier);
        if (registration.isEmpty()) {
            return Outcome.denied(IDENTIFIER_INVALID);
        }
        return registration
                .flatMap(Registration::user)
                .map(Outcome::<UUID, GetLoginTokenErrorCode>granted)
                .orElseGet(() -> Outcome.denied(IDENTIFIER_UNLINKED));
    }
}
